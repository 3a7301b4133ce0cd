package gridcase.mining;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import gridcase.casework.DrawnProcesses;
import gridcase.casework.DrawnProcesses.Drawn;
import gridcase.clock.PlatformClock;
import gridcase.shared.FieldProblem;
import gridcase.shared.Refusal;
import gridcase.shared.Texts;

import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.stereotype.Component;

/** Figures of how cases ran, counted by the database; times are office time. */
@Component
class Mining {

	/** More variants than this are told as a sum. */
	static final int VARIANTS = 12;

	/** More weeks than this no table can show. */
	static final int WEEKS = 13;

	static final int PAGE = 50;

	private static final String FROM = " from mining_case c ";

	private static final String WHERE = " where " + MiningScope.CONDITION;

	private static final String STEPS = FROM + "join mining_step s on s.case_no = c.case_no" + WHERE;

	private static final String HAND_OVERS = FROM + "join hand_over h on h.case_no = c.case_no" + WHERE;

	/** Columns of a case that count something that should not have been needed. */
	static final List<String> MEASURES = List.of("breaches", "rework", "refusals", "returns", "hand_overs", "reopened",
			"escalations");

	private final NamedParameterJdbcTemplate jdbc;

	private final DrawnProcesses processes;

	private final ZoneId zone;

	Mining(NamedParameterJdbcTemplate jdbc, DrawnProcesses processes, PlatformClock clock) {
		this.jdbc = jdbc;
		this.processes = processes;
		this.zone = clock.zone();
	}

	/** What there is altogether. */
	Sums sums(MiningScope scope) {
		StringBuilder counts = new StringBuilder();
		MEASURES.forEach((measure) -> counts.append(", count(*) filter (where ").append(measure).append(" > 0)"));
		return this.jdbc.queryForObject("select count(*), count(closed_at), count(distinct variant_id), "
				+ "percentile_cont(0.5) within group (order by working_seconds), avg(working_seconds)" + counts + FROM
				+ WHERE, scope.parameters(), (row, number) -> {
					Map<String, Integer> measures = new LinkedHashMap<>();
					for (String measure : MEASURES) {
						measures.put(measure, row.getInt(6 + measures.size()));
					}
					return new Sums(row.getInt(1), row.getInt(2), row.getInt(3), seconds(row, 4), seconds(row, 5),
							measures);
				});
	}

	/** The diagrams the cases ran on, most used first. */
	List<Diagram> diagrams(MiningScope scope) {
		return this.jdbc.query("select s.definition, count(distinct s.case_no) as cases" + STEPS
				+ " group by s.definition order by cases desc, 1", scope.parameters(), (row, number) -> {
					Drawn drawn = this.processes.get(row.getString(1));
					return new Diagram(drawn.id(), drawn.name(), drawn.key(), drawn.version(), drawn.own(),
							row.getInt(2));
				});
	}

	/** How often and how long the cases were at each element of a diagram. */
	List<Heat> heat(MiningScope scope, String definition) {
		Drawn drawn = this.processes.get(definition);
		Map<String, Object> parameters = scope.parameters();
		parameters.put("definition", definition);
		return this.jdbc
			.query("select s.element, count(*), count(distinct s.case_no), avg(s.waiting_seconds), avg(s.working_seconds), "
					+ "coalesce(sum(s.waiting_seconds), 0) + coalesce(sum(s.working_seconds), 0) as total, count(*) filter (where s.until_at is null)"
					+ STEPS + " and s.definition = :definition group by s.element order by total desc, 1", parameters,
					(row, number) -> {
						DrawnProcesses.Node node = drawn.nodes().get(row.getString(1));
						return new Heat(row.getString(1), (node != null) ? node.name() : row.getString(1),
								row.getInt(2), row.getInt(3), seconds(row, 4), seconds(row, 5), row.getLong(6),
								row.getInt(7));
					});
	}

	/** The ways cases took through the stages, the most frequent first. */
	Variants variants(MiningScope scope, int most) {
		List<Variant> all = this.jdbc
			.query("select variant_id, min(array_to_string(variant, chr(10))), count(*) as cases, "
					+ "percentile_cont(0.5) within group (order by working_seconds), count(*) filter (where breaches > 0)"
					+ FROM + WHERE + " group by variant_id order by cases desc, variant_id limit " + most,
					scope.parameters(), (row, number) -> new Variant(row.getString(1), stages(row), row.getInt(3),
							seconds(row, 4), row.getInt(5)));
		Sums sums = sums(scope);
		int shown = all.stream().mapToInt(Variant::cases).sum();
		return new Variants(all, sums.cases(), sums.variants() - all.size(), sums.cases() - shown);
	}

