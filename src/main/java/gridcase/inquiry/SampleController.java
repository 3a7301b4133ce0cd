package gridcase.inquiry;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import gridcase.clock.PlatformClock;
import gridcase.registry.Catalogue;
import gridcase.registry.Grids;
import gridcase.registry.Place;
import gridcase.registry.Roles;
import gridcase.security.CurrentPerson;
import gridcase.shared.FieldProblem;
import gridcase.shared.Refusal;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Samples of cases and the lists of the last hours. */
@Controller
@RequestMapping("/samples")
class SampleController {

	private static final Duration LATELY = Duration.ofHours(48);

	private static final int SHOWN = 200;

	private final Desk desk;

	private final Samples samples;

	private final WatchLists lists;

	private final InquiryNames names;

	private final Catalogue catalogue;

	private final Grids grids;

	private final PlatformClock clock;

	SampleController(Desk desk, Samples samples, WatchLists lists, InquiryNames names, Catalogue catalogue, Grids grids,
			PlatformClock clock) {
		this.desk = desk;
		this.samples = samples;
		this.lists = lists;
		this.names = names;
		this.catalogue = catalogue;
		this.grids = grids;
		this.clock = clock;
	}

	@GetMapping
	String list(CurrentPerson person, @RequestParam(required = false) String place, Model model) {
		this.desk.mustRead(person);
		Place shown = this.desk.place(person, place);
		LocalDate today = this.desk.today();
		return page(person, shown,
				new Input(shown.code(), "", today.withDayOfMonth(1), today, "ALL", "NONE", 20, null, ""), List.of(),
				model);
	}

	@PostMapping
	String draw(CurrentPerson person, Input input, Model model, HttpServletResponse response,
			RedirectAttributes redirect) {
		this.desk.mustAudit(person);
		Place place = this.desk.place(person, input.place());
		Desk.Scope scope = this.desk.scope(person);
		try {
			long id = this.samples.draw(place.code(),
					new SampleOrder(input.title(), input.from(), input.to(), input.scope(), input.strata(),
							input.size(), input.percent(), input.seed()),
					scope.condition(), scope.parameters(), person.login());
			redirect.addFlashAttribute("flash", this.names.text("inquiry.sample.drawn"));
			return "redirect:/samples/" + id;
		}
		catch (Refusal refusal) {
			if (refusal.kind() != Refusal.Kind.INVALID && refusal.kind() != Refusal.Kind.RULE) {
				throw refusal;
			}
			boolean rule = refusal.kind() == Refusal.Kind.RULE;
			response.setStatus(rule ? 422 : HttpServletResponse.SC_BAD_REQUEST);
			model.addAttribute("refused", rule ? refusal.getMessage() : null);
			return page(person, place, input, refusal.fields(), model);
		}
	}

	private String page(CurrentPerson person, Place place, Input input, List<FieldProblem> problems, Model model) {
		model.addAttribute("places", this.desk.seen(person));
		model.addAttribute("place", place);
		model.addAttribute("samples", this.samples.ofPlace(place.code()));
		model.addAttribute("scopes", Samples.SCOPES);
		model.addAttribute("strata", Samples.STRATA);
		model.addAttribute("input", input);
		model.addAttribute("names", this.names);
		model.addAttribute("writes", person.has(Roles.AUDITOR));
		model.addAttribute("problems",
				problems.stream().collect(Collectors.toMap(FieldProblem::field, FieldProblem::message, (a, b) -> a)));
		return "inquiry/samples";
	}

	@GetMapping("/{sample:[0-9]+}")
	String show(CurrentPerson person, @PathVariable("sample") long id,
			@RequestParam(defaultValue = "false") boolean again, Model model) {
		Sample sample = sample(person, id);
		model.addAttribute("sample", sample);
		model.addAttribute("rows",
				this.samples.cases(id).stream().map((row) -> new Line(row, stratum(sample, row.stratum()))).toList());
		model.addAttribute("again", again ? this.samples.comesOutAgain(sample) : null);
		model.addAttribute("names", this.names);
		model.addAttribute("writes", person.has(Roles.AUDITOR));
		return "inquiry/sample";
	}

