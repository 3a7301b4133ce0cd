package gridcase.casework;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

import gridcase.shared.Refusal;
import gridcase.shared.Texts;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Reads single open tasks; lists are the {@link Inbox}. */
@Component
public class OpenTasks {

	static final String SELECT = "select i.*, i.process_instance <> coalesce(c.process_instance, i.process_instance) called "
			+ "from inbox_item i join case_file c using (case_no) ";

	private final JdbcTemplate jdbc;

	OpenTasks(JdbcTemplate jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * An open task.
	 * @throws Refusal if it is done or never was
	 */
	public OpenTask get(String taskId) {
		List<OpenTask> found = this.jdbc.query(SELECT + "where task_id = ?", OpenTasks::task, taskId);
		if (found.isEmpty()) {
			throw Refusal.conflict(Texts.of("casework", "casework.refused.task-gone"));
		}
		return found.get(0);
	}

	/** An open task, or empty if it is done or never was. */
	public Optional<OpenTask> find(String taskId) {
		return this.jdbc.query(SELECT + "where task_id = ?", OpenTasks::task, taskId).stream().findFirst();
	}

	/** Open tasks of a case, the lead's first. */
	public List<OpenTask> ofCase(String caseNo) {
		return this.jdbc.query(SELECT + "where case_no = ? order by leg, created_at", OpenTasks::task, caseNo);
	}

	static OpenTask task(ResultSet row, int number) throws SQLException {
		return new OpenTask(row.getString("task_id"), row.getString("case_no"), row.getString("place"),
				row.getString("task_key"), row.getString("name"), row.getString("form"), row.getString("pool"),
				row.getString("assignee"), row.getString("unit"), row.getString("leg"),
				row.getBoolean("excludes_workers"), List.of((String[]) row.getArray("excluded").getArray()),
				row.getBoolean("called"), row.getString("turn"), row.getString("turn_name"),
				CaseRecords.instant(row, "created_at"), CaseRecords.instant(row, "warn_at"),
				CaseRecords.instant(row, "due_at"), row.getString("light"), (Integer) row.getObject("deadline_no"),
				row.getString("acting_for"));
	}

}
