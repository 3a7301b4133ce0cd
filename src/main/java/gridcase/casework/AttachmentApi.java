package gridcase.casework;

import java.io.IOException;
import java.util.List;
import java.util.UUID;

import gridcase.shared.Acting;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestPart;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;

/** Photos and papers of a case over HTTP. */
@RestController
@RequestMapping("/api/v1/cases/{caseNo}/attachments")
@Tag(name = "cases")
class AttachmentApi {

	private final Attachments attachments;

	private final Uploads uploads;

	private final Cases cases;

	AttachmentApi(Attachments attachments, Uploads uploads, Cases cases) {
		this.attachments = attachments;
		this.uploads = uploads;
		this.cases = cases;
	}

	@GetMapping
	@Operation(summary = "照片与附件 (photos and papers)")
	List<Attachments.Info> list(@PathVariable String caseNo) {
		return this.attachments.ofCase(file(caseNo).caseNo());
	}

	@PostMapping(consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
	@ResponseStatus(HttpStatus.CREATED)
	@Operation(
			summary = "上传附件，最大 20 MB；返回的 id 填入表单的照片字段；同一 Idempotency-Key 只存一份 (upload; its id goes into a photo field; the same key gives the same file)")
	Attachments.Info add(@RequestHeader(name = "Idempotency-Key", required = false) String key,
			@PathVariable String caseNo, @RequestPart MultipartFile file) throws IOException {
		CaseFile known = file(caseNo);
		return this.uploads.add(key, caseNo, known.place(), file.getOriginalFilename(), file.getContentType(),
				file.getBytes());
	}

	@GetMapping("/{id}")
	@Operation(summary = "附件内容 (its content)")
	ResponseEntity<byte[]> read(@PathVariable String caseNo, @PathVariable UUID id) {
		file(caseNo);
		Attachments.Info info = this.attachments.get(caseNo, id);
		return ResponseEntity.ok()
			.contentType(MediaType.parseMediaType(info.contentType()))
			.header(HttpHeaders.CONTENT_DISPOSITION, "attachment")
			.body(this.attachments.content(id));
	}

	private CaseFile file(String caseNo) {
		return this.cases.get(caseNo, Acting.current());
	}

}
