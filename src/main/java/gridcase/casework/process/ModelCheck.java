package gridcase.casework.process;

import java.io.ByteArrayInputStream;
import java.lang.reflect.Modifier;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import javax.xml.transform.dom.DOMSource;

import gridcase.casework.CaseActions;
import gridcase.policy.Feel;
import gridcase.policy.FeelFault;
import gridcase.policy.RuleProblem;
import gridcase.policy.RuleType;
import gridcase.shared.Texts;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.impl.BpmnModelConstants;
import org.camunda.bpm.model.bpmn.instance.Activity;
import org.camunda.bpm.model.bpmn.instance.BaseElement;
import org.camunda.bpm.model.bpmn.instance.BoundaryEvent;
import org.camunda.bpm.model.bpmn.instance.CallActivity;
import org.camunda.bpm.model.bpmn.instance.EndEvent;
import org.camunda.bpm.model.bpmn.instance.EventDefinition;
import org.camunda.bpm.model.bpmn.instance.ExclusiveGateway;
import org.camunda.bpm.model.bpmn.instance.FlowElement;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.Gateway;
import org.camunda.bpm.model.bpmn.instance.InclusiveGateway;
import org.camunda.bpm.model.bpmn.instance.Process;
import org.camunda.bpm.model.bpmn.instance.SequenceFlow;
import org.camunda.bpm.model.bpmn.instance.StartEvent;
import org.camunda.bpm.model.bpmn.instance.SubProcess;
import org.camunda.bpm.model.bpmn.instance.TimerEventDefinition;
import org.camunda.bpm.model.bpmn.instance.UserTask;
import org.camunda.bpm.model.bpmn.instance.bpmndi.BpmnEdge;
import org.camunda.bpm.model.bpmn.instance.bpmndi.BpmnShape;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaIn;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaProperties;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaProperty;
import org.camunda.bpm.model.xml.ModelException;
import org.w3c.dom.Attr;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/**
 * What a diagram has to be before a case runs on it: readable for people, complete, and
 * naming nothing but what exists. It may name facts and the few functions of cases; it
 * runs no code of its own.
 */
public final class ModelCheck {

	/** What an expression may call, by the name it calls it. */
	public static final Map<String, Class<?>> FUNCTIONS = Map.of("decisions", CaseDecisions.class, "deadlines",
			CaseDeadlines.class, "duty", CaseDuty.class, "units", CaseUnits.class, "models", Models.class, "turns",
			Turns.class);

	/**
	 * Names known whatever tables and forms there are: from the start, or set in Java.
	 */
	public static final Set<String> FACTS = Stream
		.concat(CaseActions.COUNTS.stream(), Stream.of("place", "caseNo", "reporter", "title", "channel", "category",
				"categoryClass", "categoryName", "condition", "severity", "urgency", "gridCode", "gridName", "gridType",
				"tier", "tierLevel", "topTier", "loop", "reporterRole", "complete", "duplicateScore",
				"wantsSelfHandling", "selfHandled", "satisfaction", "sampleDraw", "leadUnit", "helperUnits", "signer",
				"signCount", "superior", "superiorFound", "superiorTier", "raisedFromLevel", "unit", "leg", "trigger",
				"breachedStage", "occurrences", "requester", "suspended", "suspendedFor", "suspendedUntil", "difficult",
				"difficultFor", "movement", "forced", "handDownTier", "reopenedAt", "formerUnits", "refusedUnits",
				"authors", "draftId", "effectiveNow", "effectiveAt", "releaseOutcome", "releaseConflict", "releaseId"))
		.collect(Collectors.toUnmodifiableSet());

	private static final Pattern STAGE = Pattern
		.compile("Stage_(Collect|File|Dispatch|Handle|Feedback|Verify|Close|Evaluate)([A-Z]\\w*)?");

	private static final Pattern ID = Pattern
		.compile("(Task|Stage|Gateway|StartEvent|EndEvent|BoundaryEvent|IntermediateEvent|EventSubProcess|Flow)"
				+ "_[A-Z][A-Za-z0-9]*");

	private static final Pattern CHINESE = Pattern.compile("(?s).*\\p{IsHan}.*");

	private static final Pattern EXPRESSION = Pattern.compile("[$#]\\{([^}]*)}");

	private static final Pattern LITERAL = Pattern.compile("'[^']*'|\"[^\"]*\"");

	private static final Pattern CALLED = Pattern.compile("(?<![.\\w])([A-Za-z_]\\w*)\\s*\\.\\s*(\\w+)");

