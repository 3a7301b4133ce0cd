package gridcase.inquiry;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import gridcase.clock.PlatformClock;
import gridcase.clock.WorkingCalendars;

import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * What look-backs of single cases say, summed over the cases reported in a period. The
 * database counts it from the stored rows each time somebody asks; every figure can be
 * taken apart into its cases by the same statement.
 */
@Component
public class Sums {

	/** One row for a breach, another where it was excused. */
	private static final String BREACHES = " join (values ('BREACHED', false), ('EXCUSED', true)) b (figure, excused) "
			+ "on not b.excused or d.excused_at is not null where d.breached_at is not null and d.stage <> 'supervise'";

	private final NamedParameterJdbcTemplate jdbc;

	private final WorkingCalendars calendars;

	private final PlatformClock clock;

	Sums(NamedParameterJdbcTemplate jdbc, WorkingCalendars calendars, PlatformClock clock) {
		this.jdbc = jdbc;
		this.calendars = calendars;
		this.clock = clock;
	}

	/** By what is summed. */
	public enum By {

		UNIT("k.unit", "h.from_unit"), PERSON("k.person", "h.person"), CATEGORY("c.category", "c.category"),
		STAGE(null, null);

		private final String ofLink;

		private final String ofHandOver;

		By(String ofLink, String ofHandOver) {
			this.ofLink = ofLink;
			this.ofHandOver = ofHandOver;
		}

	}

	/** What is summed. */
	public enum Figure {

		/** Cases held on the lead's way, and office time. */
		HELD,
		/** Cases helped with, and office time. */
		HELPED,
		/** Time that waited for a unit to sign; at stages: time limits of it ran. */
		UNSIGNED,
		/** Limits that ran out while this one had the work. */
		BREACHED,
		/** Those of them that were excused. */
		EXCUSED,
		/** Handed on to another unit. */
		HANDED_ON,
		/** Returned after it was signed for. */
		RETURNED,
		/** Refused to sign. */
		REFUSED,
		/** Work that did not pass the check. */
		REWORKED

	}

	/**
	 * What is asked.
	 *
	 * @param place place code
	 * @param from cases reported from then
	 * @param until and before then
	 * @param by by what is summed
	 * @param condition SQL condition on {@code c}: what the person may see
	 * @param parameters its parameters
	 */
	public record Query(String place, Instant from, Instant until, By by, String condition,
			Map<String, Object> parameters) {

	}

	/**
	 * How many cases and how much.
	 *
	 * @param cases number of cases
	 * @param amount seconds of office time, or how often
	 */
	public record Sum(int cases, long amount) {

		static final Sum NONE = new Sum(0, 0);

	}

	/**
	 * The figures of one unit, person, category or stage.
	 *
	 * @param key its code; null for what waited in no unit, with no person
	 * @param figures what there is of each figure
	 */
	public record Row(String key, Map<Figure, Sum> figures) {

		/** A figure; nothing is 0. */
		public Sum of(Figure figure) {
			return this.figures.getOrDefault(figure, Sum.NONE);
		}

	}

	/**
	 * A case behind a figure.
	 *
	 * @param caseNo its number
	 * @param title what it is about
	 * @param reportedAt when it was reported
	 * @param state its state
	 * @param amount seconds of office time, or how often
	 */
	public record CaseSum(String caseNo, String title, Instant reportedAt, String state, long amount) {

	}

	/** All figures, the greatest time first. */
	public List<Row> of(Query query) {
		Map<String, Object> parameters = parameters(query);
		Map<String, Map<Figure, Sum>> rows = new LinkedHashMap<>();
		this.jdbc.query(cases(query) + " select figure, key, count(*) cases, sum(amount) amount from (" + perCase(query)
				+ ") each_case group by figure, key", parameters, (row) -> {
					rows.computeIfAbsent(row.getString("key"), (key) -> new EnumMap<>(Figure.class))
						.put(Figure.valueOf(row.getString("figure")),
								new Sum(row.getInt("cases"), row.getLong("amount")));
				});
		List<Row> all = new ArrayList<>();
		rows.forEach((key, figures) -> all.add(new Row(key, figures)));
		all.sort(java.util.Comparator.comparingLong((Row row) -> -row.of(Figure.HELD).amount())
			.thenComparing((row) -> Objects.toString(row.key(), "")));
		return all;
	}

