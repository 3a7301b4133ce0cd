package gridcase.casework.process;

import java.io.ByteArrayOutputStream;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import gridcase.casework.CaseFile;
import gridcase.casework.CasePath;
import gridcase.casework.StageView;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.history.HistoricActivityInstance;
import org.camunda.bpm.engine.history.HistoricProcessInstance;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.bpmndi.BpmnShape;

import org.springframework.stereotype.Component;

/** The diagram a case runs on, its stages as drawn there, and the way it took. */
@Component
public class CaseDiagrams {

	private final RepositoryService repository;

	private final HistoryService history;

	private final Map<String, List<Stage>> stages = new ConcurrentHashMap<>();

	CaseDiagrams(RepositoryService repository, HistoryService history) {
		this.repository = repository;
		this.history = history;
	}

	/**
	 * The stages of the case's own diagram from left to right, with the present one
	 * marked.
	 */
	public List<StageView> stages(CaseFile file) {
		List<HistoricActivityInstance> seen = activities(file.processInstance());
		Map<String, HistoricActivityInstance> last = new HashMap<>();
		seen.forEach((activity) -> last.merge(activity.getActivityId(), activity,
				(first, second) -> first.getStartTime().after(second.getStartTime()) ? first : second));
		return this.stages.computeIfAbsent(definition(file), this::read)
			.stream()
			.map((stage) -> view(stage, last.get(stage.id()), file))
			.toList();
	}

	private static StageView view(Stage stage, HistoricActivityInstance visit, CaseFile file) {
		boolean now = file.open() && stage.name().equals(file.stageName()) && stage.key().equals(file.stageKey());
		String state = now ? "NOW" : (visit != null) ? "DONE" : "AHEAD";
		return new StageView(stage.id(), stage.key(), stage.name(), state,
				(visit != null) ? visit.getStartTime().toInstant() : null,
				(visit != null && visit.getEndTime() != null) ? visit.getEndTime().toInstant() : null);
	}

	/** The diagram with how often each element was passed and where the case is now. */
	public CasePath path(CaseFile file) {
		Map<String, Integer> passed = new HashMap<>();
		Set<String> now = new HashSet<>();
		for (HistoricActivityInstance activity : activities(file.processInstance())) {
			String id = activity.getActivityId().replace("#multiInstanceBody", "");
			if (activity.getActivityId().equals(id) || !passed.containsKey(id)) {
				passed.merge(id, 1, Integer::sum);
			}
			if (activity.getEndTime() == null) {
				now.add(id);
			}
		}
		ByteArrayOutputStream xml = new ByteArrayOutputStream();
		Bpmn.writeModelToStream(xml, this.repository.getBpmnModelInstance(definition(file)));
		return new CasePath(xml.toString(java.nio.charset.StandardCharsets.UTF_8), passed, now);
	}

	private String definition(CaseFile file) {
		HistoricProcessInstance instance = this.history.createHistoricProcessInstanceQuery()
			.processInstanceId(file.processInstance())
			.singleResult();
		return instance.getProcessDefinitionId();
	}

	private List<HistoricActivityInstance> activities(String processInstance) {
		return this.history.createHistoricActivityInstanceQuery()
			.processInstanceId(processInstance)
			.orderByHistoricActivityInstanceStartTime()
			.asc()
			.list();
	}

	private List<Stage> read(String definitionId) {
		BpmnModelInstance model = this.repository.getBpmnModelInstance(definitionId);
		Map<String, Double> left = new HashMap<>();
		model.getModelElementsByType(BpmnShape.class)
			.forEach((shape) -> left.put(shape.getBpmnElement().getId(), shape.getBounds().getX()));
		return model.getModelElementsByType(FlowNode.class)
			.stream()
			.filter((node) -> CaseElements.stageKey(node.getId()).isPresent())
			.sorted(Comparator.comparing((FlowNode node) -> left.getOrDefault(node.getId(), 0.0)))
			.map((node) -> new Stage(node.getId(), CaseElements.stageKey(node.getId()).orElseThrow(), node.getName()))
			.toList();
	}

	private record Stage(String id, String key, String name) {

	}

}
