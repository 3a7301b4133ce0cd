package gridcase.resident;

import java.util.UUID;

import gridcase.casework.Attachments;
import gridcase.casework.CaseFile;
import gridcase.resident.Tracking.Step;
import gridcase.shared.FieldProblem;
import gridcase.shared.Refusal;
import gridcase.shared.Texts;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Where a reporter follows the own case and says what came of it. */
@Controller
@RequestMapping("/track")
class TrackPage {

	private static final int UNPROCESSABLE = 422;

	private final Tracking tracking;

	private final TrackViews views;

	private final CaseDesk desk;

	private final Attachments attachments;

	private final Visits visits;

	TrackPage(Tracking tracking, TrackViews views, CaseDesk desk, Attachments attachments, Visits visits) {
		this.tracking = tracking;
		this.views = views;
		this.desk = desk;
		this.attachments = attachments;
		this.visits = visits;
	}

	@GetMapping
	String ask(HttpServletRequest request, @RequestParam(required = false) String caseNo, Model model) {
		this.visits.check(Visits.LOOK, request);
		model.addAttribute("caseNo", caseNo);
		return "resident/ask";
	}

	@PostMapping
	String asked(HttpServletRequest request, HttpServletResponse response,
			@RequestParam(defaultValue = "") String caseNo, @RequestParam(defaultValue = "") String phone,
			@RequestParam(required = false) UUID codeId, @RequestParam(required = false) String code, Model model) {
		this.visits.check(Visits.GUESS, request);
		try {
			Step step = (codeId != null) ? this.tracking.prove(caseNo, codeId, code) : this.tracking.ask(caseNo, phone);
			if (step.token() != null) {
				return "redirect:/track/" + step.caseNo() + "/" + step.token();
			}
			model.addAttribute("codeId", step.codeId());
		}
		catch (Refusal refusal) {
			if (refusal.kind() != Refusal.Kind.INVALID && refusal.kind() != Refusal.Kind.FORBIDDEN) {
				throw refusal;
			}
			response.setStatus(status(refusal));
			model.addAttribute("refused", words(refusal));
			model.addAttribute("codeId", codeId);
		}
		model.addAttribute("caseNo", caseNo);
		model.addAttribute("phone", phone);
		return "resident/ask";
	}

	@GetMapping("/{caseNo}/{token}")
	String show(HttpServletRequest request, @PathVariable String caseNo, @PathVariable String token,
			@RequestParam(required = false) String done, Model model) {
		this.visits.check(Visits.LOOK, request);
		return page(open(request, caseNo, token), token, done, model);
	}

	/** Only wrong tokens are counted as guesses. */
	private CaseFile open(HttpServletRequest request, String caseNo, String token) {
		try {
			return this.tracking.open(caseNo, token);
		}
		catch (Refusal refusal) {
			this.visits.check(Visits.GUESS, request);
			throw refusal;
		}
	}

	@PostMapping("/{caseNo}/{token}/{action}")
	String act(HttpServletRequest request, HttpServletResponse response, @PathVariable String caseNo,
			@PathVariable String token, @PathVariable String action, @RequestParam(defaultValue = "") String text,
			@RequestParam(required = false) String satisfaction, Model model) {
		CaseFile file = open(request, caseNo, token);
		this.visits.check(Visits.ACT, request);
		try {
			this.desk.act(file, action, text, satisfaction);
			return "redirect:/track/" + caseNo + "/" + token + "?done=" + action;
		}
		catch (Refusal refusal) {
			if (refusal.kind() == Refusal.Kind.NOT_FOUND) {
				throw refusal;
			}
			response.setStatus(status(refusal));
			model.addAttribute("refused", words(refusal));
			model.addAttribute("said", text);
			model.addAttribute("acted", action);
			return page(this.tracking.open(caseNo, token), token, null, model);
		}
	}

	@GetMapping("/{caseNo}/{token}/photos/{id}")
	ResponseEntity<byte[]> photo(HttpServletRequest request, @PathVariable String caseNo, @PathVariable String token,
			@PathVariable UUID id) {
		this.visits.check(Visits.LOOK, request);
		return ReportPage.image(this.views.photo(open(request, caseNo, token), id), this.attachments);
	}

	private String page(CaseFile file, String token, String done, Model model) {
		TrackView view = this.views.of(file);
		model.addAttribute("view", view);
		model.addAttribute("link", "/track/" + file.caseNo() + "/" + token);
		model.addAttribute("done", (done != null && done.matches("report|urge|comment|follow-up|reopening|withdrawal"))
				? Texts.of("resident", "resident.done." + done, view.caseNo()) : null);
		model.addAttribute("fresh", "report".equals(done));
		return "resident/case";
	}

	private static String words(Refusal refusal) {
		return refusal.fields().isEmpty() ? refusal.getMessage() : refusal.fields()
			.stream()
			.map((FieldProblem problem) -> Texts.of("resident", "resident.problem", problem.label(), problem.message()))
			.reduce((one, other) -> one + Texts.of("resident", "resident.semicolon") + other)
			.orElseThrow();
	}

	private static int status(Refusal refusal) {
		return switch (refusal.kind()) {
			case RULE -> UNPROCESSABLE;
			case CONFLICT -> HttpServletResponse.SC_CONFLICT;
			case FORBIDDEN -> HttpServletResponse.SC_FORBIDDEN;
			case TOO_MANY -> 429;
			default -> HttpServletResponse.SC_BAD_REQUEST;
		};
	}

}
