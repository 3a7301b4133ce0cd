package gridcase.casework.process;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.HashMap;
import java.util.Map;

import gridcase.casework.CaseRecord;
import gridcase.casework.CaseRecords;
import gridcase.casework.Cases;
import gridcase.casework.Deadline;
import gridcase.casework.LimitAnswer;
import gridcase.clock.Limit;
import gridcase.clock.LimitUnit;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;

import org.springframework.stereotype.Component;

/** {@code deadlines} in a diagram: the due moments of timers, by table and calendar. */
@Component("deadlines")
public class CaseDeadlines {

	private static final String BREACHED_STAGE = "breachedStage";

	private static final String SUPERVISE = "supervise";

	private static final Instant NEVER = Instant.parse("9999-12-31T00:00:00Z");

	private final CaseScope cases;

	private final CaseRecords records;

	private final CaseDecisions decisions;

	private final Audience audience;

	private final ToldRoles told;

	private final Cases files;

	CaseDeadlines(CaseScope cases, CaseRecords records, CaseDecisions decisions, Audience audience, ToldRoles told,
			Cases files) {
		this.cases = cases;
		this.records = records;
		this.files = files;
		this.decisions = decisions;
		this.audience = audience;
		this.told = told;
	}

	static String scope(String processInstanceId, String activityId) {
		return (activityId != null) ? processInstanceId + ":" + activityId : processInstanceId;
	}

	/**
	 * When a stage is due: asks {@code time-limit} and starts the deadline, or answers
	 * the one that runs already.
	 * @param stage key of the stage or step, e.g. {@code handle}
	 * @param execution where the timer is
	 * @return the deadline as the engine takes it
	 */
	public Date due(String stage, DelegateExecution execution) {
		CaseRecord record = this.cases.record(execution);
		Deadline deadline = record.openDeadline(stage, execution.getProcessInstanceId())
			.orElseGet(() -> open(record, stage, scope(execution.getProcessInstanceId(), timerHost(execution)),
					Duration.ZERO, execution));
		return moment(deadline);
	}

	/**
	 * The same, but the clock goes on where the last deadline of that stage at this tier
	 * stopped: return, rework and a new dispatch give no new time.
	 */
	public Date goOn(String stage, DelegateExecution execution) {
		CaseRecord record = this.cases.record(execution);
		Deadline deadline = record.openDeadline(stage, execution.getProcessInstanceId())
			.orElseGet(() -> open(record, stage, scope(execution.getProcessInstanceId(), timerHost(execution)),
					this.records.used(record, stage, leg(execution)), execution));
		return moment(deadline);
	}

	private static String leg(DelegateExecution execution) {
		return "HELPER".equals(execution.getVariable("leg")) ? (String) execution.getVariable("unit") : "";
	}

	/**
	 * When the supervision just ordered is due: {@code superviseValue superviseUnit} from
	 * now.
	 */
	public Date supervise(DelegateExecution execution) {
		CaseRecord record = this.cases.record(execution);
		BigDecimal value = new BigDecimal(this.cases.text(execution, "superviseValue").orElseThrow());
		String unit = this.cases.text(execution, "superviseUnit").orElseThrow();
		Deadline deadline = record.openDeadline(SUPERVISE, execution.getProcessInstanceId())
			.orElseGet(() -> record.open(SUPERVISE,
					scope(execution.getProcessInstanceId(), execution.getCurrentActivityId()), "",
					new Limit(value, LimitUnit.valueOf(unit)), 100, "escalation-tier", Duration.ZERO));
		return moment(deadline);
	}

	/** What stands still comes due never, until it runs again. */
	private static Date moment(Deadline deadline) {
		return Date.from((deadline.pausedAt() != null) ? NEVER : deadline.dueAt());
	}

	/**
	 * When a day that somebody named begins, e.g. the one a suspension ends at.
	 * @param name variable or fact that holds a date, {@code 2026-03-01}
	 * @param execution where the timer is
	 * @return the beginning of that day in the place's zone
	 */
	public Date until(String name, DelegateExecution execution) {
		String day = this.cases.text(execution, name).orElseThrow();
		return Date.from(LocalDate.parse(day).atStartOfDay(this.cases.record(execution).calendar().zone()).toInstant());
	}

	/**
	 * A moment that was set by somebody, e.g. the one rules come into force at.
	 * @param name variable or fact that holds it, {@code 2026-04-01T00:00:00Z}
	 * @param execution where the timer is
	 */
	public Date at(String name, DelegateExecution execution) {
		return Date.from(Instant.parse(this.cases.text(execution, name).orElseThrow()));
	}

