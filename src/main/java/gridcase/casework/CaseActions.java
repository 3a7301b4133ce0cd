package gridcase.casework;

import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

import gridcase.audit.CaseEvent;
import gridcase.casework.process.Audience;
import gridcase.casework.process.CaseTiers;
import gridcase.casework.process.Models;
import gridcase.casework.process.Steps;
import gridcase.casework.process.Turn;
import gridcase.casework.process.Turns;
import gridcase.clock.PlatformClock;
import gridcase.form.Forms;
import gridcase.policy.RuleScope;
import gridcase.privacy.PersonalData;
import gridcase.registry.Catalogue;
import gridcase.registry.Category;
import gridcase.registry.Duties;
import gridcase.registry.Duty;
import gridcase.registry.Grid;
import gridcase.registry.Grids;
import gridcase.registry.Place;
import gridcase.registry.Places;
import gridcase.registry.StaffDirectory;
import gridcase.registry.Tiers;
import gridcase.shared.Acting;
import gridcase.shared.FieldProblem;
import gridcase.shared.Refusal;
import gridcase.shared.Texts;
import org.camunda.bpm.engine.TaskService;

import org.springframework.stereotype.Component;

/**
 * What people do to cases. Every action is one transaction through the engine and all
 * tables of the case, in the name of {@link Acting#current()}.
 */
@Component
public class CaseActions {

	/** Facts that count what happened to a case, 0 from the start. */
	public static final List<String> COUNTS = List.of("reworkCount", "refusalCount", "handOverCount", "returnCount",
			"reopenCount", "escalationLevel", "escalationCount", "breaches", "excused", "extensionCount",
			"suspensionCount", "secondLookCount", "severityRaises", "handDownCount", "mergedCount");

	private final CaseRecords records;

	private final Steps steps;

	private final Turns turns;

	private final TaskForms taskForms;

	private final Forms forms;

	private final TaskService tasks;

	private final CaseTiers caseTiers;

	private final Audience audience;

	private final Places places;

	private final Grids grids;

	private final Tiers tiers;

	private final Catalogue catalogue;

	private final Duties duties;

	private final StaffDirectory staff;

	private final PersonalData personal;

	private final PlatformClock clock;

	private final Assignments assignments;

	CaseActions(CaseRecords records, Steps steps, Turns turns, TaskForms taskForms, Forms forms, TaskService tasks,
			CaseTiers caseTiers, Audience audience, Places places, Grids grids, Tiers tiers, Catalogue catalogue,
			Duties duties, StaffDirectory staff, PersonalData personal, PlatformClock clock, Assignments assignments) {
		this.records = records;
		this.steps = steps;
		this.turns = turns;
		this.taskForms = taskForms;
		this.forms = forms;
		this.tasks = tasks;
		this.caseTiers = caseTiers;
		this.audience = audience;
		this.places = places;
		this.grids = grids;
		this.tiers = tiers;
		this.catalogue = catalogue;
		this.duties = duties;
		this.staff = staff;
		this.personal = personal;
		this.clock = clock;
		this.assignments = assignments;
	}

	/**
	 * Makes a case of a report and runs it up to its first open task.
	 * @param report what arrived; its values are checked against the form
	 * {@code report-case}
	 * @return the new case's number
	 * @throws Refusal if a value does not fit, or grid or category are not the place's
	 */
	public String report(Report report) {
		return report(report, (caseNo) -> {
		});
	}

	/**
	 * The same, with something of the caller's own in the same transaction.
	 * @param alongside given the case number before the commit
	 */
	public String report(Report report, java.util.function.Consumer<String> alongside) {
		Instant now = this.clock.now();
		Place place = this.places.find(report.place(), now)
			.orElseThrow(() -> Refusal.notFound(Texts.of("casework", "casework.refused.place", report.place())));
		return this.steps.run(() -> {
			RuleScope scope = RuleScope.newCase(place.code(), now);
			Map<String, Object> values = sealed("report-case", scope, this.forms.validate("report-case", scope,
					report.values(), Map.of(), this.taskForms.options("report-case", scope, null, report.values())));
			Grid grid = grid(place, values);
			Category category = category(place, values);
			if (category.internal()) {
				throw noCategory(category.code());
			}
			String caseNo = this.records.nextCaseNo(place.casePrefix(), this.clock.zone());
			CaseRecord record = create(place, report, values, grid, category, caseNo, now);
			this.audience.tell(record, "REPORTED", Map.of());
			alongside.accept(caseNo);
			this.steps.start(record);
			return caseNo;
		});
	}

