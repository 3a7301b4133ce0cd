package gridcase.trial;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import gridcase.casework.LimitAnswer;
import gridcase.trial.Asked.Recorded;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.stereotype.Component;

/** Reads questions that were asked from the records of decisions. */
@Component
class PastQuestions {

	/** What the table of limits says where another one knows the limit. */
	static final String REFERENCE = "limitTable";

	private static final String COLUMNS = "r.id, r.case_no, r.table_key, r.table_place, r.version, r.inputs, r.outputs, r.rules, r.at, c.place ";

	private static final String FROM = "from decision_record r join case_file c on c.case_no = r.case_no ";

	private final JdbcTemplate jdbc;

	PastQuestions(JdbcTemplate jdbc) {
		this.jdbc = jdbc;
	}

	/** Number of the last decision on record that can be seen, 0 if there is none. */
	long last() {
		return this.jdbc.queryForObject("select coalesce(max(id), 0) from decision_record", Long.class);
	}

	/** How many questions there are, those left to the shared table counted once. */
	int count(Period period) {
		return this.jdbc.queryForObject(
				"select count(*) " + FROM + "where " + CONDITION + " and (r.rules <> '' or r.table_place is null "
						+ "or not exists (select 1 from decision_record s where s.case_no = r.case_no and s.id > r.id "
						+ "and s.table_key = r.table_key and s.at = r.at and s.table_place is null))",
				Integer.class, period.parameters());
	}

	private static final String CONDITION = "r.table_key = ? and r.at >= ? and r.at < ? and r.id <= ? "
			+ "and case when ?::text is null then r.table_place is null else c.place = ? end";

	/**
	 * Which questions.
	 *
	 * @param table key of the table
	 * @param place place of the cases; null for those the shared table answered
	 * @param from beginning
	 * @param to end, exclusive
	 * @param last number of the last record
	 */
	record Period(String table, String place, Instant from, Instant to, long last) {

		Object[] parameters() {
			return new Object[] { this.table, Timestamp.from(this.from), Timestamp.from(this.to), this.last, this.place,
					this.place };
		}

	}

	/** Goes through a period, a portion at a time. */
	Reader read(Period period) {
		return new Reader(period);
	}

	/** Remembers how far it is. */
	final class Reader {

		private final Period period;

		private final Assembly assembly = new Assembly();

		private Instant at;

		private long id;

		private boolean ended;

		Reader(Period period) {
			this.period = period;
			this.at = period.from();
		}

		/** The next questions, none at the end. */
		List<Asked> next(int size) {
			List<Asked> found = new ArrayList<>();
			while (found.isEmpty() && !this.ended) {
				List<Line> lines = portion(size);
				lines.forEach((line) -> this.assembly.add(line, found::add));
				if (lines.size() < size) {
					this.ended = true;
					this.assembly.end(found::add);
				}
				else {
					this.at = lines.get(size - 1).at;
					this.id = lines.get(size - 1).answer.id();
				}
			}
			if (this.period.table().equals(LimitAnswer.TABLE)) {
				follow(found);
			}
			return found;
		}

		private List<Line> portion(int size) {
			List<Object> parameters = new ArrayList<>(List.of(this.period.table(), Timestamp.from(this.at),
					Timestamp.from(this.period.to()), this.period.last()));
			parameters.add(this.period.place());
			parameters.add(this.period.place());
			parameters.addAll(List.of(Timestamp.from(this.at), this.id, size));
			return PastQuestions.this.jdbc.query(
					"select " + COLUMNS + FROM + "where " + CONDITION
							+ " and (r.at, r.id) > (?, ?) order by r.at, r.id limit ?",
					PastQuestions::line, parameters.toArray());
		}

	}

