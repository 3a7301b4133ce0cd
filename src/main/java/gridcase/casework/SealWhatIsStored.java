package gridcase.casework;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import gridcase.audit.CaseEvent;
import gridcase.audit.EventChain;
import gridcase.privacy.PersonalData;
import gridcase.privacy.PersonalKind;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.migration.Context;
import org.flywaydb.core.api.migration.JavaMigration;

import org.springframework.stereotype.Component;

/**
 * Seals, once, the personal data that earlier versions stored in clear: among the facts
 * of cases and in the outbox. Earlier trails hold them too; there they are taken out, the
 * chain is made anew, and an event says so and keeps the former last hash.
 */
@Component
class SealWhatIsStored implements JavaMigration {

	private static final Map<String, PersonalKind> FACTS = Map.of("reporterName", PersonalKind.NAME, "reporterPhone",
			PersonalKind.PHONE);

	private static final String[] NAMES = FACTS.keySet().toArray(String[]::new);

	private static final int BATCH = 500;

	private static final JsonMapper JSON = JsonMapper.builder()
		.enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
		.build();

	private final PersonalData personal;

	SealWhatIsStored(PersonalData personal) {
		this.personal = personal;
	}

	@Override
	public MigrationVersion getVersion() {
		return MigrationVersion.fromVersion("202605050001");
	}

	@Override
	public String getDescription() {
		return "casework seal personal data";
	}

	@Override
	public Integer getChecksum() {
		return null;
	}

	@Override
	public boolean canExecuteInTransaction() {
		return true;
	}

	@Override
	public void migrate(Context context) throws SQLException, IOException {
		Connection connection = context.getConnection();
		cases(connection);
		outbox(connection, "recipient", "kind = 'ADDRESS'");
		outbox(connection, "address", "address is not null");
		trails(connection);
	}

	private void cases(Connection connection) throws SQLException, IOException {
		String after = "";
		while (after != null) {
			List<String[]> rows = rows(connection,
					"select case_no, facts::text from case_file where case_no > ? and facts ?? 'reporterName' "
							+ "or case_no > ? and facts ?? 'reporterPhone' order by case_no limit " + BATCH,
					after, after);
			try (PreparedStatement update = connection
				.prepareStatement("update case_file set facts = ?::jsonb, reporter_index = ? where case_no = ?")) {
				for (String[] row : rows) {
					Map<String, Object> facts = new TreeMap<>(CaseRecords.facts(row[1]));
					FACTS.forEach((name, kind) -> facts.computeIfPresent(name,
							(key, value) -> this.personal.seal(kind, value.toString())));
					update.setString(1, JSON.writeValueAsString(facts));
					update.setString(2, CaseRecords.reporterIndex(facts));
					update.setString(3, row[0]);
					update.addBatch();
				}
				update.executeBatch();
			}
			after = rows.isEmpty() ? null : rows.get(rows.size() - 1)[0];
		}
	}

	private void outbox(Connection connection, String column, String which) throws SQLException {
		String after = "0";
		while (after != null) {
			List<String[]> rows = rows(connection, "select id, channel, " + column
					+ " from outbox where id > ?::bigint and " + which + " order by id limit " + BATCH, after);
			try (PreparedStatement update = connection
				.prepareStatement("update outbox set " + column + " = ? where id = ?::bigint")) {
				for (String[] row : rows) {
					update.setString(1, this.personal
						.seal(row[1].equals("EMAIL") ? PersonalKind.EMAIL : PersonalKind.PHONE, row[2]));
					update.setString(2, row[0]);
					update.addBatch();
				}
				update.executeBatch();
			}
			after = rows.isEmpty() ? null : rows.get(rows.size() - 1)[0];
		}
	}

	private void trails(Connection connection) throws SQLException, IOException {
		String after = "";
		List<String[]> rows = trailsWith(connection, after);
		if (rows.isEmpty()) {
			return;
		}
		try (Statement statement = connection.createStatement()) {
			// for the time of this one transaction, which nobody else gets in between
			statement.execute("alter table case_event disable trigger case_event_no_change");
			while (!rows.isEmpty()) {
				for (String[] row : rows) {
					chainAnew(connection, row[0]);
				}
				after = rows.get(rows.size() - 1)[0];
				rows = trailsWith(connection, after);
			}
			statement.execute("alter table case_event enable trigger case_event_no_change");
		}
	}

