package gridcase.studio;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

import gridcase.casework.CaseMoves;
import gridcase.policy.AppliesTo;
import gridcase.policy.Release;
import gridcase.policy.ReleaseRefused;
import gridcase.policy.ReleasedRule;
import gridcase.policy.Releases;
import gridcase.policy.RuleType;
import gridcase.registry.Place;
import gridcase.security.CurrentPerson;
import gridcase.shared.Refusal;
import gridcase.shared.Texts;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** What was released, by whom and when; taking it back; moving open cases to it. */
@Controller
@RequestMapping("/studio")
class ReleaseController {

	private static final int SHOWN = 100;

	private final Releases releases;

	private final ReleaseTrail trail;

	private final Submissions submissions;

	private final CaseMoves moves;

	private final RuleNames ruleNames;

	private final StudioRights rights;

	private final DraftDesk desk;

	ReleaseController(Releases releases, ReleaseTrail trail, Submissions submissions, CaseMoves moves,
			RuleNames ruleNames, StudioRights rights, DraftDesk desk) {
		this.releases = releases;
		this.trail = trail;
		this.submissions = submissions;
		this.moves = moves;
		this.ruleNames = ruleNames;
		this.rights = rights;
		this.desk = desk;
	}

	/**
	 * A release with what stands behind it, in words.
	 *
	 * @param release the release
	 * @param source draft and approval, null for one that came another way
	 * @param by who released it
	 * @param approvedBy who approved it, or null
	 */
	record Line(Release release, ReleaseTrail.Source source, String by, String approvedBy) {

	}

	@GetMapping("/releases")
	String releases(CurrentPerson person, @RequestParam(required = false) String place, Model model) {
		List<Place> places = this.rights.places(person);
		String shown = shown(person, place);
		this.rights.read(person, shown);
		List<Release> all = this.releases.history(shown).stream().limit(SHOWN).toList();
		Map<Long, ReleaseTrail.Source> sources = this.trail.of(all.stream().map(Release::id).toList());
		model.addAttribute("places", places);
		model.addAttribute("place", shown);
		model.addAttribute("placeName", this.desk.place(shown));
		model.addAttribute("lines", all.stream().map((release) -> line(release, sources.get(release.id()))).toList());
		return "studio/releases";
	}

	private static String shown(CurrentPerson person, String asked) {
		if (asked == null) {
			return person.place();
		}
		return (asked.isBlank() || asked.equals("*")) ? null : asked;
	}

	private String name(String login) {
		return (login != null) ? this.desk.name(login) : null;
	}

	private Line line(Release release, ReleaseTrail.Source source) {
		return new Line(release, source, name(release.by()), (source != null) ? name(source.approvedBy()) : null);
	}

	@GetMapping("/releases/{id}")
	String release(CurrentPerson person, @PathVariable long id, Model model) {
		return release(person, readable(person, id), model);
	}

	private String release(CurrentPerson person, Release release, Model model) {
		Line line = line(release, this.trail.of(List.of(release.id())).get(release.id()));
		model.addAttribute("line", line);
		model.addAttribute("placeName", this.desk.place(release.place()));
		Map<String, String> rules = new TreeMap<>();
		release.rules()
			.stream()
			.filter((rule) -> !rule.removed())
			.forEach((rule) -> rules.put(rule.type() + " " + rule.key(), this.ruleNames.of(rule)));
		model.addAttribute("ruleNames", rules);
		model.addAttribute("diagrams", diagrams(release).toList());
		boolean write = this.rights.mayWrite(person, release.place());
		model.addAttribute("mayWrite", write);
		model.addAttribute("places", (release.place() == null && write) ? this.rights.places(person) : List.of());
		if (!model.containsAttribute("refused")) {
			model.addAttribute("stands", standsInTheWay(release, line.source()));
		}
		return "studio/release";
	}