	private static List<String> stages(ResultSet row) throws SQLException {
		return row.getString(2).isEmpty() ? List.of() : List.of(row.getString(2).split("\n"));
	}

	/** From which unit cases went where, and how. */
	List<Passed> passed(MiningScope scope) {
		return this.jdbc.query(
				"select h.from_unit, h.to_unit, h.movement, count(*) as times, count(distinct h.case_no)" + HAND_OVERS
						+ " group by h.from_unit, h.to_unit, h.movement order by times desc, 1, 2, 3",
				scope.parameters(), (row, number) -> new Passed(row.getString(1), row.getString(2), row.getString(3),
						row.getInt(4), row.getInt(5)));
	}

	/** From which stage cases went back to which. */
	List<Loop> loops(MiningScope scope) {
		return this.jdbc.query(
				"select loop, count(*) as times, count(distinct c.case_no)" + FROM
						+ "cross join unnest(c.loops) as loop" + WHERE + " group by loop order by times desc, 1",
				scope.parameters(), (row, number) -> new Loop(row.getString(1), row.getInt(2), row.getInt(3)));
	}

	/** How often each thing happened to one case: to how many once, twice, more often. */
	List<Repeats> repeats(MiningScope scope) {
		List<Repeats> repeats = new ArrayList<>();
		for (String measure : MEASURES) {
			this.jdbc.query(
					"select count(*) filter (where m = 1), count(*) filter (where m = 2), count(*) filter (where m > 2), coalesce(max(m), 0) "
							+ "from (select c." + measure + " as m" + FROM + WHERE + ") counted",
					scope.parameters(), (row) -> {
						repeats.add(new Repeats(measure, row.getInt(1), row.getInt(2), row.getInt(3), row.getInt(4)));
					});
		}
		return repeats;
	}

	/**
	 * How long tasks waited and were worked on, by stage and the week in which they were
	 * done; the last {@value #WEEKS} weeks of the period.
	 */
	List<Week> weeks(MiningScope scope) {
		Map<String, Object> parameters = scope.parameters();
		parameters.put("zone", this.zone.getId());
		parameters.put("since", java.sql.Timestamp.from(since(scope)));
		return this.jdbc.query(
				"select s.stage_name, date_trunc('week', s.until_at at time zone :zone)::date as week, count(*), "
						+ "avg(s.waiting_seconds), avg(s.working_seconds)" + STEPS
						+ " and s.task and s.outcome = 'DONE' and s.stage_name is not null and s.until_at >= :since "
						+ "group by s.stage_name, week order by s.stage_name, week",
				parameters, (row, number) -> new Week(row.getString(1), row.getObject(2, LocalDate.class),
						row.getInt(3), seconds(row, 4), seconds(row, 5)));
	}

	private Instant since(MiningScope scope) {
		LocalDate last = LocalDate.ofInstant(scope.to().minusSeconds(1), this.zone);
		return last.with(java.time.DayOfWeek.MONDAY).minusWeeks(WEEKS - 1).atStartOfDay(this.zone).toInstant();
	}

	/** How long tasks took at each stage, longest first. */
	List<StageTime> stages(MiningScope scope) {
		return this.jdbc.query("select s.stage_name, count(*), avg(s.waiting_seconds), avg(s.working_seconds)" + STEPS
				+ " and s.task and s.outcome = 'DONE' and s.stage_name is not null group by s.stage_name order by avg(s.waiting_seconds + s.working_seconds) desc, 1",
				scope.parameters(),
				(row, number) -> new StageTime(row.getString(1), row.getInt(2), seconds(row, 3), seconds(row, 4)));
	}

