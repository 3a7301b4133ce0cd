package gridcase;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.Activity;
import org.camunda.bpm.model.bpmn.instance.BoundaryEvent;
import org.camunda.bpm.model.bpmn.instance.CallActivity;
import org.camunda.bpm.model.bpmn.instance.EndEvent;
import org.camunda.bpm.model.bpmn.instance.ExclusiveGateway;
import org.camunda.bpm.model.bpmn.instance.FlowElement;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.Gateway;
import org.camunda.bpm.model.bpmn.instance.Process;
import org.camunda.bpm.model.bpmn.instance.SequenceFlow;
import org.camunda.bpm.model.bpmn.instance.StartEvent;
import org.camunda.bpm.model.bpmn.instance.SubProcess;
import org.camunda.bpm.model.bpmn.instance.TimerEventDefinition;
import org.camunda.bpm.model.bpmn.instance.UserTask;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaProperties;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaProperty;
import org.camunda.bpm.model.bpmn.instance.bpmndi.BpmnEdge;
import org.camunda.bpm.model.bpmn.instance.bpmndi.BpmnShape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.support.SimpleBeanDefinitionRegistry;
import org.springframework.context.annotation.AnnotationBeanNameGenerator;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/** What every diagram and form promises; needs no engine and no database. */
class ModelConventionsTests {

	/** Service tasks a diagram can name; one bean of that name each. */
	static final Set<String> DELEGATES = Set.of("collectReport", "assignUnits", "acceptCustody", "returnToDispatch",
			"handOn", "releaseUnits", "raiseTier", "tellSkippedTiers", "findSuperior", "alertVacancy", "supervise",
			"takeOver", "recordFeedback", "countRework", "recordRejection", "mergeCase", "recordSelfHandling",
			"closeCase", "scoreCase", "recallUnits", "recordDispute", "extendDeadlines", "suspendCase", "resumeCase",
			"tellDecision", "excuseBreach", "endCase", "changeSeverity", "lowerTier", "reopenCase",
			"recordSatisfaction", "tellUpheld", "listDifficult", "delistDifficult");

	/** Where the functions of docs/architecture.md, section 4, live. */
	private static final Set<String> FUNCTIONS = Set.of("decisions", "deadlines", "duty", "units", "models", "turns");

	/** Facts that neither a table nor a form sets. */
	private static final Set<String> FACTS = Set.of("caseNo", "reporter", "loop", "tier", "selfHandled", "leadUnit",
			"signer", "superiorFound", "unit", "leg", "trigger", "breachedStage", "requester", "movement", "forced");

	private static final Pattern STAGE = Pattern
		.compile("Stage_(Collect|File|Dispatch|Handle|Feedback|Verify|Close|Evaluate)([A-Z]\\w*)?");

	private static final Pattern ID = Pattern
		.compile("(Task|Stage|Gateway|StartEvent|EndEvent|BoundaryEvent|IntermediateEvent|EventSubProcess|Flow)"
				+ "_[A-Z][A-Za-z0-9]*");

	private static final Pattern EXPRESSION = Pattern.compile("[$#]\\{([^}]*)}");

	private static final Pattern ROOT = Pattern.compile("(?<![.\\w])[A-Za-z_]\\w*");

	private static final Set<String> WORDS = Set.of("true", "false", "null", "empty", "not", "and", "or", "execution");

	private static final Pattern CHINESE = Pattern.compile("(?s).*\\p{IsHan}.*");

	private static final ObjectMapper JSON = new ObjectMapper();

	static Stream<File> diagrams() {
		return files("processes", ".bpmn").stream();
	}

	static Stream<File> forms() {
		return files("forms", ".form").stream();
	}

	// --- diagrams ---

	@ParameterizedTest
	@MethodSource("diagrams")
	void fileIsCalledLikeItsProcess(File file) {
		Process process = process(file);
		assertThat(process.getId() + ".bpmn").isEqualTo(file.getName());
		assertThat(process.getName()).matches(CHINESE);
		assertThat(process.isExecutable()).isTrue();
		assertThat(process.getCamundaHistoryTimeToLiveString()).matches("P\\d+D");
	}