	/**
	 * Opens a case on a matter of the house itself. It runs through the process its
	 * category names.
	 * @param matter what it is about; its values, {@code category} and {@code gridCode}
	 * among them, are the platform's own and checked by no form
	 * @param alongside given the case number before the commit
	 * @return the new case's number
	 * @throws Refusal if the place has no such grid or internal category
	 */
	public String open(Report matter, java.util.function.Consumer<String> alongside) {
		Instant now = this.clock.now();
		Place place = this.places.find(matter.place(), now)
			.orElseThrow(() -> Refusal.notFound(Texts.of("casework", "casework.refused.place", matter.place())));
		return this.steps.run(() -> {
			Map<String, Object> values = new HashMap<>(Map.of("severity", "GENERAL", "urgency", "ROUTINE"));
			values.putAll(matter.values());
			Grid grid = grid(place, values);
			Category category = category(place, values);
			if (!category.internal() || category.process() == null) {
				throw Refusal.rule(Texts.of("casework", "casework.refused.not-internal", category.code()));
			}
			String caseNo = this.records.nextCaseNo(place.casePrefix(), this.clock.zone());
			CaseRecord record = create(place, matter, values, grid, category, caseNo, now);
			alongside.accept(caseNo);
			this.steps.start(record);
			return caseNo;
		});
	}

	private CaseRecord create(Place place, Report report, Map<String, Object> values, Grid grid, Category category,
			String caseNo, Instant now) {
		String process = (category.process() != null) ? category.process() : Models.ROOT;
		CaseRecord record = this.records.create(caseNo, place.code(), report.reporter(), grid.path(), process,
				category.internal(), facts(report, values, grid, category, caseNo));
		this.caseTiers.put(record, this.tiers.get(place.code(), this.grids.nearestTier(grid.code(), now), now));
		record.event("REPORTED", null, Map.of("channel", report.channel(), "values", withoutPersonal(values)));
		if (report.reporter() != null) {
			record.hand(CaseRecord.OWNER, "", report.reporter(), null, null, roleOf(report.reporter(), now), null,
					null);
		}
		return record;
	}

	private Grid grid(Place place, Map<String, Object> values) {
		String code = Objects.toString(values.get("gridCode"), "");
		return this.grids.find(code, this.clock.now())
			.filter((grid) -> grid.place().equals(place.code()))
			.orElseThrow(() -> Refusal
				.invalid(List.of(new FieldProblem("gridCode", Texts.of("casework", "casework.label.grid"),
						Texts.of("casework", "casework.refused.grid", code)))));
	}

	private Category category(Place place, Map<String, Object> values) {
		String code = Objects.toString(values.get("category"), "");
		return this.catalogue.find(place.code(), code, this.clock.now()).orElseThrow(() -> noCategory(code));
	}

	private static Refusal noCategory(String code) {
		return Refusal.invalid(List.of(new FieldProblem("category", Texts.of("casework", "casework.label.category"),
				Texts.of("casework", "casework.refused.category", code))));
	}

	private Map<String, Object> facts(Report report, Map<String, Object> values, Grid grid, Category category,
			String caseNo) {
		Map<String, Object> facts = new HashMap<>(plain(values));
		facts.put("channel", report.channel());
		facts.put("categoryClass", category.classCode());
		facts.put("categoryName", category.name());
		facts.put("gridType", grid.type());
		facts.put("gridName", grid.name());
		facts.putIfAbsent("condition", null);
		if (report.reporter() == null) {
			// nobody is known who could do it on the spot
			facts.put("wantsSelfHandling", false);
		}
		facts.putIfAbsent("wantsSelfHandling", false);
		facts.putIfAbsent("urgency", "ROUTINE");
		facts.put("selfHandled", false);
		facts.put("satisfaction", null);
		facts.put("verified", null);
		facts.put("suspended", false);
		facts.put("difficult", false);
		facts.put("reporterRole",
				(report.reporter() != null) ? roleOf(report.reporter(), this.clock.now()) : "RESIDENT");
		COUNTS.forEach((count) -> facts.put(count, 0));
		// stable for the case, so that a table that samples gives the same answer when
		// asked again
		facts.put("sampleDraw", Math.floorMod(caseNo.hashCode() * 31, 100));
		return facts;
	}

