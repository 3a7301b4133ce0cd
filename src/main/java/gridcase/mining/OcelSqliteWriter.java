package gridcase.mining;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An object-centric log as the SQLite database of OCEL 2.0: a table for each type of
 * thing and of event, named by a map. A database is no stream, so it is made as a
 * temporary file and then written on.
 */
class OcelSqliteWriter implements LogWriter {

	private static final int BATCH = 2000;

	private static final Map<String, String> COLUMNS = Map.of("string", "TEXT", "time", "TIMESTAMP", "integer",
			"INTEGER", "float", "REAL", "boolean", "BOOLEAN");

	private final OutputStream out;

	private final Moments moments;

	private final Path file;

	private final Connection database;

	private final Map<String, String> eventTables = new LinkedHashMap<>();

	private final Map<String, String> objectTables = new LinkedHashMap<>();

	private final Map<String, PreparedStatement> inserts = new LinkedHashMap<>();

	private int waiting;

	OcelSqliteWriter(OutputStream out, Moments moments) throws IOException {
		this.out = out;
		this.moments = moments;
		this.file = Files.createTempFile("gridcase-log-", ".sqlite");
		try {
			this.database = DriverManager.getConnection("jdbc:sqlite:" + this.file);
			try (Statement statement = this.database.createStatement()) {
				// nobody reads it before it is whole; what is not whole is thrown away
				statement.execute("pragma journal_mode = off");
				statement.execute("pragma synchronous = off");
			}
			this.database.setAutoCommit(false);
			schema();
		}
		catch (SQLException ex) {
			Files.deleteIfExists(this.file);
			throw new IOException(ex);
		}
	}

	private void schema() throws SQLException {
		run("""
				create table event_map_type (ocel_type text not null, ocel_type_map text not null unique, primary key (ocel_type));
				create table object_map_type (ocel_type text not null, ocel_type_map text not null unique, primary key (ocel_type));
				create table event (ocel_id text not null, ocel_type text not null, primary key (ocel_id),
				foreign key (ocel_type) references event_map_type (ocel_type));
				create table object (ocel_id text not null, ocel_type text not null, primary key (ocel_id),
				foreign key (ocel_type) references object_map_type (ocel_type));
				create table event_object (ocel_event_id text not null, ocel_object_id text not null, ocel_qualifier text not null,
				primary key (ocel_event_id, ocel_object_id, ocel_qualifier),
				foreign key (ocel_event_id) references event (ocel_id), foreign key (ocel_object_id) references object (ocel_id));
				create table object_object (ocel_source_id text not null, ocel_target_id text not null, ocel_qualifier text not null,
				primary key (ocel_source_id, ocel_target_id, ocel_qualifier),
				foreign key (ocel_source_id) references object (ocel_id), foreign key (ocel_target_id) references object (ocel_id));
				""");
		for (Map.Entry<String, Map<String, String>> type : LogTypes.OBJECTS.entrySet()) {
			String map = type.getKey().replace("-", "_");
			this.objectTables.put(type.getKey(), "object_" + map);
			run("create table object_" + map
					+ " (ocel_id text not null, ocel_time TIMESTAMP not null, ocel_changed_field text"
					+ columns(type.getValue()) + ", foreign key (ocel_id) references object (ocel_id));");
			insert("object_map_type", 2, type.getKey(), map);
		}
	}

	private static String columns(Map<String, String> attributes) {
		StringBuilder columns = new StringBuilder();
		attributes.forEach((name, type) -> columns.append(", \"").append(name).append("\" ").append(COLUMNS.get(type)));
		return columns.toString();
	}

	private void run(String script) throws SQLException {
		try (Statement statement = this.database.createStatement()) {
			for (String part : script.split(";\n?")) {
				if (!part.isBlank()) {
					statement.execute(part);
				}
			}
		}
	}

	@Override
	public void write(String caseNo, Map<String, Object> attributes, Instant reportedAt, Instant closedAt,
			List<LogEvent> events, List<LogObject> objects) throws IOException {
		try {
			for (LogObject object : objects) {
				object(object);
			}
			for (LogEvent event : events) {
				event(event);
			}
			if (this.waiting >= BATCH) {
				store();
			}
		}
		catch (SQLException ex) {
			throw new IOException(ex);
		}
	}

