package gridcase.casework.process;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

import gridcase.casework.CaseFile;
import gridcase.casework.CaseRecord;
import gridcase.casework.Cases;
import gridcase.casework.Custody;
import gridcase.clock.PlatformClock;
import gridcase.policy.Feel;
import gridcase.policy.ReleasedRule;
import gridcase.policy.ReleasedRules;
import gridcase.policy.RuleScope;
import gridcase.policy.RuleType;
import gridcase.registry.Duties;
import gridcase.registry.Duty;
import gridcase.shared.Acting;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.camunda.bpm.model.bpmn.instance.Documentation;
import org.camunda.bpm.model.bpmn.instance.ExtensionElements;
import org.camunda.bpm.model.bpmn.instance.Process;
import org.camunda.bpm.model.bpmn.instance.StartEvent;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaProperties;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaProperty;

import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/**
 * The turns a case can take beside its loop. A diagram becomes one by properties of its
 * start event: {@code turn} says who may begin it, {@code states} in which states of the
 * case, {@code when} under which condition; {@code outlives} that it goes on when the
 * case ends; {@code beside} names the process whose cases take it, where that is not the
 * loop. So a new turn is a new diagram.
 */
@Component("turns")
public class Turns {

	private static final String OUTLIVES = "outlives";

	private final RepositoryService repository;

	private final RuntimeService runtime;

	private final Steps steps;

	private final ReleasedRules rules;

	private final CaseScope scope;

	private final Cases cases;

	private final Duties duties;

	private final PlatformClock clock;

	private final Feel feel;

	private final Map<String, Map<String, String>> starts = new ConcurrentHashMap<>();

	Turns(@Lazy RepositoryService repository, @Lazy RuntimeService runtime, @Lazy Steps steps, ReleasedRules rules,
			CaseScope scope, Cases cases, Duties duties, PlatformClock clock, Feel feel) {
		this.repository = repository;
		this.runtime = runtime;
		this.steps = steps;
		this.rules = rules;
		this.scope = scope;
		this.cases = cases;
		this.duties = duties;
		this.clock = clock;
		this.feel = feel;
	}

	/** Turns a person may begin on a case as it stands, by name. */
	public List<Turn> offered(CaseFile file, String login) {
		return offered(new Standing(new RuleScope(file.place(), file.reportedAt(), this.clock.now()), file.state(),
				file.reporter(), file.owner(), file.gridPath(), links(file.caseNo(), file.open()), file.facts(),
				Set.copyOf(file.openTurns().values()), file.process()), login);
	}

	/** The same within the transaction that begins one. */
	public List<Turn> offered(CaseRecord record, String login) {
		boolean open = record.state().equals("OPEN");
		return offered(new Standing(record.scope(), record.state(), record.reporter(), record.lastOwner().orElse(null),
				record.gridPath(), open ? record.openCustody() : links(record.caseNo(), false), record.facts(),
				Set.copyOf(record.openTurns().values()), record.process()), login);
	}

	/** Who has to do with an open case now; with one that has ended, who ever had. */
	private List<Custody> links(String caseNo, boolean open) {
		return this.cases.custody(caseNo).stream().filter((link) -> !open || link.to() == null).toList();
	}

	private List<Turn> offered(Standing standing, String login) {
		return of(standing.scope()).stream()
			.filter((turn) -> turn.beside().equals(standing.process()))
			.filter((turn) -> turn.states().contains(standing.state()))
			.filter((turn) -> !standing.running().contains(turn.key()))
			.filter((turn) -> turn.by().stream().anyMatch((who) -> is(login, who, standing)))
			.filter((turn) -> turn.when() == null || holds(turn.when(), standing.facts()))
			.toList();
	}

	/** A case older than a fact has it not, which counts as null. */
	private boolean holds(String when, Map<String, Object> facts) {
		Map<String, Object> known = new HashMap<>(facts);
		this.feel.names(when).forEach((name) -> known.putIfAbsent(name, null));
		return this.feel.isTrue(when, known);
	}

	private boolean is(String login, String who, Standing standing) {
		return switch (who) {
			case "reporter" -> login.equals(standing.reporter()) || login.equals(Acting.RESIDENT);
			case "owner" -> login.equals(standing.owner());
			case "holder" -> holds(standing, CaseRecord.HOLDER, login);
			case "watcher" -> holds(standing, CaseRecord.WATCHER, login);
			default -> this.duties.of(login, this.clock.now())
				.stream()
				.anyMatch((duty) -> duty.role().equals(who) && Acting.permits(login, who) && concerns(duty, standing));
		};
	}

	private static boolean holds(Standing standing, String kind, String login) {
		return standing.open().stream().anyMatch((link) -> link.kind().equals(kind) && login.equals(link.person()));
	}

	private static boolean concerns(Duty duty, Standing standing) {
		if (duty.grid() != null) {
			return ("/" + standing.gridPath()).contains("/" + duty.grid() + "/");
		}
		return standing.open().stream().anyMatch((link) -> Objects.equals(link.unit(), duty.unit()));
	}

	/** Every turn there is for a case, diagrams of its place before the shared ones. */
	public List<Turn> of(RuleScope scope) {
		return this.rules.all(RuleType.DIAGRAM, scope).stream().flatMap((diagram) -> turn(diagram).stream()).toList();
	}

	private Optional<Turn> turn(ReleasedRule diagram) {
		Map<String, String> start = start(diagram.definitionId());
		return Optional.ofNullable(start.get("turn"))
			.map((by) -> new Turn(diagram.key(), start.get("name"), start.get("hint"), start.get("form"),
					List.of(by.trim().split(" +")), List.of(start.getOrDefault("states", "OPEN").trim().split(" +")),
					start.get("when"), start.getOrDefault("beside", Models.ROOT)));
	}

