package gridcase.inquiry;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import gridcase.audit.Access;
import gridcase.audit.AccessLog;
import gridcase.audit.CaseEvent;
import gridcase.audit.CaseTrail;
import gridcase.casework.CaseFile;
import gridcase.casework.CaseWords;
import gridcase.clock.PlatformClock;
import gridcase.inquiry.Sums.By;
import gridcase.inquiry.Sums.Figure;
import gridcase.registry.Place;
import gridcase.registry.StaffDirectory;
import gridcase.registry.Units;
import gridcase.security.CurrentPerson;
import gridcase.shared.FieldProblem;
import gridcase.shared.Refusal;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.CacheControl;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Look-back of responsibility: sums, single cases, findings. */
@Controller
class InquiryController {

	static final String EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

	private static final int SHOWN = 200;

	private final Desk desk;

	private final Sums sums;

	private final SumPage page;

	private final SumSheet sheet;

	private final LookBacks lookBacks;

	private final Findings findings;

	private final CaseTrail trail;

	private final CaseWords words;

	private final InquiryNames names;

	private final StaffDirectory staff;

	private final Units units;

	private final AccessLog log;

	private final PlatformClock clock;

	InquiryController(Desk desk, Sums sums, SumPage page, SumSheet sheet, LookBacks lookBacks, Findings findings,
			CaseTrail trail, CaseWords words, InquiryNames names, StaffDirectory staff, Units units, AccessLog log,
			PlatformClock clock) {
		this.desk = desk;
		this.sums = sums;
		this.page = page;
		this.sheet = sheet;
		this.lookBacks = lookBacks;
		this.findings = findings;
		this.trail = trail;
		this.words = words;
		this.names = names;
		this.staff = staff;
		this.units = units;
		this.log = log;
		this.clock = clock;
	}

	// --- sums ---

	@GetMapping("/inquiry")
	String sums(CurrentPerson person, @RequestParam(required = false) String place,
			@RequestParam(required = false) LocalDate from, @RequestParam(required = false) LocalDate to,
			@RequestParam(defaultValue = "UNIT") By by, @RequestParam(defaultValue = "") String sort, Model model) {
		Sums.Query query = query(person, place, from, to, by, model);
		model.addAttribute("columns", this.page.columns(by));
		model.addAttribute("lines", this.page.lines(query, this.sums.of(query), sort));
		model.addAttribute("sort", sort);
		model.addAttribute("bys", By.values());
		return "inquiry/sums";
	}

	@GetMapping("/inquiry/cases")
	String cases(CurrentPerson person, @RequestParam(required = false) String place,
			@RequestParam(required = false) LocalDate from, @RequestParam(required = false) LocalDate to,
			@RequestParam(defaultValue = "UNIT") By by, @RequestParam(defaultValue = "HELD") Figure figure,
			@RequestParam(required = false) String key, Model model) {
		Sums.Query query = query(person, place, from, to, by, model);
		model.addAttribute("key", key);
		model.addAttribute("name", this.page.name(query, key));
		model.addAttribute("figure", figure);
		model.addAttribute("time", SumSheet.time(figure));
		model.addAttribute("rows", this.sums.cases(query, figure, key, SHOWN));
		model.addAttribute("most", SHOWN);
		return "inquiry/figure";
	}

	@GetMapping({ "/inquiry/sums.xlsx", "/api/v1/inquiry/sums.xlsx" })
	void excel(CurrentPerson person, @RequestParam(required = false) String place,
			@RequestParam(required = false) LocalDate from, @RequestParam(required = false) LocalDate to,
			@RequestParam(defaultValue = "UNIT") By by, HttpServletResponse response) throws IOException {
		this.desk.mustRead(person);
		Place shown = this.desk.place(person, place);
		Desk.Days days = this.desk.days(from, to);
		Sums.Query query = query(person, shown, days, by);
		List<Sums.Row> rows = this.sums.of(query);
		this.log.record(new Access(person.login(), shown.code(), "LOG_EXPORTED", "inquiry", by.name(),
				Map.of("from", days.from().toString(), "to", days.to().toString(), "rows", rows.size()), null));
		response.setContentType(EXCEL);
		response.setHeader(HttpHeaders.CONTENT_DISPOSITION,
				ContentDisposition.attachment()
					.filename(shown.name() + " " + this.page.title(by) + " " + days.from() + " " + days.to() + ".xlsx",
							StandardCharsets.UTF_8)
					.build()
					.toString());
		response.setHeader(HttpHeaders.CACHE_CONTROL, CacheControl.noStore().getHeaderValue());
		this.sheet.write(query, rows, response.getOutputStream());
	}

