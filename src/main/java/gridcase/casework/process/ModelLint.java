package gridcase.casework.process;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import gridcase.policy.RuleProblem;
import gridcase.shared.Texts;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.impl.BpmnModelConstants;
import org.camunda.bpm.model.bpmn.instance.BoundaryEvent;
import org.camunda.bpm.model.bpmn.instance.EndEvent;
import org.camunda.bpm.model.bpmn.instance.EventDefinition;
import org.camunda.bpm.model.bpmn.instance.FlowElement;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.LinkEventDefinition;
import org.camunda.bpm.model.bpmn.instance.SequenceFlow;
import org.camunda.bpm.model.bpmn.instance.StartEvent;
import org.camunda.bpm.model.bpmn.instance.SubProcess;
import org.camunda.bpm.model.bpmn.instance.TimerEventDefinition;
import org.camunda.bpm.model.bpmn.instance.UserTask;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaProperties;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaProperty;

/**
 * What an engine takes and people should look at twice: steps no way leads to or from,
 * stages without a limit, hand-overs that ask for no reason, checks far from the matter.
 * What may not be at all {@link ModelCheck} says.
 */
public final class ModelLint {

	/** Answers of a form by which a case leaves the hands it is in. */
	private static final Set<String> MOVEMENTS = Set.of("HAND_ON", "RETURNED", "REFUSE", "CANNOT_SOLVE");

	private static final Set<String> TURN_PROPERTIES = Set.of("turn", "states", "when", "outlives", "beside");

	private static final int LONGEST_HINT = 60;

	private static final Pattern CHINESE = Pattern.compile("(?s).*\\p{IsHan}.*");

	private static final ObjectMapper JSON = new ObjectMapper();

	private final Function<String, Optional<byte[]>> forms;

	/**
	 * A linter.
	 * @param forms content of a form by its id
	 */
	public ModelLint(Function<String, Optional<byte[]>> forms) {
		this.forms = forms;
	}

	/**
	 * Looks at a diagram that can be read.
	 * @param file name of the file
	 * @param content what is in it
	 * @param findings told whatever is worth a second look
	 */
	public void look(String file, byte[] content, Consumer<RuleProblem> findings) {
		ModelCheck.key(file, content, (unreadable) -> {
		})
			.ifPresent(
					(key) -> new Sheet(file, key, Bpmn.readModelFromStream(new ByteArrayInputStream(content)), findings)
						.look());
	}

	private final class Sheet {

		private final String file;

		private final String key;

		private final BpmnModelInstance model;

		private final Consumer<RuleProblem> findings;

		Sheet(String file, String key, BpmnModelInstance model, Consumer<RuleProblem> findings) {
			this.file = file;
			this.key = key;
			this.model = model;
			this.findings = findings;
		}

		void look() {
			ways();
			all(UserTask.class).forEach((task) -> {
				limit(task);
				handOver(task);
				near(task);
			});
			all(StartEvent.class).forEach(this::turn);
		}

		private <T extends org.camunda.bpm.model.xml.instance.ModelElementInstance> Collection<T> all(Class<T> type) {
			return this.model.getModelElementsByType(type);
		}

		private void found(FlowElement element, String message, Object... values) {
			this.findings.accept(RuleProblem.element(this.file, this.key, element.getId(), element.getName(),
					Texts.of("casework", message, values)));
		}

		/**
		 * What no way leads to is never done; what no way leads from ends without a word.
		 */
		private void ways() {
			Set<FlowNode> reached = new HashSet<>();
			Deque<FlowNode> next = new ArrayDeque<>();
			all(StartEvent.class).forEach(next::add);
			while (!next.isEmpty()) {
				FlowNode node = next.pop();
				if (!reached.add(node)) {
					continue;
				}
				node.getOutgoing().stream().map(SequenceFlow::getTarget).forEach(next::add);
				all(BoundaryEvent.class).stream()
					.filter((event) -> node.equals(event.getAttachedTo()))
					.forEach(next::add);
			}
			for (FlowNode node : all(FlowNode.class)) {
				boolean aside = node instanceof SubProcess sub && sub.triggeredByEvent();
				boolean linked = has(node, LinkEventDefinition.class);
				if (!reached.contains(node) && !aside && !linked) {
					found(node, "casework.lint.unreached");
				}
				if (node.getOutgoing().isEmpty() && !(node instanceof EndEvent) && !aside && !linked) {
					found(node, "casework.lint.dead-end");
				}
			}
		}