	/**
	 * The cases behind a figure, newest first.
	 * @param scope which cases
	 * @param figure what they have in common
	 * @param page number of the page, from 1
	 */
	Cases cases(MiningScope scope, Figure figure, int page) {
		Map<String, Object> parameters = scope.parameters();
		parameters.put("zone", this.zone.getId());
		String condition = condition(figure, parameters);
		int total = this.jdbc.queryForObject("select count(*)" + FROM + WHERE + condition, parameters, Integer.class);
		List<Line> lines = this.jdbc.query(
				"select c.case_no, f.title, c.category, c.state, c.reported_at, c.closed_at, c.working_seconds, c.breaches, c.variant"
						+ FROM + "join case_file f on f.case_no = c.case_no" + WHERE + condition
						+ " order by c.reported_at desc, c.case_no desc limit " + PAGE + " offset "
						+ (Math.max(1, page) - 1L) * PAGE,
				parameters,
				(row, number) -> new Line(row.getString(1), row.getString(2), row.getString(3), row.getString(4),
						row.getTimestamp(5).toInstant(),
						(row.getTimestamp(6) != null) ? row.getTimestamp(6).toInstant() : null, seconds(row, 7),
						row.getInt(8), List.of((String[]) row.getArray(9).getArray())));
		return new Cases(total, lines);
	}

	private static String condition(Figure figure, Map<String, Object> parameters) {
		StringBuilder condition = new StringBuilder();
		if (figure.variant() != null) {
			condition.append(" and c.variant_id = :variant");
			parameters.put("variant", figure.variant());
		}
		if (figure.loop() != null) {
			condition.append(" and :loop = any (c.loops)");
			parameters.put("loop", figure.loop());
		}
		if (figure.measure() != null) {
			if (!MEASURES.contains(figure.measure())) {
				throw Refusal.invalid(List.of(new FieldProblem("measure", Texts.of("mining", "mining.measure"),
						Texts.of("mining", "mining.refused.measure", MEASURES))));
			}
			condition.append(" and c.").append(figure.measure()).append(" >= :least");
			parameters.put("least", (figure.least() != null) ? figure.least() : 1);
			if (figure.most() != null) {
				condition.append(" and c.").append(figure.measure()).append(" <= :most");
				parameters.put("most", figure.most());
			}
		}
		if (figure.definition() != null && figure.element() != null) {
			condition.append(" and exists (select 1 from mining_step s where s.case_no = c.case_no "
					+ "and s.definition = :definition and s.element = :element)");
			parameters.put("definition", figure.definition());
			parameters.put("element", figure.element());
		}
		if (figure.fromUnit() != null) {
			condition.append(
					" and exists (select 1 from hand_over h where h.case_no = c.case_no and h.from_unit = :fromUnit "
							+ "and h.to_unit is not distinct from cast(:toUnit as text)"
							+ ((figure.movement() != null) ? " and h.movement = :movement" : "") + ")");
			parameters.put("fromUnit", figure.fromUnit());
			parameters.put("toUnit", figure.toUnit());
			parameters.put("movement", figure.movement());
		}
		if (figure.stage() != null) {
			condition.append(
					" and exists (select 1 from mining_step s where s.case_no = c.case_no and s.task and s.outcome = 'DONE' "
							+ "and s.stage_name = :stage"
							+ ((figure.week() != null)
									? " and date_trunc('week', s.until_at at time zone :zone)::date = :week" : "")
							+ ")");
			parameters.put("stage", figure.stage());
			parameters.put("week", figure.week());
		}
		return condition.toString();
	}

	/**
	 * Two selections side by side.
	 * @param one one of them
	 * @param other what it is compared with
	 */
	Comparison compare(MiningScope one, MiningScope other) {
		Map<String, StageTime> ones = byName(stages(one));
		Map<String, StageTime> others = byName(stages(other));
		Map<String, StageTime[]> stages = new LinkedHashMap<>();
		ones.forEach((name, time) -> stages.put(name, new StageTime[] { time, others.get(name) }));
		others.forEach((name, time) -> stages.putIfAbsent(name, new StageTime[] { null, time }));
		Variants shown = variants(one, VARIANTS);
		Map<String, Object> parameters = other.parameters();
		parameters.put("variants", shown.shown().stream().map(Variant::id).toArray(String[]::new));
		Map<String, Integer> counts = new HashMap<>();
		this.jdbc.query("select c.variant_id, count(*)" + FROM + WHERE
				+ " and c.variant_id = any (:variants) group by c.variant_id", parameters, (row) -> {
					counts.put(row.getString(1), row.getInt(2));
				});
		return new Comparison(sums(one), sums(other),
				stages.entrySet()
					.stream()
					.map((entry) -> new StagePair(entry.getKey(), entry.getValue()[0], entry.getValue()[1]))
					.toList(),
				shown.shown()
					.stream()
					.map((variant) -> new VariantPair(variant, counts.getOrDefault(variant.id(), 0)))
					.toList());
	}

