package gridcase.casework.process;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import gridcase.casework.CaseFile;
import gridcase.casework.CaseRecords;
import gridcase.casework.Cases;
import gridcase.casework.IncidentView;
import gridcase.shared.Refusal;
import gridcase.shared.Texts;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.runtime.Incident;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.model.bpmn.instance.FlowElement;

import org.springframework.stereotype.Component;

/**
 * Cases that stand still because a rule is missing or a service failed, and their retry.
 */
@Component
public class Incidents {

	private final RuntimeService runtime;

	private final RepositoryService repository;

	private final ManagementService management;

	private final Steps steps;

	private final Cases cases;

	private final CaseRecords records;

	Incidents(RuntimeService runtime, RepositoryService repository, ManagementService management, Steps steps,
			Cases cases, CaseRecords records) {
		this.runtime = runtime;
		this.repository = repository;
		this.management = management;
		this.steps = steps;
		this.cases = cases;
		this.records = records;
	}

	/** The open incidents, newest first, 200 at most. */
	public List<IncidentView> open() {
		return this.runtime.createIncidentQuery()
			.incidentType(Incident.FAILED_JOB_HANDLER_TYPE)
			.orderByIncidentTimestamp()
			.desc()
			.listPage(0, 200)
			.stream()
			.map(this::view)
			.toList();
	}

	/** The open incidents of one case. */
	public List<IncidentView> ofCase(String caseNo) {
		return open().stream().filter((incident) -> incident.caseNo().equals(caseNo)).toList();
	}

	/**
	 * Tries again what failed.
	 * @param incidentId the incident
	 * @param place the operator's place; null: all
	 * @return why it failed again, or empty if the case goes on
	 * @throws Refusal if there is no such incident (any more), or only in another place
	 */
	public Optional<String> retry(String incidentId, String place) {
		Incident incident = this.runtime.createIncidentQuery().incidentId(incidentId).singleResult();
		if (incident == null || (place != null && !place.equals(view(incident).place()))) {
			throw Refusal.conflict(Texts.of("casework", "casework.refused.incident-done"));
		}
		String caseNo = view(incident).caseNo();
		this.management.setJobRetries(incident.getConfiguration(), 1);
		Optional<String> failure = this.steps.attempt(incident.getConfiguration());
		if (failure.isEmpty()) {
			this.steps.run(() -> {
				this.records.open(caseNo)
					.event("INCIDENT_RESOLVED", incident.getActivityId(), Map.of("incident", incidentId));
				return null;
			});
		}
		return failure;
	}

	private IncidentView view(Incident incident) {
		ProcessInstance instance = this.runtime.createProcessInstanceQuery()
			.processInstanceId(incident.getProcessInstanceId())
			.singleResult();
		CaseFile file = this.cases.get(instance.getBusinessKey());
		FlowElement element = this.repository.getBpmnModelInstance(incident.getProcessDefinitionId())
			.getModelElementById(incident.getActivityId().replace("#multiInstanceBody", ""));
		return new IncidentView(incident.getId(), incident.getConfiguration(), file.caseNo(), file.place(),
				file.title(), instance.getProcessDefinitionId().split(":")[0], incident.getActivityId(),
				(element != null) ? element.getName() : incident.getActivityId(), incident.getIncidentMessage(),
				incident.getIncidentTimestamp().toInstant());
	}

}
