package gridcase.casework;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import gridcase.casework.process.Steps;
import gridcase.policy.ReleasedRule;
import gridcase.policy.RuleType;
import gridcase.shared.Refusal;
import gridcase.shared.Texts;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.migration.MigratingProcessInstanceValidationException;
import org.camunda.bpm.engine.migration.MigrationPlan;
import org.camunda.bpm.engine.migration.MigrationPlanValidationException;
import org.camunda.bpm.engine.repository.ProcessDefinition;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.task.Task;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.FlowElement;
import org.camunda.bpm.model.bpmn.instance.UserTask;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Moves open cases from an earlier version of a diagram to a released one: each case by
 * itself, where the new diagram has everything the case stands at.
 */
@Component
public class CaseMoves {

	/** No more are looked at, or moved, at one go. */
	public static final int MOST = 200;

	private static final String BODY = "#multiInstanceBody";

	private final RuntimeService runtime;

	private final RepositoryService repository;

	private final TaskService tasks;

	private final Steps steps;

	private final CaseRecords records;

	private final Cases cases;

	private final JdbcTemplate jdbc;

	private final TransactionTemplate attempt;

	CaseMoves(RuntimeService runtime, RepositoryService repository, TaskService tasks, Steps steps, CaseRecords records,
			Cases cases, JdbcTemplate jdbc, PlatformTransactionManager transactions) {
		this.runtime = runtime;
		this.repository = repository;
		this.tasks = tasks;
		this.steps = steps;
		this.records = records;
		this.cases = cases;
		this.jdbc = jdbc;
		this.attempt = new TransactionTemplate(transactions);
		this.attempt.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
	}

	/**
	 * A case that runs on an earlier version.
	 *
	 * @param instance id of the process instance; a case may run several of one diagram
	 * @param caseNo number of the case
	 * @param title what it is about
	 * @param stage stage it is at
	 * @param from version it runs on
	 * @param ownBefore whether that is the place's own diagram
	 * @param why why it cannot be moved, in words; empty if it can
	 */
	public record Move(String instance, String caseNo, String title, String stage, int from, boolean ownBefore,
			List<String> why) {

		/** Whether it can be moved. */
		public boolean possible() {
			return this.why.isEmpty();
		}

	}

	/**
	 * Looks which cases could be moved to a released diagram, by trying each and undoing
	 * it.
	 * @param diagram a diagram of a release that is in force
	 * @return the first {@value #MOST} of them
	 */
	public List<Move> preview(ReleasedRule diagram) {
		Target target = target(diagram);
		return candidates(target).map((instance) -> look(target, instance)).toList();
	}

	/** How many process instances run on other versions of a diagram. */
	public long waiting(ReleasedRule diagram) {
		return all(target(diagram)).size();
	}

	/**
	 * Moves cases, each in a transaction of its own. One that cannot be moved stays as it
	 * is.
	 * @param diagram a diagram of a release that is in force
	 * @param instances process instances to move, at most {@value #MOST}
	 * @return what became of each: moved, or why not
	 * @throws Refusal if they are too many
	 */
	public List<Move> move(ReleasedRule diagram, Collection<String> instances) {
		if (instances.size() > MOST) {
			throw Refusal.rule(Texts.of("casework", "casework.move.too-many", MOST));
		}
		Target target = target(diagram);
		List<Move> done = new ArrayList<>();
		candidates(target).filter((instance) -> instances.contains(instance.getId())).forEach((instance) -> {
			Move looked = look(target, instance);
			done.add(looked.possible() ? move(target, instance, looked) : looked);
		});
		return done;
	}

	private Move move(Target target, ProcessInstance instance, Move move) {
		try {
			this.steps.run(() -> {
				CaseRecord record = this.records.open(move.caseNo());
				migrate(target, instance);
				rename(target, instance, record);
				Map<String, Object> data = new TreeMap<>();
				data.put("diagram", target.diagram().key());
				data.put("name", target.definition().getName());
				data.put("from", move.from());
				data.put("to", target.definition().getVersion());
				data.put("instance", instance.getId());
				data.put("stageName", record.stageName());
				data.put("definitionBefore", instance.getProcessDefinitionId());
				record.event("CASE_MOVED", null, data);
				return null;
			});
			return move;
		}
		catch (MigratingProcessInstanceValidationException ex) {
			return because(move, words(target, instance, ex));
		}
		catch (Refusal | OptimisticLockingException ex) {
			// somebody works on the case at this very moment: it stays where it is
			return because(move, List.of(String.valueOf(ex.getMessage())));
		}
	}

	private static Move because(Move move, List<String> why) {
		return new Move(move.instance(), move.caseNo(), move.title(), move.stage(), move.from(), move.ownBefore(), why);
	}

