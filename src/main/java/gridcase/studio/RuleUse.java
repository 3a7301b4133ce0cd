package gridcase.studio;

import java.sql.Date;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import gridcase.clock.PlatformClock;
import gridcase.policy.ReleasedRules;
import gridcase.policy.RuleScope;
import gridcase.policy.RuleType;
import gridcase.shared.BackgroundWork;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.scheduling.TaskScheduler;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * How often rules fire. Decisions are summed by day in the background; what came since is
 * counted when somebody asks. Decisions are summed in the order of their numbers one
 * round after they were first seen, so that one whose transaction was still under way is
 * not passed over.
 */
@Component
public class RuleUse extends BackgroundWork {

	/** No transaction of the platform lives as long as this. */
	private static final Duration ROUND = Duration.ofMinutes(10);

	/** Decisions summed in one transaction. */
	private static final long STRIDE = 200_000;

	/** One row for the decision itself, and one for every rule that fired. */
	private static final String FIRED = """
			from decision_record d
			join case_file c on c.case_no = d.case_no
			cross join lateral (select '' as rule union all select unnest(string_to_array(d.rules, ','))) fired
			""";

	private final JdbcTemplate jdbc;

	private final TransactionTemplate transaction;

	private final ReleasedRules rules;

	private final PlatformClock clock;

	RuleUse(JdbcTemplate jdbc, PlatformTransactionManager transactions, ReleasedRules rules, PlatformClock clock,
			@Value("${camunda.bpm.job-execution.enabled:true}") boolean enabled) {
		super("rule-use", "Could not sum how often rules fire; tried again in " + ROUND, enabled);
		this.jdbc = jdbc;
		this.transaction = new TransactionTemplate(transactions);
		this.rules = rules;
		this.clock = clock;
	}

	/**
	 * How often a table's rules fired in cases of a place: of the table that answers
	 * there now, the place's own or the shared one.
	 * @param place place code; null for the shared table in the cases of all places
	 * @param table key of the table
	 * @param days how many days back, today included
	 * @return times by rule id; a rule that never fired is not in it
	 */
	public Map<String, Long> of(String place, String table, int days) {
		boolean own = this.rules.find(RuleType.TABLE, table, RuleScope.newCase(place, this.clock.now()))
			.map((rule) -> rule.place() != null)
			.orElse(false);
		Map<String, Long> times = new HashMap<>();
		counts(place, table, days, days).forEach((count) -> {
			if (count.own() == own && !count.rule().isEmpty()) {
				times.merge(count.rule(), count.times(), Long::sum);
			}
		});
		return times;
	}

	/**
	 * The same of all tables at once.
	 * @param place place code; null for all places
	 * @param lately how many days back the smaller figure goes
	 * @param days how many days back the greater one goes
	 */
	List<Count> all(String place, int lately, int days) {
		return counts(place, null, lately, days);
	}

	/**
	 * How often something happened.
	 *
	 * @param table key of the table
	 * @param own whether it was a place's own table
	 * @param rule id of the rule, "" for the decisions of the table
	 * @param lately how often in the last days
	 * @param times how often in all the days asked for
	 */
	record Count(String table, boolean own, String rule, long lately, long times) {

	}

	private List<Count> counts(String place, String table, int lately, int days) {
		LocalDate today = this.clock.now().atZone(this.clock.zone()).toLocalDate();
		LocalDate first = today.minusDays(days - 1L);
		List<Object> values = new ArrayList<>();
		values.add(Date.valueOf(today.minusDays(lately - 1L)));
		String summed = condition("place = ?", place, "table_key = ?", table, values);
		values.add(Date.valueOf(first));
		values.add(this.clock.zone().getId());
		// a figure, not a subquery: the database then knows that it is few rows
		values.add(this.jdbc.queryForObject("select summed_id from studio_rule_use_mark", Long.class));
		String fresh = condition("c.place = ?", place, "d.table_key = ?", table, values);
		values.add(Timestamp.from(first.atStartOfDay(this.clock.zone()).toInstant()));
		return this.jdbc.query("""
				select table_key, own, rule, sum(times) filter (where day >= ?) as lately, sum(times) as times from (
				select table_key, own, rule, day, times from studio_rule_use where %s day >= ?
				union all
				select d.table_key, d.table_place is not null, fired.rule, (d.at at time zone ?)::date, 1 %s
				where d.id > ? and %s d.at >= ?) every
				group by table_key, own, rule""".formatted(summed, FIRED, fresh),
				(row, number) -> new Count(row.getString("table_key"), row.getBoolean("own"), row.getString("rule"),
						row.getLong("lately"), row.getLong("times")),
				values.toArray());
	}

	private static String condition(String ofPlace, String place, String ofTable, String table, List<Object> values) {
		StringBuilder condition = new StringBuilder();
		if (place != null) {
			condition.append(ofPlace).append(" and ");
			values.add(place);
		}
		if (table != null) {
			condition.append(ofTable).append(" and ");
			values.add(table);
		}
		return condition.toString();
	}

	/**
	 * Adds to the sums what was seen the last time, and looks how far there is more.
	 * @return up to which decision the sums go now
	 */
	long sum() {
		while (true) {
			Long done = this.transaction.execute((status) -> stride());
			if (done != null) {
				return done;
			}
		}
	}

	/** One stride; null if there is more to sum at once. */
	private Long stride() {
		Map<String, Object> mark = this.jdbc
			.queryForMap("select summed_id, seen_id from studio_rule_use_mark for update");
		long from = ((Number) mark.get("summed_id")).longValue();
		long seen = ((Number) mark.get("seen_id")).longValue();
		long to = Math.min(seen, from + STRIDE);
		if (to > from) {
			this.jdbc
				.update("""
						insert into studio_rule_use (place, table_key, own, rule, day, times)
						select c.place, d.table_key, d.table_place is not null, fired.rule, (d.at at time zone ?)::date, count(*)
						%s where d.id > ? and d.id <= ? group by 1, 2, 3, 4, 5
						on conflict (place, table_key, own, rule, day) do update
						set times = studio_rule_use.times + excluded.times"""
					.formatted(FIRED), this.clock.zone().getId(), from, to);
		}
		if (to < seen) {
			this.jdbc.update("update studio_rule_use_mark set summed_id = ?", to);
			return null;
		}
		this.jdbc.update("update studio_rule_use_mark set summed_id = ?, "
				+ "seen_id = greatest(seen_id, (select coalesce(max(id), 0) from decision_record))", to);
		return to;
	}

	@Override
	protected void schedule(TaskScheduler scheduler) {
		scheduler.scheduleWithFixedDelay(this::sum, ROUND);
	}

}