	@ParameterizedTest
	@MethodSource("diagrams")
	void idsAndNamesAreReadable(File file) {
		for (FlowElement element : all(file, FlowElement.class)) {
			assertThat(element.getId()).matches(ID);
			boolean named = element instanceof Activity || element instanceof StartEvent || element instanceof EndEvent
					|| element instanceof BoundaryEvent
					|| (element instanceof Gateway gateway && gateway.getOutgoing().size() > 1);
			if (named) {
				assertThat(element.getName()).as(element.getId()).isNotNull().matches(CHINESE);
			}
			if (element.getId().startsWith("Stage_")) {
				assertThat(element.getId()).matches(STAGE);
			}
		}
	}

	@ParameterizedTest
	@MethodSource("diagrams")
	void everythingIsDrawn(File file) {
		Set<String> drawn = new HashSet<>();
		all(file, BpmnShape.class).forEach((shape) -> drawn.add(shape.getBpmnElement().getId()));
		all(file, BpmnEdge.class).forEach((edge) -> drawn.add(edge.getBpmnElement().getId()));
		assertThat(drawn).containsAll(ids(all(file, FlowNode.class))).containsAll(ids(all(file, SequenceFlow.class)));
	}

	@ParameterizedTest
	@MethodSource("diagrams")
	void gatewaysLeaveNoAnswerOpen(File file) {
		for (ExclusiveGateway gateway : all(file, ExclusiveGateway.class)) {
			if (gateway.getOutgoing().size() > 1) {
				for (SequenceFlow flow : gateway.getOutgoing()) {
					assertThat(flow.getName()).as(flow.getId()).isNotBlank();
					assertThat(flow.getConditionExpression() == null).as("%s has no condition", flow.getId())
						.isEqualTo(flow.equals(gateway.getDefault()));
				}
			}
		}
	}

	@ParameterizedTest
	@MethodSource("diagrams")
	void timersAskTheClock(File file) {
		for (TimerEventDefinition timer : all(file, TimerEventDefinition.class)) {
			assertThat(timer.getTimeDuration()).as(timer.getId()).isNull();
			assertThat(timer.getTimeCycle()).as(timer.getId()).isNull();
			assertThat(timer.getTimeDate().getTextContent()).startsWith("${deadlines.").endsWith("}");
		}
		for (BoundaryEvent event : all(file, BoundaryEvent.class)) {
			if (event.getEventDefinitions().iterator().next() instanceof TimerEventDefinition) {
				// a day that somebody named may end what waits for it; a limit never
				// takes the work away
				assertThat(event.cancelActivity()).as("%s takes the work away", event.getId())
					.isEqualTo(text(file, event).startsWith("${deadlines.until("));
			}
		}
	}

	private static String text(File file, BoundaryEvent event) {
		return ((TimerEventDefinition) event.getEventDefinitions().iterator().next()).getTimeDate().getTextContent();
	}

	/** What people may ask for says whom it is for and brings a form. */
	@ParameterizedTest
	@MethodSource("diagrams")
	void turnsSayWhatTheyAreFor(File file) {
		for (StartEvent start : all(file, StartEvent.class)) {
			Set<String> properties = properties(start);
			if (properties.contains("turn")) {
				assertThat(properties).isSubsetOf("turn", "states", "when", "outlives");
				assertThat(new File("forms/" + start.getCamundaFormRef() + ".form")).isFile();
				assertThat(start.getDocumentations()).as(start.getId()).hasSize(1);
				assertThat(start.getDocumentations().iterator().next().getTextContent()).matches(CHINESE)
					.hasSizeLessThan(60);
			}
		}
	}

	static boolean isTurn(File file) {
		return all(file, StartEvent.class).stream().anyMatch((start) -> properties(start).contains("turn"));
	}

	private static Set<String> properties(StartEvent start) {
		return (start.getExtensionElements() == null) ? Set.of()
				: start.getExtensionElements()
					.getElementsQuery()
					.filterByType(CamundaProperties.class)
					.list()
					.stream()
					.flatMap((properties) -> properties.getCamundaProperties().stream())
					.map(CamundaProperty::getCamundaName)
					.collect(Collectors.toSet());
	}

	@ParameterizedTest
	@MethodSource("diagrams")
	void userTasksHaveAFormAPersonAndAHint(File file) {
		for (UserTask task : all(file, UserTask.class)) {
			String form = task.getCamundaFormRef();
			assertThat(task.getCamundaFormRefBinding()).isEqualTo("latest");
			String place = place("processes", file);
			assertThat(Stream.of("forms/" + form + ".form", "forms/" + place + "/" + form + ".form")
				.anyMatch((path) -> new File(path).isFile())).as("form %s of %s", form, task.getId()).isTrue();
			assertThat(task.getCamundaCandidateGroups() != null || task.getCamundaAssignee() != null)
				.as("%s has nobody to do it", task.getId())
				.isTrue();
			assertThat(task.getDocumentations()).as(task.getId()).hasSize(1);
			assertThat(task.getDocumentations().iterator().next().getTextContent()).matches(CHINESE);
		}
	}

