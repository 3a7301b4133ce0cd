package gridcase.studio;

import java.io.IOException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import gridcase.clock.PlatformClock;
import gridcase.clock.WorkingCalendar;
import gridcase.clock.WorkingCalendars;
import gridcase.policy.AppliesTo;
import gridcase.policy.RuleType;
import gridcase.registry.Place;
import gridcase.security.CurrentPerson;
import gridcase.shared.FieldProblem;
import gridcase.shared.Refusal;
import gridcase.shared.Texts;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The rules of a place and the drafts that change them. */
@Controller
@RequestMapping("/studio")
class StudioController {

	/** Chooser value of the rules all places share. */
	static final String ALL = "*";

	private final RuleList list;

	private final Drafts drafts;

	private final DraftDesk desk;

	private final StudioRights rights;

	private final WorkingCalendars calendars;

	private final PlatformClock clock;

	StudioController(RuleList list, Drafts drafts, DraftDesk desk, StudioRights rights, WorkingCalendars calendars,
			PlatformClock clock) {
		this.list = list;
		this.drafts = drafts;
		this.desk = desk;
		this.rights = rights;
		this.calendars = calendars;
		this.clock = clock;
	}

	@GetMapping
	String rules(CurrentPerson person, @RequestParam(required = false) String place,
			@RequestParam(required = false) RuleType type, @RequestParam(defaultValue = "") String text,
			@RequestParam(defaultValue = "false") boolean own, Model model) {
		List<Place> places = this.rights.places(person);
		String shown = shown(person, place, places);
		this.rights.read(person, shown);
		List<RuleList.Line> all = this.list.of(shown);
		List<RuleList.Line> lines = all.stream()
			.filter((line) -> type == null || line.type() == type)
			.filter((line) -> !own || line.standing() != RuleList.Standing.SHARED)
			.filter((line) -> line.name().contains(text.strip()) || line.key().contains(text.strip()))
			.toList();
		Map<RuleType, List<RuleList.Line>> groups = new LinkedHashMap<>();
		lines.forEach((line) -> groups.computeIfAbsent(line.type(), (any) -> new ArrayList<>()).add(line));
		List<Draft> work = this.drafts.inWork(shown);
		model.addAttribute("places", places);
		model.addAttribute("place", shown);
		model.addAttribute("placeName", this.desk.place(shown));
		model.addAttribute("groups", groups);
		model.addAttribute("total", all.size());
		model.addAttribute("type", type);
		model.addAttribute("text", text);
		model.addAttribute("own", own);
		model.addAttribute("drafts", work);
		model.addAttribute("names", names(lines, work));
		model.addAttribute("calendars", calendars(shown));
		model.addAttribute("mayWrite", this.rights.mayWrite(person, shown));
		return "studio/rules";
	}

	private List<CalendarLine> calendars(String place) {
		List<WorkingCalendar> calendars = (place != null) ? List.of(this.calendars.forPlace(place))
				: this.calendars.codes().stream().sorted().map(this.calendars::named).toList();
		return calendars.stream()
			.map((calendar) -> new CalendarLine(calendar.name(),
					calendar.years().stream().sorted().map(String::valueOf).collect(Collectors.joining("、"))))
			.toList();
	}

	/**
	 * A working calendar.
	 *
	 * @param name its name
	 * @param years years whose holidays are loaded
	 */
	record CalendarLine(String name, String years) {

	}

	private Map<String, String> names(List<RuleList.Line> lines, List<Draft> work) {
		Map<String, String> names = new LinkedHashMap<>();
		lines.stream()
			.filter((line) -> line.by() != null)
			.forEach((line) -> names.computeIfAbsent(line.by(), this.desk::name));
		lines.stream()
			.map(RuleList.Line::approvedBy)
			.filter(java.util.Objects::nonNull)
			.forEach((login) -> names.computeIfAbsent(login, this.desk::name));
		work.forEach((draft) -> names.computeIfAbsent(draft.author(), this.desk::name));
		return names;
	}