	/** One row as it was in the beginning, then one for each change. */
	private void object(LogObject object) throws SQLException {
		insert("object", 2, object.id(), object.type());
		List<String> names = List.copyOf(LogTypes.OBJECTS.get(object.type()).keySet());
		Object[] first = row(names, object.id(), Moments.BEGINNING, null);
		object.values()
			.stream()
			.filter((value) -> value.since() == null)
			.forEach((value) -> first[3 + names.indexOf(value.name())] = plain(value.value()));
		insert(this.objectTables.get(object.type()), first.length, first);
		for (LogObject.Value value : object.values()) {
			if (value.since() != null) {
				Object[] later = row(names, object.id(), this.moments.text(value.since()), value.name());
				later[3 + names.indexOf(value.name())] = plain(value.value());
				insert(this.objectTables.get(object.type()), later.length, later);
			}
		}
		for (LogEvent.Link link : object.links()) {
			insert("object_object", 3, object.id(), link.object(), link.qualifier());
		}
	}

	private static Object[] row(List<String> names, Object... first) {
		Object[] row = new Object[first.length + names.size()];
		System.arraycopy(first, 0, row, 0, first.length);
		return row;
	}

	private void event(LogEvent event) throws SQLException {
		String table = this.eventTables.get(event.type());
		if (table == null) {
			// tables may not be made while rows of others wait
			store();
			String map = "type_" + (this.eventTables.size() + 1);
			table = "event_" + map;
			run("create table " + table + " (ocel_id text not null, ocel_time TIMESTAMP not null"
					+ columns(LogTypes.EVENT)
					+ ", primary key (ocel_id), foreign key (ocel_id) references event (ocel_id));");
			insert("event_map_type", 2, event.type(), map);
			this.eventTables.put(event.type(), table);
		}
		insert("event", 2, event.id(), event.type());
		List<String> names = List.copyOf(LogTypes.EVENT.keySet());
		Object[] row = row(names, event.id(), this.moments.text(event.at()));
		row[2 + names.indexOf("transition")] = event.transition();
		row[2 + names.indexOf("resource")] = event.resource();
		event.attributes().forEach((name, value) -> row[2 + names.indexOf(name)] = plain(value));
		insert(table, row.length, row);
		for (LogEvent.Link link : event.links()) {
			insert("event_object", 3, event.id(), link.object(), link.qualifier());
		}
	}

	private Object plain(Object value) {
		return (value instanceof Boolean truth) ? (truth ? 1 : 0) : (value instanceof Instant)
				? this.moments.value(value) : (value instanceof Number) ? value : value.toString();
	}

	private void insert(String table, int columns, Object... values) throws SQLException {
		PreparedStatement insert = this.inserts.get(table);
		if (insert == null) {
			insert = this.database.prepareStatement(
					"insert into " + table + " values (" + String.join(", ", Collections.nCopies(columns, "?")) + ")");
			this.inserts.put(table, insert);
		}
		for (int at = 0; at < values.length; at++) {
			insert.setObject(at + 1, values[at]);
		}
		insert.addBatch();
		this.waiting++;
	}

	private void store() throws SQLException {
		for (PreparedStatement insert : this.inserts.values()) {
			insert.executeBatch();
		}
		this.waiting = 0;
	}

	@Override
	public void finish() throws IOException {
		try {
			store();
			this.database.commit();
			for (PreparedStatement insert : new ArrayList<>(this.inserts.values())) {
				insert.close();
			}
			this.database.close();
		}
		catch (SQLException ex) {
			throw new IOException(ex);
		}
		Files.copy(this.file, this.out);
		this.out.flush();
	}

	@Override
	public void close() throws IOException {
		try {
			this.database.close();
		}
		catch (SQLException ex) {
			throw new IOException(ex);
		}
		finally {
			Files.deleteIfExists(this.file);
		}
	}

}
