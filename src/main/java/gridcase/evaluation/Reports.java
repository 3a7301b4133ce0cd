package gridcase.evaluation;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;

import gridcase.clock.PlatformClock;
import gridcase.evaluation.CategoryReport.OpenCase;
import gridcase.evaluation.CategoryReport.Row;
import gridcase.policy.Decisions;
import gridcase.policy.Question;
import gridcase.registry.Catalogue;
import gridcase.registry.Category;
import gridcase.registry.Staff;
import gridcase.registry.StaffDirectory;
import gridcase.registry.Unit;
import gridcase.registry.Units;
import gridcase.shared.FieldProblem;
import gridcase.shared.Refusal;

import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.stereotype.Component;

/** Figures of a place, counted anew from the stored cases whenever somebody asks. */
@Component
public class Reports {

	private static final BigDecimal HUNDRED = new BigDecimal(100);

	/** Where a handled case rests while its result is checked. */
	private static final String FOLLOW_UP = "(state = 'OPEN' and coalesce(stage_key, '') in ('feedback', 'verify'))";

	/** Whether somebody still has to decide on a report. */
	private static final String WAITING = "(not coalesce(self_handled, false) and state = 'OPEN' and coalesce(stage_key, 'collect') in ('collect', 'file'))";

	private static final String REGISTERED = " from case_file c where place = :place and not internal and reported_at >= :start and reported_at < :end ";

	private final NamedParameterJdbcTemplate jdbc;

	private final Decisions decisions;

	private final Catalogue catalogue;

	private final Units units;

	private final StaffDirectory staff;

	private final PlatformClock clock;

	private final MessageSource messages;

	Reports(NamedParameterJdbcTemplate jdbc, Decisions decisions, Catalogue catalogue, Units units,
			StaffDirectory staff, PlatformClock clock, MessageSource messages) {
		this.jdbc = jdbc;
		this.decisions = decisions;
		this.catalogue = catalogue;
		this.units = units;
		this.staff = staff;
		this.clock = clock;
		this.messages = messages;
	}

	/**
	 * Cases closed in the period, by loop.
	 * @param place place code
	 * @param period days of closing
	 * @throws Refusal if the period ends before it begins
	 */
	public LoopReport loops(String place, Period period) {
		return this.jdbc.queryForObject("select count(*) total, count(*) filter (where loop = 'MICRO') micro, "
				+ "count(*) filter (where loop = 'SMALL') small, count(*) filter (where loop = 'LARGE') large "
				+ "from case_file where place = :place and not internal and state = 'CLOSED' and closed_at >= :start and closed_at < :end",
				parameters(place, period), (row, number) -> {
					int total = row.getInt("total");
					int micro = row.getInt("micro");
					int small = row.getInt("small");
					int large = row.getInt("large");
					return new LoopReport(place, micro, small, large, total - micro - small - large, total);
				});
	}

	/**
	 * How the cases registered in the period compare with what the place requires of its
	 * grid workers.
	 * @param place place code
	 * @param period days of registration
	 * @throws Refusal if the period ends before it begins
	 */
	public SelfHandlingReport selfHandling(String place, Period period) {
		return this.jdbc
			.queryForObject("select count(*) registered, count(*) filter (where self_handled) self_handled, "
					+ "count(*) filter (where not self_handled and state = 'OPEN' and coalesce(stage_key, 'collect') in ('collect', 'file')) waiting, "
					+ "count(*) filter (where not self_handled and state = 'NOT_FILED') not_filed, "
					+ "count(*) filter (where not self_handled and state = 'MERGED') merged, "
					+ "count(*) filter (where state = 'CLOSED') closed, count(*) filter (where state = 'OPEN') open"
					+ REGISTERED, parameters(place, period), (row, number) -> selfHandling(place, row));
	}