	/** What a stratum is called. */
	private String stratum(Sample sample, String stratum) {
		Instant now = this.clock.now();
		if (stratum.isEmpty()) {
			return sample.strata().equals("NONE") ? "" : this.names.text("inquiry.stratum.none");
		}
		return switch (sample.strata()) {
			case "CATEGORY" -> this.catalogue.categories(sample.place(), now)
				.stream()
				.filter((category) -> category.classCode().equals(stratum))
				.findFirst()
				.map((category) -> category.className())
				.orElse(stratum);
			case "UNIT" -> this.names.unit(stratum);
			case "GRID" -> this.grids.find(stratum, now).map((grid) -> grid.name()).orElse(stratum);
			case "SEVERITY" -> this.names.word("severity", stratum);
			case "BREACHED" -> this.names.text("inquiry.stratum.breached." + stratum);
			default -> stratum;
		};
	}

	@GetMapping({ "/{sample:[0-9]+}/population.txt" })
	ResponseEntity<byte[]> population(CurrentPerson person, @PathVariable("sample") long id) {
		Sample sample = sample(person, id);
		return ResponseEntity.ok()
			.contentType(MediaType.parseMediaType("text/plain;charset=UTF-8"))
			.header("Content-Disposition", "attachment; filename=\"sample-" + sample.id() + "-population.txt\"")
			.body(this.samples.population(id));
	}

	@PostMapping("/{sample:[0-9]+}/cases/{caseNo}")
	String inOrder(CurrentPerson person, @PathVariable("sample") long id, @PathVariable String caseNo,
			@RequestParam(defaultValue = "") String note, RedirectAttributes redirect) {
		this.desk.mustAudit(person);
		sample(person, id);
		this.samples.inOrder(id, caseNo, note, person.login());
		redirect.addFlashAttribute("flash", this.names.text("inquiry.sample.looked", caseNo));
		return "redirect:/samples/" + id;
	}

	private Sample sample(CurrentPerson person, long id) {
		this.desk.mustRead(person);
		Sample sample = this.samples.get(id);
		this.desk.place(person, sample.place());
		return sample;
	}

	@GetMapping("/lists")
	String lists(CurrentPerson person, @RequestParam(required = false) String place,
			@RequestParam(required = false) LocalDate from, @RequestParam(required = false) LocalDate to, Model model) {
		this.desk.mustRead(person);
		Place shown = this.desk.place(person, place);
		Instant until = (to != null) ? this.desk.end(new Desk.Days(to, to)) : this.clock.now().plusMillis(1);
		Instant since = (from != null) ? this.desk.start(this.desk.days(from, (to != null) ? to : this.desk.today()))
				: until.minus(LATELY);
		Desk.Scope scope = this.desk.scope(person);
		List<Group> groups = new ArrayList<>();
		for (WatchList.Name list : WatchList.Name.values()) {
			groups.add(new Group(list, this.lists.of(list, shown.code(), since, until, scope, SHOWN)));
		}
		model.addAttribute("places", this.desk.seen(person));
		model.addAttribute("place", shown);
		model.addAttribute("from", from);
		model.addAttribute("to", to);
		model.addAttribute("since", since);
		model.addAttribute("groups", groups);
		model.addAttribute("most", SHOWN);
		model.addAttribute("names", this.names);
		model.addAttribute("reads", person.has(Roles.AUDITOR, Roles.DUTY_LEADER));
		return "inquiry/lists";
	}

	/**
	 * A list with what stands in it.
	 *
	 * @param list its name
	 * @param rows its rows
	 */
	record Group(WatchList.Name list, List<WatchList> rows) {

	}

	/**
	 * A case of the sample with the name of its stratum.
	 *
	 * @param row the case
	 * @param stratum the name, empty without strata
	 */
	record Line(SampleCase row, String stratum) {

	}

	/**
	 * What was filled in.
	 *
	 * @param place place code
	 * @param title what it is for
	 * @param from first day
	 * @param to last day
	 * @param scope which cases
	 * @param strata by what it is stratified
	 * @param size how many
	 * @param percent or which share
	 * @param seed or empty
	 */
	record Input(String place, String title, LocalDate from, LocalDate to, String scope, String strata, Integer size,
			BigDecimal percent, String seed) {

	}

}
