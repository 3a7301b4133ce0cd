package gridcase.policy;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Table {@code decision_record}. */
@Component
class DecisionRecords {

	private static final TypeReference<Map<String, Object>> VALUES = new TypeReference<>() {
	};

	private static final TypeReference<List<Map<String, Object>>> ROWS = new TypeReference<>() {
	};

	private final ObjectMapper json = JsonMapper.builder()
		.addModule(new JavaTimeModule())
		.disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
		.disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
		.enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
		.configure(JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN, true)
		.build();

	private final JdbcTemplate jdbc;

	DecisionRecords(JdbcTemplate jdbc) {
		this.jdbc = jdbc;
	}

	/** Writes them in one go. */
	void add(List<DecisionRecord> records) {
		this.jdbc.batchUpdate(
				"insert into decision_record (case_no, element, table_key, table_place, version, definition_id, "
						+ "release_id, inputs, outputs, rules, at) values (?, ?, ?, ?, ?, ?, ?, ?::json, ?::json, ?, ?)",
				records, records.size(), this::bind);
	}

	private void bind(PreparedStatement statement, DecisionRecord row) throws SQLException {
		statement.setString(1, row.caseNo());
		statement.setString(2, row.element());
		statement.setString(3, row.table());
		statement.setString(4, row.place());
		statement.setInt(5, row.version());
		statement.setString(6, row.definitionId());
		statement.setLong(7, row.releaseId());
		statement.setString(8, written(row.inputs()));
		statement.setString(9, written(row.outputs()));
		statement.setString(10, String.join(",", row.rules()));
		statement.setTimestamp(11, Timestamp.from(row.at()));
	}

	/** Decisions of a case in the order they were taken. */
	List<DecisionRecord> ofCase(String caseNo) {
		return this.jdbc.query("select * from decision_record where case_no = ? order by id",
				(row, number) -> record(row), caseNo);
	}

	List<DecisionRecord> ofCases(Collection<String> caseNos, String keyPrefix) {
		return this.jdbc.query(
				"select * from decision_record where case_no = any (?) and starts_with(table_key, ?) order by id",
				(row, number) -> record(row), caseNos.toArray(String[]::new), keyPrefix);
	}

	/** Looks at the newest decisions only, however many there are. */
	List<DecisionRecord> recent(String key, String place, int most) {
		return this.jdbc.query("""
				select * from (
				select distinct on (inputs::text) * from (
				select * from decision_record where table_key = ? and table_place is not distinct from ?
				order by at desc limit 500) newest order by inputs::text, at desc) different
				order by at desc limit ?""", (row, number) -> record(row), key, place, most);
	}

	/** Looks at the newest decisions only, however many there are. */
	Map<String, DecisionRecord> last(String key, String place, Collection<String> rules) {
		Map<String, DecisionRecord> last = new HashMap<>();
		this.jdbc.query("""
				with fired as (
				select distinct on (rule) rule, newest.id from (
				select id, at, rules from decision_record where table_key = ? and table_place is not distinct from ?
				order by at desc limit 20000) newest, unnest(string_to_array(newest.rules, ',')) rule
				where rule = any (?) order by rule, newest.at desc, newest.id desc)
				select fired.rule as fired, d.* from fired join decision_record d on d.id = fired.id""", (row) -> {
			last.put(row.getString("fired"), record(row));
		}, key, place, rules.toArray(String[]::new));
		return last;
	}

	private DecisionRecord record(ResultSet row) throws SQLException {
		String rules = row.getString("rules");
		return new DecisionRecord(row.getString("case_no"), row.getString("element"), row.getString("table_key"),
				row.getString("table_place"), row.getInt("version"), row.getString("definition_id"),
				row.getLong("release_id"), read(row.getString("inputs"), VALUES), read(row.getString("outputs"), ROWS),
				rules.isEmpty() ? List.of() : List.of(rules.split(",")), row.getTimestamp("at").toInstant());
	}

	private String written(Object value) {
		try {
			return this.json.writeValueAsString(value);
		}
		catch (JsonProcessingException ex) {
			throw new IllegalArgumentException("a decision cannot be written down: " + value, ex);
		}
	}

	private <T> T read(String text, TypeReference<T> type) {
		try {
			return this.json.readValue(text, type);
		}
		catch (JsonProcessingException ex) {
			throw new IllegalStateException("a decision record cannot be read: " + text, ex);
		}
	}

}
