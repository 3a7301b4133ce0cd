package gridcase.casework;

import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import gridcase.clock.PlatformClock;
import gridcase.policy.AppliesTo;
import gridcase.policy.Release;
import gridcase.policy.ReleaseOrder;
import gridcase.policy.Releases;
import gridcase.registry.Places;
import gridcase.security.CurrentPerson;
import gridcase.shared.Acting;
import gridcase.shared.FieldProblem;
import gridcase.shared.Refusal;
import gridcase.shared.Texts;

import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;

/** Releases of rules over REST: tables, forms and diagrams in one go. */
@RestController
@RequestMapping("/api/v1/releases")
class ReleaseApi {

	private final Releases releases;

	private final LimitChanges limits;

	private final Places places;

	private final PlatformClock clock;

	ReleaseApi(Releases releases, LimitChanges limits, Places places, PlatformClock clock) {
		this.releases = releases;
		this.limits = limits;
		this.places = places;
		this.clock = clock;
	}

	@GetMapping
	List<Release> releases(@RequestParam(required = false) String place) {
		return this.releases.history(place);
	}

	/** Changed or new rules; all others of the place stay in force. */
	@PostMapping(consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
	@ResponseStatus(HttpStatus.CREATED)
	Release release(@RequestParam(required = false) String place, @RequestParam("files") List<MultipartFile> files,
			@RequestParam String note, @RequestParam AppliesTo appliesTo,
			@RequestParam(required = false) Instant effectiveFrom, CurrentPerson person) throws IOException {
		return this.releases.release(order(place, files, note, appliesTo, effectiveFrom, person));
	}

	/** What the same release would do to deadlines of open cases; nothing is kept. */
	@PostMapping(path = "/preview", consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
	LimitImpact preview(@RequestParam(required = false) String place, @RequestParam("files") List<MultipartFile> files,
			@RequestParam String note, @RequestParam AppliesTo appliesTo,
			@RequestParam(required = false) Instant effectiveFrom, CurrentPerson person) throws IOException {
		return this.limits.preview(order(place, files, note, appliesTo, effectiveFrom, person));
	}

	private ReleaseOrder order(String place, List<MultipartFile> files, String note, AppliesTo appliesTo,
			Instant effectiveFrom, CurrentPerson person) throws IOException {
		if (place != null && this.places.find(place, this.clock.now()).isEmpty()) {
			throw invalid("place", Texts.of("casework", "casework.release.place", place));
		}
		if (effectiveFrom != null && effectiveFrom.isBefore(this.clock.now())) {
			throw invalid("effectiveFrom", Texts.of("casework", "casework.release.past"));
		}
		if ((place != null) ? !person.belongsTo(place) : person.place() != null) {
			throw Refusal.forbidden(Texts.of("casework", "casework.release.elsewhere"));
		}
		if (note.isBlank()) {
			throw invalid("note", Texts.of("casework", "casework.release.note"));
		}
		Map<String, byte[]> contents = new LinkedHashMap<>();
		for (MultipartFile file : files) {
			String path = String.valueOf(file.getOriginalFilename()).replace('\\', '/');
			String name = path.substring(path.lastIndexOf('/') + 1);
			if (contents.put(name, file.getBytes()) != null) {
				throw invalid("files", Texts.of("casework", "casework.release.same-file", name));
			}
		}
		return new ReleaseOrder(place, contents, Acting.current(), note.strip(), appliesTo, effectiveFrom);
	}

	private static Refusal invalid(String field, String message) {
		return Refusal.invalid(List.of(new FieldProblem(field, field, message)));
	}

}