	private static final Pattern ROOT = Pattern.compile("(?<![.\\w])[A-Za-z_]\\w*");

	private static final Pattern HIDDEN_CALL = Pattern.compile("['\")\\]]\\s*\\.|\\[|\\.\\s*\\w+\\s*\\.");

	private static final Pattern APPLIED = Pattern.compile("decisions\\.apply\\(\\s*'([^']*)'");

	private static final Set<String> WORDS = Set.of("true", "false", "null", "empty", "not", "and", "or", "eq", "ne",
			"lt", "gt", "le", "ge", "div", "mod", "execution");

	private static final Set<String> CODE = Set.of("scriptTask", "script", "connector", "field", "standardLoop");

	private static final Set<String> CODE_ATTRIBUTES = Set.of("class", "resource", "scriptFormat", "decisionRef",
			"language", "variableMappingClass", "variableMappingDelegateExpression");

	/** What a diagram may use of the engine's own object. */
	private static final Set<String> EXECUTION = Set.of("processBusinessKey", "setVariable");

	private static final Pattern SET = Pattern.compile("execution\\.setVariable\\(\\s*'(\\w+)'");

	private final Predicate<String> delegates;

	private final Feel feel;

	/**
	 * A check for diagrams.
	 * @param delegates whether there is a service task of that name
	 * @param feel reads the conditions of turns as the platform will
	 */
	public ModelCheck(Predicate<String> delegates, Feel feel) {
		this.delegates = delegates;
		this.feel = feel;
	}

	/** The process of a file, if it can be read and is the only one. */
	static Optional<String> key(String file, byte[] content, Consumer<RuleProblem> problems) {
		try {
			BpmnModelInstance model = Bpmn.readModelFromStream(new ByteArrayInputStream(content));
			Collection<Process> processes = model.getModelElementsByType(Process.class);
			if (processes.size() == 1 && processes.iterator().next().getId() != null) {
				return Optional.of(processes.iterator().next().getId());
			}
			problems.accept(RuleProblem.file(file, null, text("casework.model.one-process")));
		}
		catch (ModelException ex) {
			Throwable cause = ex;
			while (cause.getCause() != null) {
				cause = cause.getCause();
			}
			problems.accept(RuleProblem.file(file, null, text("casework.model.xml", cause.getMessage())));
		}
		return Optional.empty();
	}

	/**
	 * Checks a diagram.
	 * @param file name of the file
	 * @param content what is in it
	 * @param exists whether there is such a table, form or diagram beside it
	 * @param names every name a table or form sets
	 * @param problems told everything that is wrong
	 */
	public void check(String file, byte[] content, BiPredicate<RuleType, String> exists, Set<String> names,
			Consumer<RuleProblem> problems) {
		key(file, content, problems).ifPresent((key) -> new Sheet(file, key,
				Bpmn.readModelFromStream(new ByteArrayInputStream(content)), exists, names, problems)
			.check());
	}

	private static String text(String key, Object... values) {
		return Texts.of("casework", key, values);
	}

	/** One diagram under the eye. */
	private final class Sheet {

		private final String file;

		private final String key;

		private final BpmnModelInstance model;

		private final BiPredicate<RuleType, String> exists;

		private final Set<String> known;

		private final Consumer<RuleProblem> problems;

		Sheet(String file, String key, BpmnModelInstance model, BiPredicate<RuleType, String> exists, Set<String> names,
				Consumer<RuleProblem> problems) {
			this.file = file;
			this.key = key;
			this.model = model;
			this.exists = exists;
			this.known = new HashSet<>(names);
			this.known.addAll(FACTS);
			this.problems = problems;
		}

		void check() {
			Document document = (Document) ((DOMSource) this.model.getDocument().getDomSource()).getNode();
			variables(document.getDocumentElement());
			process();
			all(FlowElement.class).forEach(this::idAndName);
			everythingIsDrawn();
			all(ExclusiveGateway.class).forEach((gateway) -> answers(gateway, gateway.getDefault()));
			all(InclusiveGateway.class).forEach((gateway) -> answers(gateway, gateway.getDefault()));
			all(TimerEventDefinition.class).forEach(this::timer);
			all(BoundaryEvent.class).forEach(this::boundary);
			all(UserTask.class).forEach(this::userTask);
			all(StartEvent.class).forEach(this::turn);
			all(CallActivity.class).forEach(this::call);
			all(SubProcess.class).forEach(this::watching);
			if (this.key.equals(Models.ROOT)) {
				loop();
			}
			walk(document.getDocumentElement(), null, null);
		}

