package gridcase.studio;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import gridcase.clock.PlatformClock;
import gridcase.policy.DecisionRecord;
import gridcase.policy.TableFile;
import gridcase.policy.TableView;
import gridcase.shared.Refusal;
import gridcase.shared.Texts;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Examples kept with tables: what is asked and what the answer has to be. They are asked
 * again whenever the table changes. A draft may have its own, which count for everybody
 * once it is released.
 */
@Component
public class Examples {

	private static final TypeReference<LinkedHashMap<String, Object>> VALUES = new TypeReference<>() {
	};

	private static final TypeReference<List<Map<String, Object>>> ROWS = new TypeReference<>() {
	};

	private static final int MOST = 2000;

	private final JdbcTemplate jdbc;

	private final Drafts drafts;

	private final PlatformClock clock;

	private final ObjectMapper json;

	Examples(JdbcTemplate jdbc, Drafts drafts, PlatformClock clock, ObjectMapper json) {
		this.jdbc = jdbc;
		this.drafts = drafts;
		this.clock = clock;
		this.json = json.copy().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
	}

	/**
	 * Examples of a table as a draft has them.
	 * @param place place whose table it is, null for a shared one
	 * @param table key of the table
	 * @param draftId the draft, null for those that count for everybody
	 * @return in the order they were written
	 */
	public List<Example> of(String place, String table, Long draftId) {
		return this.jdbc.query("""
				with counting as (
				select e.* from policy_example e left join studio_draft d on d.id = e.draft_id
				where e.place is not distinct from ? and e.table_key = ?
				and (e.draft_id is null or d.state = 'RELEASED' or e.draft_id = ?))
				select * from counting c where not c.removed
				and not exists (select 1 from counting later where later.replaces = c.id)
				order by coalesce(c.replaces, c.id), c.id""", (row, number) -> example(row), place, table, draftId);
	}

	/**
	 * Adds an example to a draft's table.
	 * @param draftId draft, which must be open
	 * @param table key of the table
	 * @param replaces number of the example it stands instead of, null for none
	 * @param inputs value by name
	 * @param outputs rows of the expected answer
	 * @param rule id of the rule expected to fire, null if any may
	 * @param note what it is about
	 * @param by sign-in name
	 * @throws Refusal if the draft is not open, or there are too many
	 */
	@Transactional
	public Example add(long draftId, String table, Long replaces, Map<String, Object> inputs,
			List<Map<String, Object>> outputs, String rule, String note, String by) {
		Draft draft = open(draftId);
		if (replaces != null) {
			find(draft, table, replaces);
		}
		else {
			room(draft, table, 1);
		}
		return insert(draft, table, replaces, false, inputs, outputs, rule, note, ExampleOrigin.WRITTEN, by);
	}

	private void room(Draft draft, String table, int more) {
		if (of(draft.place(), table, draft.id()).size() + more > MOST) {
			throw Refusal.rule(Texts.of("studio-table", "studio.example.most", MOST));
		}
	}

	/**
	 * Adds examples that were proposed.
	 * @throws Refusal if the draft is not open, or there are too many
	 */
	@Transactional
	public List<Example> keep(long draftId, String table, List<ExampleFill.Proposal> proposals, String by) {
		Draft draft = open(draftId);
		room(draft, table, proposals.size());
		return proposals.stream()
			.map((each) -> insert(draft, table, null, false, each.inputs(), each.outputs(), each.rule(), each.note(),
					each.origin(), by))
			.toList();
	}

	/**
	 * Takes an example over from what really was decided.
	 * @param decision a decision of that table
	 */
	@Transactional
	public Example take(long draftId, DecisionRecord decision, String by) {
		Draft draft = open(draftId);
		room(draft, decision.table(), 1);
		return insert(draft, decision.table(), null, false, decision.inputs(), decision.outputs(),
				decision.rules().isEmpty() ? null : decision.rules().get(0),
				Texts.own("studio-table", "studio.example.of-case", decision.caseNo()), ExampleOrigin.DECISION, by);
	}

	/**
	 * Takes an example away, in the draft until that is released.
	 * @throws Refusal if there is none, or the draft is not open
	 */
	@Transactional
	public void remove(long draftId, String table, long id, String by) {
		Draft draft = open(draftId);
		Example gone = find(draft, table, id);
		insert(draft, table, id, true, gone.inputs(), gone.outputs(), gone.rule(), gone.note(), gone.origin(), by);
	}

	private Draft open(long draftId) {
		this.jdbc.queryForList("select id from studio_draft where id = ? for update", draftId);
		Draft draft = this.drafts.get(draftId);
		if (draft.state() != DraftState.OPEN) {
			throw Refusal.conflict(Texts.of("studio",
					"studio.draft.state." + draft.state().name().toLowerCase(java.util.Locale.ROOT), draft.title()));
		}
		return draft;
	}

	private Example find(Draft draft, String table, long id) {
		return of(draft.place(), table, draft.id()).stream()
			.filter((example) -> example.id() == id)
			.findFirst()
			.orElseThrow(() -> Refusal.notFound(Texts.of("studio-table", "studio.example.none", id)));
	}

	private Example insert(Draft draft, String table, Long replaces, boolean removed, Map<String, Object> inputs,
			List<Map<String, Object>> outputs, String rule, String note, ExampleOrigin origin, String by) {
		return this.jdbc.queryForObject("""
				insert into policy_example
				(place, table_key, draft_id, replaces, removed, inputs, outputs, rule, note, origin, added_by, added_at)
				values (?, ?, ?, ?, ?, ?::json, ?::json, ?, ?, ?, ?, ?) returning *""", (row, number) -> example(row),
				draft.place(), table, draft.id(), replaces, removed, written(inputs), written(outputs), rule,
				note.strip(), origin.name(), by, Timestamp.from(this.clock.now().truncatedTo(ChronoUnit.MICROS)));
	}

	/** Asks all of them. */
	public List<ExampleRun> run(TableFile table, List<Example> examples) {
		return examples.stream().map((example) -> ExampleRun.of(table, example)).toList();
	}

	/**
	 * Rules no example that passes makes fire.
	 * @return their ids in the order of the table
	 */
	public static List<String> bare(TableView table, List<ExampleRun> runs) {
		Set<String> fired = new HashSet<>();
		runs.stream().filter(ExampleRun::passes).forEach((run) -> fired.addAll(run.said().rules()));
		return table.rows().stream().map(TableView.Row::id).filter((rule) -> !fired.contains(rule)).toList();
	}

	private Example example(ResultSet row) throws SQLException {
		return new Example(row.getLong("id"), row.getString("place"), row.getString("table_key"),
				row.getObject("draft_id", Long.class), read(row.getString("inputs"), VALUES),
				read(row.getString("outputs"), ROWS), row.getString("rule"), row.getString("note"),
				ExampleOrigin.valueOf(row.getString("origin")), row.getString("added_by"),
				row.getTimestamp("added_at").toInstant());
	}

	private String written(Object value) {
		try {
			return this.json.writeValueAsString(value);
		}
		catch (JsonProcessingException ex) {
			throw new IllegalArgumentException("an example cannot be written down: " + value, ex);
		}
	}

	private <T> T read(String text, TypeReference<T> type) {
		try {
			return this.json.readValue(text, type);
		}
		catch (JsonProcessingException ex) {
			throw new IllegalStateException("an example cannot be read: " + text, ex);
		}
	}

}