	@ParameterizedTest
	@MethodSource("diagrams")
	void calledDiagramsExist(File file) {
		for (CallActivity call : all(file, CallActivity.class)) {
			String key = call.getCalledElement();
			assertThat(new File("processes/" + key + ".bpmn")).as(call.getId()).isFile();
			assertThat(call.getCamundaCalledElementTenantId())
				.isEqualTo("${models.tenantOf('" + key + "', execution)}");
			assertThat(text(file)).contains("<camunda:in businessKey=\"#{execution.processBusinessKey}\" />");
		}
	}

	@ParameterizedTest
	@MethodSource("diagrams")
	void tablesAskedExist(File file) {
		Matcher asked = Pattern.compile("decisions\\.apply\\('([^']*)'").matcher(text(file));
		while (asked.find()) {
			assertThat(new File("decisions/" + asked.group(1) + ".dmn")).isFile();
		}
	}

	@ParameterizedTest
	@MethodSource("diagrams")
	void everyNameIsKnown(File file) {
		Set<String> known = new HashSet<>(facts());
		known.addAll(FUNCTIONS);
		known.addAll(DELEGATES);
		known.addAll(WORDS);
		assertThat(known).containsAll(roots(file));
	}

	@ParameterizedTest
	@MethodSource("diagrams")
	void eventSubprocessesWatchWithoutInterrupting(File file) {
		for (SubProcess sub : all(file, SubProcess.class)) {
			assertThat(sub.triggeredByEvent()).as(sub.getId()).isTrue();
			assertThat(sub.getChildElementsByType(StartEvent.class)).allMatch((start) -> !start.isInterrupting());
		}
	}

	/**
	 * A stage without a name of its own, or a place without a check, is no closed loop.
	 */
	@ParameterizedTest
	@MethodSource("diagrams")
	void everyLoopIsCheckedBeforeItCloses(File file) {
		if (file.getName().equals("case-handling.bpmn")) {
			assertThat(all(file, UserTask.class)).extracting(UserTask::getCamundaFormRef).contains("verify-case");
			assertThat(all(file, UserTask.class)).filteredOn((task) -> "verify-case".equals(task.getCamundaFormRef()))
				.allMatch((task) -> "${duty.near(verifierRole, execution)}".equals(task.getCamundaCandidateGroups()))
				.allMatch((task) -> task.getExtensionElements()
					.getElementsQuery()
					.filterByType(CamundaProperties.class)
					.singleResult()
					.getCamundaProperties()
					.stream()
					.anyMatch((property) -> property.getCamundaName().equals("excludes")
							&& property.getCamundaValue().equals("workers")));
			List<String> names = all(file, Activity.class).stream()
				.filter((activity) -> activity.getId().startsWith("Stage_"))
				.map(Activity::getName)
				.toList();
			assertThat(names).doesNotHaveDuplicates().hasSizeGreaterThanOrEqualTo(5);
		}
	}

	@Test
	void theLinesOfThePlacesDiffer() {
		assertThat(diagrams().filter((file) -> file.getName().equals("case-handling.bpmn"))
			.map((file) -> all(file, Activity.class).stream()
				.filter((activity) -> activity.getId().startsWith("Stage_"))
				.map(Activity::getName)
				.collect(Collectors.toSet()))
			.toList()).doesNotHaveDuplicates().hasSizeGreaterThan(4);
	}

	@Test
	void everyServiceTaskIsABean() {
		ClassPathScanningCandidateComponentProvider scanner = new ClassPathScanningCandidateComponentProvider(true);
		Set<BeanDefinition> found = scanner.findCandidateComponents("gridcase.casework.process");
		assumeThat(found).isNotEmpty();
		AnnotationBeanNameGenerator names = new AnnotationBeanNameGenerator();
		assertThat(found.stream()
			.map((bean) -> names.generateBeanName(bean, new SimpleBeanDefinitionRegistry()))
			.collect(Collectors.toSet())).containsAll(DELEGATES);
	}

