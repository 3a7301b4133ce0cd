package gridcase.casework.process;

import java.util.List;

import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.history.HistoricProcessInstance;

import org.springframework.stereotype.Component;

/** What the engine keeps of processes that have ended. */
@Component
class EngineHistory {

	private final HistoryService history;

	EngineHistory(HistoryService history) {
		this.history = history;
	}

	/** Forgets a case that has ended, in the caller's transaction. */
	void forget(String caseNo) {
		List<String> instances = this.history.createHistoricProcessInstanceQuery()
			.processInstanceBusinessKey(caseNo)
			.finished()
			.list()
			.stream()
			.map(HistoricProcessInstance::getId)
			.toList();
		if (!instances.isEmpty()) {
			this.history.deleteHistoricProcessInstancesIfExists(instances);
		}
	}

}
