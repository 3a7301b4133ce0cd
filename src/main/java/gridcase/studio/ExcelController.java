package gridcase.studio;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

import gridcase.policy.ReleaseRefused;
import gridcase.security.CurrentPerson;
import gridcase.shared.FieldProblem;
import gridcase.shared.Refusal;
import gridcase.shared.Texts;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Tables of a draft as workbooks: out, and in again. */
@Controller
@RequestMapping("/studio/drafts/{id}")
class ExcelController {

	static final MediaType WORKBOOK = MediaType
		.parseMediaType("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");

	private final TableWorkbooks workbooks;

	private final DraftDesk desk;

	private final StudioRights rights;

	ExcelController(TableWorkbooks workbooks, DraftDesk desk, StudioRights rights) {
		this.workbooks = workbooks;
		this.desk = desk;
		this.rights = rights;
	}

	@GetMapping("/files/{key}.xlsx")
	ResponseEntity<byte[]> out(CurrentPerson person, @PathVariable long id, @PathVariable String key) {
		return answer(this.workbooks.out(this.rights.read(person, id), key));
	}

	static ResponseEntity<byte[]> answer(TableWorkbooks.Workbook workbook) {
		HttpHeaders headers = new HttpHeaders();
		headers.setContentType(WORKBOOK);
		headers.setContentDisposition(
				ContentDisposition.attachment().filename(workbook.name(), StandardCharsets.UTF_8).build());
		headers.setCacheControl("no-store");
		return ResponseEntity.ok().headers(headers).body(workbook.content());
	}

	/** A workbook somebody edited; what is wrong with it is shown cell by cell. */
	@PostMapping("/files/{key}.xlsx")
	String in(CurrentPerson person, @PathVariable long id, @PathVariable String key, @RequestParam MultipartFile file,
			Model model, HttpServletResponse response, RedirectAttributes redirect) throws IOException {
		Draft draft = this.rights.write(person, id);
		try {
			TableWorkbooks.Taken taken = this.workbooks.in(draft, key, file.getBytes(), person.login());
			redirect.addFlashAttribute("flash", said(taken));
			return "redirect:/studio/drafts/" + id + "/tables/" + key;
		}
		catch (Refusal refusal) {
			if (refusal.kind() == Refusal.Kind.NOT_FOUND) {
				throw refusal;
			}
			return refused(person, draft, key, file.getOriginalFilename(), refusal, model, response);
		}
	}

	private String refused(CurrentPerson person, Draft draft, String key, String file, Refusal refusal, Model model,
			HttpServletResponse response) {
		response.setStatus(switch (refusal.kind()) {
			case CONFLICT -> HttpStatus.CONFLICT.value();
			case TOO_LARGE -> HttpStatus.PAYLOAD_TOO_LARGE.value();
			default -> HttpStatus.UNPROCESSABLE_ENTITY.value();
		});
		List<FieldProblem> problems = (refusal instanceof ReleaseRefused) ? List.of() : refusal.fields();
		this.desk.head(draft, person, model);
		model.addAttribute("key", key);
		model.addAttribute("file", file);
		model.addAttribute("message", refusal.getMessage());
		model.addAttribute("problems", problems);
		model.addAttribute("conflict", refusal.kind() == Refusal.Kind.CONFLICT);
		return "studio/excel-problems";
	}

	/** What a workbook brought, in a sentence. */
	static String said(TableWorkbooks.Taken taken) {
		return taken.nothing() ? Texts.of("studio", "studio.sheet.taken.nothing")
				: Texts.of("studio", taken.moved() ? "studio.sheet.taken.moved" : "studio.sheet.taken", taken.changed(),
						taken.added(), taken.removed());
	}

}