	/** A person's role does not end with the shift. */
	private String roleOf(String login, Instant now) {
		return this.duties.of(login, now).stream().map(Duty::role).findFirst().orElse("staff");
	}

	/**
	 * Takes a task out of its pool.
	 * @throws Refusal if somebody else has it, it is done, or the person may not take it
	 */
	public void claim(String taskId) {
		String login = Acting.current();
		onTask(taskId, (task, record) -> {
			mayTake(task, record, login);
			mustNotRest(task, record);
			if (login.equals(task.assignee())) {
				return;
			}
			take(task, record, login);
			this.tasks.setAssignee(taskId, login);
			record.event("CLAIMED", task.taskKey(), Map.of("task", task.name()));
		});
	}

	/** Gives a task back to its pool. */
	public void release(String taskId) {
		String login = Acting.current();
		onTask(taskId, (task, record) -> {
			if (task.assignee() == null || task.pool() == null) {
				throw Refusal.forbidden(Texts.of("casework", "casework.refused.release"));
			}
			if (!login.equals(task.assignee())) {
				if (!this.duties.actingFor(login, this.clock.now()).contains(task.assignee())) {
					throw Refusal.forbidden(Texts.of("casework", "casework.refused.release"));
				}
				record.actFor(task.assignee());
			}
			this.tasks.setAssignee(taskId, null);
			if (task.leg().isEmpty() && task.turn() == null) {
				record.handBack("", task.pool(), task.unit(), null, null);
			}
			record.event("RELEASED", task.taskKey(), Map.of("task", task.name()));
		});
	}

	/**
	 * Gives a task to a colleague: one's own, one that could be taken, or one of the unit
	 * somebody heads.
	 * @param to sign-in name of a person who is on duty for it
	 * @param reason why, in words
	 * @throws Refusal if it is not for this person to give, or not for that one to do
	 */
	public void assign(String taskId, String to, String reason) {
		if (reason == null || reason.isBlank()) {
			throw Refusal.invalid(List.of(new FieldProblem("reason", Texts.of("casework", "casework.label.reason"),
					Texts.of("casework", "casework.refused.empty-reason"))));
		}
		String login = Acting.current();
		onTask(taskId, (task, record) -> {
			record.actFor(this.assignments.by(task, login).orElse(null));
			this.assignments.mustBeFor(task, to);
			if (to.equals(task.assignee())) {
				return;
			}
			this.tasks.setAssignee(taskId, to);
			Map<String, Object> data = new TreeMap<>();
			data.put("task", task.name());
			data.put("from", (task.assignee() != null) ? task.assignee() : task.pool());
			data.put("to", to);
			data.put("reason", reason.trim());
			record.event("TASK_ASSIGNED", task.taskKey(), data);
			hold(task, record, to, "REASSIGNED", reason.trim());
			this.audience.tell(record, "ASSIGNED", Map.of("task", task.name()), Map.of("HOLDER", List.of(to)));
		});
	}

	/**
	 * Takes the task if it waits in a pool and completes it with its form.
	 * @param taskId the task
	 * @param input fields of the task's form
	 * @throws Refusal if the form, the person or the rules do not allow it; nothing was
	 * changed then
	 */
	public void complete(String taskId, Map<String, ?> input) {
		complete(taskId, input, null);
	}

	/**
	 * The same, unless somebody has changed meanwhile what the form would overwrite.
	 * @param taskId the task
	 * @param input fields of the task's form
	 * @param seen stamp of the form when it was opened, or null not to ask
	 * @throws Refusal as above; a conflict if the stamp is another one now
	 */
	public void complete(String taskId, Map<String, ?> input, String seen) {
		String login = Acting.current();
		onTask(taskId, (task, record) -> {
			mayTake(task, record, login);
			if (seen != null && !seen.equals(this.taskForms.stamp(task, record.scope(), record.facts()))) {
				throw Refusal.conflict(Texts.of("casework", "casework.refused.overtaken"));
			}
			mustNotRest(task, record);
			Map<String, Object> values = (task.form() != null)
					? plain(sealed(task.form(), record.scope(), this.forms.validate(task.form(), record.scope(), input,
							record.facts(), this.taskForms.options(task.form(), record))))
					: Map.of();
			if (!login.equals(task.assignee())) {
				take(task, record, login);
			}
			Map<String, Object> data = new TreeMap<>();
			data.put("task", task.name());
			data.put("values", withoutPersonal(values));
			if (task.form() != null) {
				data.put("form", task.form());
			}
			if (task.turn() != null || task.called()) {
				data.put(FactTrail.BESIDE, true);
			}
			record.event("COMPLETED", task.taskKey(), data);
			record.completedBy(login, taskId);
			this.steps.complete(taskId, keep(task, record, values));
		});
	}

