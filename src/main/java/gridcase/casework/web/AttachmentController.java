package gridcase.casework.web;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;

import gridcase.casework.Attachments;
import gridcase.casework.CaseFile;
import gridcase.security.CurrentPerson;
import gridcase.shared.Refusal;

import org.springframework.http.CacheControl;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;

/** Photos and papers: sent at once from a form, seen by those who may see the case. */
@Controller
class AttachmentController {

	/** Nothing in a file that people sent runs or fetches anything. */
	private static final String FILE_POLICY = "default-src 'none'; sandbox; frame-ancestors 'none'";

	/** The same without the sandbox, in which browsers do not show PDF. */
	static final String PDF_POLICY = "default-src 'none'; object-src 'self'; "
			+ "style-src 'unsafe-inline'; frame-ancestors 'none'";

	private final Attachments attachments;

	private final CasePages pages;

	private final Names names;

	AttachmentController(Attachments attachments, CasePages pages, Names names) {
		this.attachments = attachments;
		this.pages = pages;
		this.names = names;
	}

	@PostMapping("/cases/{caseNo}/attachments")
	String add(CurrentPerson person, @PathVariable String caseNo, @RequestParam MultipartFile file, Model model)
			throws IOException {
		CaseFile known = this.pages.file(caseNo, person);
		model.addAttribute("info", this.attachments.add(caseNo, known.place(), file.getOriginalFilename(),
				file.getContentType(), file.getBytes()));
		return "casework/parts :: upload";
	}

	/** For a report that is still being written. */
	@PostMapping("/attachments")
	String addAhead(CurrentPerson person, @RequestParam MultipartFile file, Model model) throws IOException {
		if (person.place() == null) {
			throw Refusal.forbidden(this.names.text("casework.noPlace"));
		}
		model.addAttribute("info", this.attachments.add(null, person.place(), file.getOriginalFilename(),
				file.getContentType(), file.getBytes()));
		return "casework/parts :: upload";
	}

	/** Pictures and PDF open in the browser, anything else is saved. */
	@GetMapping("/attachments/{id}")
	ResponseEntity<byte[]> read(CurrentPerson person, @PathVariable UUID id) {
		Attachments.Info info = allowed(person, id);
		ContentDisposition disposition = ((info.image() || info.pdf()) ? ContentDisposition.inline()
				: ContentDisposition.attachment())
			.filename(info.name(), StandardCharsets.UTF_8)
			.build();
		return ResponseEntity.ok()
			.contentType(MediaType.parseMediaType(info.contentType()))
			.header(HttpHeaders.CONTENT_DISPOSITION, disposition.toString())
			.header("Content-Security-Policy", info.pdf() ? PDF_POLICY : FILE_POLICY)
			.header("X-Content-Type-Options", "nosniff")
			.cacheControl(CacheControl.maxAge(Duration.ofHours(8)).cachePrivate())
			.body(this.attachments.content(id));
	}

	/** A small picture of it: of a photo the photo, of a paper a sheet. */
	@GetMapping("/attachments/{id}/thumb")
	ResponseEntity<byte[]> thumb(CurrentPerson person, @PathVariable UUID id) {
		Attachments.Info info = allowed(person, id);
		Thumbnails.Picture picture = Thumbnails.of(info.contentType(),
				info.image() ? this.attachments.content(id) : null);
		return ResponseEntity.ok()
			.contentType(MediaType.parseMediaType(picture.type()))
			.header("Content-Security-Policy", FILE_POLICY)
			.header("X-Content-Type-Options", "nosniff")
			.cacheControl(CacheControl.maxAge(Duration.ofHours(8)).cachePrivate())
			.body(picture.content());
	}

	private Attachments.Info allowed(CurrentPerson person, UUID id) {
		Attachments.Info info = this.attachments.get(id);
		if (info.caseNo() != null) {
			this.pages.file(info.caseNo(), person);
		}
		else if (!info.uploadedBy().equals(person.login())) {
			throw Refusal.notFound(this.names.text("casework.file.missing"));
		}
		return info;
	}

}