	private static List<String[]> trailsWith(Connection connection, String after) throws SQLException {
		return rows(connection,
				"select distinct case_no from case_event where case_no > ? "
						+ "and jsonb_exists_any((data -> 'values')::jsonb, ?::text[]) order by case_no limit " + BATCH,
				after, "{" + String.join(",", NAMES) + "}");
	}

	@SuppressWarnings("unchecked")
	private void chainAnew(Connection connection, String caseNo) throws SQLException, IOException {
		List<CaseEvent> events = new ArrayList<>();
		byte[] before = EventChain.START;
		byte[] hash = EventChain.START;
		try (PreparedStatement select = connection
			.prepareStatement("select * from case_event where case_no = ? order by seq")) {
			select.setString(1, caseNo);
			try (ResultSet row = select.executeQuery()) {
				while (row.next()) {
					before = row.getBytes("hash");
					String data = row.getString("data");
					Map<String, Object> told = new TreeMap<>(JSON.readValue(data, Map.class));
					if (told.get("values") instanceof Map<?, ?> values
							&& values.keySet().stream().anyMatch(FACTS::containsKey)) {
						Map<String, Object> kept = new TreeMap<>((Map<String, Object>) values);
						kept.replaceAll((name, value) -> FACTS.containsKey(name) ? CaseEvent.PERSONAL : value);
						told.put("values", kept);
						data = JSON.writeValueAsString(told);
					}
					CaseEvent event = EventChain.next(hash, caseNo, row.getInt("seq"),
							row.getTimestamp("at").toInstant(), row.getString("actor"), row.getString("kind"),
							row.getString("element"), data);
					events.add(event);
					hash = event.hash();
				}
			}
		}
		try (PreparedStatement update = connection
			.prepareStatement("update case_event set data = ?::json, hash = ? where case_no = ? and seq = ?")) {
			for (CaseEvent event : events) {
				update.setString(1, event.data());
				update.setBytes(2, event.hash());
				update.setString(3, caseNo);
				update.setInt(4, event.seq());
				update.addBatch();
			}
			update.executeBatch();
		}
		saySo(connection,
				EventChain.next(hash, caseNo, events.size() + 1, now(connection), "system", "PERSONAL_DATA_REMOVED",
						null, JSON.writeValueAsString(Map.of("hashBefore", HexFormat.of().formatHex(before)))));
	}

	private static void saySo(Connection connection, CaseEvent event) throws SQLException {
		try (PreparedStatement insert = connection.prepareStatement(
				"insert into case_event (case_no, seq, at, actor, kind, element, data, hash) values (?, ?, ?, ?, ?, ?, ?::json, ?)");
				PreparedStatement head = connection.prepareStatement(
						"update case_file set event_seq = ?, event_hash = ?, version = version + 1 where case_no = ?")) {
			insert.setString(1, event.caseNo());
			insert.setInt(2, event.seq());
			insert.setTimestamp(3, Timestamp.from(event.at()));
			insert.setString(4, event.actor());
			insert.setString(5, event.kind());
			insert.setString(6, event.element());
			insert.setString(7, event.data());
			insert.setBytes(8, event.hash());
			insert.executeUpdate();
			head.setInt(1, event.seq());
			head.setBytes(2, event.hash());
			head.setString(3, event.caseNo());
			head.executeUpdate();
		}
	}

	/** The platform's time; its clock is not there yet while the tables are made. */
	private static Instant now(Connection connection) throws SQLException {
		List<String[]> offset = rows(connection, "select offset_millis from rehearsal_clock");
		return Instant.now().plus(Duration.ofMillis(offset.isEmpty() ? 0 : Long.parseLong(offset.get(0)[0])));
	}

	private static List<String[]> rows(Connection connection, String sql, String... values) throws SQLException {
		try (PreparedStatement select = connection.prepareStatement(sql)) {
			for (int i = 0; i < values.length; i++) {
				select.setString(i + 1, values[i]);
			}
			try (ResultSet row = select.executeQuery()) {
				List<String[]> rows = new ArrayList<>();
				while (row.next()) {
					String[] columns = new String[row.getMetaData().getColumnCount()];
					for (int i = 0; i < columns.length; i++) {
						columns[i] = row.getString(i + 1);
					}
					rows.add(columns);
				}
				return rows;
			}
		}
	}

}