	/**
	 * Keeps what a form brought: facts on the case's own way; in a called process choices
	 * and reasons steer that process, while what else was written or attached goes to the
	 * case.
	 */
	private Map<String, Object> keep(OpenTask task, CaseRecord record, Map<String, Object> values) {
		if (task.turn() != null) {
			Map<String, Object> answers = Turns.variables(values);
			answers.put(task.taskKey(), Acting.current());
			return answers;
		}
		if (!task.called() || task.form() == null) {
			values.forEach(record::set);
			return Map.of();
		}
		Map<String, Object> steering = new HashMap<>();
		Set<String> written = this.forms.written(task.form(), record.scope());
		for (String name : this.forms.keys(task.form(), record.scope())) {
			Object value = values.get(name);
			if (written.contains(name) && !name.startsWith("reason")) {
				if (value != null) {
					record.set(task.leg().isEmpty() ? name : name + "@" + task.leg(), value);
				}
			}
			else {
				// left out means: not said this time, whatever was said before
				steering.put(name, value);
			}
		}
		return steering;
	}

	/**
	 * Asks for something beside the loop: an extension, a suspension, a withdrawal and
	 * whatever else the diagrams offer as a turn.
	 * @param caseNo the case
	 * @param key key of the turn's diagram
	 * @param input fields of its start form
	 * @throws Refusal if the turn is not offered to this person now, the form does not
	 * fit or a rule says no; nothing was changed then
	 */
	public void begin(String caseNo, String key, Map<String, ?> input) {
		String login = Acting.current();
		this.steps.run(() -> {
			CaseRecord record = this.records.open(caseNo);
			Turn turn = this.turns.offered(record, login)
				.stream()
				.filter((offer) -> offer.key().equals(key))
				.findFirst()
				.orElseThrow(() -> Refusal.forbidden(Texts.of("casework", "casework.refused.turn")));
			Map<String, Object> values = (turn.form() != null)
					? plain(sealed(turn.form(), record.scope(), this.forms.validate(turn.form(), record.scope(), input,
							record.facts(), this.taskForms.options(turn.form(), record))))
					: Map.of();
			this.turns.begin(record, turn, login, values);
			return null;
		});
	}

	/** Adds a remark. It touches neither clock nor custody. */
	public void comment(String caseNo, String text) {
		if (text.isBlank()) {
			throw Refusal.invalid(List.of(new FieldProblem("text", Texts.of("casework", "casework.label.remark"),
					Texts.of("casework", "casework.refused.empty-remark"))));
		}
		this.steps.run(() -> {
			this.records.open(caseNo).event("COMMENTED", null, Map.of("text", text));
			return null;
		});
	}

	/** A nudge (催办) to whoever holds the case. */
	public void urge(String caseNo, String text) {
		this.steps.run(() -> {
			CaseRecord record = this.records.open(caseNo);
			if (!record.state.equals("OPEN")) {
				throw Refusal.conflict(Texts.of("casework", "casework.refused.urge-closed"));
			}
			record.event("URGED", null, Map.of("text", text));
			this.audience.tell(record, "URGED", Map.of("text", text));
			return null;
		});
	}

	private void onTask(String taskId, TaskWork work) {
		try {
			this.steps.run(() -> {
				CaseRecord record = this.records.openByTask(taskId);
				work.on(record.task(taskId), record);
				return null;
			});
		}
		catch (OwnMatter ex) {
			// what was tried was undone; that it was tried stays
			this.steps.run(() -> {
				CaseRecord record = this.records.openByTask(taskId);
				OpenTask task = record.task(taskId);
				record.event("OWN_DECISION_REFUSED", task.taskKey(), Map.of("task", task.name()));
				return null;
			});
			throw ex;
		}
	}

