package gridcase.casework;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.repository.ProcessDefinition;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.CallActivity;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.SubProcess;
import org.camunda.bpm.model.bpmn.instance.UserTask;

import org.springframework.stereotype.Component;

/**
 * The diagrams process instances ran on, each in the version it was then, for whoever
 * looks at many cases at once.
 */
@Component
public class DrawnProcesses {

	private final RepositoryService repository;

	private final HistoryService history;

	/** Diagrams never change once deployed, and there are as many as releases of them. */
	private final Map<String, Drawn> known = new ConcurrentHashMap<>();

	DrawnProcesses(RepositoryService repository, HistoryService history) {
		this.repository = repository;
		this.history = history;
	}

	/**
	 * On which diagram process instances ran.
	 * @param instances the engine's ids of them
	 * @return id of the diagram by id of the instance; one the engine does not know is
	 * missing
	 */
	public Map<String, String> of(Collection<String> instances) {
		if (instances.isEmpty()) {
			return Map.of();
		}
		Map<String, String> definitions = new HashMap<>();
		this.history.createHistoricProcessInstanceQuery()
			.processInstanceIds(Set.copyOf(instances))
			.list()
			.forEach((instance) -> definitions.put(instance.getId(), instance.getProcessDefinitionId()));
		return definitions;
	}

	/**
	 * A diagram.
	 * @param definition its id, as {@link #of} answers it
	 */
	public Drawn get(String definition) {
		return this.known.computeIfAbsent(definition, this::read);
	}

	/**
	 * A diagram as BPMN 2.0 XML.
	 * @param definition its id
	 */
	public String bpmn(String definition) {
		ByteArrayOutputStream xml = new ByteArrayOutputStream();
		Bpmn.writeModelToStream(xml, this.repository.getBpmnModelInstance(definition));
		return xml.toString(StandardCharsets.UTF_8);
	}

	private Drawn read(String id) {
		ProcessDefinition definition = this.repository.getProcessDefinition(id);
		BpmnModelInstance model = this.repository.getBpmnModelInstance(id);
		Map<String, Node> nodes = new HashMap<>();
		model.getModelElementsByType(FlowNode.class).forEach((node) -> {
			Shape shape = (node instanceof UserTask) ? Shape.TASK
					: (node instanceof CallActivity || (node instanceof SubProcess inner && !inner.triggeredByEvent()))
							? Shape.CALL : Shape.OTHER;
			String name = (node.getName() != null) ? node.getName().replaceAll("\\s+", "") : "";
			nodes.put(node.getId(), new Node(name, shape));
		});
		return new Drawn(id, definition.getKey(), definition.getVersion(), definition.getName(),
				definition.getTenantId() != null, nodes);
	}

	/** What a node of a diagram stands for. */
	public enum Shape {

		/** Work of a person. */
		TASK,
		/** Another diagram, or a part with an inside of its own. */
		CALL,
		/** What the platform does by itself, events and gateways. */
		OTHER

	}

	/**
	 * A diagram.
	 *
	 * @param id the engine's id of it
	 * @param key key of the process
	 * @param version version of the diagram
	 * @param name its name
	 * @param own whether it is a place's own
	 * @param nodes its nodes by id
	 */
	public record Drawn(String id, String key, int version, String name, boolean own, Map<String, Node> nodes) {

	}

	/**
	 * A node of a diagram.
	 *
	 * @param name its name, empty if it has none
	 * @param shape what it stands for
	 */
	public record Node(String name, Shape shape) {

	}

}
