package gridcase.policy;

import java.io.IOException;
import java.security.Principal;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import gridcase.shared.Acting;
import gridcase.shared.Refusal;
import gridcase.shared.Texts;

import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;

/** The decision tables over REST. */
@RestController
@RequestMapping("/api/v1/tables")
class TableController {

	private final Decisions decisions;

	private final Releases releases;

	private final Clock clock;

	TableController(Decisions decisions, Releases releases, Clock clock) {
		this.decisions = decisions;
		this.releases = releases;
		this.clock = clock;
	}

	@GetMapping
	List<TableInfo> tables(@RequestParam(required = false) String place) {
		return this.decisions.tables(place, this.clock.instant());
	}

	@GetMapping("/{key}")
	TableView table(@PathVariable String key, @RequestParam(required = false) String place) {
		return this.decisions.table(key, place, this.clock.instant())
			.orElseThrow(() -> Refusal.notFound(Texts.of("policy", "table.none", key)));
	}

	@GetMapping("/releases")
	List<Release> releases(@RequestParam(required = false) String place) {
		return this.releases.history(place);
	}

	/** Changed or new tables; the others of the place stay in force. */
	@PostMapping(path = "/releases", consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
	@ResponseStatus(HttpStatus.CREATED)
	Release release(@RequestParam(required = false) String place, @RequestParam("files") List<MultipartFile> files,
			@RequestParam String note, @RequestParam(required = false) Instant effectiveFrom, Principal person)
			throws IOException {
		Map<String, byte[]> contents = new LinkedHashMap<>();
		for (MultipartFile file : files) {
			contents.put(file.getOriginalFilename(), file.getBytes());
		}
		return this.releases.amend(place, contents, (person != null) ? person.getName() : Acting.current(), note,
				effectiveFrom);
	}

}