	private SelfHandlingReport selfHandling(String place, ResultSet row) throws SQLException {
		int registered = row.getInt("registered");
		int selfHandled = row.getInt("self_handled");
		int waiting = row.getInt("waiting");
		int notFiled = row.getInt("not_filed");
		int merged = row.getInt("merged");
		BigDecimal rate = (registered > 0) ? percent(selfHandled, registered) : null;
		BigDecimal required = required(place, registered);
		return new SelfHandlingReport(place, registered, selfHandled,
				registered - selfHandled - waiting - notFiled - merged, waiting, notFiled, merged, row.getInt("closed"),
				row.getInt("open"), rate, required, rate != null && required != null && rate.compareTo(required) < 0);
	}

	/** A share in percent, rounded half up to 0.1. */
	static BigDecimal percent(int part, int whole) {
		return new BigDecimal(part).multiply(HUNDRED).divide(new BigDecimal(whole), 1, RoundingMode.HALF_UP);
	}

	private BigDecimal required(String place, int registered) {
		Object percent = this.decisions
			.decide(Question.of("self-handling-rate", place, this.clock.now(), Map.of("registered", registered)))
			.outputs()
			.get("requiredPercent");
		return (percent != null) ? new BigDecimal(percent.toString()) : null;
	}

	/**
	 * Where the cases registered in the period stand, by class of category.
	 * @param place place code
	 * @param period days of registration
	 * @throws Refusal if the period ends before it begins
	 */
	public CategoryReport categories(String place, Period period) {
		Map<String, Object> parameters = parameters(place, period);
		Instant now = this.clock.now();
		List<Row> rows = this.jdbc.query("select category_class, min(category) category, count(*) registered, "
				+ "count(*) filter (where state = 'CLOSED') closed, count(*) filter (where " + FOLLOW_UP
				+ ") follow_up, count(*) filter (where state = 'NOT_FILED') not_filed, "
				+ "count(*) filter (where state = 'MERGED') merged" + REGISTERED
				+ "group by category_class order by category_class", parameters, (row, number) -> {
					int registered = row.getInt("registered");
					int closed = row.getInt("closed");
					int followUp = row.getInt("follow_up");
					int notFiled = row.getInt("not_filed");
					int merged = row.getInt("merged");
					return new Row(row.getString("category_class"), className(place, row.getString("category"), now),
							registered, closed, followUp, registered - closed - followUp - notFiled - merged, notFiled,
							merged);
				});
		List<OpenCase> open = this.jdbc
			.query("select case_no, title, category, stage_name, holder, reported_at, due_at" + REGISTERED
					+ "and state = 'OPEN' and not " + FOLLOW_UP + " order by case_no limit " + CategoryReport.LISTED,
					parameters,
					(row, number) -> new OpenCase(row.getString("case_no"), row.getString("title"),
							className(place, row.getString("category"), now), row.getString("stage_name"),
							row.getString("holder"), instant(row, "reported_at"), instant(row, "due_at")));
		return new CategoryReport(place, rows, total(rows), open);
	}

	private static Row total(List<Row> rows) {
		return new Row(null, null, sum(rows, Row::registered), sum(rows, Row::closed), sum(rows, Row::followUp),
				sum(rows, Row::open), sum(rows, Row::notFiled), sum(rows, Row::merged));
	}

	private static <T> int sum(List<T> rows, ToIntFunction<T> column) {
		return rows.stream().mapToInt(column).sum();
	}

	/** A category that has left the catalogue is shown by its code. */
	private String className(String place, String category, Instant now) {
		return this.catalogue.find(place, category, now).map(Category::className).orElse(category);
	}