	/**
	 * Adds to questions about limits what the table they referred to said.
	 */
	private void follow(List<Asked> questions) {
		List<String> cases = questions.stream().filter((asked) -> reference(asked) != null).map(Asked::caseNo).toList();
		if (cases.isEmpty()) {
			return;
		}
		Map<String, Deque<Recorded>> referred = new HashMap<>();
		this.jdbc.query(
				"select " + COLUMNS + FROM + "where r.case_no = any (?) and starts_with(r.table_key, ?) order by r.id",
				(row) -> {
					Line line = line(row, 0);
					referred
						.computeIfAbsent(key(line.caseNo, line.at, line.answer.table()), (key) -> new ArrayDeque<>())
						.add(line.answer);
				}, cases.toArray(String[]::new), LimitAnswer.TABLE + "-");
		for (Asked asked : questions) {
			String reference = reference(asked);
			Deque<Recorded> said = (reference != null) ? referred.get(key(asked.caseNo(), asked.at(), reference))
					: null;
			while (said != null && !said.isEmpty()) {
				Recorded answer = said.remove();
				asked.add(answer);
				if (!answer.rules().isEmpty()) {
					break;
				}
			}
		}
	}

	/** Table the limit was found in, null if the first one knew it. */
	private static String reference(Asked asked) {
		Recorded answer = asked.last();
		if (!answer.table().equals(LimitAnswer.TABLE) || !answer.outputs().contains(REFERENCE)) {
			return null;
		}
		Object reference = Plain.rows(answer.outputs())
			.stream()
			.findFirst()
			.map((row) -> row.get(REFERENCE))
			.orElse("");
		return "".equals(reference) ? null : (String) reference;
	}

	private static String key(String caseNo, Instant at, String table) {
		return caseNo + " " + at + " " + table;
	}

	/**
	 * Questions about some tables whose last record has one of these numbers.
	 * @param place place of the cases; null for those the shared tables answered
	 * @param tables keys
	 * @param after first number, exclusive
	 * @param until last number
	 */
	List<Asked> between(String place, Collection<String> tables, long after, long until) {
		Map<String, List<String>> cases = new LinkedHashMap<>();
		this.jdbc.query(
				"select distinct r.table_key, r.case_no " + FROM
						+ "where r.id > ? and r.id <= ? and r.table_key = any (?) and (?::text is null or c.place = ?)",
				(row) -> {
					cases.computeIfAbsent(row.getString("table_key"), (key) -> new ArrayList<>())
						.add(row.getString("case_no"));
				}, after, until, tables.toArray(String[]::new), place, place);
		List<Asked> found = new ArrayList<>();
		cases.forEach((table, caseNos) -> {
			List<Asked> ofTable = new ArrayList<>();
			Assembly assembly = new Assembly();
			this.jdbc.query("select " + COLUMNS + FROM
					+ "where r.case_no = any (?) and r.table_key = ? and (?::text is not null or r.table_place is null) "
					+ "order by r.id", (RowCallbackHandler) (row) -> assembly.add(line(row, 0), ofTable::add),
					caseNos.toArray(String[]::new), table, place);
			assembly.end(ofTable::add);
			ofTable.removeIf((asked) -> asked.id() <= after || asked.id() > until);
			if (table.equals(LimitAnswer.TABLE)) {
				follow(ofTable);
			}
			found.addAll(ofTable);
		});
		return found;
	}

	private static Line line(ResultSet row, int number) throws SQLException {
		return new Line(row.getString("case_no"), row.getString("place"), row.getTimestamp("at").toInstant(),
				new Recorded(row.getLong("id"), row.getString("table_key"), row.getString("table_place"),
						row.getInt("version"), row.getString("inputs"), row.getString("outputs"),
						row.getString("rules")));
	}

	/** A record with its case. */
	private record Line(String caseNo, String place, Instant at, Recorded answer) {

	}

	/**
	 * Puts together what a place's own table left to the shared one: that one's record
	 * comes next for the case, at the same moment.
	 */
	private static final class Assembly {

		private final Map<String, Asked> left = new LinkedHashMap<>();

		void add(Line line, Consumer<Asked> found) {
			Asked before = this.left.remove(line.caseNo);
			if (before != null) {
				if (line.answer.owner() == null && before.at().equals(line.at)) {
					before.add(line.answer);
					found.accept(before);
					return;
				}
				found.accept(before);
			}
			Asked asked = new Asked(line.caseNo, line.place, line.at, line.answer);
			if (line.answer.owner() != null && line.answer.rules().isEmpty()) {
				this.left.put(line.caseNo, asked);
			}
			else {
				found.accept(asked);
			}
		}

		void end(Consumer<Asked> found) {
			this.left.values().forEach(found);
			this.left.clear();
		}

	}

}