	private static Map<String, StageTime> byName(List<StageTime> times) {
		Map<String, StageTime> byName = new LinkedHashMap<>();
		times.forEach((time) -> byName.put(time.name(), time));
		return byName;
	}

	private static Long seconds(ResultSet row, int column) throws SQLException {
		double value = row.getDouble(column);
		return row.wasNull() ? null : Math.round(value);
	}

	/**
	 * What there is altogether.
	 *
	 * @param cases number of cases
	 * @param closed of them ended
	 * @param variants number of different ways they took
	 * @param medianSeconds half of the ended ones took no longer, in office time; null if
	 * there are none
	 * @param meanSeconds their mean, or null
	 * @param measures in how many cases each of {@link #MEASURES} happened
	 */
	record Sums(int cases, int closed, int variants, Long medianSeconds, Long meanSeconds,
			Map<String, Integer> measures) {

	}

	/** A diagram and how many cases ran on it. */
	record Diagram(String id, String name, String process, int version, boolean own, int cases) {

	}

	/**
	 * An element of a diagram.
	 *
	 * @param element its id
	 * @param name its name
	 * @param times how often cases came to it
	 * @param cases how many cases did
	 * @param waitingSeconds mean office time until somebody took it, or null
	 * @param workingSeconds mean office time from then until it was left, or null
	 * @param totalSeconds office time of all together
	 * @param open how many are there now
	 */
	record Heat(String element, String name, int times, int cases, Long waitingSeconds, Long workingSeconds,
			long totalSeconds, int open) {

	}

	/** A way through the stages. */
	record Variant(String id, List<String> stages, int cases, Long medianSeconds, int breached) {

	}

	/** The most frequent ways, and how much is not among them. */
	record Variants(List<Variant> shown, int cases, int restVariants, int restCases) {

	}

	/** How often cases went from a unit to another, or back (to is null). */
	record Passed(String from, String to, String movement, int times, int cases) {

	}

	/** A way back. */
	record Loop(String name, int times, int cases) {

	}

	/** To how many cases something happened once, twice, more often; and the most. */
	record Repeats(String measure, int once, int twice, int more, int most) {

	}

	/** Means of a stage in a week that begins on this Monday. */
	record Week(String stage, LocalDate week, int tasks, Long waitingSeconds, Long workingSeconds) {

		/** Both together. */
		public long seconds() {
			return ((this.waitingSeconds != null) ? this.waitingSeconds : 0)
					+ ((this.workingSeconds != null) ? this.workingSeconds : 0);
		}

	}

	/** Means of a stage. */
	record StageTime(String name, int tasks, Long waitingSeconds, Long workingSeconds) {

		/** Both together. */
		public long seconds() {
			return ((this.waitingSeconds != null) ? this.waitingSeconds : 0)
					+ ((this.workingSeconds != null) ? this.workingSeconds : 0);
		}

	}

	/** The same stage in two selections; null where it is in one only. */
	record StagePair(String name, StageTime one, StageTime other) {

	}

	/** The same way in two selections. */
	record VariantPair(Variant one, int other) {

	}

	/** Two selections. */
	record Comparison(Sums one, Sums other, List<StagePair> stages, List<VariantPair> variants) {

	}

	/**
	 * What the cases behind a figure have in common; null where it does not matter.
	 *
	 * @param variant id of a variant
	 * @param loop a way back
	 * @param measure one of {@link #MEASURES}
	 * @param least how often at least
	 * @param most how often at most
	 * @param definition id of a diagram
	 * @param element id of an element of it
	 * @param fromUnit a unit they were passed on by
	 * @param toUnit to which unit; null: to none, back
	 * @param movement how
	 * @param stage name of a stage
	 * @param week Monday of the week in which a task of that stage was done
	 */
	record Figure(String variant, String loop, String measure, Integer least, Integer most, String definition,
			String element, String fromUnit, String toUnit, String movement, String stage, LocalDate week) {

	}

	/** A page of cases and how many there are. */
	record Cases(int total, List<Line> lines) {

	}

	/** A case of a list; its title is null for whom it does not concern. */
	record Line(String caseNo, String title, String category, String state, Instant reportedAt, Instant closedAt,
			Long workingSeconds, int breaches, List<String> stages) {

		Line withoutTitle() {
			return new Line(this.caseNo, null, this.category, this.state, this.reportedAt, this.closedAt,
					this.workingSeconds, this.breaches, this.stages);
		}

	}

}