	/** Why a release cannot be taken back, or null if it can. */
	private String standsInTheWay(Release release, ReleaseTrail.Source source) {
		if (release.fromFiles()) {
			return Texts.of("studio-release", "studio.roll-back.shipped", release.id());
		}
		if (source != null && source.takenBackBy() != null) {
			return Texts.of("studio-release", "studio.roll-back.done", release.id(), source.takenBackBy());
		}
		try {
			Map<RuleType, Set<String>> gone = new TreeMap<>();
			this.releases.before(release, gone);
			return null;
		}
		catch (ReleaseRefused refused) {
			return refused.getMessage();
		}
	}

	private static Stream<ReleasedRule> diagrams(Release release) {
		return release.rules().stream().filter((rule) -> rule.type() == RuleType.DIAGRAM && !rule.removed());
	}

	@PostMapping("/releases/{id}/roll-back")
	String rollBack(CurrentPerson person, @PathVariable long id, @RequestParam String reason,
			@RequestParam(required = false) AppliesTo appliesTo, @RequestParam(required = false) String place,
			Model model, RedirectAttributes redirect) {
		Release release = writable(person, id);
		try {
			String caseNo = this.submissions.rollBack(id, (release.place() != null) ? release.place() : place,
					appliesTo, reason, person.login());
			redirect.addFlashAttribute("flash", Texts.of("studio-release", "studio.roll-back.done-now", caseNo));
			return "redirect:/cases/" + caseNo;
		}
		catch (Refusal refused) {
			model.addAttribute("refused", refused.getMessage().lines().toList());
			model.addAttribute("reason", reason);
			return release(person, release, model);
		}
	}

	// --- open cases ---

	@GetMapping("/migrations/{id}")
	String moves(CurrentPerson person, @PathVariable long id, Model model) {
		Release release = writable(person, id);
		moves(release, diagrams(release).map(this::preview).toList(), model);
		return "studio/migrations";
	}

	private void moves(Release release, List<Diagram> diagrams, Model model) {
		model.addAttribute("release", release);
		model.addAttribute("placeName", this.desk.place(release.place()));
		model.addAttribute("diagrams", diagrams);
	}

	private Diagram preview(ReleasedRule rule) {
		return new Diagram(rule, this.ruleNames.of(rule), this.moves.preview(rule), this.moves.waiting(rule));
	}

	/** Moves the chosen cases, each by itself. */
	@PostMapping("/migrations/{id}")
	String move(CurrentPerson person, @PathVariable long id, @RequestParam String key,
			@RequestParam(name = "instance", required = false) List<String> instances, Model model) {
		Release release = writable(person, id);
		ReleasedRule rule = diagram(release, key);
		model.addAttribute("moved", this.moves.move(rule, (instances != null) ? instances : List.of()));
		moves(release, diagrams(release).map(this::preview).toList(), model);
		return "studio/migrations";
	}

	static ReleasedRule diagram(Release release, String key) {
		return diagrams(release).filter((rule) -> rule.key().equals(key))
			.findFirst()
			.orElseThrow(
					() -> Refusal.notFound(Texts.of("studio-release", "studio.move.no-diagram", release.id(), key)));
	}

	private Release readable(CurrentPerson person, long id) {
		Release release = this.releases.get(id);
		this.rights.read(person, release.place());
		return release;
	}

	private Release writable(CurrentPerson person, long id) {
		Release release = this.releases.get(id);
		this.rights.write(person, release.place());
		return release;
	}

	/**
	 * A diagram of a release and the cases that run on others.
	 *
	 * @param rule the diagram
	 * @param name what it is called
	 * @param moves cases that were looked at
	 * @param all how many there are
	 */
	record Diagram(ReleasedRule rule, String name, List<CaseMoves.Move> moves, long all) {

		/** How many of those that were looked at can be moved. */
		public long possible() {
			return this.moves.stream().filter(CaseMoves.Move::possible).count();
		}

	}

}
