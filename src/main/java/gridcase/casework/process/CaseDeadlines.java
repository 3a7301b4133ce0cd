package gridcase.casework.process;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.Map;

import gridcase.casework.CaseRecord;
import gridcase.casework.Deadline;
import gridcase.clock.Limit;
import gridcase.clock.LimitUnit;
import gridcase.clock.WorkingCalendar;
import gridcase.clock.WorkingCalendars;
import gridcase.policy.Answer;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;

import org.springframework.stereotype.Component;

/** {@code deadlines} in a diagram: the due moments of timers, by table and calendar. */
@Component("deadlines")
public class CaseDeadlines {

	private static final String BREACHED_STAGE = "breachedStage";

	private final CaseScope cases;

	private final CaseDecisions decisions;

	private final WorkingCalendars calendars;

	private final Audience audience;

	CaseDeadlines(CaseScope cases, CaseDecisions decisions, WorkingCalendars calendars, Audience audience) {
		this.cases = cases;
		this.decisions = decisions;
		this.calendars = calendars;
		this.audience = audience;
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
		String scope = scope(execution.getProcessInstanceId(), timerHost(execution));
		Deadline deadline = record.openDeadline(stage, scope).orElseGet(() -> open(record, stage, scope, execution));
		return Date.from(deadline.dueAt());
	}

	/**
	 * When the supervision just ordered is due: {@code superviseValue superviseUnit} from
	 * now.
	 */
	public Date supervise(DelegateExecution execution) {
		CaseRecord record = this.cases.record(execution);
		BigDecimal value = new BigDecimal(this.cases.text(execution, "superviseValue").orElseThrow());
		String unit = this.cases.text(execution, "superviseUnit").orElseThrow();
		String scope = scope(execution.getProcessInstanceId(), execution.getCurrentActivityId());
		Deadline deadline = record.openDeadline("supervise", scope)
			.orElseGet(() -> start(record, "supervise", scope, value, unit, 100, "escalation-tier"));
		return Date.from(deadline.dueAt());
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
					Map.of("stage", deadline.stage(), "due", deadline.dueAt().toString()));
		});
	}

	void finish(DelegateExecution execution, String host) {
		this.cases.record(execution).finish(scope(execution.getProcessInstanceId(), host));
	}

	private Deadline open(CaseRecord record, String stage, String scope, DelegateExecution execution) {
		LastStep.reached(execution, activityOf(execution));
		Map<String, Object> values = new HashMap<>(this.cases.values(execution));
		values.put("stage", stage);
		Answer answer = this.decisions.ask("time-limit", record, activityOf(execution), values);
		String classTable = (String) answer.outputs().get("limitTable");
		if (classTable != null && !classTable.isEmpty()) {
			answer = this.decisions.ask(classTable, record, activityOf(execution), values);
		}
		return start(record, stage, scope, (BigDecimal) answer.outputs().get("limitValue"),
				(String) answer.outputs().get("limitUnit"), ((Number) answer.outputs().get("warnPercent")).intValue(),
				answer.key() + " v" + answer.version() + " " + answer.rules().get(0));
	}

	private Deadline start(CaseRecord record, String stage, String scope, BigDecimal value, String unit,
			int warnPercent, String rule) {
		WorkingCalendar calendar = this.calendars.forPlace(record.place());
		Instant now = record.now();
		LimitUnit limitUnit = LimitUnit.valueOf(unit);
		Instant due = calendar.add(new Limit(value, limitUnit), now);
		BigDecimal untilWarning = value.multiply(BigDecimal.valueOf(warnPercent)).movePointLeft(2);
		Instant warn = calendar.add(new Limit(untilWarning, limitUnit), now);
		return record.open(stage, scope, value, unit, warnPercent, rule, warn, due);
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