	private void take(OpenTask task, CaseRecord record, String login) {
		hold(task, record, login, null, null);
	}

	/** The work is in somebody's hands from now on. */
	private void hold(OpenTask task, CaseRecord record, String login, String reasonCode, String reasonText) {
		if (task.turn() != null) {
			return;
		}
		if (record.owner().isEmpty() && task.leg().isEmpty()) {
			record.hand(CaseRecord.OWNER, "", login, null, task.unit(), roleOf(login, record.now()), null, null);
		}
		Optional<Custody> before = record.current(CaseRecord.HOLDER, task.leg())
			.filter((link) -> link.person() == null || link.person().equals(task.assignee()));
		if (task.leg().isEmpty() || before.isPresent()) {
			String role = (task.role() != null) ? task.role() : before.map(Custody::role).orElse(null);
			record.hand(CaseRecord.HOLDER, task.leg(), login, null, task.unit(), role, reasonCode, reasonText);
			if (before.filter(Custody::worked).isPresent()) {
				record.holderWorks(task.leg());
			}
		}
	}

	/** Own work, or that of an absent person, which is then recorded as such. */
	private void mayTake(OpenTask task, CaseRecord record, String login) {
		Instant now = this.clock.now();
		if (login.equals(task.assignee())) {
			record.actFor(task.actingFor());
		}
		else if (task.assignee() != null) {
			if (!this.duties.actingFor(login, now).contains(task.assignee())) {
				throw Refusal.conflict(Texts.of("casework", "casework.refused.taken", name(task.assignee())));
			}
			record.actFor(task.assignee());
		}
		else if (this.duties.poolsOf(login, now).contains(task.pool())) {
			record.actFor(this.duties.actingFor(login, task.pool(), now).orElse(null));
		}
		else {
			throw Refusal.forbidden(Texts.of("casework", "casework.refused.duty",
					Texts.of("casework", "casework.role." + task.role())));
		}
		// nobody decides on their own request or checks their own work through a stand-in
		List<String> concerned = (record.actingFor != null) ? List.of(login, record.actingFor) : List.of(login);
		if (concerned.stream().anyMatch(task.excluded()::contains)) {
			throw new OwnMatter();
		}
		if (task.excludesWorkers()
				&& concerned.stream().anyMatch((person) -> this.assignments.worked(task.caseNo(), person))) {
			throw Refusal.rule(Texts.of("casework", "casework.refused.worked"));
		}
	}

	private static void mustNotRest(OpenTask task, CaseRecord record) {
		if (task.turn() == null && record.suspendedAt().isPresent()) {
			throw Refusal.rule(Texts.of("casework", "casework.refused.suspended"));
		}
	}

	private String name(String login) {
		return this.staff.find(login, this.clock.now()).map((person) -> person.name()).orElse(login);
	}

	private static Map<String, Object> plain(Map<String, Object> values) {
		Map<String, Object> plain = new TreeMap<>();
		values.forEach((key, value) -> plain.put(key,
				(value instanceof List<?> list && list.stream().noneMatch(Map.class::isInstance))
						? list.stream().map(String::valueOf).collect(Collectors.joining(",")) : value));
		return plain;
	}

	/** Personal data are sealed before anything else sees them. */
	private Map<String, Object> sealed(String form, RuleScope scope, Map<String, Object> values) {
		Map<String, Object> sealed = new LinkedHashMap<>(values);
		this.forms.personal(form, scope)
			.forEach((name, kind) -> sealed.computeIfPresent(name,
					(key, value) -> this.personal.seal(kind, value.toString())));
		return sealed;
	}

	/**
	 * What the trail may keep for ever: that something was told, not what, since a trail
	 * can be neither sealed anew nor forgotten.
	 */
	private static Map<String, Object> withoutPersonal(Map<String, Object> values) {
		Map<String, Object> kept = new LinkedHashMap<>(values);
		kept.replaceAll((name, value) -> PersonalData.isSealed(value) ? CaseEvent.PERSONAL : value);
		return kept;
	}

	/** Somebody tried to decide on what they asked for or wrote themselves. */
	private static final class OwnMatter extends Refusal {

		OwnMatter() {
			super(Kind.RULE, Texts.of("casework", "casework.refused.involved"));
		}

	}

	private interface TaskWork {

		void on(OpenTask task, CaseRecord record);

	}

}
