package gridcase.casework.process;

import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import gridcase.casework.CaseFile;
import gridcase.casework.Cases;
import gridcase.casework.RuleWords;
import gridcase.clock.PlatformClock;
import gridcase.form.Forms;
import gridcase.policy.Decisions;
import gridcase.policy.Outlook;
import gridcase.policy.ReleasedRules;
import gridcase.policy.RuleScope;
import gridcase.policy.RuleType;
import gridcase.shared.RuleCited;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.BusinessRuleTask;
import org.camunda.bpm.model.bpmn.instance.SequenceFlow;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaExecutionListener;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaInputParameter;

import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/**
 * Tells before anybody fills in a form whether the rules refuse a turn whatever is said
 * in it. Read from the diagram: the table it asks first, and the arrow on which
 * {@code decisions.refuse} stands.
 */
@Component
public class TurnOutlook {

	private static final Pattern ASKS = Pattern.compile("decisions\\.apply\\('([^']+)'");

	private static final Pattern REFUSES = Pattern.compile("decisions\\.refuse\\('([^']+)'");

	private static final Pattern ANSWER = Pattern.compile("\\$\\{\\s*(\\w+)\\s*==\\s*'([^']*)'\\s*}");

	private final RepositoryService repository;

	private final ReleasedRules rules;

	private final Decisions decisions;

	private final Forms forms;

	private final Cases cases;

	private final RuleWords words;

	private final PlatformClock clock;

	private final Map<String, Optional<Gate>> gates = new ConcurrentHashMap<>();

	TurnOutlook(@Lazy RepositoryService repository, ReleasedRules rules, Decisions decisions, Forms forms, Cases cases,
			RuleWords words, PlatformClock clock) {
		this.repository = repository;
		this.rules = rules;
		this.decisions = decisions;
		this.forms = forms;
		this.cases = cases;
		this.words = words;
		this.clock = clock;
	}

	/**
	 * A turn that the rules refuse now.
	 *
	 * @param turn the turn
	 * @param reason the rule's own words
	 * @param rule the row that says no
	 */
	public record Refused(Turn turn, String reason, RuleCited rule) {

	}

	/**
	 * Whether the rules refuse a turn now, whatever the form will say.
	 * @param turn a turn the case offers
	 * @param file the case
	 * @param login who would begin it
	 * @return empty if it may be allowed
	 */
	public Optional<Refused> refused(Turn turn, CaseFile file, String login) {
		RuleScope scope = new RuleScope(file.place(), file.reportedAt(), this.clock.now());
		return this.rules.find(RuleType.DIAGRAM, turn.key(), scope)
			.flatMap((diagram) -> this.gates.computeIfAbsent(diagram.definitionId(), this::gate))
			.flatMap((gate) -> refused(gate, turn, file, login, scope));
	}

	private Optional<Refused> refused(Gate gate, Turn turn, CaseFile file, String login, RuleScope scope) {
		Map<String, Object> known = new HashMap<>(file.facts());
		known.put("place", file.place());
		Set<String> unknown = new HashSet<>(gate.computed());
		if (turn.form() != null) {
			unknown.addAll(this.forms.keys(turn.form(), scope));
		}
		computed(file, login).forEach((name, value) -> {
			if (unknown.remove(name)) {
				known.put(name, value);
			}
		});
		return this.decisions.outlook(gate.table(), scope, known, unknown)
			.filter((outlook) -> outlook.always(gate.output(), gate.value()))
			.map((outlook) -> refused(gate, turn, file, outlook));
	}

	private Refused refused(Gate gate, Turn turn, CaseFile file, Outlook outlook) {
		int row = outlook.rows().get(outlook.rows().size() - 1);
		String reason = outlook.text(row, gate.reason());
		return new Refused(turn, (reason != null) ? reason : outlook.table().rows().get(row).reason(),
				this.words.cite(outlook.table(), file.place(), row));
	}

	/** What diagrams compute for their tables from the case alone, by the usual names. */
	private Map<String, Object> computed(CaseFile file, String login) {
		Map<String, Object> values = new HashMap<>();
		values.put("stage", file.stageKey());
		values.put("onBehalf", !login.equals(file.reporter()));
		values.put("breached",
				this.cases.deadlines(file.caseNo())
					.stream()
					.anyMatch((deadline) -> deadline.doneAt() == null && deadline.breachedAt() != null
							&& !deadline.stage().equals("supervise")));
		if (file.closedAt() != null) {
			values.put("closedDays",
					(int) ChronoUnit.DAYS.between(file.closedAt().atZone(this.clock.zone()).toLocalDate(),
							this.clock.now().atZone(this.clock.zone()).toLocalDate()));
		}
		return values;
	}

	private Optional<Gate> gate(String definitionId) {
		BpmnModelInstance model = this.repository.getBpmnModelInstance(definitionId);
		List<BusinessRuleTask> asking = List.copyOf(model.getModelElementsByType(BusinessRuleTask.class));
		if (asking.size() != 1) {
			return Optional.empty();
		}
		Matcher asks = ASKS.matcher(String.valueOf(asking.get(0).getCamundaExpression()));
		if (!asks.find()) {
			return Optional.empty();
		}
		Set<String> computed = new HashSet<>();
		model.getModelElementsByType(CamundaInputParameter.class)
			.forEach((parameter) -> computed.add(parameter.getCamundaName()));
		return model.getModelElementsByType(SequenceFlow.class)
			.stream()
			.flatMap((flow) -> gate(flow, asks.group(1), computed).stream())
			.findFirst();
	}

	private static Optional<Gate> gate(SequenceFlow flow, String table, Set<String> computed) {
		if (flow.getExtensionElements() == null || flow.getConditionExpression() == null) {
			return Optional.empty();
		}
		Matcher answer = ANSWER.matcher(flow.getConditionExpression().getTextContent());
		return flow.getExtensionElements()
			.getElementsQuery()
			.filterByType(CamundaExecutionListener.class)
			.list()
			.stream()
			.map((listener) -> REFUSES.matcher(String.valueOf(listener.getCamundaExpression())))
			.filter(Matcher::find)
			.findFirst()
			.filter((refuses) -> answer.matches())
			.map((refuses) -> new Gate(table, answer.group(1), answer.group(2), refuses.group(1), computed));
	}

	/**
	 * Where a diagram lets its rule refuse.
	 *
	 * @param table key of the table it asks
	 * @param output output that leads to the arrow
	 * @param value with this value
	 * @param reason output that holds the words
	 * @param computed names the diagram computes
	 */
	private record Gate(String table, String output, String value, String reason, Set<String> computed) {

	}

}
