package gridcase.replay;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

import gridcase.audit.CaseTrail;
import gridcase.casework.CaseFile;
import gridcase.casework.CaseQuery;
import gridcase.casework.CaseWays;
import gridcase.casework.CaseWords;
import gridcase.casework.Cases;
import gridcase.clock.WorkingCalendars;
import gridcase.registry.Place;
import gridcase.registry.Places;
import gridcase.security.CurrentPerson;
import gridcase.shared.FieldProblem;
import gridcase.shared.Refusal;
import gridcase.shared.Texts;
import jakarta.servlet.http.HttpSession;

import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;

/** The replay of a case, as picture and as text, and where to find one. */
@Controller
class ReplayController {

	private static final int FOUND = 20;

	private static final String SEEN = "gridcase.replayed.";

	private final ReplayDesk desk;

	private final StepViews views;

	private final DecisionReader decisions;

	private final DiagramStates diagrams;

	private final Troubles troubles;

	private final Cases cases;

	private final CaseWays ways;

	private final CaseWords words;

	private final CaseTrail trail;

	private final Places places;

	private final WorkingCalendars calendars;

	ReplayController(ReplayDesk desk, StepViews views, DecisionReader decisions, DiagramStates diagrams,
			Troubles troubles, Cases cases, CaseWays ways, CaseWords words, CaseTrail trail, Places places,
			WorkingCalendars calendars) {
		this.desk = desk;
		this.views = views;
		this.decisions = decisions;
		this.diagrams = diagrams;
		this.troubles = troubles;
		this.cases = cases;
		this.ways = ways;
		this.words = words;
		this.trail = trail;
		this.places = places;
		this.calendars = calendars;
	}

	/**
	 * A case that was found.
	 *
	 * @param times how often there was trouble, 0 if it was not asked for
	 */
	record Found(CaseFile file, String place, String category, String state, int times, java.time.Instant at) {

	}

	@GetMapping("/replay")
	String find(CurrentPerson person, @RequestParam(defaultValue = "") String text,
			@RequestParam(defaultValue = "BREACHED") String kind, Model model) {
		ReplayDesk.mayReplay(person);
		String wanted = text.strip();
		if (!wanted.isEmpty()) {
			Optional<CaseFile> exactly = this.cases.find(wanted).filter((file) -> visible(file, person));
			if (exactly.isPresent()) {
				return "redirect:/cases/" + exactly.get().caseNo() + "/replay";
			}
			model.addAttribute("rows", this.cases
				.search(new CaseQuery(person.login(), person.place(), wanted, null, null, null, null, null, FOUND))
				.rows()
				.stream()
				.map((file) -> found(file, 0, file.reportedAt()))
				.toList());
		}
		else {
			model.addAttribute("rows",
					this.troubles.newest(person, kind)
						.stream()
						.map((trouble) -> found(trouble.file(), trouble.times(), trouble.at()))
						.toList());
		}
		model.addAttribute("text", wanted);
		model.addAttribute("kind", kind);
		model.addAttribute("kinds", Troubles.KINDS);
		return "replay/find";
	}

	private boolean visible(CaseFile file, CurrentPerson person) {
		try {
			this.desk.file(file.caseNo(), person);
			return true;
		}
		catch (Refusal hidden) {
			// a number of somebody else's case finds nothing
			return false;
		}
	}

	private Found found(CaseFile file, int times, java.time.Instant at) {
		return new Found(file, this.places.find(file.place(), file.reportedAt()).map(Place::name).orElse(file.place()),
				this.words.category(file.place(), file.fact("category")), this.words.word("state", file.state()), times,
				at);
	}