	/** What the start event of a diagram says of it. */
	private Map<String, String> start(String definitionId) {
		return this.starts.computeIfAbsent(definitionId, (id) -> {
			Map<String, String> known = new HashMap<>();
			var model = this.repository.getBpmnModelInstance(id);
			model.getModelElementsByType(StartEvent.class)
				.stream()
				.filter((event) -> event.getParentElement() instanceof Process && event.getEventDefinitions().isEmpty())
				.forEach((event) -> {
					known.put("name", event.getName());
					known.put("form", event.getAttributeValueNs("http://camunda.org/schema/1.0/bpmn", "formRef"));
					event.getDocumentations()
						.stream()
						.findFirst()
						.map(Documentation::getTextContent)
						.ifPresent((text) -> known.put("hint", text.trim()));
					properties(event)
						.forEach((property) -> known.put(property.getCamundaName(), property.getCamundaValue()));
				});
			return known;
		});
	}

	private static Stream<CamundaProperty> properties(StartEvent event) {
		ExtensionElements extensions = event.getExtensionElements();
		return (extensions == null) ? Stream.empty()
				: extensions.getElementsQuery()
					.filterByType(CamundaProperties.class)
					.list()
					.stream()
					.flatMap((properties) -> properties.getCamundaProperties().stream());
	}

	/**
	 * Starts a turn.
	 * @param record the case
	 * @param turn the turn
	 * @param requester sign-in name of who asks, kept as variable {@code requester}
	 * @param values what was filled in, kept as variables
	 */
	public void begin(CaseRecord record, Turn turn, String requester, Map<String, Object> values) {
		Map<String, Object> data = new TreeMap<>();
		data.put("turn", turn.key());
		data.put("name", turn.name());
		data.put("values", values);
		record.event("TURN_BEGUN", null, data);
		Map<String, Object> variables = variables(values);
		variables.put("requester", requester);
		this.steps.start(record, turn.key(), variables);
	}

	/**
	 * What a form brought as process variables. Rows of a repeating list stay on record
	 * with the event and steer nothing, so they are none.
	 */
	public static Map<String, Object> variables(Map<String, Object> values) {
		Map<String, Object> variables = new HashMap<>(values);
		variables.values().removeIf(List.class::isInstance);
		return variables;
	}

	/**
	 * A turn that the platform itself begins, e.g. when a closed case needs a second
	 * look.
	 */
	void begin(CaseRecord record, String key, Map<String, Object> values) {
		Turn turn = of(record.scope()).stream()
			.filter((each) -> each.key().equals(key))
			.findFirst()
			.orElseThrow(() -> new IllegalStateException("No diagram " + key + " is a turn in " + record.place()));
		begin(record, turn, Acting.current(), values);
	}

	/** Counts something among the facts: for a diagram's arrow. */
	public void count(String fact, DelegateExecution execution) {
		this.scope.record(execution).increase(fact);
	}

	/** Canonical key of the stage the case is at; for tables. */
	public String stage(DelegateExecution execution) {
		return this.scope.record(execution).stageKey();
	}

	/**
	 * Lets the escalation run beside the loop: for a diagram's arrow or event where
	 * nothing has to wait for it. Whether anything comes of it, the table
	 * {@code escalation-tier} says.
	 * @param trigger what happened, e.g. {@code REFUSED_TWICE}
	 * @param count fact that counts how often it did
	 * @param execution where it happened
	 */
	public void escalate(String trigger, String count, DelegateExecution execution) {
		CaseRecord record = this.scope.record(execution);
		Map<String, Object> variables = new HashMap<>();
		variables.put("trigger", trigger);
		variables.put("occurrences", record.count(count));
		variables.put("breachedStage", Objects.toString(execution.getVariable("breachedStage"), ""));
		this.steps.start(record, "escalation", variables);
	}

	void began(DelegateExecution execution) {
		if (isTurn(execution)) {
			this.scope.record(execution)
				.turnBegan(execution.getProcessInstanceId(),
						((ExecutionEntity) execution).getProcessDefinition().getKey());
		}
	}

	void ended(DelegateExecution execution) {
		CaseRecord record = this.scope.record(execution);
		if (isTurn(execution)) {
			record.turnEnded(execution.getProcessInstanceId());
		}
		else if (this.scope.inLoop(execution) && !record.state().equals("OPEN")) {
			record.openTurns().forEach((instance, key) -> {
				if (!outlives(instance)) {
					this.runtime.deleteProcessInstance(instance, "the case has ended", false, true);
				}
			});
		}
	}

	/** Also of a turn that began in this very transaction, which no query finds yet. */
	private boolean outlives(String instance) {
		String definition = Context.getCommandContext()
			.getExecutionManager()
			.findExecutionById(instance)
			.getProcessDefinitionId();
		return "true".equals(start(definition).get(OUTLIVES));
	}

	private boolean isTurn(DelegateExecution execution) {
		ExecutionEntity instance = ((ExecutionEntity) execution).getProcessInstance();
		return instance.getSuperExecutionId() == null && instance.getSuperExecution() == null
				&& !this.scope.inLoop(execution);
	}

	/** What decides whether a turn is offered. */
	private record Standing(RuleScope scope, String state, String reporter, String owner, String gridPath,
			List<Custody> open, Map<String, Object> facts, Set<String> running, String process) {

	}

}