	private Sums.Query query(CurrentPerson person, String place, LocalDate from, LocalDate to, By by, Model model) {
		this.desk.mustRead(person);
		Place shown = this.desk.place(person, place);
		Desk.Days days = this.desk.days(from, to);
		model.addAttribute("places", this.desk.seen(person));
		model.addAttribute("place", shown);
		model.addAttribute("from", days.from());
		model.addAttribute("to", days.to());
		model.addAttribute("by", by);
		model.addAttribute("names", this.names);
		return query(person, shown, days, by);
	}

	private Sums.Query query(CurrentPerson person, Place place, Desk.Days days, By by) {
		Desk.Scope scope = this.desk.scope(person);
		return new Sums.Query(place.code(), this.desk.start(days), this.desk.end(days), by, scope.condition(),
				scope.parameters());
	}

	// --- one case ---

	@GetMapping("/cases/{caseNo}/inquiry")
	String lookBack(CurrentPerson person, @PathVariable String caseNo, @RequestParam(required = false) LocalDateTime at,
			@RequestParam(required = false) Integer seq, @RequestParam(required = false) Long sample, Model model) {
		CaseFile file = this.desk.file(caseNo, person);
		this.log.record(
				new Access(person.login(), file.place(), "CASE_READ", "case", caseNo, Map.of("page", "inquiry"), null));
		return page(file, person, at, seq,
				new Input(List.of(), Findings.KINDS.get(0), "GENERAL", "", "", "", "", true, sample), List.of(), model);
	}

	@PostMapping("/cases/{caseNo}/inquiry")
	String write(CurrentPerson person, @PathVariable String caseNo, Input input, Model model,
			HttpServletResponse response, RedirectAttributes redirect) {
		this.desk.mustAudit(person);
		CaseFile file = this.desk.file(caseNo, person);
		try {
			long id = this.findings.write(file, new FindingOrder(input.steps(), input.kind(), input.severity(),
					input.text(), input.demand(), input.unit(), input.person(), input.send(), input.sample()),
					person.login());
			redirect.addFlashAttribute("flash",
					this.names.text(input.send() ? "inquiry.finding.sent" : "inquiry.finding.noted", id));
			return (input.sample() != null) ? "redirect:/samples/" + input.sample()
					: "redirect:/inquiry/findings/" + id;
		}
		catch (Refusal refusal) {
			if (refusal.kind() != Refusal.Kind.INVALID) {
				throw refusal;
			}
			response.setStatus(HttpServletResponse.SC_BAD_REQUEST);
			return page(file, person, null, null, input, refusal.fields(), model);
		}
	}

	private String page(CaseFile file, CurrentPerson person, LocalDateTime at, Integer seq, Input input,
			List<FieldProblem> problems, Model model) {
		LookBack back = this.lookBacks.of(file);
		List<CaseEvent> events = this.trail.of(file.caseNo());
		Integer until = (seq != null && seq >= 1 && seq <= events.size()) ? seq : null;
		Instant moment = (until != null) ? events.get(until - 1).at()
				: (at != null) ? at.atZone(this.clock.zone()).toInstant() : back.until();
		Instant now = this.clock.now();
		model.addAttribute("file", file);
		model.addAttribute("back", back);
		model.addAttribute("bar", bar(back));
		model.addAttribute("moment", this.lookBacks.at(file, moment, until));
		model.addAttribute("previous",
				events.stream()
					.filter((event) -> event.at().isBefore(moment))
					.reduce((first, second) -> second)
					.map(CaseEvent::seq)
					.orElse(null));
		model.addAttribute("next",
				events.stream()
					.filter((event) -> event.at().isAfter(moment))
					.findFirst()
					.map(CaseEvent::seq)
					.orElse(null));
		model.addAttribute("steps", events.stream().map((event) -> step(file, event)).toList());
		model.addAttribute("names", this.names);
		model.addAttribute("findings", this.findings.ofCase(file.caseNo()));
		model.addAttribute("input", input);
		model.addAttribute("kinds", Findings.KINDS);
		model.addAttribute("severities", Findings.SEVERITIES);
		model.addAttribute("people", this.staff.ofPlace(file.place(), now));
		model.addAttribute("units", this.units.ofPlace(file.place(), now));
		model.addAttribute("writes", person.has(gridcase.registry.Roles.AUDITOR));
		model.addAttribute("problems",
				problems.stream().collect(Collectors.toMap(FieldProblem::field, FieldProblem::message, (a, b) -> a)));
		return "inquiry/case";
	}

