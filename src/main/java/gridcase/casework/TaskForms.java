package gridcase.casework;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

import gridcase.casework.process.CaseUnits;
import gridcase.casework.process.Turn;
import gridcase.clock.PlatformClock;
import gridcase.form.FormView;
import gridcase.form.Forms;
import gridcase.form.Option;
import gridcase.policy.RuleScope;
import gridcase.registry.Catalogue;
import gridcase.registry.Grids;
import gridcase.registry.Tiers;
import gridcase.registry.Units;
import gridcase.shared.FieldProblem;
import gridcase.shared.Refusal;
import gridcase.shared.Texts;

import org.springframework.stereotype.Component;

/** Forms of tasks, filled with what the registries and the case know. */
@Component
public class TaskForms {

	private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("MM-dd HH:mm");

	private final Forms forms;

	private final Units units;

	private final CaseUnits caseUnits;

	private final Grids grids;

	private final Catalogue catalogue;

	private final PlatformClock clock;

	private final Tiers tiers;

	private final Cases cases;

	private final DuplicateSearch duplicates;

	TaskForms(Forms forms, Units units, CaseUnits caseUnits, Grids grids, Catalogue catalogue, PlatformClock clock,
			Tiers tiers, Cases cases, DuplicateSearch duplicates) {
		this.forms = forms;
		this.units = units;
		this.caseUnits = caseUnits;
		this.grids = grids;
		this.catalogue = catalogue;
		this.clock = clock;
		this.tiers = tiers;
		this.cases = cases;
		this.duplicates = duplicates;
	}

	/**
	 * The form of a task as it is to be shown.
	 * @param task the task
	 * @param file its case
	 * @param values what was filled in so far
	 * @param problems what a check found
	 * @return the form, or empty if the task has none
	 */
	public Optional<FormView> view(OpenTask task, CaseFile file, Map<String, ?> values, List<FieldProblem> problems) {
		if (task.form() == null) {
			return Optional.empty();
		}
		RuleScope scope = scope(file);
		Map<String, Object> facts = new HashMap<>(file.facts());
		if (task.turn() != null) {
			// what is asked beside the loop is answered by itself, not by what the loop
			// knows
			facts.keySet().removeAll(this.forms.keys(task.form(), scope));
		}
		else if (task.called()) {
			// a unit starts with an empty form, not with what the unit before it wrote
			facts.keySet().removeIf((name) -> name.startsWith("result") || name.startsWith("reason"));
		}
		else if (!facts.containsKey("leadUnit") || facts.get("leadUnit") == null) {
			propose(file, facts);
		}
		return Optional.of(this.forms.view(task.form(), scope, values, facts,
				options(task.form(), scope, file.caseNo(), file.facts()), problems));
	}

	/**
	 * The form that is filled in to begin a turn.
	 * @param turn the turn
	 * @param file the case
	 * @param values what was filled in so far
	 * @param problems what a check found
	 * @return the form, or empty if the turn has none
	 */
	public Optional<FormView> view(Turn turn, CaseFile file, Map<String, ?> values, List<FieldProblem> problems) {
		if (turn.form() == null) {
			return Optional.empty();
		}
		RuleScope scope = scope(file);
		Map<String, Object> facts = new HashMap<>(file.facts());
		facts.keySet().removeAll(this.forms.keys(turn.form(), scope));
		return Optional.of(this.forms.view(turn.form(), scope, values, facts,
				options(turn.form(), scope, file.caseNo(), file.facts()), problems));
	}

	/**
	 * What a form was filled in with, as lines to be read, whether its task is still
	 * there or not.
	 * @param form id of the form
	 * @param file the case
	 * @param values what was filled in
	 * @return the fields that hold something, empty if there is no such form
	 */
	public List<FormView.Field> entered(String form, CaseFile file, Map<String, ?> values) {
		try {
			RuleScope scope = scope(file);
			return this.forms
				.view(form, scope, values, Map.of(), options(form, scope, file.caseNo(), file.facts()), List.of())
				.fields()
				.stream()
				.filter((field) -> field.key() != null)
				.filter((field) -> !field.rows().isEmpty()
						|| field.values().stream().anyMatch((text) -> !text.isBlank()))
				.toList();
		}
		catch (Refusal unknown) {
			return List.of();
		}
	}

	/**
	 * What a task's form starts from: it changes when somebody else changes what the form
	 * would overwrite, and with nothing else.
	 * @param task the task
	 * @param scope for whom
	 * @param facts what is known of the case
	 */
	public String stamp(OpenTask task, RuleScope scope, Map<String, ?> facts) {
		if (task.form() == null || task.turn() != null) {
			return "";
		}
		StringBuilder known = new StringBuilder();
		for (String key : new TreeSet<>(this.forms.keys(task.form(), scope))) {
			known.append(key).append('=').append(facts.get(key)).append('\n');
		}
		try {
			byte[] hash = MessageDigest.getInstance("SHA-256")
				.digest(known.toString().getBytes(StandardCharsets.UTF_8));
			return HexFormat.of().formatHex(hash, 0, 8);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every Java platform has SHA-256", ex);
		}
	}