	/** Null for the rules all places share. */
	private static String shown(CurrentPerson person, String asked, List<Place> places) {
		if (ALL.equals(asked) || (asked != null && asked.isEmpty())) {
			return null;
		}
		return (asked != null) ? asked
				: (person.place() != null) ? person.place() : places.isEmpty() ? null : places.get(0).code();
	}

	/** How often each row of a table fired; opened beneath its line. */
	@GetMapping("/use")
	String use(CurrentPerson person, @RequestParam String place, @RequestParam String key, Model model) {
		String shown = ALL.equals(place) ? null : place;
		this.rights.read(person, shown);
		model.addAttribute("rows", this.list.rows(shown, key));
		model.addAttribute("key", key);
		model.addAttribute("place", shown);
		return "studio/rules :: use";
	}

	@PostMapping("/drafts")
	String begin(CurrentPerson person, @RequestParam String place, @RequestParam(defaultValue = "") String title,
			@RequestParam(required = false) RuleType type, @RequestParam(required = false) String key,
			RedirectAttributes redirect) {
		Draft draft = this.desk.begin(person, ALL.equals(place) ? null : place, title, type, key);
		redirect.addFlashAttribute("flash", Texts.of("studio", "studio.draft.begun"));
		return "redirect:/studio/drafts/" + draft.id();
	}

	@GetMapping("/drafts/{id}")
	String draft(CurrentPerson person, @PathVariable long id, Model model) {
		Draft draft = this.rights.read(person, id);
		return draft(person, draft, Input.of(draft, this.clock), List.of(), model);
	}

	private String draft(CurrentPerson person, Draft draft, Input input, List<FieldProblem> problems, Model model) {
		List<DraftFile> files = this.desk.head(draft, person, model);
		Map<String, List<Drafts.Past>> past = this.drafts.past(draft.id())
			.stream()
			.collect(Collectors.groupingBy(Drafts.Past::name, LinkedHashMap::new, Collectors.toList()));
		Map<String, String> names = new LinkedHashMap<>();
		files.forEach((file) -> names.computeIfAbsent(file.changedBy(), this.desk::name));
		past.values().forEach((each) -> each.forEach((one) -> names.computeIfAbsent(one.changedBy(), this.desk::name)));
		model.addAttribute("lines", files.stream().map((file) -> line(file, past)).toList());
		model.addAttribute("gone",
				past.entrySet()
					.stream()
					.filter((entry) -> files.stream().noneMatch((file) -> file.name().equals(entry.getKey())))
					.map((entry) -> entry.getValue().get(0))
					.toList());
		model.addAttribute("names", names);
		model.addAttribute("rules", this.list.of(draft.place())
			.stream()
			.filter((rule) -> files.stream().noneMatch((file) -> file.name().equals(rule.key() + rule.type().ending())))
			.toList());
		model.addAttribute("input", input);
		model.addAttribute("problems", problems);
		model.addAttribute("bad", problems.stream().map(FieldProblem::field).toList());
		return "studio/draft";
	}

	/**
	 * A file on the page.
	 *
	 * @param file the file
	 * @param change {@code new}, {@code same} as in force when taken up, or
	 * {@code changed}
	 * @param past its earlier contents, newest first
	 */
	record FileLine(DraftFile file, String change, List<Drafts.Past> past) {

	}

	private static FileLine line(DraftFile file, Map<String, List<Drafts.Past>> past) {
		String change = (file.base() == null) ? "new"
				: SameRule.same(file.type(), file.base(), file.content()) ? "same" : "changed";
		return new FileLine(file, change, past.getOrDefault(file.name(), List.of()));
	}

	/**
	 * What was filled in about a draft.
	 *
	 * @param title what it is about
	 * @param note what changes and why
	 * @param appliesTo whom it touches
	 * @param effectiveFrom local date and time, empty for the moment of release
	 * @param urgent whether approval comes afterwards; an empty box sends nothing
	 * @param version version of the draft that was looked at
	 */
	record Input(String title, String note, AppliesTo appliesTo, String effectiveFrom, Boolean urgent, long version) {

