package gridcase.studio;

import java.io.IOException;
import java.util.List;

import gridcase.security.CurrentPerson;
import gridcase.studio.DraftFilesController.FileInfo;

import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;

/**
 * Rules in other forms over REST: workbooks, lists of other people, the files of a
 * checkout.
 */
@RestController
@RequestMapping("/api/v1/studio")
class ExchangeApi {

	private final TableWorkbooks workbooks;

	private final ListImports imports;

	private final RuleArchive archive;

	private final StudioRights rights;

	ExchangeApi(TableWorkbooks workbooks, ListImports imports, RuleArchive archive, StudioRights rights) {
		this.workbooks = workbooks;
		this.imports = imports;
		this.archive = archive;
		this.rights = rights;
	}

	/** A table of a draft as a workbook. */
	@GetMapping("/drafts/{id}/files/{key}.xlsx")
	ResponseEntity<byte[]> workbook(CurrentPerson person, @PathVariable long id, @PathVariable String key) {
		return ExcelController.answer(this.workbooks.out(this.rights.read(person, id), key));
	}

	/**
	 * What a workbook brought.
	 *
	 * @param file the file as it is now
	 * @param changed cells and reasons that say something else
	 * @param added new rules
	 * @param removed rules taken out
	 * @param moved whether rules stand in another order
	 */
	record WorkbookTaken(FileInfo file, int changed, int added, int removed, boolean moved) {

	}

	/**
	 * An edited workbook; 422 with every problem by cell, 409 if the table has changed
	 * since the workbook was written.
	 */
	@PostMapping(path = "/drafts/{id}/files/{key}.xlsx", consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
	WorkbookTaken workbook(CurrentPerson person, @PathVariable long id, @PathVariable String key,
			@RequestParam MultipartFile file) throws IOException {
		TableWorkbooks.Taken taken = this.workbooks.in(this.rights.write(person, id), key, file.getBytes(),
				person.login());
		return new WorkbookTaken(FileInfo.of(taken.file()), taken.changed(), taken.added(), taken.removed(),
				taken.moved());
	}

	/**
	 * What became of a list.
	 *
	 * @param file the table's file as it is now, null if nothing was taken over
	 * @param version version of the table's file that was looked at, to be named when the
	 * list is taken over
	 * @param lines its rows in their order
	 * @param problems what the mapping does not say yet; then no row was read
	 * @param unitWords words for units the list has
	 */
	record ListRead(FileInfo file, long version, List<ListImport.Line> lines, List<String> problems,
			List<String> unitWords) {

	}

	/**
	 * A list of limits of other people.
	 * @param file workbook or CSV file
	 * @param mapping how its columns are to be read, as JSON
	 * @param take whether to take over what is a rule; else it is only looked at
	 * @param version version of the table's file that was looked at, 0 if the draft does
	 * not have it; 409 if it is another
	 */
	@PostMapping(path = "/drafts/{id}/imports", consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
	ListRead list(CurrentPerson person, @PathVariable long id, @RequestParam MultipartFile file,
			@RequestParam String mapping, @RequestParam(defaultValue = "false") boolean take,
			@RequestParam(defaultValue = "0") long version) throws IOException {
		Draft draft = this.rights.write(person, id);
		String name = String.valueOf(file.getOriginalFilename());
		ForeignList list = ForeignList.read(file.getBytes());
		ListMapping read = this.imports.read(mapping);
		if (take) {
			ListImports.Taken taken = this.imports.take(draft, name, list, read, version, person.login());
			return read((taken.file() != null) ? FileInfo.of(taken.file()) : null,
					(taken.file() != null) ? taken.file().version() : version, taken.outcome());
		}
		ListImports.Target target = this.imports.target(draft, read.table());
		return read(null, target.version(), this.imports.look(draft, name, list, read, target));
	}

	private static ListRead read(FileInfo file, long version, ListImport.Outcome outcome) {
		return new ListRead(file, version, outcome.lines(), outcome.problems(), outcome.unitWords());
	}

	/**
	 * The rules in force as the files of a checkout.
	 * @param place place whose own rules they are; without one those all places share
	 */
	@GetMapping(path = "/rules.zip", produces = "application/zip")
	ResponseEntity<byte[]> rules(CurrentPerson person, @RequestParam(required = false) String place) {
		this.rights.read(person, place);
		return ResponseEntity.ok()
			.header(HttpHeaders.CONTENT_DISPOSITION,
					ContentDisposition.attachment()
						.filename(((place != null) ? place : "shared") + "-rules.zip")
						.build()
						.toString())
			.body(this.archive.inForce(place));
	}

}