		private static boolean has(FlowNode node, Class<? extends EventDefinition> kind) {
			return !node.getChildElementsByType(kind).isEmpty();
		}

		/**
		 * Work of people in a stage is measured; closing has what is left of the whole.
		 */
		private void limit(UserTask task) {
			boolean stage = task.getId().startsWith("Stage_") && !task.getId().startsWith("Stage_Close");
			boolean timed = all(BoundaryEvent.class).stream()
				.anyMatch((event) -> task.equals(event.getAttachedTo()) && has(event, TimerEventDefinition.class));
			if (stage && !timed) {
				found(task, "casework.lint.no-limit");
			}
		}

		/** Whoever passes a case on says why. */
		private void handOver(UserTask task) {
			String form = task.getCamundaFormRef();
			if (form == null) {
				return;
			}
			ModelLint.this.forms.apply(form).ifPresent((content) -> {
				JsonNode fields = fields(content);
				boolean moves = components(fields).anyMatch((field) -> Stream.of(field.path("values"))
					.flatMap((values) -> stream(values))
					.anyMatch((value) -> MOVEMENTS.contains(value.path("value").asText())));
				boolean reason = components(fields)
					.anyMatch((field) -> field.path("key").asText().toLowerCase(Locale.ROOT).startsWith("reason"));
				if (moves && !reason) {
					found(task, "casework.lint.no-reason", form);
				}
			});
		}

		private void near(UserTask task) {
			String groups = task.getCamundaCandidateGroups();
			if (this.key.equals(Models.ROOT) && "verify-case".equals(task.getCamundaFormRef())
					&& (groups == null || !groups.contains("duty.near("))) {
				found(task, "casework.lint.far-check");
			}
		}

		/** What people may ask for says whom it is for, and in a few words what it is. */
		private void turn(StartEvent start) {
			Set<String> names = new HashSet<>();
			if (start.getExtensionElements() != null) {
				start.getExtensionElements()
					.getElementsQuery()
					.filterByType(CamundaProperties.class)
					.list()
					.stream()
					.flatMap((properties) -> properties.getCamundaProperties().stream())
					.map(CamundaProperty::getCamundaName)
					.forEach(names::add);
			}
			if (!names.contains("turn")) {
				return;
			}
			names.stream()
				.filter((name) -> !TURN_PROPERTIES.contains(name))
				.forEach((name) -> found(start, "casework.lint.turn-property", name));
			if (start.getAttributeValueNs(BpmnModelConstants.CAMUNDA_NS, "formRef") == null) {
				found(start, "casework.lint.turn-form");
			}
			String hint = start.getDocumentations()
				.stream()
				.map((each) -> each.getTextContent())
				.collect(Collectors.joining());
			if (start.getDocumentations().size() != 1 || !CHINESE.matcher(hint).matches()
					|| hint.length() >= LONGEST_HINT) {
				found(start, "casework.lint.turn-hint", LONGEST_HINT);
			}
		}

	}

	private static JsonNode fields(byte[] content) {
		try {
			return JSON.readTree(content).path("components");
		}
		catch (IOException ex) {
			// the check of the form says so
			return JSON.createArrayNode();
		}
	}

	/** Fields at every depth. */
	private static Stream<JsonNode> components(JsonNode nodes) {
		return stream(nodes).flatMap((node) -> Stream.concat(Stream.of(node), components(node.path("components"))));
	}

	private static Stream<JsonNode> stream(JsonNode nodes) {
		return java.util.stream.StreamSupport.stream(nodes.spliterator(), false);
	}

}