		private <T extends org.camunda.bpm.model.xml.instance.ModelElementInstance> Collection<T> all(Class<T> type) {
			return this.model.getModelElementsByType(type);
		}

		private void problem(String element, String name, String message, Object... values) {
			this.problems.accept(RuleProblem.element(this.file, this.key, element, name, text(message, values)));
		}

		private void problem(FlowElement element, String message, Object... values) {
			problem(element.getId(), element.getName(), message, values);
		}

		private static boolean chinese(String words) {
			return words != null && CHINESE.matcher(words).matches();
		}

		private void process() {
			Process process = all(Process.class).iterator().next();
			if (!this.file.substring(this.file.lastIndexOf('/') + 1).equals(this.key + ".bpmn")) {
				problem(this.key, process.getName(), "casework.model.file", this.key + ".bpmn");
			}
			if (!chinese(process.getName())) {
				problem(this.key, process.getName(), "casework.model.name");
			}
			if (!process.isExecutable()) {
				problem(this.key, process.getName(), "casework.model.executable");
			}
			String kept = process.getCamundaHistoryTimeToLiveString();
			if (kept == null || !kept.matches("P\\d+D")) {
				problem(this.key, process.getName(), "casework.model.time-to-live");
			}
		}

		private void idAndName(FlowElement element) {
			String id = String.valueOf(element.getId());
			if (!ID.matcher(id).matches()) {
				problem(element, "casework.model.id");
			}
			else if (id.startsWith("Stage_") && !STAGE.matcher(id).matches()) {
				problem(element, "casework.model.stage");
			}
			boolean named = element instanceof Activity || element instanceof StartEvent || element instanceof EndEvent
					|| element instanceof BoundaryEvent
					|| (element instanceof Gateway gateway && gateway.getOutgoing().size() > 1);
			if (named && !chinese(element.getName())) {
				problem(element, "casework.model.name");
			}
		}

		private void everythingIsDrawn() {
			Set<String> drawn = new HashSet<>();
			all(BpmnShape.class).stream()
				.filter((shape) -> shape.getBpmnElement() != null)
				.forEach((shape) -> drawn.add(shape.getBpmnElement().getId()));
			all(BpmnEdge.class).stream()
				.filter((edge) -> edge.getBpmnElement() != null)
				.forEach((edge) -> drawn.add(edge.getBpmnElement().getId()));
			Stream.concat(all(FlowNode.class).stream(), all(SequenceFlow.class).stream())
				.filter((element) -> !drawn.contains(element.getId()))
				.forEach((element) -> problem(element, "casework.model.drawn"));
		}

		private void answers(Gateway gateway, SequenceFlow otherwise) {
			if (gateway.getOutgoing().size() < 2) {
				return;
			}
			for (SequenceFlow flow : gateway.getOutgoing()) {
				if (flow.getName() == null || flow.getName().isBlank()) {
					problem(flow, "casework.model.answer");
				}
				boolean open = flow.getConditionExpression() == null
						|| flow.getConditionExpression().getTextContent().isBlank();
				if (open && !flow.equals(otherwise)) {
					problem(flow, "casework.model.condition", gateway.getName());
				}
				if (!open && flow.equals(otherwise)) {
					problem(flow, "casework.model.default", gateway.getName());
				}
			}
		}

		private void timer(TimerEventDefinition timer) {
			FlowElement event = (FlowElement) timer.getParentElement();
			String date = date(timer);
			if (timer.getTimeDuration() != null || timer.getTimeCycle() != null
					|| !(date.startsWith("${deadlines.") && date.endsWith("}"))) {
				problem(event, "casework.model.timer");
			}
		}

		private static String date(TimerEventDefinition timer) {
			return (timer.getTimeDate() != null) ? timer.getTimeDate().getTextContent().strip() : "";
		}

		/** A limit that runs out takes no work away; a day that somebody named may. */
		private void boundary(BoundaryEvent event) {
			Collection<EventDefinition> what = event.getEventDefinitions();
			if (!what.isEmpty() && what.iterator().next() instanceof TimerEventDefinition timer
					&& event.cancelActivity() && !date(timer).startsWith("${deadlines.until(")) {
				problem(event, "casework.model.takes-away");
			}
		}