	@GetMapping("/cases/{caseNo}/replay")
	String picture(CurrentPerson person, @PathVariable String caseNo, @RequestParam(defaultValue = "1") int step,
			@RequestParam(defaultValue = "false") boolean all,
			@RequestHeader(name = "HX-Request", required = false) String part, HttpSession session, Model model) {
		CaseFile file = this.desk.file(caseNo, person);
		// moving on within a page that was opened is the same replay
		boolean opened = part != null && session.getAttribute(SEEN + caseNo) != null;
		if (!opened) {
			this.desk.record(file, person, "picture");
			session.setAttribute(SEEN + caseNo, true);
		}
		Replay replay = this.desk.replay(file);
		Replay.Step shown = replay.step(step);
		List<DecisionReader.Reading> read = this.decisions.read(file.place(), shown.decisions(), all);
		List<DiagramStates.Picture> pictures = this.diagrams.of(replay, shown.number());
		head(replay, model);
		model.addAttribute("view", this.views.one(replay, shown.number()));
		model.addAttribute("readings", read.stream().filter((reading) -> !reading.telling()).toList());
		model.addAttribute("tellings", read.stream().filter(DecisionReader.Reading::telling).toList());
		model.addAttribute("elements",
				shown.decisions()
					.stream()
					.map((decision) -> Optional.ofNullable(StepViews.element(replay, decision.element())).orElse(""))
					.toList());
		model.addAttribute("all", all);
		model.addAttribute("pictures", pictures);
		model.addAttribute("state", this.diagrams.json(pictures));
		model.addAttribute("nextHanded", next(replay, shown, Replay.Step::handed));
		model.addAttribute("nextDecided", next(replay, shown, Replay.Step::decided));
		model.addAttribute("nextBreached", next(replay, shown, Replay.Step::breached));
		if (part != null) {
			return "replay/moment :: part";
		}
		model.addAttribute("axis", TimeAxis.draw(replay, this.calendars.forPlace(file.place())));
		return "replay/case";
	}

	/** The next step in which that happened, or null. */
	private static Integer next(Replay replay, Replay.Step shown, Predicate<Replay.Step> happened) {
		return replay.steps()
			.stream()
			.filter((step) -> step.number() > shown.number() && happened.test(step))
			.map(Replay.Step::number)
			.findFirst()
			.orElse(null);
	}

	private void head(Replay replay, Model model) {
		CaseFile file = replay.file();
		model.addAttribute("file", file);
		model.addAttribute("replay", replay);
		model.addAttribute("total", replay.steps().size());
		model.addAttribute("category", this.words.category(file.place(), file.fact("category")));
		model.addAttribute("stateWord", this.words.word("state", file.state()));
		model.addAttribute("fault", this.trail.firstFault(file.caseNo()).orElse(null));
	}

	@GetMapping("/cases/{caseNo}/replay/text")
	String text(CurrentPerson person, @PathVariable String caseNo, Model model) {
		CaseFile file = this.desk.file(caseNo, person);
		this.desk.record(file, person, "text");
		Replay replay = this.desk.replay(file);
		head(replay, model);
		model.addAttribute("views", this.views.all(replay));
		return "replay/text";
	}

	/** The drawing of a diagram the case ran through; a version never changes. */
	@GetMapping("/cases/{caseNo}/replay/diagram")
	ResponseEntity<String> diagram(CurrentPerson person, @PathVariable String caseNo,
			@RequestParam(required = false) String id) {
		CaseFile file = this.desk.file(caseNo, person);
		if (id == null) {
			throw Refusal.invalid(List.of(new FieldProblem("id", Texts.of("replay", "replay.diagram"),
					Texts.of("replay", "replay.no-diagram"))));
		}
		boolean known = this.desk.replay(file)
			.runs()
			.stream()
			.flatMap((run) -> run.versions().stream())
			.anyMatch((version) -> version.diagram().definitionId().equals(id));
		if (!known) {
			throw Refusal.notFound(Texts.of("replay", "replay.no-diagram"));
		}
		return ResponseEntity.ok()
			.contentType(new MediaType(MediaType.APPLICATION_XML, java.nio.charset.StandardCharsets.UTF_8))
			.cacheControl(CacheControl.maxAge(Duration.ofHours(8)).cachePrivate())
			.body(this.ways.drawing(id));
	}

}