	private Step step(CaseFile file, CaseEvent event) {
		CaseWords.Sentence told = this.words.sentence(file, event);
		return new Step(event.seq(), event.at(), told.state(), told.text(), told.why());
	}

	/** Stretches of the life of a case, as wide as their office time. */
	private static List<Piece> bar(LookBack back) {
		List<Piece> pieces = new ArrayList<>();
		double whole = Math.max(1, back.workingSeconds());
		long before = 0;
		for (LookBack.Part part : back.parts()) {
			pieces.add(new Piece(Math.round(before * 10000 / whole) / 10.0,
					Math.round(part.seconds() * 10000 / whole) / 10.0, part));
			before += part.seconds();
		}
		return pieces;
	}

	/**
	 * An event of the case.
	 *
	 * @param seq its number
	 * @param at when
	 * @param state {@code info}, {@code warn}, {@code over}, or an empty text
	 * @param text what happened
	 * @param why the reason, or null
	 */
	record Step(int seq, Instant at, String state, String text, String why) {

	}

	/**
	 * A piece of the bar of 1000.
	 *
	 * @param x where it begins
	 * @param width how wide it is
	 * @param part what it shows
	 */
	record Piece(double x, double width, LookBack.Part part) {

	}

	/**
	 * What was filled in.
	 *
	 * @param steps events that are marked
	 * @param kind kind of fault
	 * @param severity how grave
	 * @param text what was found
	 * @param demand what has to be done
	 * @param unit unit code, or empty
	 * @param person sign-in name, or empty
	 * @param send whether it is sent
	 * @param sample sample the case was looked at for, or null
	 */
	record Input(List<Integer> steps, String kind, String severity, String text, String demand, String unit,
			String person, Boolean send, Long sample) {

		Input {
			steps = (steps != null) ? steps : List.of();
			send = Boolean.TRUE.equals(send);
		}

	}

	// --- findings ---

	@GetMapping("/inquiry/findings")
	String findings(CurrentPerson person, @RequestParam(required = false) String place,
			@RequestParam(required = false) Finding.State state, Model model) {
		this.desk.mustRead(person);
		Place shown = this.desk.place(person, place);
		Desk.Scope scope = this.desk.scope(person);
		model.addAttribute("places", this.desk.seen(person));
		model.addAttribute("place", shown);
		model.addAttribute("state", state);
		model.addAttribute("states", Finding.State.values());
		model.addAttribute("names", this.names);
		model.addAttribute("rows",
				this.findings.ofPlace(shown.code(), state, scope.condition(), scope.parameters(), SHOWN));
		return "inquiry/findings";
	}

	@GetMapping("/inquiry/findings/{id}")
	String finding(CurrentPerson person, @PathVariable long id, Model model) {
		this.desk.mustRead(person);
		Finding finding = this.findings.get(id);
		CaseFile file = this.desk.file(finding.caseNo(), person);
		model.addAttribute("finding", finding);
		model.addAttribute("file", file);
		model.addAttribute("steps",
				this.trail.of(file.caseNo())
					.stream()
					.filter((event) -> finding.steps().contains(event.seq()))
					.map((event) -> step(file, event))
					.toList());
		model.addAttribute("names", this.names);
		model.addAttribute("writes", person.has(gridcase.registry.Roles.AUDITOR));
		return "inquiry/finding";
	}

	@PostMapping("/inquiry/findings/{id}/send")
	String send(CurrentPerson person, @PathVariable long id, RedirectAttributes redirect) {
		this.desk.mustAudit(person);
		this.desk.file(this.findings.get(id).caseNo(), person);
		this.findings.send(id, person.login());
		redirect.addFlashAttribute("flash", this.names.text("inquiry.finding.sent", id));
		return "redirect:/inquiry/findings/" + id;
	}

	@PostMapping("/inquiry/findings/{id}/revoke")
	String revoke(CurrentPerson person, @PathVariable long id, @RequestParam(defaultValue = "") String reason,
			RedirectAttributes redirect) {
		this.desk.mustAudit(person);
		this.desk.file(this.findings.get(id).caseNo(), person);
		this.findings.revoke(id, reason, person.login());
		redirect.addFlashAttribute("flash", this.names.text("inquiry.finding.revoked", id));
		return "redirect:/inquiry/findings/" + id;
	}

}
