package gridcase.casework.process;

import java.util.List;
import java.util.Map;

import gridcase.casework.CaseRecord;
import gridcase.casework.OpenTask;
import gridcase.casework.OpenTasks;
import gridcase.registry.Duties;
import gridcase.registry.Tier;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;

import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/** A superior takes the work up to its own tier (接管). */
@Component
class TakeOver implements JavaDelegate {

	private final CaseScope cases;

	private final CaseTiers tiers;

	private final Audience audience;

	private final ToldRoles told;

	private final OpenTasks tasks;

	private final Duties duties;

	private final TaskService engine;

	TakeOver(CaseScope cases, CaseTiers tiers, Audience audience, ToldRoles told, OpenTasks tasks, Duties duties,
			@Lazy TaskService engine) {
		this.cases = cases;
		this.tiers = tiers;
		this.audience = audience;
		this.told = told;
		this.tasks = tasks;
		this.duties = duties;
		this.engine = engine;
	}

	@Override
	public void execute(DelegateExecution execution) {
		CaseRecord record = this.cases.record(execution);
		String superior = this.cases.text(execution, "superior").orElseThrow();
		Tier tier = this.tiers.named(record, this.cases.text(execution, "superiorTier").orElseThrow());
		record.set("leadUnit", null);
		record.set("helperUnits", null);
		this.tiers.put(record, tier);
		moveOpenTasks(record, tier);
		record.event("TAKEN_OVER", execution.getCurrentActivityId(), Map.of("superior", superior, "tier", tier.key(),
				"trigger", this.cases.text(execution, "trigger").orElse("")));
		this.audience.tell(record, "ESCALATED", Map.of("tier", tier.key()), Map.of("SUPERIOR", List.of(superior),
				"TOLD", this.told.pools(record, this.cases.text(execution, "tell").orElse(""))));
	}

	/** Tasks that wait at the old tier go to those with the same role at the new one. */
	private void moveOpenTasks(CaseRecord record, Tier tier) {
		String grid = record.text("gridCode").orElseThrow();
		for (OpenTask task : this.tasks.ofCase(record.caseNo())) {
			if (task.pool() != null && !task.called() && task.turn() == null) {
				this.duties.nearest(task.role(), grid, tier.key(), record.now()).ifPresent((onDuty) -> {
					record.moveTask(task, onDuty.pool());
					this.engine.setAssignee(task.taskId(), null);
				});
			}
		}
	}

}
