package gridcase.casework.process;

import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import gridcase.casework.CaseFile;
import gridcase.casework.CasePath;
import gridcase.casework.Cases;
import gridcase.casework.PathStep;
import gridcase.casework.StageView;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.history.HistoricProcessInstance;
import org.camunda.bpm.engine.repository.ProcessDefinition;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.Gateway;
import org.camunda.bpm.model.bpmn.instance.bpmndi.BpmnShape;

import org.springframework.stereotype.Component;

/** The diagram a case runs on, its stages as drawn there, and the way it took. */
@Component
public class CaseDiagrams {

	private static final String BODY = "#multiInstanceBody";

	private final RepositoryService repository;

	private final HistoryService history;

	private final Cases cases;

	private final Map<String, List<Stage>> stages = new ConcurrentHashMap<>();

	CaseDiagrams(RepositoryService repository, HistoryService history, Cases cases) {
		this.repository = repository;
		this.history = history;
		this.cases = cases;
	}

	/**
	 * The stages of the case's own diagram from left to right, with the present one
	 * marked. A reopened case has behind it what it passed before; ahead of it is only
	 * what it has passed since.
	 */
	public List<StageView> stages(CaseFile file) {
		List<Stage> all = this.stages.computeIfAbsent(definition(file), this::read);
		Map<String, Visit> since = visits(file, List.of(file.processInstance()));
		Map<String, Visit> ever = reopened(file) ? visits(file, instances(file)) : since;
		boolean behind = all.stream().anyMatch((stage) -> present(stage, file));
		List<StageView> views = new ArrayList<>();
		for (Stage stage : all) {
			behind = behind && !present(stage, file);
			Map<String, Visit> visits = behind ? ever : since;
			views.add(view(stage, visits.getOrDefault(stage.id(), visits.get(stage.id() + BODY)), file));
		}
		return views;
	}

	private static boolean present(Stage stage, CaseFile file) {
		return file.open() && stage.name().equals(file.stageName()) && stage.key().equals(file.stageKey());
	}

	private static boolean reopened(CaseFile file) {
		return file.facts().get("reopenCount") instanceof Number count && count.intValue() > 0;
	}

	/** Every instance the case ran in on its own way. */
	private List<String> instances(CaseFile file) {
		return reopened(file) ? this.history.createHistoricProcessInstanceQuery()
			.processInstanceBusinessKey(file.caseNo())
			.processDefinitionKey(file.process())
			.list()
			.stream()
			.map(HistoricProcessInstance::getId)
			.toList() : List.of(file.processInstance());
	}

	private static StageView view(Stage stage, Visit visit, CaseFile file) {
		String state = present(stage, file) ? "NOW" : (visit != null) ? "DONE" : "AHEAD";
		return new StageView(stage.id(), stage.key(), stage.name(), state, (visit != null) ? visit.from : null,
				(visit != null && visit.open == 0) ? visit.to : null);
	}

	/** The diagram with how often each element was passed and where the case is now. */
	public CasePath path(CaseFile file) {
		ByteArrayOutputStream xml = new ByteArrayOutputStream();
		Bpmn.writeModelToStream(xml, this.repository.getBpmnModelInstance(definition(file)));
		return way(file, xml.toString(java.nio.charset.StandardCharsets.UTF_8));
	}

	/** The same without the drawing. */
	public CasePath way(CaseFile file) {
		return way(file, "");
	}

	private CasePath way(CaseFile file, String bpmn) {
		Map<String, Integer> passed = new HashMap<>();
		Set<String> now = new HashSet<>();
		Map<String, Visit> visits = visits(file, instances(file));
		visits.forEach((element, visit) -> {
			String id = element.replace(BODY, "");
			passed.merge(id, visit.times, Math::max);
			if (visit.open > 0) {
				now.add(id);
			}
		});
		ProcessDefinition definition = this.repository.getProcessDefinition(definition(file));
		BpmnModelInstance model = this.repository.getBpmnModelInstance(definition.getId());
		return new CasePath(bpmn, passed, now, definition.getName(), definition.getVersion(),
				definition.getTenantId() != null, steps(visits, model));
	}

	private static List<CasePath.Step> steps(Map<String, Visit> visits, BpmnModelInstance model) {
		List<CasePath.Step> steps = new ArrayList<>();
		visits.forEach((element, visit) -> {
			boolean body = visits.containsKey(element + BODY);
			String id = element.replace(BODY, "");
			if (!body && model.getModelElementById(id) instanceof FlowNode node && !(node instanceof Gateway)
					&& node.getName() != null && !node.getName().isBlank()) {
				steps.add(new CasePath.Step(id, node.getName().replaceAll("\\s+", ""), visit.times, visit.from,
						(visit.open > 0) ? null : visit.to));
			}
		});
		return steps;
	}

	/** What the case did in its own diagram, by element. */
	private Map<String, Visit> visits(CaseFile file, List<String> instances) {
		Map<String, Visit> visits = new LinkedHashMap<>();
		for (PathStep step : this.cases.path(file, instances)) {
			for (String element : step.entered()) {
				Visit visit = visits.computeIfAbsent(element, (id) -> new Visit());
				visit.from = step.at();
				visit.times++;
				visit.open++;
			}
			for (String element : step.ended()) {
				Visit visit = visits.computeIfAbsent(element, (id) -> new Visit());
				visit.to = step.at();
				visit.open--;
			}
		}
		return visits;
	}

	private String definition(CaseFile file) {
		HistoricProcessInstance instance = this.history.createHistoricProcessInstanceQuery()
			.processInstanceId(file.processInstance())
			.singleResult();
		return instance.getProcessDefinitionId();
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

	/** How an element was visited. */
	private static final class Visit {

		private Instant from;

		private Instant to;

		private int times;

		private int open;

	}

	private record Stage(String id, String key, String name) {

	}

}
