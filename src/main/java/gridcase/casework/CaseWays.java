package gridcase.casework;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.history.HistoricProcessInstance;
import org.camunda.bpm.engine.repository.ProcessDefinition;
import org.camunda.bpm.engine.repository.ProcessDefinitionQuery;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.BoundaryEvent;
import org.camunda.bpm.model.bpmn.instance.CallActivity;
import org.camunda.bpm.model.bpmn.instance.FlowElement;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.SequenceFlow;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * Every diagram a case ran through, its own and those it called or took beside, as they
 * were, and what it entered and left in them. A diagram that was released stays readable.
 */
@Component
public class CaseWays {

	private final HistoryService history;

	private final RepositoryService repository;

	private final JdbcTemplate jdbc;

	private final Map<String, Diagram> diagrams = new ConcurrentHashMap<>();

	CaseWays(HistoryService history, RepositoryService repository, JdbcTemplate jdbc) {
		this.history = history;
		this.repository = repository;
		this.jdbc = jdbc;
	}

	/**
	 * One run through a diagram.
	 *
	 * @param id the engine's id of it
	 * @param definitionId the engine's id of exactly that version of the diagram, the
	 * last one if the run was moved to another
	 * @param key key of the diagram
	 * @param calledBy id of the run that called this one, or null
	 * @param from when it began, in milliseconds only
	 * @param to when it ended, or null
	 */
	public record Run(String id, String definitionId, String key, String calledBy, Instant from, Instant to) {

	}

	/**
	 * What one change of a case entered and left in one run.
	 *
	 * @param version number of the change
	 * @param run id of the run
	 * @param at when
	 * @param entered ids of elements, in order, as often as they were entered
	 * @param ended ids of elements that are done or were cancelled
	 */
	public record Change(int version, String run, Instant at, List<String> entered, List<String> ended) {

	}

	/**
	 * A version of a diagram.
	 *
	 * @param definitionId the engine's id of it
	 * @param key its key
	 * @param name its name
	 * @param version its version
	 * @param own whether it is a place's own
	 * @param nodes its nodes by id
	 * @param flows its sequence flows
	 */
	public record Diagram(String definitionId, String key, String name, int version, boolean own,
			Map<String, Node> nodes, List<Flow> flows) {

	}

	/**
	 * A node of a diagram.
	 *
	 * @param id its id
	 * @param name its name without line breaks, or an empty text
	 * @param kind its type in BPMN, e.g. {@code userTask}
	 * @param calls key of the diagram it calls, or null
	 * @param attachedTo id of the node on whose border it sits, or null
	 */
	public record Node(String id, String name, String kind, String calls, String attachedTo) {

	}

	/**
	 * A sequence flow.
	 *
	 * @param id its id
	 * @param from id of the node it leaves
	 * @param to id of the node it leads to
	 */
	public record Flow(String id, String from, String to) {

	}

	/** The runs of a case in the order they began. */
	public List<Run> runs(String caseNo) {
		return this.history.createHistoricProcessInstanceQuery()
			.processInstanceBusinessKey(caseNo)
			.list()
			.stream()
			.sorted(Comparator.comparing(HistoricProcessInstance::getStartTime)
				.thenComparing(HistoricProcessInstance::getId))
			.map((run) -> new Run(run.getId(), run.getProcessDefinitionId(), run.getProcessDefinitionKey(),
					run.getSuperProcessInstanceId(), run.getStartTime().toInstant(),
					(run.getEndTime() != null) ? run.getEndTime().toInstant() : null))
			.toList();
	}

	/** What a case entered and left, change by change. */
	public List<Change> changes(String caseNo) {
		return this.jdbc.query("select * from case_path where case_no = ? order by version, process_instance",
				(row, number) -> new Change(row.getInt("version"), row.getString("process_instance"),
						CaseRecords.instant(row, "at"), elements(row, "entered"), elements(row, "ended")),
				caseNo);
	}

	private static List<String> elements(ResultSet row, String column) throws SQLException {
		return List.of((String[]) row.getArray(column).getArray());
	}

	/** A version of a diagram by the engine's id of it. */
	public Diagram diagram(String definitionId) {
		return this.diagrams.computeIfAbsent(definitionId, this::read);
	}

	/**
	 * A version of a diagram by its number.
	 * @param key its key
	 * @param place place whose own it is, or null for a shared one
	 * @param version its version
	 */
	public Optional<Diagram> diagram(String key, String place, int version) {
		ProcessDefinitionQuery query = this.repository.createProcessDefinitionQuery()
			.processDefinitionKey(key)
			.processDefinitionVersion(version);
		query = (place != null) ? query.tenantIdIn(place) : query.withoutTenantId();
		return Optional.ofNullable(query.singleResult()).map((found) -> diagram(found.getId()));
	}

	/** The drawing of a version of a diagram, as BPMN 2.0 XML. */
	public String drawing(String definitionId) {
		ByteArrayOutputStream xml = new ByteArrayOutputStream();
		Bpmn.writeModelToStream(xml, this.repository.getBpmnModelInstance(definitionId));
		return xml.toString(StandardCharsets.UTF_8);
	}

	private Diagram read(String definitionId) {
		ProcessDefinition definition = this.repository.getProcessDefinition(definitionId);
		BpmnModelInstance model = this.repository.getBpmnModelInstance(definitionId);
		Map<String, Node> nodes = new LinkedHashMap<>();
		model.getModelElementsByType(FlowNode.class).forEach((node) -> nodes.put(node.getId(), node(node)));
		Map<String, Flow> flows = new HashMap<>();
		model.getModelElementsByType(SequenceFlow.class)
			.forEach((flow) -> flows.put(flow.getId(),
					new Flow(flow.getId(), flow.getSource().getId(), flow.getTarget().getId())));
		return new Diagram(definitionId, definition.getKey(), definition.getName(), definition.getVersion(),
				definition.getTenantId() != null, nodes, List.copyOf(flows.values()));
	}

	private static Node node(FlowNode node) {
		return new Node(node.getId(), name(node), node.getElementType().getTypeName(),
				(node instanceof CallActivity call) ? call.getCalledElement() : null,
				(node instanceof BoundaryEvent event) ? event.getAttachedTo().getId() : null);
	}

	private static String name(FlowElement element) {
		return (element.getName() != null) ? element.getName().replaceAll("\\s+", "") : "";
	}

}