	/**
	 * What the units did with the cases registered in the period.
	 * @param place place code
	 * @param period days of registration
	 * @throws Refusal if the period ends before it begins
	 */
	public UnitReport units(String place, Period period) {
		Instant now = this.clock.now();
		List<UnitReport.Row> rows = this.jdbc.query("with work as ("
				+ "select k.unit, k.leg, c.case_no, c.state, sum(k.working_seconds) / 60 minutes, "
				+ "(select count(*) from deadline d where d.case_no = c.case_no and d.breached_at is not null) breaches, "
				+ "(select count(*) from deadline d where d.case_no = c.case_no and d.excused_at is not null) excuses from custody k join case_file c using (case_no) "
				+ "where k.kind = 'HOLDER' and k.unit is not null and k.person is not null "
				+ "and c.place = :place and c.reported_at >= :start and c.reported_at < :end group by k.unit, k.leg, c.case_no, c.state) "
				+ ", moves as (select h.from_unit unit, count(*) filter (where movement = 'REFUSE') refused, "
				+ "count(*) filter (where movement in ('HAND_ON', 'RETURNED')) passed_on from hand_over h join case_file c using (case_no) "
				+ "where c.place = :place and c.reported_at >= :start and c.reported_at < :end group by h.from_unit) "
				+ "select unit, count(case_no) filter (where leg = '') led, count(*) filter (where leg <> '') helped, "
				+ "count(*) filter (where leg = '' and state = 'CLOSED') closed, coalesce(sum(minutes), 0) minutes, "
				+ "count(*) filter (where leg = '' and breaches > 0) breached, "
				+ "count(*) filter (where leg = '' and breaches > 0 and breaches = excuses) excused, "
				+ "coalesce(max(refused), 0) refused, coalesce(max(passed_on), 0) passed_on "
				+ "from work full join moves using (unit) group by unit order by count(case_no) desc, unit",
				parameters(place, period),
				(row, number) -> new UnitReport.Row(row.getString("unit"), unitName(row.getString("unit"), now),
						row.getInt("led"), row.getInt("helped"), row.getInt("closed"), row.getInt("breached"),
						row.getInt("excused"), row.getInt("refused"), row.getInt("passed_on"), row.getLong("minutes")));
		return new UnitReport(place, rows);
	}

	/**
	 * How many of the reports of each grid worker were valid, by day of the report.
	 * @param place place code
	 * @param period days of registration
	 * @throws Refusal if the period ends before it begins
	 */
	public ValidReportsReport validReports(String place, Period period) {
		Instant now = this.clock.now();
		List<ValidReportsReport.Row> rows = this.jdbc.query("select reporter, count(*) reported, "
				+ "count(*) filter (where state = 'NOT_FILED') not_filed, count(*) filter (where state = 'MERGED') merged, "
				+ "count(*) filter (where " + WAITING + ") waiting" + REGISTERED
				+ "and channel in ('GRID_WORKER', 'PATROL') and reporter is not null "
				+ "group by reporter order by count(*) desc, reporter", parameters(place, period),
				(row, number) -> reports(row.getString("reporter"), personName(row.getString("reporter"), now),
						row.getInt("reported"), row.getInt("not_filed"), row.getInt("merged"), row.getInt("waiting")));
		return new ValidReportsReport(place, rows,
				reports(null, null, sum(rows, ValidReportsReport.Row::reported),
						sum(rows, ValidReportsReport.Row::notFiled), sum(rows, ValidReportsReport.Row::merged),
						sum(rows, ValidReportsReport.Row::waiting)));
	}

	private static ValidReportsReport.Row reports(String reporter, String name, int reported, int notFiled, int merged,
			int waiting) {
		int valid = reported - notFiled - merged - waiting;
		return new ValidReportsReport.Row(reporter, name, reported, valid, notFiled, merged, waiting,
				(reported > 0) ? percent(valid, reported) : null);
	}

	private String personName(String login, Instant now) {
		return this.staff.find(login, now).map(Staff::name).orElse(login);
	}

	private String unitName(String code, Instant now) {
		return this.units.find(code, now).map(Unit::name).orElse(code);
	}

	private Map<String, Object> parameters(String place, Period period) {
		if (period.from() != null && period.to() != null && period.to().isBefore(period.from())) {
			throw Refusal.invalid(List.of(new FieldProblem("to", text("evaluation.to"), text("evaluation.backwards"))));
		}
		return Map.of("place", place, "start", period.start(this.clock.zone()), "end", period.end(this.clock.zone()));
	}

	private String text(String key) {
		return this.messages.getMessage(key, null, LocaleContextHolder.getLocale());
	}

	private static Instant instant(ResultSet row, String column) throws SQLException {
		Timestamp at = row.getTimestamp(column);
		return (at != null) ? at.toInstant() : null;
	}

}
