package gridcase.casework.process;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import org.camunda.bpm.engine.ActivityTypes;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.delegate.Expression;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.camunda.bpm.engine.impl.bpmn.behavior.UserTaskActivityBehavior;
import org.camunda.bpm.engine.impl.bpmn.helper.BpmnProperties;
import org.camunda.bpm.engine.impl.bpmn.parser.AbstractBpmnParseListener;
import org.camunda.bpm.engine.impl.bpmn.parser.BpmnParse;
import org.camunda.bpm.engine.impl.interceptor.AtomicOperationInvocation;
import org.camunda.bpm.engine.impl.jobexecutor.AsyncAfterMessageJobDeclaration;
import org.camunda.bpm.engine.impl.jobexecutor.AsyncBeforeMessageJobDeclaration;
import org.camunda.bpm.engine.impl.jobexecutor.MessageJobDeclaration;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.camunda.bpm.engine.impl.persistence.entity.MessageEntity;
import org.camunda.bpm.engine.impl.persistence.entity.ProcessDefinitionEntity;
import org.camunda.bpm.engine.impl.pvm.process.ActivityImpl;
import org.camunda.bpm.engine.impl.pvm.process.ScopeImpl;
import org.camunda.bpm.engine.impl.util.xml.Element;
import org.camunda.bpm.engine.impl.persistence.entity.TaskEntity;
import org.camunda.bpm.engine.impl.task.TaskDefinition;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * Gives every diagram, whoever drew it, what all cases need: stages from the ids
 * {@code Stage_…}, an inbox row for each open task, breaches from its timers.
 */
@Component
class CaseElements extends AbstractBpmnParseListener {

	private static final List<String> STAGES = List.of("Collect", "File", "Dispatch", "Handle", "Feedback", "Verify",
			"Close", "Evaluate");

	static final String EXCLUDES = "excludes";

	static final String WORKERS = "workers";

	private static final String BODY = "#multiInstanceBody";

	private final CaseScope cases;

	private final ObjectProvider<CaseTasks> tasks;

	private final ObjectProvider<CaseDeadlines> deadlines;

	private final ObjectProvider<Turns> turns;

	CaseElements(CaseScope cases, ObjectProvider<CaseTasks> tasks, ObjectProvider<CaseDeadlines> deadlines,
			ObjectProvider<Turns> turns) {
		this.cases = cases;
		this.tasks = tasks;
		this.deadlines = deadlines;
		this.turns = turns;
	}

	/**
	 * Reads {@code <camunda:property name="excludes" value="workers"/>}: who did the work
	 * may not take this task, nor may people kept in variables of these names (who asked,
	 * who did an earlier task: its id).
	 */
	@Override
	public void parseUserTask(Element element, ScopeImpl scope, ActivityImpl activity) {
		Optional.ofNullable(element.element("extensionElements"))
			.map((extensions) -> extensions.elementNS(BpmnParse.CAMUNDA_BPMN_EXTENSIONS_NS, "properties"))
			.stream()
			.flatMap((properties) -> properties.elementsNS(BpmnParse.CAMUNDA_BPMN_EXTENSIONS_NS, "property").stream())
			.filter((property) -> EXCLUDES.equals(property.attribute("name")))
			.forEach((property) -> activity.setProperty(EXCLUDES,
					List.of(property.attribute("value").trim().split("[ ,]+"))));
	}

	@Override
	public void parseRootElement(Element rootElement, List<ProcessDefinitionEntity> processDefinitions) {
		for (ProcessDefinitionEntity process : processDefinitions) {
			process.addBuiltInListener(ExecutionListener.EVENTNAME_START,
					(ExecutionListener) (execution) -> this.turns.getObject().began(execution), 0);
			process.addBuiltInListener(ExecutionListener.EVENTNAME_END, (ExecutionListener) (execution) -> {
				this.deadlines.getObject().finish(execution, null);
				this.turns.getObject().ended(execution);
			}, 0);
			all(process).forEach(this::equip);
		}
	}

	/**
	 * Canonical key of a stage element, e.g. {@code handle} for
	 * {@code Stage_HandleAtUnit}.
	 */
	static Optional<String> stageKey(String activityId) {
		if (!activityId.startsWith("Stage_")) {
			return Optional.empty();
		}
		String rest = activityId.substring("Stage_".length());
		return STAGES.stream().filter(rest::startsWith).map(String::toLowerCase).findFirst();
	}

	private static Stream<ActivityImpl> all(ScopeImpl scope) {
		return scope.getActivities().stream().flatMap((activity) -> Stream.concat(Stream.of(activity), all(activity)));
	}