	/**
	 * The cases behind a figure, the greatest amount first.
	 * @param key code of the row, or null
	 * @param most how many at most
	 */
	public List<CaseSum> cases(Query query, Figure figure, String key, int most) {
		Map<String, Object> parameters = parameters(query);
		parameters.put("figure", figure.name());
		parameters.put("key", key);
		return this.jdbc.query(cases(query)
				+ " select f.case_no, f.title, f.reported_at, f.state, each_case.amount from (" + perCase(query)
				+ ") each_case join case_file f using (case_no) where each_case.figure = :figure"
				+ " and each_case.key is not distinct from :key::text order by each_case.amount desc, f.case_no limit "
				+ most, parameters,
				(row, number) -> new CaseSum(row.getString("case_no"), row.getString("title"),
						row.getTimestamp("reported_at").toInstant(), row.getString("state"), row.getLong("amount")));
	}

	private Map<String, Object> parameters(Query query) {
		Instant now = this.clock.now();
		Map<String, Object> parameters = new HashMap<>(query.parameters());
		parameters.put("place", query.place());
		parameters.put("from", Timestamp.from(query.from()));
		parameters.put("until", Timestamp.from(query.until()));
		parameters.put("now", Timestamp.from(now));
		parameters.putAll(OfficeTime.between(this.calendars.forPlace(query.place()), query.from(), now).parameters());
		return parameters;
	}

	/** The cases that count, read once. */
	private static String cases(Query query) {
		return "with " + OfficeTime.TABLE
				+ ", c as materialized (select c.case_no, c.category, coalesce(c.closed_at, :now) until_at, "
				+ OfficeTime.upTo("c.reported_at") + " began, "
				+ "coalesce((c.facts ->> 'reworkCount')::integer, 0) reworks from case_file c cross join o "
				+ "where c.place = :place and not c.internal and c.reported_at >= :from and c.reported_at < :until and "
				+ query.condition() + ")";
	}

	private static String perCase(Query query) {
		return "select figure, key, case_no, sum(amount) amount from ("
				+ ((query.by() == By.STAGE) ? ofStages() : ofHolders(query.by()))
				+ ") figures group by figure, key, case_no";
	}

	private static String ofStages() {
		return "select case when d.leg = '' then 'HELD' else 'HELPED' end figure, d.stage as key, c.case_no, "
				+ OfficeTime.sql("d.started_at", "coalesce(d.done_at, c.until_at)", "c.began")
				+ " amount from deadline d join c using (case_no) cross join o where d.stage <> 'supervise'"
				+ " union all select b.figure, d.stage, c.case_no, 1 from deadline d join c using (case_no)" + BREACHES;
	}

	private static String ofHolders(By by) {
		String key = by.ofLink;
		// who had it when it began to wait, just before the breach, before the check
		String waited = lateral("k.kind = 'HOLDER' and k.leg = d.leg and k.from_at <= d.started_at "
				+ "and coalesce(k.to_at, 'infinity') > d.started_at");
		String before = lateral("k.kind = 'HOLDER' and k.leg = d.leg and k.from_at < d.breached_at "
				+ "and coalesce(k.to_at, 'infinity') >= d.breached_at");
		String worker = lateral("k.kind = 'HOLDER' and k.leg = '' and k.worked and k.from_at < e.at");
		return "select case when k.leg = '' then 'HELD' else 'HELPED' end figure, " + key
				+ " as key, c.case_no, coalesce(k.working_seconds, "
				+ OfficeTime.sql("k.from_at", "coalesce(k.to_at, c.until_at)", "c.began")
				+ ") amount from custody k join c using (case_no) cross join o where k.kind = 'HOLDER'"
				+ " union all select 'UNSIGNED', " + key + ", c.case_no, "
				+ OfficeTime.sql("d.started_at", "coalesce(d.done_at, c.until_at)", "c.began")
				+ " from deadline d join c using (case_no) cross join o" + waited
				+ " where d.stage = 'sign' and d.leg = '' union all select b.figure, " + key
				+ ", c.case_no, 1 from deadline d join c using (case_no)" + before + BREACHES
				+ " union all select case h.movement when 'HAND_ON' then 'HANDED_ON' when 'RETURNED' then 'RETURNED' else 'REFUSED' end, "
				+ by.ofHandOver + ", c.case_no, 1 from hand_over h join c using (case_no) "
				+ "where h.movement in ('HAND_ON', 'RETURNED', 'REFUSE') union all select 'REWORKED', " + key
				+ ", c.case_no, 1 from c join lateral (select e.at from case_event e where e.case_no = c.case_no "
				+ "and e.kind = 'REWORK_ORDERED' offset 0) e on true" + worker + " where c.reworks > 0";
	}

	private static String lateral(String condition) {
		return " left join lateral (select k.unit, k.person from custody k where k.case_no = c.case_no and " + condition
				+ " order by k.no desc limit 1) k on true";
	}

}
