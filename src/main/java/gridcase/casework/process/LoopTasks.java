package gridcase.casework.process;

import gridcase.casework.CaseRecord;
import gridcase.casework.OpenTask;
import gridcase.registry.Duties;
import gridcase.registry.Tier;
import org.camunda.bpm.engine.TaskService;

import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/** Open tasks of a case's own way, which go with it when it changes its tier. */
@Component
class LoopTasks {

	private final Duties duties;

	private final TaskService engine;

	LoopTasks(Duties duties, @Lazy TaskService engine) {
		this.duties = duties;
		this.engine = engine;
	}

	/** Tasks that wait at the old tier go to those with the same role at the new one. */
	void moveTo(Tier tier, CaseRecord record) {
		String grid = record.text("gridCode").orElseThrow();
		for (OpenTask task : record.openTasks()) {
			if (task.pool() != null && !task.called() && task.turn() == null) {
				this.duties.nearest(task.role(), grid, tier.key(), record.now()).ifPresent((onDuty) -> {
					this.engine.setAssignee(task.taskId(), null);
					record.moveTask(task, onDuty.pool());
				});
			}
		}
	}

}