	private void equip(ActivityImpl activity) {
		on(activity, ExecutionListener.EVENTNAME_START, (execution) -> {
			LastStep.reached(execution, activity.getId());
			this.cases.record(execution).entered(execution.getProcessInstanceId(), activity.getId());
		});
		on(activity, ExecutionListener.EVENTNAME_END, (execution) -> {
			LastStep.reached(execution, activity.getId());
			this.cases.record(execution).ended(execution.getProcessInstanceId(), activity.getId());
		});
		boolean innerOfMultiInstance = activity.getFlowScope() instanceof ActivityImpl outer
				&& outer.getId().equals(activity.getId() + BODY);
		prepareSavePoint(activity, innerOfMultiInstance);
		if (!innerOfMultiInstance) {
			String id = activity.getId().replace(BODY, "");
			stageKey(id).ifPresent((key) -> on(activity, ExecutionListener.EVENTNAME_START,
					(execution) -> this.cases.record(execution).enterStage(key, name(activity), id)));
		}
		if (activity.getActivityBehavior() instanceof UserTaskActivityBehavior behavior) {
			listen(behavior.getTaskDefinition());
		}
		String type = activity.getProperties().get(BpmnProperties.TYPE);
		if (ActivityTypes.BOUNDARY_TIMER.equals(type)) {
			String host = ((ActivityImpl) activity.getEventScope()).getId();
			on(activity, ExecutionListener.EVENTNAME_START,
					(execution) -> this.deadlines.getObject().breached(execution, host));
			on((ActivityImpl) activity.getEventScope(), ExecutionListener.EVENTNAME_END,
					(execution) -> this.deadlines.getObject().finish(execution, host));
		}
		else if (ActivityTypes.START_EVENT_TIMER.equals(type) && activity.getFlowScope() instanceof ActivityImpl) {
			on(activity, ExecutionListener.EVENTNAME_START,
					(execution) -> this.deadlines.getObject().breached(execution, null));
		}
		else if (ActivityTypes.INTERMEDIATE_EVENT_TIMER.equals(type)) {
			on(activity, ExecutionListener.EVENTNAME_END,
					(execution) -> this.deadlines.getObject().finish(execution, activity.getId()));
		}
	}

	/**
	 * Lets {@link Steps} make a save point of any element later on: the engine asks the
	 * element how its job is to be made.
	 */
	private static void prepareSavePoint(ActivityImpl activity, boolean innerOfMultiInstance) {
		String type = String.valueOf(activity.getProperties().get(BpmnProperties.TYPE));
		boolean event = type.startsWith("boundary") || type.startsWith("start") || activity.isTriggeredByEvent();
		if (event || innerOfMultiInstance || activity.isAsyncBefore() || activity.isAsyncAfter()) {
			return;
		}
		List<MessageJobDeclaration> savePoints = List.of(new AsyncBeforeMessageJobDeclaration() {
			@Override
			protected MessageEntity newJobInstance(AtomicOperationInvocation context) {
				return belongingTo(context.getExecution(), super.newJobInstance(context));
			}
		}, new AsyncAfterMessageJobDeclaration() {
			@Override
			protected MessageEntity newJobInstance(AtomicOperationInvocation context) {
				return belongingTo(context.getExecution(), super.newJobInstance(context));
			}
		});
		savePoints.forEach((savePoint) -> {
			savePoint.setActivity(activity);
			savePoint.setExclusive(true);
		});
		activity.setProperty(BpmnParse.PROPERTYNAME_MESSAGE_JOB_DECLARATION, savePoints);
	}

	/** What the engine would read from a job definition, which a save point has not. */
	private static MessageEntity belongingTo(ExecutionEntity execution, MessageEntity job) {
		ProcessDefinitionEntity definition = execution.getProcessDefinition();
		job.setProcessDefinitionId(definition.getId());
		job.setProcessDefinitionKey(definition.getKey());
		job.setDeploymentId(definition.getDeploymentId());
		job.setTenantId(execution.getTenantId());
		return job;
	}

	private static String name(ActivityImpl activity) {
		String name = activity.getName();
		if (name == null && activity.getId().endsWith(BODY)) {
			name = activity.findActivity(activity.getId().replace(BODY, "")).getName();
		}
		return name;
	}

	/**
	 * Who may take a task is kept in the inbox, so the engine need not write it down a
	 * second time.
	 */
	private void listen(TaskDefinition task) {
		List<Expression> pools = List.copyOf(task.getCandidateGroupIdExpressions());
		task.getCandidateGroupIdExpressions().clear();
		task.addBuiltInTaskListener(TaskListener.EVENTNAME_CREATE,
				(TaskListener) (created) -> this.tasks.getObject().created((TaskEntity) created, pools));
		task.addBuiltInTaskListener(TaskListener.EVENTNAME_ASSIGNMENT,
				(TaskListener) (assigned) -> this.tasks.getObject().assigned((TaskEntity) assigned));
		task.addBuiltInTaskListener(TaskListener.EVENTNAME_COMPLETE,
				(TaskListener) (completed) -> this.tasks.getObject().gone((TaskEntity) completed));
		task.addBuiltInTaskListener(TaskListener.EVENTNAME_DELETE,
				(TaskListener) (deleted) -> this.tasks.getObject().gone((TaskEntity) deleted));
	}

	private static void on(ActivityImpl activity, String event, OnExecution listener) {
		activity.addBuiltInListener(event, (ExecutionListener) listener::notify, 0);
	}

	private interface OnExecution {

		void notify(DelegateExecution execution);

	}

}