		private void userTask(UserTask task) {
			String form = task.getCamundaFormRef();
			if (form == null || !"latest".equals(task.getCamundaFormRefBinding())) {
				problem(task, "casework.model.form-ref");
			}
			else if (!this.exists.test(RuleType.FORM, form)) {
				problem(task, "casework.model.no-form", form);
			}
			if (task.getCamundaCandidateGroups() == null && task.getCamundaAssignee() == null) {
				problem(task, "casework.model.nobody");
			}
			if (task.getDocumentations().size() != 1
					|| !chinese(task.getDocumentations().iterator().next().getTextContent())) {
				problem(task, "casework.model.hint");
			}
		}

		/** What begins a process beside the loop: its form and its condition. */
		private void turn(StartEvent start) {
			String form = start.getAttributeValueNs(BpmnModelConstants.CAMUNDA_NS, "formRef");
			if (form != null && !this.exists.test(RuleType.FORM, form)) {
				problem(start, "casework.model.no-form", form);
			}
			properties(start).filter((property) -> "when".equals(property.getCamundaName())).forEach((property) -> {
				try {
					ModelCheck.this.feel.names(property.getCamundaValue())
						.stream()
						.filter((name) -> !this.known.contains(name))
						.forEach((name) -> problem(start, "casework.model.unknown-name", name));
				}
				catch (FeelFault fault) {
					problem(start, "casework.model.feel", fault.getMessage());
				}
			});
		}

		private static Stream<CamundaProperty> properties(BaseElement element) {
			return (element.getExtensionElements() == null) ? Stream.empty()
					: element.getExtensionElements()
						.getElementsQuery()
						.filterByType(CamundaProperties.class)
						.list()
						.stream()
						.flatMap((properties) -> properties.getCamundaProperties().stream());
		}

		private void call(CallActivity call) {
			String called = String.valueOf(call.getCalledElement());
			if (!this.exists.test(RuleType.DIAGRAM, called) && !called.equals(this.key)) {
				problem(call, "casework.model.no-diagram", called);
			}
			String tenant = "${models.tenantOf('" + called + "', execution)}";
			String version = "${models.versionOf('" + called + "', execution)}";
			if (!tenant.equals(call.getCamundaCalledElementTenantId())
					|| !"version".equals(call.getCamundaCalledElementBinding())
					|| !version.equals(call.getCamundaCalledElementVersion())) {
				problem(call, "casework.model.called-version", tenant, version);
			}
			boolean passesCase = call.getExtensionElements() != null && call.getExtensionElements()
				.getElementsQuery()
				.filterByType(CamundaIn.class)
				.list()
				.stream()
				.anyMatch((in) -> "#{execution.processBusinessKey}".equals(in.getCamundaBusinessKey()));
			if (!passesCase) {
				problem(call, "casework.model.business-key");
			}
		}

		private void watching(SubProcess sub) {
			if (!sub.triggeredByEvent()
					|| sub.getChildElementsByType(StartEvent.class).stream().anyMatch(StartEvent::isInterrupting)) {
				problem(sub, "casework.model.subprocess");
			}
		}

		/** A loop without a check by somebody else is no closed loop. */
		private void loop() {
			List<UserTask> checks = all(UserTask.class).stream()
				.filter((task) -> "verify-case".equals(task.getCamundaFormRef()))
				.toList();
			if (checks.isEmpty()) {
				problem(this.key, null, "casework.model.no-check");
			}
			checks.stream()
				.filter((task) -> !excludesWorkers(task))
				.forEach((task) -> problem(task, "casework.model.own-check"));
			Set<String> names = new HashSet<>();
			List<Activity> stages = all(Activity.class).stream()
				.filter((activity) -> activity.getId().startsWith("Stage_"))
				.toList();
			stages.stream()
				.filter((stage) -> !names.add(stage.getName()))
				.forEach((stage) -> problem(stage, "casework.model.same-stage"));
			if (stages.size() < 5) {
				problem(this.key, null, "casework.model.few-stages");
			}
		}

		private static boolean excludesWorkers(UserTask task) {
			return properties(task).anyMatch((property) -> CaseElements.EXCLUDES.equals(property.getCamundaName())
					&& "workers".equals(property.getCamundaValue()));
		}

		// --- expressions ---

