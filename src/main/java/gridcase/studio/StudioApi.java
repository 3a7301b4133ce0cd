package gridcase.studio;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import gridcase.policy.AppliesTo;
import gridcase.policy.RuleType;
import gridcase.security.CurrentPerson;
import gridcase.studio.DraftFilesController.FileInfo;

import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;

/** Rules and drafts over REST. */
@RestController
@RequestMapping("/api/v1/studio")
class StudioApi {

	private final RuleList list;

	private final Drafts drafts;

	private final DraftDesk desk;

	private final StudioRights rights;

	StudioApi(RuleList list, Drafts drafts, DraftDesk desk, StudioRights rights) {
		this.list = list;
		this.drafts = drafts;
		this.desk = desk;
		this.rights = rights;
	}

	/** Rules in force for new cases of a place; without one those all places share. */
	@GetMapping("/rules")
	List<RuleList.Line> rules(CurrentPerson person, @RequestParam(required = false) String place) {
		this.rights.read(person, place);
		return this.list.of(place);
	}

	/** How often each row of a table in force fired. */
	@GetMapping("/rules/tables/{key}/use")
	List<RuleList.RowUse> use(CurrentPerson person, @PathVariable String key,
			@RequestParam(required = false) String place) {
		this.rights.read(person, place);
		return this.list.rows(place, key);
	}

	@GetMapping("/drafts")
	List<Draft> drafts(CurrentPerson person, @RequestParam(required = false) String place) {
		this.rights.read(person, place);
		return this.drafts.inWork(place);
	}

	/**
	 * A draft to begin.
	 *
	 * @param place place code, null for the shared rules
	 * @param title what it is about
	 * @param type kind of a rule to take up at once, or null
	 * @param key its key, or null
	 */
	record Begin(String place, String title, RuleType type, String key) {

	}

	@PostMapping("/drafts")
	@ResponseStatus(HttpStatus.CREATED)
	Whole begin(CurrentPerson person, @RequestBody Begin order) {
		return whole(this.desk.begin(person, order.place(), order.title(), order.type(), order.key()));
	}

	/**
	 * A draft with its files.
	 *
	 * @param draft the draft
	 * @param files what it holds
	 * @param past earlier contents, of files taken out too
	 */
	record Whole(Draft draft, List<FileInfo> files, List<Drafts.Past> past) {

	}

	@GetMapping("/drafts/{id}")
	Whole draft(CurrentPerson person, @PathVariable long id) {
		return whole(this.rights.read(person, id));
	}

	private Whole whole(Draft draft) {
		return new Whole(draft, DraftFilesController.infos(this.drafts.files(draft.id())),
				this.drafts.past(draft.id()));
	}

	/**
	 * What a draft is about.
	 *
	 * @param title in a few words
	 * @param note what changes and why
	 * @param appliesTo whom it touches
	 * @param effectiveFrom from when, null for the moment of release
	 * @param urgent whether approval comes afterwards
	 * @param version version of the draft that was looked at
	 */
	record Description(String title, String note, AppliesTo appliesTo, Instant effectiveFrom, boolean urgent,
			long version) {

	}

	@PutMapping("/drafts/{id}")
	Draft describe(CurrentPerson person, @PathVariable long id, @RequestBody Description input) {
		return this.desk.describe(person, id, input.title(), input.note(), input.appliesTo(), input.effectiveFrom(),
				input.urgent(), input.version());
	}

	/** Gives a draft up. */
	@DeleteMapping("/drafts/{id}")
	@ResponseStatus(HttpStatus.NO_CONTENT)
	void drop(CurrentPerson person, @PathVariable long id) {
		this.desk.drop(person, id);
	}

	/**
	 * A rule in force to take into a draft.
	 *
	 * @param type what it is
	 * @param key its key
	 */
	record Take(RuleType type, String key) {

	}

	@PostMapping("/drafts/{id}/rules")
	@ResponseStatus(HttpStatus.CREATED)
	FileInfo take(CurrentPerson person, @PathVariable long id, @RequestBody Take rule) {
		return FileInfo.of(this.desk.take(person, id, rule.type(), rule.key()));
	}

	/** Files of one's own, whatever version the draft's are in. */
	@PostMapping(path = "/drafts/{id}/uploads", consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
	List<FileInfo> upload(CurrentPerson person, @PathVariable long id, @RequestParam("files") List<MultipartFile> files)
			throws IOException {
		List<DraftFile> saved = new ArrayList<>();
		for (MultipartFile file : files) {
			saved.add(this.desk.upload(person, id, String.valueOf(file.getOriginalFilename()), file.getBytes()));
		}
		return DraftFilesController.infos(saved);
	}

	/** Makes an earlier content of a file the present one. */
	@PostMapping("/drafts/{id}/files/{name}/past/{past}/restoration")
	FileInfo restore(CurrentPerson person, @PathVariable long id, @PathVariable String name, @PathVariable long past,
			@RequestParam long version) {
		return FileInfo.of(this.desk.restore(person, id, name, past, version));
	}

}
