package gridcase.studio;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

import gridcase.policy.RuleType;
import gridcase.security.CurrentPerson;

import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Files of drafts as they are, for the editors of the pages and over REST alike. */
@RestController
@RequestMapping({ "/studio/drafts/{id}", "/api/v1/studio/drafts/{id}" })
class DraftFilesController {

	private final DraftDesk desk;

	DraftFilesController(DraftDesk desk) {
		this.desk = desk;
	}

	/**
	 * A file without its content.
	 *
	 * @param name file name
	 * @param type kind of rule
	 * @param key its key
	 * @param version number of its changes
	 * @param changedBy sign-in name of the person who changed it last
	 * @param changedAt when
	 * @param baseRelease release it was taken from, null for a new rule
	 * @param baseVersion version of the rule it was taken from
	 */
	record FileInfo(String name, RuleType type, String key, long version, String changedBy, Instant changedAt,
			Long baseRelease, Integer baseVersion) {

		static FileInfo of(DraftFile file) {
			return new FileInfo(file.name(), file.type(), file.key(), file.version(), file.changedBy(),
					file.changedAt(), file.baseRelease(), file.baseVersion());
		}

	}

	@GetMapping("/files/{name}")
	ResponseEntity<byte[]> content(CurrentPerson person, @PathVariable long id, @PathVariable String name) {
		DraftFile file = this.desk.file(person, id, name);
		return file(name, file.type(), file.content(), "\"" + file.version() + "\"");
	}

	/**
	 * Saves a file.
	 * @param version version it was made from, 0 for a file the draft does not have; 409
	 * if somebody else saved another meanwhile
	 * @param edited whether an editor wrote the content anew as a whole: then rows of a
	 * table that were not changed stay as they were written
	 */
	@PutMapping("/files/{name}")
	FileInfo save(CurrentPerson person, @PathVariable long id, @PathVariable String name, @RequestParam long version,
			@RequestParam(defaultValue = "false") boolean edited, @RequestBody byte[] content) {
		return FileInfo.of(this.desk.save(person, id, name, content, edited, version));
	}

	/** Takes a file out of the draft. */
	@DeleteMapping("/files/{name}")
	@ResponseStatus(HttpStatus.NO_CONTENT)
	void remove(CurrentPerson person, @PathVariable long id, @PathVariable String name, @RequestParam long version) {
		this.desk.remove(person, id, name, version);
	}

	/** What a file held before. */
	@GetMapping("/files/{name}/past/{past}")
	ResponseEntity<byte[]> past(CurrentPerson person, @PathVariable long id, @PathVariable String name,
			@PathVariable long past) {
		byte[] content = this.desk.past(person, id, name, past);
		return file(name, RuleType.ofFile(name).orElseThrow(), content, null);
	}

	/** All files, in the folders they have in a checkout. */
	@GetMapping(path = "/files.zip", produces = "application/zip")
	ResponseEntity<byte[]> zip(CurrentPerson person, @PathVariable long id) {
		return ResponseEntity.ok()
			.header(HttpHeaders.CONTENT_DISPOSITION,
					ContentDisposition.attachment().filename("draft-" + id + ".zip").build().toString())
			.body(this.desk.zip(person, id));
	}

	private static ResponseEntity<byte[]> file(String name, RuleType type, byte[] content, String tag) {
		HttpHeaders headers = new HttpHeaders();
		headers.setContentType((type == RuleType.FORM) ? MediaType.APPLICATION_JSON
				: new MediaType(MediaType.APPLICATION_XML, StandardCharsets.UTF_8));
		headers.setContentDisposition(ContentDisposition.attachment().filename(name).build());
		headers.setCacheControl("no-store");
		if (tag != null) {
			headers.setETag(tag);
		}
		return ResponseEntity.ok().headers(headers).body(content);
	}

	static List<FileInfo> infos(List<DraftFile> files) {
		return files.stream().map(FileInfo::of).toList();
	}

}