	/** The stamp of a task's form as the case stands. */
	public String stamp(OpenTask task, CaseFile file) {
		return stamp(task, scope(file), file.facts());
	}

	private RuleScope scope(CaseFile file) {
		return new RuleScope(file.place(), file.reportedAt(), this.clock.now());
	}

	/** The empty form for a new report. */
	public FormView report(String place, Map<String, ?> values, List<FieldProblem> problems) {
		RuleScope scope = RuleScope.newCase(place, this.clock.now());
		return this.forms.view("report-case", scope, values, Map.of(), options("report-case", scope, null, values),
				problems);
	}

	private void propose(CaseFile file, Map<String, Object> facts) {
		Object function = facts.get("leadFunction");
		if (function != null) {
			this.caseUnits.propose(file.place(), file.facts(), function.toString(), this.clock.now())
				.ifPresent((unit) -> facts.put("leadUnit", unit.code()));
		}
	}

	Map<String, List<Option>> options(String form, CaseRecord record) {
		return options(form, record.scope(), record.caseNo(), record.facts());
	}

	/** Choices of a form that come from registries. */
	public Map<String, List<Option>> options(String form, RuleScope scope, String caseNo, Map<String, ?> known) {
		String place = scope.place();
		Instant now = this.clock.now();
		Map<String, List<Option>> options = new HashMap<>();
		for (String source : this.forms.sources(form, scope)) {
			options.put(source, switch (source) {
				case "units" -> units(place, List.of(), now);
				case "offered-units" -> units(place, CaseUnits.notOffered(known), now);
				case "other-units" -> units(place, CaseUnits.notOffered(known), now).stream()
					.filter((unit) -> !unit.value().equals(known.get("leadUnit")))
					.toList();
				case "categories" -> this.catalogue.categories(place, now)
					.stream()
					.map((category) -> new Option(category.code(), category.className() + " › " + category.name()))
					.toList();
				case "conditions" -> conditions(place, known, now);
				case "grids" -> this.grids.ofPlace(place, now)
					.stream()
					.map((grid) -> new Option(grid.code(), grid.name()))
					.toList();
				case "duplicates" -> duplicates(place, caseNo, known, now);
				case "breaches" -> breaches(caseNo);
				case "lower-tiers" -> lowerTiers(place, known, now);
				default -> throw new IllegalStateException("Form " + form + " asks for the unknown list " + source);
			});
		}
		return options;
	}

	private List<Option> units(String place, List<String> without, Instant now) {
		return this.units.ofPlace(place, now)
			.stream()
			.filter((unit) -> unit.active() && !without.contains(unit.code()))
			.map((unit) -> new Option(unit.code(), unit.name()))
			.toList();
	}

	private List<Option> conditions(String place, Map<String, ?> known, Instant now) {
		Object category = known.get("category");
		if (category == null) {
			return List.of();
		}
		return this.catalogue.conditions(place, category.toString(), now)
			.stream()
			.map((condition) -> new Option(condition.number(), condition.number() + " " + condition.filingCondition()))
			.toList();
	}

	private List<Option> duplicates(String place, String caseNo, Map<String, ?> known, Instant now) {
		return this.duplicates.candidates(place, known, caseNo, now)
			.stream()
			.map((candidate) -> new Option(candidate.caseNo(),
					Texts.of("casework", "casework.duplicate", candidate.title(), day(candidate.reportedAt()),
							Integer.toString(candidate.score()))))
			.toList();
	}

	/** Breaches nobody has excused yet. */
	private List<Option> breaches(String caseNo) {
		return this.cases.deadlines(caseNo)
			.stream()
			.filter((deadline) -> deadline.breachedAt() != null && deadline.excusedAt() == null)
			.map((deadline) -> new Option(Integer.toString(deadline.no()),
					Texts.of("casework", "casework.breach", Texts.of("casework", "casework.step." + deadline.stage()),
							day(deadline.dueAt()))))
			.toList();
	}

	/** Tiers below the case's own that sit at or around the place of the matter. */
	private List<Option> lowerTiers(String place, Map<String, ?> known, Instant now) {
		int level = (known.get("tierLevel") instanceof Number number) ? number.intValue() : 0;
		String grid = String.valueOf(known.get("gridCode"));
		return this.tiers.ladder(place, now)
			.stream()
			.filter((tier) -> tier.level() < level && this.grids.atTier(grid, tier.key(), now).isPresent())
			.map((tier) -> new Option(tier.key(), tier.name()))
			.toList();
	}

	private String day(Instant at) {
		return DAY.format(at.atZone(this.clock.zone()));
	}

}