		/**
		 * What the diagram itself makes known: variables it hands on, items it loops
		 * over.
		 */
		private void variables(Element element) {
			for (String attribute : List.of("target", "elementVariable")) {
				Stream.iterate(element.getAttributes().getLength() - 1, (at) -> at >= 0, (at) -> at - 1)
					.map((at) -> (Attr) element.getAttributes().item(at))
					.filter((found) -> attribute.equals(found.getLocalName()))
					.forEach((found) -> this.known.add(found.getValue()));
			}
			if (element.getLocalName().endsWith("putParameter")) {
				this.known.add(element.getAttribute("name"));
			}
			Matcher set = SET.matcher(element.getAttribute("expression"));
			while (set.find()) {
				this.known.add(set.group(1));
			}
			for (Node child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
				if (child instanceof Element inner) {
					variables(inner);
				}
			}
		}

		private void walk(Element element, String outerId, String outerName) {
			String id = element.getAttribute("id");
			boolean own = !id.isEmpty() && !element.getLocalName().endsWith("Definition")
					&& !element.getLocalName().endsWith("Expression");
			String at = own ? id : outerId;
			String name = own ? emptyToNull(element.getAttribute("name")) : outerName;
			if (CODE.contains(element.getLocalName())) {
				problem(at, name, "casework.model.code", element.getLocalName());
			}
			for (int i = 0; i < element.getAttributes().getLength(); i++) {
				Attr attribute = (Attr) element.getAttributes().item(i);
				if (CODE_ATTRIBUTES.contains(attribute.getLocalName())) {
					problem(at, name, "casework.model.code", attribute.getLocalName());
				}
				else if ("delegateExpression".equals(attribute.getLocalName())) {
					delegate(at, name, attribute.getValue());
				}
				else {
					expressions(at, name, attribute.getValue());
				}
			}
			for (Node child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
				if (child instanceof Element inner) {
					walk(inner, at, name);
				}
				else if (child.getNodeType() == Node.TEXT_NODE || child.getNodeType() == Node.CDATA_SECTION_NODE) {
					expressions(at, name, child.getNodeValue());
				}
			}
		}

		private static String emptyToNull(String text) {
			return text.isEmpty() ? null : text;
		}

		private void delegate(String at, String name, String expression) {
			Matcher bean = Pattern.compile("[$#]\\{(\\w+)}").matcher(expression);
			if (!bean.matches() || !ModelCheck.this.delegates.test(bean.group(1))) {
				problem(at, name, "casework.model.no-bean", expression);
			}
		}

		private void expressions(String at, String name, String text) {
			Matcher expression = EXPRESSION.matcher(text);
			while (expression.find()) {
				expression(at, name, expression.group(1));
			}
		}

		private void expression(String at, String name, String expression) {
			Matcher table = APPLIED.matcher(expression);
			while (table.find()) {
				if (!this.exists.test(RuleType.TABLE, table.group(1))) {
					problem(at, name, "casework.model.no-table", table.group(1));
				}
			}
			String bare = LITERAL.matcher(expression).replaceAll("''");
			String outside = bare.replace("''", "");
			if (outside.indexOf('\'') >= 0 || outside.indexOf('"') >= 0 || outside.indexOf('{') >= 0
					|| HIDDEN_CALL.matcher(bare).find()) {
				problem(at, name, "casework.model.expression", expression);
				return;
			}
			Set<String> bases = new HashSet<>();
			Matcher called = CALLED.matcher(outside);
			while (called.find()) {
				bases.add(called.group(1));
				call(at, name, called.group(1), called.group(2));
			}
			Set<String> unknown = new TreeSet<>();
			Matcher root = ROOT.matcher(outside);
			while (root.find()) {
				String word = root.group();
				if (!bases.contains(word) && !WORDS.contains(word) && !this.known.contains(word)) {
					unknown.add(word);
				}
			}
			unknown.forEach((word) -> problem(at, name, "casework.model.unknown-name", word));
		}

		private void call(String at, String name, String base, String method) {
			if (base.equals("execution")) {
				if (!EXECUTION.contains(method)) {
					problem(at, name, "casework.model.execution", method);
				}
				return;
			}
			Class<?> function = FUNCTIONS.get(base);
			if (function == null) {
				problem(at, name, "casework.model.no-function", base,
						String.join(" ", new TreeSet<>(FUNCTIONS.keySet())));
				return;
			}
			Set<String> offered = new TreeSet<>();
			Stream.of(function.getDeclaredMethods())
				.filter((offer) -> Modifier.isPublic(offer.getModifiers()) && offer.getParameterCount() > 0
						&& offer.getParameterTypes()[offer.getParameterCount() - 1] == DelegateExecution.class)
				.forEach((offer) -> offered.add(offer.getName()));
			if (!offered.contains(method)) {
				problem(at, name, "casework.model.no-method", base + "." + method, String.join(" ", offered));
			}
		}

	}

}
