package gridcase.casework;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import gridcase.clock.CalendarYearMissing;
import gridcase.clock.Limit;
import gridcase.clock.LimitUnit;
import gridcase.clock.WorkingCalendar;

import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * What another limit would have made of deadlines that ran: from the recorded times, on
 * the calendar, changing nothing.
 */
@Component
public class PastDeadlines {

	private final NamedParameterJdbcTemplate jdbc;

	PastDeadlines(NamedParameterJdbcTemplate jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * A deadline with what belongs to it.
	 *
	 * @param caseNo the case
	 * @param deadline the deadline as it is stored
	 * @param unit unit whose limit it was: the helper's, else the lead's; null if none
	 * was chosen
	 * @param category category of the case, null if unknown
	 * @param topTier whether the case is at the top tier
	 * @param severity severity of the case
	 * @param rests when it stood still, in their order; the last may not have ended
	 */
	public record Past(String caseNo, Deadline deadline, String unit, String category, boolean topTier, String severity,
			List<Rest> rests) {

	}

	/**
	 * A time a deadline stood still.
	 *
	 * @param from since when
	 * @param to until when, null if it still does
	 */
	public record Rest(Instant from, Instant to) {

	}

	/**
	 * What another limit would have done.
	 *
	 * @param warned whether a warning would have been given
	 * @param breached whether it would have been breached
	 * @param usedSeconds time used, as the limit's unit counts it
	 * @param leftSeconds what would have been left at its end (now, if it has not ended),
	 * negative if it would have been exceeded
	 */
	public record Judged(boolean warned, boolean breached, long usedSeconds, long leftSeconds) {

	}

	/** All deadlines of some cases, by case, in the order they were set. */
	public Map<String, List<Past>> of(Collection<String> caseNos) {
		if (caseNos.isEmpty()) {
			return Map.of();
		}
		Map<String, Object> cases = Map.of("cases", caseNos.toArray(String[]::new));
		Map<String, List<Rest>> rests = rests(cases);
		Map<String, List<Past>> found = new HashMap<>();
		this.jdbc.query("""
				select d.*, coalesce(nullif(d.leg, ''), c.facts ->> 'leadUnit') as of_unit, c.category as of_category,
				(c.facts ->> 'topTier')::boolean as at_top, c.severity as of_severity
				from deadline d join case_file c on c.case_no = d.case_no
				where d.case_no = any (:cases) order by d.case_no, d.no""", cases, (row) -> {
			Past past = past(row, rests);
			found.computeIfAbsent(past.caseNo(), (caseNo) -> new ArrayList<>()).add(past);
		});
		return found;
	}

	private static Past past(ResultSet row, Map<String, List<Rest>> rests) throws SQLException {
		Deadline deadline = Cases.deadline(row, 0);
		String caseNo = row.getString("case_no");
		return new Past(caseNo, deadline, row.getString("of_unit"), row.getString("of_category"),
				row.getBoolean("at_top"), row.getString("of_severity"),
				rests.getOrDefault(caseNo + "#" + deadline.no(), List.of()));
	}

	private Map<String, List<Rest>> rests(Map<String, Object> cases) {
		Map<String, List<Rest>> rests = new HashMap<>();
		this.jdbc.query("""
				select case_no, at, data ->> 'no' as no, data ->> 'why' as why from case_event
				where case_no = any (:cases) and kind = 'DEADLINE_MOVED' and data ->> 'why' in ('SUSPENDED', 'RESUMED')
				order by case_no, seq""", cases, (row) -> {
			List<Rest> own = rests.computeIfAbsent(row.getString("case_no") + "#" + row.getString("no"),
					(key) -> new ArrayList<>());
			Instant at = CaseRecords.instant(row, "at");
			if (row.getString("why").equals("SUSPENDED")) {
				own.add(new Rest(at, null));
			}
			else if (!own.isEmpty()) {
				own.set(own.size() - 1, new Rest(own.get(own.size() - 1).from(), at));
			}
		});
		return rests;
	}

	/**
	 * What another limit would have done to a deadline. While both limits count the same
	 * kind of time, extensions that were granted and time used before a return count as
	 * they did. Between office time and time that runs day and night neither can be
	 * carried over: the time it ran is counted anew, without extensions.
	 * @param past the deadline
	 * @param limit the limit it would have had
	 * @param warnPercent its warning share
	 * @param now the present moment, for one that has not ended
	 * @param calendar calendar of the place
	 * @throws CalendarYearMissing if the time touches a year that is not loaded
	 */
	public static Judged judge(Past past, Limit limit, int warnPercent, Instant now, WorkingCalendar calendar) {
		Deadline deadline = past.deadline();
		boolean sameTime = limit.unit().countsOfficeTime() == LimitUnit.valueOf(deadline.limitUnit())
			.countsOfficeTime();
		return sameTime ? carriedOver(deadline, limit, warnPercent, now, calendar)
				: anew(past, limit, warnPercent, now, calendar);
	}

	private static Judged carriedOver(Deadline deadline, Limit limit, int warnPercent, Instant now,
			WorkingCalendar calendar) {
		long before = calendar
			.budget(new Limit(deadline.limitValue(), LimitUnit.valueOf(deadline.limitUnit())), deadline.startedAt())
			.toSeconds();
		long more = calendar.budget(limit, deadline.startedAt()).toSeconds() - before;
		long budget = deadline.budgetSeconds() + more;
		long left = deadline.leftSeconds() + more;
		long spare = budget * (100 - warnPercent) / 100;
		if (deadline.pausedAt() != null) {
			boolean breached = left < 0;
			return new Judged(breached || left < spare, breached, budget - left, left);
		}
		Run run = new Run(deadline.countedFrom(), (deadline.doneAt() != null) ? deadline.doneAt() : now,
				deadline.doneAt() == null);
		boolean breached = run.reaches(left, limit.unit(), calendar);
		boolean warned = breached || run.reaches(left - spare, limit.unit(), calendar);
		long atEnd = left - calendar.timeBetween(limit.unit(), run.from(), run.to()).toSeconds();
		return new Judged(warned, breached, budget - atEnd, atEnd);
	}

	private static Judged anew(Past past, Limit limit, int warnPercent, Instant now, WorkingCalendar calendar) {
		long budget = calendar.budget(limit, past.deadline().startedAt()).toSeconds();
		long left = budget;
		long spare = budget * (100 - warnPercent) / 100;
		boolean breached = false;
		boolean warned = false;
		for (Run run : runs(past, now)) {
			breached |= run.reaches(left, limit.unit(), calendar);
			warned |= breached || run.reaches(left - spare, limit.unit(), calendar);
			left -= calendar.timeBetween(limit.unit(), run.from(), run.to()).toSeconds();
		}
		return new Judged(warned, breached, budget - left, left);
	}

	private static List<Run> runs(Past past, Instant now) {
		Deadline deadline = past.deadline();
		boolean open = deadline.doneAt() == null;
		List<Run> runs = new ArrayList<>();
		Instant from = deadline.startedAt();
		for (Rest rest : past.rests()) {
			runs.add(new Run(from, rest.from(), false));
			if (rest.to() == null) {
				return runs;
			}
			from = rest.to();
		}
		runs.add(new Run(from, open ? now : deadline.doneAt(), open));
		return runs;
	}

	/** A time a deadline ran without a rest, perhaps until now. */
	private record Run(Instant from, Instant to, boolean open) {

		/**
		 * Whether a budget runs out on the way. What is done at the very moment is in
		 * time.
		 */
		boolean reaches(long seconds, LimitUnit unit, WorkingCalendar calendar) {
			if (seconds < 0) {
				return true;
			}
			Instant due = calendar.add(Duration.ofSeconds(seconds), unit, this.from);
			return this.open ? !this.to.isBefore(due) : this.to.isAfter(due);
		}

	}

}