	/** How many days it is from today to a day that somebody named; for tables. */
	public int daysUntil(String name, DelegateExecution execution) {
		CaseRecord record = this.cases.record(execution);
		LocalDate day = LocalDate.parse(this.cases.text(execution, name).orElseThrow());
		return (int) ChronoUnit.DAYS.between(record.now().atZone(record.calendar().zone()).toLocalDate(), day);
	}

	/** How many days ago the case was closed, by the calendar on the wall; for tables. */
	public int daysSinceClosed(DelegateExecution execution) {
		CaseRecord record = this.cases.record(execution);
		return days(record, record.closedAt().orElseThrow());
	}

	/** How many days ago the breach {@code breachNo} happened; for tables. */
	public int daysSinceBreach(DelegateExecution execution) {
		CaseRecord record = this.cases.record(execution);
		return days(record, breachAppealed(record, execution).breachedAt());
	}

	/** How often the breach {@code breachNo} has been appealed against before. */
	public int appeals(DelegateExecution execution) {
		return this.cases.record(execution).count(appealsOf(execution));
	}

	/** Counts an appeal against the breach {@code breachNo}. */
	public void countAppeal(DelegateExecution execution) {
		this.cases.record(execution).increase(appealsOf(execution));
	}

	private String appealsOf(DelegateExecution execution) {
		return "appeals@" + this.cases.text(execution, "breachNo").orElseThrow();
	}

	private Deadline breachAppealed(CaseRecord record, DelegateExecution execution) {
		String no = this.cases.text(execution, "breachNo").orElseThrow();
		return this.files.deadlines(record.caseNo())
			.stream()
			.filter((deadline) -> Integer.toString(deadline.no()).equals(no) && deadline.breachedAt() != null)
			.findFirst()
			.orElseThrow(
					() -> new IllegalStateException("Limit " + no + " of " + record.caseNo() + " is not breached"));
	}

	private static int days(CaseRecord record, Instant since) {
		ZoneId zone = record.calendar().zone();
		return (int) ChronoUnit.DAYS.between(since.atZone(zone).toLocalDate(), record.now().atZone(zone).toLocalDate());
	}

	/** Whether a deadline of the case that still matters has been breached. */
	public boolean breached(DelegateExecution execution) {
		return this.cases.record(execution)
			.openDeadlines()
			.stream()
			.anyMatch((deadline) -> deadline.breachedAt() != null && !deadline.stage().equals(SUPERVISE));
	}

	/** Key of the stage whose breach led here. */
	private String breachedStage(DelegateExecution execution) {
		return this.cases.text(execution, BREACHED_STAGE).orElse("");
	}

	/** Whether what was breached is still not done. */
	public boolean stillOpen(DelegateExecution execution) {
		String stage = breachedStage(execution);
		return this.cases.record(execution)
			.openDeadlines()
			.stream()
			.anyMatch((deadline) -> deadline.stage().equals(stage) && deadline.breachedAt() != null);
	}

	void breached(DelegateExecution execution, String host) {
		CaseRecord record = this.cases.record(execution);
		record.breach(scope(execution.getProcessInstanceId(), host)).ifPresent((deadline) -> {
			execution.setVariableLocal(BREACHED_STAGE, deadline.stage());
			this.audience.tell(record, "BREACHED",
					Map.of("stage", deadline.stage(), "due", deadline.dueAt().toString()),
					Map.of("SUPERIOR", this.told.superior(record)));
		});
	}

	void finish(DelegateExecution execution, String host) {
		this.cases.record(execution).finish(scope(execution.getProcessInstanceId(), host));
	}

	private Deadline open(CaseRecord record, String stage, String scope, Duration used, DelegateExecution execution) {
		LastStep.reached(execution, activityOf(execution));
		Map<String, Object> values = new HashMap<>(this.cases.values(execution));
		values.put("stage", stage);
		LimitAnswer answer = LimitAnswer
			.from((table) -> this.decisions.ask(table, record, activityOf(execution), values));
		return record.open(stage, scope, leg(execution), answer.limit(), answer.warnPercent(), answer.rule(), used);
	}

	/**
	 * The activity a boundary timer sits on, or null for a timer of the whole instance.
	 */
	private static String timerHost(DelegateExecution execution) {
		ExecutionEntity entity = (ExecutionEntity) execution;
		return entity.isProcessInstanceExecution() && entity.getActivity() != null
				&& entity.getActivity().getIncomingTransitions().isEmpty() ? null : entity.getActivityId();
	}

	private static String activityOf(DelegateExecution execution) {
		return execution.getCurrentActivityId();
	}

}
