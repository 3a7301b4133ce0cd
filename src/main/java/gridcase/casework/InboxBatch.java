package gridcase.casework;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

import gridcase.form.FormView;
import gridcase.registry.Staff;
import gridcase.shared.Acting;
import gridcase.shared.FieldProblem;
import gridcase.shared.Refusal;
import gridcase.shared.Texts;

import org.springframework.stereotype.Component;

/**
 * The same action on many tasks. Each is a transaction of its own: a refusal of one says
 * why and leaves the others alone.
 */
@Component
public class InboxBatch {

	/** The most tasks at a time. */
	public static final int MOST = 200;

	private final OpenTasks tasks;

	private final Cases cases;

	private final CaseActions actions;

	private final TaskForms forms;

	private final Assignments assignments;

	InboxBatch(OpenTasks tasks, Cases cases, CaseActions actions, TaskForms forms, Assignments assignments) {
		this.tasks = tasks;
		this.cases = cases;
		this.actions = actions;
		this.forms = forms;
		this.assignments = assignments;
	}

	/** Takes each task out of its pool. */
	public List<BatchItem> claim(List<String> taskIds) {
		return each(taskIds, (task) -> this.actions.claim(task.taskId()));
	}

	/** Gives each back to its pool. */
	public List<BatchItem> release(List<String> taskIds) {
		return each(taskIds, (task) -> this.actions.release(task.taskId()));
	}

	/**
	 * Gives each to a colleague.
	 * @param to sign-in name
	 * @param reason why, in words
	 */
	public List<BatchItem> assign(List<String> taskIds, String to, String reason) {
		return each(taskIds, (task) -> this.actions.assign(task.taskId(), to, reason));
	}

	/**
	 * Completes each with the same values.
	 * @throws Refusal if the tasks' forms differ and one of them asks for something
	 */
	public List<BatchItem> complete(List<String> taskIds, Map<String, ?> values) {
		form(taskIds, values, List.of());
		return each(taskIds, (task) -> this.actions.complete(task.taskId(), values));
	}

	/**
	 * The form to fill in once for all of these tasks.
	 * @param values what was filled in so far
	 * @return the form, or empty if none of the tasks asks for anything
	 * @throws Refusal if the forms differ and one of them asks for something; it names
	 * the forms
	 */
	public Optional<FormView> form(List<String> taskIds, Map<String, ?> values, List<FieldProblem> problems) {
		record Key(String place, String form) {
		}
		LinkedHashSet<Key> keys = new LinkedHashSet<>();
		List<FormView> views = new ArrayList<>();
		for (OpenTask task : seen(taskIds)) {
			if (keys.add(new Key(task.place(), task.form())) && task.form() != null) {
				this.forms.view(task, this.cases.get(task.caseNo()), values, problems).ifPresent(views::add);
			}
		}
		boolean asks = views.stream().anyMatch((view) -> view.fields().stream().anyMatch(FormView.Field::required));
		if (keys.size() > 1) {
			if (asks) {
				throw Refusal.rule(Texts.of("casework", "casework.refused.batch-forms", keys.size()));
			}
			return Optional.empty();
		}
		return views.stream().findFirst();
	}

	/** Colleagues who may be given all of these tasks. */
	public List<Staff> colleagues(List<String> taskIds) {
		List<OpenTask> seen = seen(taskIds);
		return seen.isEmpty() ? List.of() : this.assignments.candidates(seen);
	}

	/** Those of the tasks that are open and in cases the person may see. */
	private List<OpenTask> seen(List<String> taskIds) {
		List<OpenTask> seen = new ArrayList<>();
		for (String taskId : checked(taskIds)) {
			try {
				seen.add(task(taskId));
			}
			catch (Refusal gone) {
				// the action itself tells so, item by item
				continue;
			}
		}
		return seen;
	}

	private OpenTask task(String taskId) {
		OpenTask task = this.tasks.get(taskId);
		this.cases.get(task.caseNo(), Acting.current());
		return task;
	}

	private static List<String> checked(List<String> taskIds) {
		if (taskIds == null || taskIds.isEmpty() || taskIds.size() > MOST) {
			throw Refusal.invalid(List.of(new FieldProblem("tasks", Texts.of("casework", "casework.label.tasks"),
					Texts.of("casework", "casework.refused.batch-size", MOST))));
		}
		return taskIds.stream().distinct().toList();
	}

	private List<BatchItem> each(List<String> taskIds, Consumer<OpenTask> action) {
		List<BatchItem> items = new ArrayList<>();
		for (String taskId : checked(taskIds)) {
			CaseFile file = null;
			try {
				OpenTask task = this.tasks.get(taskId);
				file = this.cases.get(task.caseNo(), Acting.current());
				action.accept(task);
				items.add(new BatchItem(taskId, file.caseNo(), file.title(), true, null, null, List.of()));
			}
			catch (Refusal refusal) {
				items.add(new BatchItem(taskId, (file != null) ? file.caseNo() : null,
						(file != null) ? file.title() : null, false, refusal.kind().name(), refusal.getMessage(),
						refusal.fields()));
			}
		}
		return items;
	}

}