		static Input of(Draft draft, PlatformClock clock) {
			return new Input(draft.title(), draft.note(), draft.appliesTo(), (draft.effectiveFrom() != null)
					? LocalDateTime.ofInstant(draft.effectiveFrom(), clock.zone()).withSecond(0).withNano(0).toString()
					: "", draft.urgent(), draft.version());
		}

	}

	@PostMapping("/drafts/{id}")
	String describe(CurrentPerson person, @PathVariable long id, Input input, Model model, HttpServletResponse response,
			RedirectAttributes redirect) {
		try {
			this.desk.describe(person, id, input.title(), input.note(), input.appliesTo(),
					moment(input.effectiveFrom()), Boolean.TRUE.equals(input.urgent()), input.version());
		}
		catch (Refusal refusal) {
			if (refusal.kind() != Refusal.Kind.INVALID) {
				throw refusal;
			}
			response.setStatus(HttpServletResponse.SC_BAD_REQUEST);
			return draft(person, this.rights.read(person, id), input, refusal.fields(), model);
		}
		redirect.addFlashAttribute("flash", Texts.of("studio", "studio.draft.described"));
		return "redirect:/studio/drafts/{id}";
	}

	private Instant moment(String text) {
		if (text == null || text.isBlank()) {
			return null;
		}
		try {
			return LocalDateTime.parse(text.strip().replace(' ', 'T')).atZone(this.clock.zone()).toInstant();
		}
		catch (DateTimeParseException ex) {
			throw Refusal.invalid(List.of(new FieldProblem("effectiveFrom",
					Texts.of("studio", "studio.field.effectiveFrom"), Texts.of("studio", "studio.refused.moment"))));
		}
	}

	@PostMapping("/drafts/{id}/drop")
	String drop(CurrentPerson person, @PathVariable long id, RedirectAttributes redirect) {
		Draft draft = this.desk.drop(person, id);
		redirect.addFlashAttribute("flash", Texts.of("studio", "studio.draft.dropped", draft.title()));
		redirect.addAttribute("place", (draft.place() != null) ? draft.place() : ALL);
		return "redirect:/studio";
	}

	/** A rule in force is taken into the draft; {@code rule} is a file name. */
	@PostMapping("/drafts/{id}/take")
	String take(CurrentPerson person, @PathVariable long id, @RequestParam(defaultValue = "") String rule,
			RedirectAttributes redirect) {
		RuleType type = RuleType.ofFile(rule)
			.orElseThrow(() -> Refusal.rule(Texts.of("studio", "studio.file.ending", rule)));
		this.desk.take(person, id, type, rule.substring(0, rule.length() - type.ending().length()));
		redirect.addFlashAttribute("flash", Texts.of("studio", "studio.file.taken", rule));
		return "redirect:/studio/drafts/{id}";
	}

	@PostMapping("/drafts/{id}/upload")
	String upload(CurrentPerson person, @PathVariable long id, @RequestParam("files") List<MultipartFile> files,
			RedirectAttributes redirect) throws IOException {
		List<String> names = new ArrayList<>();
		for (MultipartFile file : files) {
			names.add(this.desk.upload(person, id, String.valueOf(file.getOriginalFilename()), file.getBytes()).name());
		}
		redirect.addFlashAttribute("flash", Texts.of("studio", "studio.file.uploaded", String.join("、", names)));
		return "redirect:/studio/drafts/{id}";
	}

	@PostMapping("/drafts/{id}/remove")
	String remove(CurrentPerson person, @PathVariable long id, @RequestParam String name, @RequestParam long version,
			RedirectAttributes redirect) {
		this.desk.remove(person, id, name, version);
		redirect.addFlashAttribute("flash", Texts.of("studio", "studio.file.removed", name));
		return "redirect:/studio/drafts/{id}";
	}

	@PostMapping("/drafts/{id}/restore")
	String restore(CurrentPerson person, @PathVariable long id, @RequestParam String name, @RequestParam long past,
			@RequestParam long version, RedirectAttributes redirect) {
		this.desk.restore(person, id, name, past, version);
		redirect.addFlashAttribute("flash", Texts.of("studio", "studio.file.restored", name, past));
		return "redirect:/studio/drafts/{id}";
	}

}
