package gridcase.platform;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import org.flywaydb.core.api.callback.Callback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives the role the platform works as what it needs on the owner's tables, after every
 * migration; what is written once it may read and add to, not change or delete. Does
 * nothing where there is only one role.
 */
final class DatabaseRights implements Callback {

	/** Written once: events, the access log, signed roots, decisions, released rules. */
	static final Set<String> WRITTEN_ONCE = Set.of("case_event", "access_log", "evidence_root", "evidence_leaf",
			"decision_record", "case_path", "hand_over", "policy_release_rule", "case_tombstone",
			"flyway_schema_history");

	private static final Logger log = LoggerFactory.getLogger(DatabaseRights.class);

	/** Tables of this role on which the other one lacks a right or has one too many. */
	private static final String WRONG = """
			select c.relname, c.relkind from pg_class c
			where c.relnamespace = current_schema()::regnamespace and pg_get_userbyid(c.relowner) = current_user
			and case
			when c.relkind = 'v' then not has_table_privilege(?, c.oid, 'select')
			when c.relkind = 'S' then not has_sequence_privilege(?, c.oid, 'usage')
			when c.relname = any (?) then not (has_table_privilege(?, c.oid, 'select') and has_table_privilege(?, c.oid, 'insert'))
			  or has_any_column_privilege(?, c.oid, 'update') or has_table_privilege(?, c.oid, 'delete, truncate, trigger')
			when c.relkind in ('r', 'p') then not (has_table_privilege(?, c.oid, 'select') and has_table_privilege(?, c.oid, 'insert')
			  and has_table_privilege(?, c.oid, 'update') and has_table_privilege(?, c.oid, 'delete'))
			else false end
			order by c.relname""";

	private final String worker;

	/**
	 * Rights for a role.
	 * @param worker the role the platform works as
	 */
	DatabaseRights(String worker) {
		this.worker = worker;
	}

	@Override
	public boolean supports(Event event, Context context) {
		return event == Event.AFTER_MIGRATE;
	}

	@Override
	public boolean canHandleInTransaction(Event event, Context context) {
		return true;
	}

	@Override
	public String getCallbackName() {
		return "rights of the platform's role";
	}

	@Override
	public void handle(Event event, Context context) {
		try {
			grant(context.getConnection());
		}
		catch (SQLException ex) {
			throw new IllegalStateException("The rights of the role " + this.worker + " could not be set", ex);
		}
	}

	void grant(Connection connection) throws SQLException {
		if (this.worker == null || alone(connection)) {
			return;
		}
		List<String> orders = new ArrayList<>();
		try (PreparedStatement wrong = connection.prepareStatement(WRONG)) {
			for (int i = 1; i <= 11; i++) {
				if (i == 3) {
					wrong.setArray(i, connection.createArrayOf("text", WRITTEN_ONCE.toArray()));
				}
				else {
					wrong.setString(i, this.worker);
				}
			}
			try (ResultSet row = wrong.executeQuery()) {
				while (row.next()) {
					orders.addAll(orders(row.getString(1), row.getString(2)));
				}
			}
		}
		try (Statement statement = connection.createStatement()) {
			for (String order : orders) {
				statement.execute(order);
			}
		}
		if (!orders.isEmpty()) {
			log.info("The role {} got its rights on {} tables", this.worker, orders.size() / 2);
		}
	}

	/** Whether the platform works as the very role that migrates, or one above it. */
	private boolean alone(Connection connection) throws SQLException {
		try (PreparedStatement statement = connection.prepareStatement(
				"select current_user = ? or not exists (select from pg_roles where rolname = ?) or pg_has_role(?, current_user, 'member')")) {
			statement.setString(1, this.worker);
			statement.setString(2, this.worker);
			statement.setString(3, this.worker);
			try (ResultSet row = statement.executeQuery()) {
				row.next();
				return row.getBoolean(1);
			}
		}
	}

	private List<String> orders(String name, String kind) {
		String to = '"' + this.worker.replace("\"", "\"\"") + '"';
		String on = ((kind.equals("S")) ? "sequence " : "table ") + '"' + name + '"';
		String rights = switch (kind) {
			case "S" -> "usage, select, update";
			case "v" -> "select";
			default -> WRITTEN_ONCE.contains(name) ? "select, insert" : "select, insert, update, delete";
		};
		return List.of("revoke all on " + on + " from " + to, "grant " + rights + " on " + on + " to " + to);
	}

}
