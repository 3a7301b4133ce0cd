package gridcase.roster;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Collectors;

import gridcase.clock.PlatformClock;
import gridcase.registry.Absence;
import gridcase.registry.Duties;
import gridcase.registry.Grid;
import gridcase.registry.Grids;
import gridcase.registry.Place;
import gridcase.registry.Places;
import gridcase.registry.Shift;
import gridcase.registry.Staff;
import gridcase.registry.StaffDirectory;
import gridcase.registry.Unit;
import gridcase.registry.Units;
import gridcase.security.CurrentPerson;
import gridcase.shared.FieldProblem;
import gridcase.shared.Refusal;
import gridcase.shared.Texts;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** 请假与代理: who is away, who stands in, who is on shift in the next days. */
@Controller
@RequestMapping("/absences")
class AbsenceController {

	private static final Duration SHOWN = Duration.ofDays(7);

	private final AbsenceDesk desk;

	private final Places places;

	private final StaffDirectory staff;

	private final Units units;

	private final Grids grids;

	private final Duties duties;

	private final PlatformClock clock;

	private final MessageSource messages;

	AbsenceController(AbsenceDesk desk, Places places, StaffDirectory staff, Units units, Grids grids, Duties duties,
			PlatformClock clock, MessageSource messages) {
		this.desk = desk;
		this.places = places;
		this.staff = staff;
		this.units = units;
		this.grids = grids;
		this.duties = duties;
		this.clock = clock;
		this.messages = messages;
	}

	/**
	 * What was filled in.
	 *
	 * @param staff sign-in name of the absent person
	 * @param since local date and time
	 * @param until local date and time
	 * @param substitute sign-in name of the one who stands in
	 * @param reason in words
	 */
	record Input(String staff, String since, String until, String substitute, String reason) {

	}

	/**
	 * A line of the list.
	 *
	 * @param absence the absence
	 * @param person name of the absent person
	 * @param substitute name of the one who stands in
	 * @param enteredBy name of the one who entered it
	 * @param lasts whether it has begun
	 * @param mayEnd whether the reader may end it
	 */
	record Line(Absence absence, String person, String substitute, String enteredBy, boolean lasts, boolean mayEnd) {

	}

	/**
	 * A line of the roster.
	 *
	 * @param starts from when
	 * @param ends until when
	 * @param duty role and where
	 * @param person name of the person on shift
	 * @param now whether the shift runs
	 * @param standsIn name of the one who stands in at the moment, or null
	 */
	record ShiftLine(Instant starts, Instant ends, String duty, String person, boolean now, String standsIn) {

	}

	@GetMapping
	String show(CurrentPerson person, @RequestParam(required = false) String place, Model model) {
		return page(person, place(person, place), new Input(person.login(), null, null, null, null), List.of(), model);
	}

	@PostMapping
	String enter(CurrentPerson person, @RequestParam String place, Input input, Model model,
			HttpServletResponse response, RedirectAttributes redirect) {
		Place in = place(person, place);
		try {
			this.desk.enter(person, new Absence(in.code(), input.staff(), moment("since", input.since()),
					moment("until", input.until()), input.substitute(), blankToNull(input.reason())));
		}
		catch (Refusal refusal) {
			if (refusal.kind() != Refusal.Kind.INVALID) {
				throw refusal;
			}
			response.setStatus(HttpServletResponse.SC_BAD_REQUEST);
			return page(person, in, input, refusal.fields(), model);
		}
		redirect.addFlashAttribute("flash", text("roster.entered", name(input.staff()), name(input.substitute())));
		redirect.addAttribute("place", in.code());
		return "redirect:/absences";
	}

	@PostMapping("/end")
	String end(CurrentPerson person, @RequestParam String place, @RequestParam String staff,
			@RequestParam Instant since, RedirectAttributes redirect) {
		this.desk.end(person, place(person, place).code(), staff, since);
		redirect.addFlashAttribute("flash", text("roster.ended", name(staff)));
		redirect.addAttribute("place", place);
		return "redirect:/absences";
	}

	private String page(CurrentPerson person, Place place, Input input, List<FieldProblem> problems, Model model) {
		Instant now = this.clock.now();
		model.addAttribute("place", place);
		model.addAttribute("places", (person.place() == null) ? this.places.all(now) : List.of(place));
		model.addAttribute("lines", this.desk.open(person, place.code())
			.stream()
			.map((entry) -> new Line(entry.absence(), name(entry.absence().staff()), name(entry.absence().substitute()),
					name(entry.enteredBy()), entry.absence().covers(now), this.desk.mayEnd(person, entry.absence())))
			.toList());
		model.addAttribute("people", this.desk.people(person, place.code()));
		model.addAttribute("substitutes", this.desk.substitutes(place.code()));
		model.addAttribute("shifts",
				this.duties.shifts(place.code(), now, now.plus(SHOWN))
					.stream()
					.map((shift) -> line(shift, now))
					.toList());
		model.addAttribute("input", input);
		model.addAttribute("earliest", now.truncatedTo(ChronoUnit.MINUTES));
		model.addAttribute("problems",
				problems.stream().collect(Collectors.toMap(FieldProblem::field, FieldProblem::message, (a, b) -> a)));
		return "roster/absences";
	}

	private ShiftLine line(Shift shift, Instant now) {
		String scope = (shift.grid() != null) ? this.grids.find(shift.grid(), now).map(Grid::name).orElse(shift.grid())
				: this.units.find(shift.unit(), now).map(Unit::name).orElse(shift.unit());
		boolean runs = !shift.starts().isAfter(now);
		String standsIn = (runs && this.duties.absent(shift.staff(), now))
				? this.duties.holders(shift.role(), (shift.grid() != null) ? shift.grid() : shift.unit(), now)
					.stream()
					.filter((present) -> this.duties.actingFor(present.login(), now).contains(shift.staff()))
					.map(Staff::name)
					.findFirst()
					.orElse(null)
				: null;
		return new ShiftLine(shift.starts(), shift.ends(),
				text("casework.pool", text("casework.role." + shift.role()), scope), name(shift.staff()), runs,
				standsIn);
	}

	private Place place(CurrentPerson person, String asked) {
		Instant now = this.clock.now();
		if (person.place() != null) {
			return this.places.get(person.place(), now);
		}
		return (asked != null) ? this.places.get(asked, now)
				: this.places.all(now)
					.stream()
					.findFirst()
					.orElseThrow(() -> Refusal.notFound(text("roster.refused.no-place")));
	}

	private Instant moment(String field, String text) {
		try {
			return LocalDateTime.parse((text != null) ? text.trim().replace(' ', 'T') : "")
				.atZone(this.clock.zone())
				.toInstant();
		}
		catch (DateTimeParseException ex) {
			throw Refusal.invalid(List.of(new FieldProblem(field, Texts.of("registry", "registry.absence." + field),
					Texts.of("roster", "roster.refused.moment"))));
		}
	}

	private static String blankToNull(String text) {
		return (text == null || text.isBlank()) ? null : text.trim();
	}

	private String name(String login) {
		return this.staff.find(login, this.clock.now()).map(Staff::name).orElse(login);
	}

	private String text(String key, Object... arguments) {
		return this.messages.getMessage(key, arguments, LocaleContextHolder.getLocale());
	}

}
