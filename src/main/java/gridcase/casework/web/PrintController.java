package gridcase.casework.web;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

import gridcase.casework.CaseFile;
import gridcase.security.CurrentPerson;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;

import org.springframework.http.CacheControl;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** The case file on paper, for pages and API alike. */
@RestController
@Tag(name = "cases")
class PrintController {

	private final CasePages pages;

	private final CasePrint print;

	PrintController(CasePages pages, CasePrint print) {
		this.pages = pages;
		this.print = print;
	}

	@GetMapping({ "/cases/{caseNo}/file.pdf", "/api/v1/cases/{caseNo}/file.pdf" })
	@Operation(summary = "案卷 PDF：案情、照片、责任链、时限、判定、经过 (the case file as PDF)")
	ResponseEntity<byte[]> file(CurrentPerson person, @PathVariable String caseNo) throws IOException {
		CaseFile file = this.pages.file(caseNo, person);
		// made whole before the first byte leaves: a failure is an answer, not half a
		// file
		ByteArrayOutputStream pdf = new ByteArrayOutputStream();
		this.print.write(file, person, pdf);
		return ResponseEntity.ok()
			.contentType(MediaType.APPLICATION_PDF)
			.header(HttpHeaders.CONTENT_DISPOSITION,
					ContentDisposition.inline().filename(caseNo + ".pdf", StandardCharsets.UTF_8).build().toString())
			.header("Content-Security-Policy", AttachmentController.PDF_POLICY)
			.cacheControl(CacheControl.noStore())
			.body(pdf.toByteArray());
	}

}