	@Test
	void everyServiceTaskOfTheListIsDrawn() {
		Set<String> drawn = diagrams().flatMap((file) -> roots(file).stream()).collect(Collectors.toSet());
		assertThat(drawn).containsAll(DELEGATES);
	}

	// --- forms ---

	@ParameterizedTest
	@MethodSource("forms")
	void formIsCalledLikeItsFileAndSaysWhatItsButtonDoes(File file) {
		JsonNode form = json(file);
		assertThat(form.path("id").asText() + ".form").isEqualTo(file.getName());
		assertThat(form.path("type").asText()).isEqualTo("default");
		assertThat(form.path("schemaVersion").asInt()).isEqualTo(18);
		assertThat(form.path("gridcase").path("title").asText()).matches(CHINESE);
		assertThat(form.path("gridcase").path("submit").asText()).matches(CHINESE).isNotIn("确定", "提交", "操作");
	}

	@ParameterizedTest
	@MethodSource("forms")
	void fieldsAreUniqueLabelledAndHaveChoices(File file) {
		List<String> keys = new ArrayList<>();
		for (JsonNode field : json(file).path("components")) {
			String key = field.path("key").asText();
			keys.add(key);
			assertThat(key).matches("[a-z][A-Za-z]*");
			assertThat(field.path("label").asText()).as(key).matches(CHINESE);
			if (Set.of("select", "radio", "checklist", "taglist").contains(field.path("type").asText())) {
				String source = field.path("properties").path("source").asText();
				assertThat(field.path("values").size() > 0 ^ !source.isEmpty()).as("choices of %s", key).isTrue();
				assertThat(source).isIn("", "units", "offered-units", "categories", "conditions", "grids",
						"lower-tiers", "breaches");
			}
			if (field.has("conditional")) {
				assertThat(field.path("conditional").path("hide").asText()).as(key).startsWith("=");
			}
		}
		assertThat(keys).isNotEmpty().doesNotHaveDuplicates();
	}

	@ParameterizedTest
	@MethodSource("forms")
	void aPlacesOwnFormReplacesASharedOne(File file) {
		assertThat(new File("forms", file.getName())).isFile();
	}

	// --- reading ---

	static List<File> files(String folder, String ending) {
		try (Stream<Path> paths = Files.walk(Path.of(folder))) {
			List<File> files = paths.map(Path::toFile)
				.filter((file) -> file.getName().endsWith(ending))
				.sorted()
				.toList();
			assertThat(files).as("%s files in %s", ending, folder).isNotEmpty();
			return files;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	static String place(String folder, File file) {
		String parent = file.getParentFile().getName();
		return parent.equals(folder) ? "" : parent;
	}

	static InputStream open(File file) {
		try {
			return Files.newInputStream(file.toPath());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static String text(File file) {
		try {
			return Files.readString(file.toPath());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static JsonNode json(File file) {
		try {
			return JSON.readTree(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static Process process(File file) {
		return all(file, Process.class).iterator().next();
	}

	private static <T extends org.camunda.bpm.model.xml.instance.ModelElementInstance> Collection<T> all(File file,
			Class<T> type) {
		BpmnModelInstance model = Bpmn.readModelFromFile(file);
		return model.getModelElementsByType(type);
	}

	private static List<String> ids(Collection<? extends FlowElement> elements) {
		return elements.stream().map(FlowElement::getId).toList();
	}

	/** The first word of every dotted name in the expressions of a file. */
	private static Set<String> roots(File file) {
		Set<String> roots = new TreeSet<>();
		Matcher expression = EXPRESSION
			.matcher(text(file).replace("&apos;", "'").replace("&#x27;", "'").replace("&quot;", "\""));
		while (expression.find()) {
			Matcher root = ROOT.matcher(expression.group(1).replaceAll("'[^']*'", "").replaceAll("&\\w+;", " "));
			while (root.find()) {
				roots.add(root.group());
			}
		}
		return roots;
	}

	private static Set<String> facts() {
		Set<String> facts = new HashSet<>(FACTS);
		forms()
			.forEach((file) -> json(file).path("components").forEach((field) -> facts.add(field.path("key").asText())));
		for (File table : files("decisions", ".dmn")) {
			Matcher output = Pattern.compile("<output [^>]*\\bname=\"(\\w+)\"").matcher(text(table));
			while (output.find()) {
				facts.add(output.group(1));
			}
		}
		return facts;
	}

}