	/** Stage and open tasks are called what the new diagram calls them. */
	private void rename(Target target, ProcessInstance instance, CaseRecord record) {
		Map<String, FlowElement> elements = target.elements();
		for (String active : this.runtime.getActiveActivityIds(instance.getId())) {
			FlowElement element = elements.get(active.replace(BODY, ""));
			if (element != null && record.process().equals(target.diagram().key())) {
				record.stageCalled(element.getId(), element.getName());
			}
		}
		for (Task task : this.tasks.createTaskQuery().processInstanceId(instance.getId()).list()) {
			if (elements.get(task.getTaskDefinitionKey()) instanceof UserTask drawn) {
				this.jdbc.update("update inbox_item set name = ?, form = ? where task_id = ?", drawn.getName(),
						drawn.getCamundaFormRef(), task.getId());
			}
		}
	}

	private Move look(Target target, ProcessInstance instance) {
		CaseFile file = this.cases.get(instance.getBusinessKey());
		ProcessDefinition before = this.repository.getProcessDefinition(instance.getProcessDefinitionId());
		Move move = new Move(instance.getId(), file.caseNo(), file.title(), file.stageName(), before.getVersion(),
				before.getTenantId() != null, List.of());
		try {
			this.attempt.executeWithoutResult((status) -> {
				status.setRollbackOnly();
				this.records.open(file.caseNo());
				migrate(target, instance);
			});
			return move;
		}
		catch (MigratingProcessInstanceValidationException ex) {
			return because(move, words(target, instance, ex));
		}
		catch (MigrationPlanValidationException ex) {
			return because(move, List.of(Texts.of("casework", "casework.move.plan", ex.getMessage())));
		}
	}

	private void migrate(Target target, ProcessInstance instance) {
		MigrationPlan plan = this.runtime
			.createMigrationPlan(instance.getProcessDefinitionId(), target.definition().getId())
			.mapEqualActivities()
			.build();
		this.runtime.newMigration(plan).processInstanceIds(instance.getId()).execute();
	}

	/** What the engine found, by the names of the elements people see. */
	private List<String> words(Target target, ProcessInstance instance,
			MigratingProcessInstanceValidationException found) {
		BpmnModelInstance before = this.repository.getBpmnModelInstance(instance.getProcessDefinitionId());
		Map<String, FlowElement> elements = target.elements();
		List<String> words = new ArrayList<>();
		found.getValidationReport()
			.getActivityInstanceReports()
			.forEach((report) -> words.add(why(report.getSourceScopeId(), report.getFailures(), before, elements)));
		found.getValidationReport()
			.getTransitionInstanceReports()
			.forEach((report) -> words.add(why(report.getSourceScopeId(), report.getFailures(), before, elements)));
		words.addAll(found.getValidationReport().getFailures());
		return words.stream().distinct().toList();
	}

	private static String why(String scope, List<String> failures, BpmnModelInstance before,
			Map<String, FlowElement> after) {
		String id = String.valueOf(scope).replace(BODY, "");
		String name = (before.getModelElementById(id) instanceof FlowElement element && element.getName() != null)
				? element.getName() : id;
		FlowElement same = after.get(id);
		if (same == null) {
			return Texts.of("casework", "casework.move.gone", name);
		}
		if (before.getModelElementById(id) instanceof FlowElement element
				&& !element.getElementType().getTypeName().equals(same.getElementType().getTypeName())) {
			return Texts.of("casework", "casework.move.other", name);
		}
		return Texts.of("casework", "casework.move.engine", name, String.join("; ", failures));
	}

	private Stream<ProcessInstance> candidates(Target target) {
		return all(target).stream().limit(MOST);
	}

	private List<ProcessInstance> all(Target target) {
		var query = this.runtime.createProcessInstanceQuery().processDefinitionKey(target.diagram().key());
		if (target.diagram().place() != null) {
			query.tenantIdIn(target.diagram().place());
		}
		Map<String, ProcessDefinition> definitions = new HashMap<>();
		return query.orderByProcessInstanceId()
			.asc()
			.list()
			.stream()
			.filter((instance) -> !instance.getProcessDefinitionId().equals(target.definition().getId()))
			.filter((instance) -> {
				// a place's own diagram is not replaced by one for all places
				ProcessDefinition definition = definitions.computeIfAbsent(instance.getProcessDefinitionId(),
						this.repository::getProcessDefinition);
				return definition.getTenantId() == null || target.diagram().place() != null;
			})
			.toList();
	}

	private Target target(ReleasedRule diagram) {
		if (diagram.type() != RuleType.DIAGRAM || diagram.removed()) {
			throw Refusal.rule(Texts.of("casework", "casework.move.no-diagram", diagram.key()));
		}
		ProcessDefinition definition = this.repository.getProcessDefinition(diagram.definitionId());
		Map<String, FlowElement> elements = new HashMap<>();
		this.repository.getBpmnModelInstance(definition.getId())
			.getModelElementsByType(FlowElement.class)
			.forEach((element) -> elements.put(element.getId(), element));
		return new Target(diagram, definition, elements);
	}

	/** The diagram cases are to run on. */
	private record Target(ReleasedRule diagram, ProcessDefinition definition, Map<String, FlowElement> elements) {

	}

}
