package gridcase.casework;

import java.sql.Timestamp;
import java.util.List;

import gridcase.clock.PlatformClock;
import gridcase.shared.FieldProblem;
import gridcase.shared.Refusal;
import gridcase.shared.Texts;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** How somebody likes the inbox: filters under a name, and the columns shown. */
@Component
public class InboxSettings {

	/** Columns that can be shown beside the clock and the case, in that order. */
	public static final List<String> COLUMNS = List.of("TASK", "OWNER", "SINCE", "CATEGORY", "GRID", "SEVERITY", "WHO");

	/** What is shown as long as nobody chose. */
	public static final List<String> PRESET = List.of("TASK", "OWNER", "SINCE");

	/** The most filters of one person. */
	public static final int MOST = 20;

	private final JdbcTemplate jdbc;

	private final PlatformClock clock;

	InboxSettings(JdbcTemplate jdbc, PlatformClock clock) {
		this.jdbc = jdbc;
		this.clock = clock;
	}

	/** The columns a person chose. */
	public List<String> columns(String login) {
		return this.jdbc
			.query("select columns from inbox_columns where login = ?",
					(row, number) -> List.of((String[]) row.getArray(1).getArray()), login)
			.stream()
			.findFirst()
			.orElse(PRESET);
	}

	/**
	 * Chooses columns.
	 * @throws Refusal if one of them is none
	 */
	public void columns(String login, List<String> columns) {
		if (!COLUMNS.containsAll(columns)) {
			throw Refusal.invalid(List.of(new FieldProblem("columns", Texts.of("casework", "casework.inbox.columns"),
					Texts.of("casework", "casework.refused.columns", COLUMNS))));
		}
		this.jdbc.update(
				"insert into inbox_columns (login, columns) values (?, ?) on conflict (login) do update set columns = excluded.columns",
				login, COLUMNS.stream().filter(columns::contains).toArray(String[]::new));
	}

	/** Filters somebody saved, by name. */
	public List<Saved> filters(String login) {
		return this.jdbc.query("select name, query from inbox_filter where login = ? order by name",
				(row, number) -> new Saved(row.getString("name"), row.getString("query")), login);
	}

	/**
	 * Saves a filter, in place of one of that name.
	 * @param query the address parameters of the list, without view and cursor
	 * @throws Refusal if the name is empty or too long, or there are too many
	 */
	public void save(String login, String name, String query) {
		String named = (name != null) ? name.trim() : "";
		boolean room = filters(login).stream().filter((saved) -> !saved.name().equals(named)).count() < MOST;
		if (named.isEmpty() || named.length() > 40 || !room || query == null || query.length() > 2000) {
			throw Refusal.invalid(List.of(new FieldProblem("name", Texts.of("casework", "casework.inbox.filterName"),
					Texts.of("casework", "casework.refused.filter", MOST))));
		}
		this.jdbc.update("insert into inbox_filter (login, name, query, saved_at) values (?, ?, ?, ?) "
				+ "on conflict (login, name) do update set query = excluded.query, saved_at = excluded.saved_at", login,
				named, query, Timestamp.from(this.clock.now()));
	}

	/** Forgets a filter; none of that name is fine. */
	public void forget(String login, String name) {
		this.jdbc.update("delete from inbox_filter where login = ? and name = ?", login, name);
	}

	/**
	 * A saved filter.
	 *
	 * @param name its name
	 * @param query the address parameters of the list
	 */
	public record Saved(String name, String query) {

	}

}
