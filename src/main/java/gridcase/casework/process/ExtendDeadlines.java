package gridcase.casework.process;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

import gridcase.casework.CaseRecord;
import gridcase.casework.Deadline;
import gridcase.clock.Limit;
import gridcase.clock.LimitUnit;
import gridcase.shared.Refusal;
import gridcase.shared.Texts;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;

import org.springframework.stereotype.Component;

/**
 * Grants more time (延期): {@code grantedValue extensionUnit} on top of the running
 * deadlines of the stages named in {@code extendStages}.
 */
@Component
class ExtendDeadlines implements JavaDelegate {

	private final CaseScope cases;

	private final CaseTimers timers;

	private final Audience audience;

	ExtendDeadlines(CaseScope cases, CaseTimers timers, Audience audience) {
		this.cases = cases;
		this.timers = timers;
		this.audience = audience;
	}

	@Override
	public void execute(DelegateExecution execution) {
		CaseRecord record = this.cases.record(execution);
		BigDecimal value = new BigDecimal(this.cases.text(execution, "grantedValue").orElseThrow());
		if (value.compareTo(new BigDecimal(this.cases.text(execution, "extensionValue").orElseThrow())) > 0) {
			throw Refusal.rule(Texts.of("casework", "casework.refused.more-than-asked"));
		}
		Limit granted = new Limit(value, LimitUnit.valueOf(this.cases.text(execution, "extensionUnit").orElseThrow()));
		List<String> stages = CaseUnits.list(this.cases.text(execution, "extendStages").orElseThrow());
		List<Deadline> running = record.openDeadlines()
			.stream()
			.filter((deadline) -> deadline.running() && stages.contains(deadline.stage()))
			.toList();
		running.forEach((deadline) -> record.extend(deadline, more(record, deadline, granted)));
		record.increase("extensionCount");
		record.event(running.isEmpty() ? "EXTENSION_LAPSED" : "EXTENDED", execution.getCurrentActivityId(),
				Map.of("value", granted.value(), "unit", granted.unit().name(), "stages",
						running.stream().map(Deadline::stage).toList(), "reason",
						this.cases.text(execution, "reasonText").orElse("")));
		this.timers.follow(record);
		record.openDeadlines()
			.stream()
			.filter((deadline) -> running.stream().anyMatch((moved) -> moved.no() == deadline.no()))
			.max(Comparator.comparing(Deadline::dueAt))
			.ifPresent((deadline) -> this.audience.tell(record, "EXTENDED",
					Map.of("stage", deadline.stage(), "due", deadline.dueAt().toString())));
	}

	/** The granted time as the deadline counts time, which may be of another kind. */
	private static Duration more(CaseRecord record, Deadline deadline, Limit granted) {
		Instant later = record.calendar().add(granted, deadline.dueAt());
		return record.calendar().timeBetween(LimitUnit.valueOf(deadline.limitUnit()), deadline.dueAt(), later);
	}

}
