package gridcase.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import javax.sql.DataSource;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * Copies of one running case (its engine rows and, on the platform, its file, custody,
 * deadlines and inbox), made by the database itself, since ten thousand cases that are
 * driven to the same point by their actions would take longer than the burst that is to
 * be measured. Their trail begins where the case's trail stood.
 */
public final class Copies implements AutoCloseable {

	private static final Pattern ID = Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

	/** Stands for the number of the copy, in hexadecimal. */
	private static final String NUMBER = "@@@@@@@@";

	private static final List<String> OF_CASE = List.of("case_file", "custody", "deadline", "inbox_item");

	private final SingleConnectionDataSource connection;

	private final JdbcTemplate jdbc;

	private final String prefix;

	/** Rows of the case by table, as JSON, with {@link #NUMBER} in each of their ids. */
	private final Map<String, List<String>> rows = new LinkedHashMap<>();

	/**
	 * Takes a case as the model.
	 * @param dataSource where it lives
	 * @param key its number or business key
	 * @param prefix what the numbers of the copies begin with
	 */
	public Copies(DataSource dataSource, String key, String prefix) {
		try {
			this.connection = new SingleConnectionDataSource(dataSource.getConnection(), true);
		}
		catch (java.sql.SQLException ex) {
			throw new IllegalStateException(ex);
		}
		this.jdbc = new JdbcTemplate(this.connection);
		this.prefix = prefix;
		// the copies are complete in themselves; their foreign keys need no check
		this.jdbc.execute("set session_replication_role = replica");
		String[] instances = this.jdbc
			.queryForList("select distinct proc_inst_id_ from act_ru_execution where proc_inst_id_ in "
					+ "(select proc_inst_id_ from act_ru_execution where business_key_ = ?)", String.class, key)
			.toArray(String[]::new);
		for (Map<String, Object> table : this.jdbc.queryForList(
				"select table_name, column_name from information_schema.columns where table_schema = 'public' "
						+ "and (table_name like 'act_ru_%' or table_name like 'act_hi_%') "
						+ "and column_name in ('proc_inst_id_', 'process_instance_id_')")) {
			read((String) table.get("table_name"), table.get("column_name") + " = any (?)", instances);
		}
		for (String table : OF_CASE) {
			if (this.jdbc.queryForObject("select to_regclass(?) is not null", Boolean.class, table)) {
				read(table, "case_no = ?", key);
			}
		}
		Map<String, String> names = new LinkedHashMap<>();
		Set<String> fixed = ids(this.jdbc.queryForList(
				"select id_ from act_re_procdef union all select id_ from act_re_deployment union all select id_ from act_ru_jobdef",
				String.class));
		ids(this.rows.values().stream().flatMap(List::stream).toList()).stream()
			.filter((id) -> !fixed.contains(id))
			.forEach((id) -> names.put(id, String.format("%s-%04x-0000-0000-%012x", NUMBER, names.size(),
					Math.abs((long) prefix.hashCode()))));
		names.put('"' + key + '"', '"' + prefix + NUMBER + '"');
		this.rows.replaceAll((table, found) -> found.stream().map((row) -> renamed(row, names)).toList());
	}

	private void read(String table, String where, Object parameter) {
		List<String> found = this.jdbc.queryForList("select to_jsonb(t)::text from " + table + " t where " + where,
				String.class, parameter);
		if (!found.isEmpty()) {
			this.rows.put(table, found);
		}
	}

	private static Set<String> ids(List<String> texts) {
		Set<String> ids = new LinkedHashSet<>();
		for (String text : texts) {
			Matcher matcher = ID.matcher(text);
			while (matcher.find()) {
				ids.add(matcher.group());
			}
		}
		return ids;
	}

	private static String renamed(String row, Map<String, String> names) {
		String renamed = row;
		for (Map.Entry<String, String> name : names.entrySet()) {
			renamed = renamed.replace(name.getKey(), name.getValue());
		}
		return renamed;
	}

	/**
	 * Makes copies.
	 * @param first number of the first
	 * @param count how many
	 * @return their case numbers
	 */
	public List<String> make(int first, int count) {
		this.rows.forEach((table, models) -> {
			String columns = columns(table).stream().collect(Collectors.joining(", "));
			this.jdbc.update(
					"insert into " + table + " (" + columns + ") select " + columns
							+ " from generate_series(?, ?) n, unnest(?) model, jsonb_populate_record(null::" + table
							+ ", replace(model, '" + NUMBER + "', lpad(to_hex(n), 8, '0'))::jsonb)",
					first, first + count - 1, models.toArray(String[]::new));
		});
		List<String> made = new ArrayList<>();
		for (int number = first; number < first + count; number++) {
			made.add(String.format("%s%08x", this.prefix, number));
		}
		return made;
	}

	private List<String> columns(String table) {
		return this.jdbc
			.queryForList("select column_name from information_schema.columns where table_schema = 'public' "
					+ "and table_name = ? and is_generated = 'NEVER'", String.class, table);
	}

	@Override
	public void close() {
		// the pool gets it back as it was
		this.jdbc.execute("reset session_replication_role");
		this.connection.destroy();
	}

}
