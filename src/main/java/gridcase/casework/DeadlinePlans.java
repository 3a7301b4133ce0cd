package gridcase.casework;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import gridcase.casework.process.CaseTimers;
import gridcase.casework.process.Steps;
import gridcase.clock.CalendarOfPlace;
import gridcase.clock.CalendarYearMissing;
import gridcase.clock.CalendarsLoaded;
import gridcase.clock.PlatformClock;
import gridcase.clock.WorkingCalendar;
import gridcase.clock.WorkingCalendars;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * Keeps open deadlines on the calendar as it is. A changed calendar (a new holiday
 * notice, other office hours) plans each of them anew, one case a transaction; what it
 * would move can be seen beforehand.
 */
@Component
public class DeadlinePlans {

	/** How many moves a preview names; all are counted. */
	public static final int LISTED = 200;

	private static final Logger log = LoggerFactory.getLogger(DeadlinePlans.class);

	private final JdbcTemplate jdbc;

	private final CaseRecords records;

	private final CaseTimers timers;

	private final Steps steps;

	private final WorkingCalendars calendars;

	private final CalendarOfPlace calendarOfPlace;

	private final PlatformClock clock;

	DeadlinePlans(JdbcTemplate jdbc, CaseRecords records, CaseTimers timers, Steps steps, WorkingCalendars calendars,
			CalendarOfPlace calendarOfPlace, PlatformClock clock) {
		this.jdbc = jdbc;
		this.records = records;
		this.timers = timers;
		this.steps = steps;
		this.calendars = calendars;
		this.calendarOfPlace = calendarOfPlace;
		this.clock = clock;
	}

	/**
	 * A deadline that another calendar moves.
	 *
	 * @param caseNo the case
	 * @param place place code
	 * @param stage key of the stage or step
	 * @param dueBefore when it is due now
	 * @param due when it would be due, or null if the calendar does not know that year
	 * @param problem what the calendar does not know, or null
	 */
	public record Move(String caseNo, String place, String stage, Instant dueBefore, Instant due, String problem) {

	}

	/**
	 * What calendars would move.
	 *
	 * @param open deadlines that were looked at
	 * @param moved how many of them move
	 * @param moves the first of them, {@value #LISTED} at most, by present due moment
	 */
	public record Preview(int open, int moved, List<Move> moves) {

	}

	/**
	 * Which open deadlines calendars would move.
	 * @param changed the calendars as they would be, by code
	 */
	public Preview preview(Map<String, WorkingCalendar> changed) {
		List<Move> moves = new ArrayList<>();
		int[] open = new int[1];
		each(changed, (caseNo, place, deadline, calendar) -> {
			open[0]++;
			Move move = move(caseNo, place, deadline, calendar);
			if (move != null) {
				moves.add(move);
			}
		});
		return new Preview(open[0], moves.size(), moves.stream().limit(LISTED).toList());
	}

	private Move move(String caseNo, String place, Deadline deadline, WorkingCalendar calendar) {
		try {
			Instant due = deadline.replanned(this.clock.now(), calendar).dueAt();
			return due.equals(deadline.dueAt()) ? null
					: new Move(caseNo, place, deadline.stage(), deadline.dueAt(), due, null);
		}
		catch (CalendarYearMissing missing) {
			return new Move(caseNo, place, deadline.stage(), deadline.dueAt(), null, missing.getMessage());
		}
	}

	@EventListener
	void remember(CalendarsLoaded loaded) {
		if (loaded.calendars().isEmpty()) {
			return;
		}
		this.jdbc.update("insert into calendar_replan (calendars, changed_at) values (?, ?)",
				loaded.calendars().toArray(String[]::new), Timestamp.from(this.clock.now()));
	}

	/**
	 * Plans anew what changed calendars have not moved yet; {@link DeadlineWatch} asks
	 * for it every second.
	 * @return how many deadlines moved
	 */
	public int replanAll() {
		int all = 0;
		List<Map<String, Object>> due = this.jdbc.queryForList(
				"select id, array_to_string(calendars, ' ') calendars from calendar_replan where done_at is null order by id");
		for (Map<String, Object> row : due) {
			Map<String, WorkingCalendar> changed = new HashMap<>();
			for (String code : row.get("calendars").toString().split(" ")) {
				changed.put(code, this.calendars.named(code));
			}
			int moved = replan(changed);
			this.jdbc.update("update calendar_replan set done_at = ?, moved = ? where id = ?",
					Timestamp.from(this.clock.now()), moved, row.get("id"));
			log.info("Calendars {} changed: {} deadlines moved", row.get("calendars"), moved);
			all += moved;
		}
		return all;
	}

	private int replan(Map<String, WorkingCalendar> changed) {
		Set<String> cases = new LinkedHashSet<>();
		each(changed, (caseNo, place, deadline, calendar) -> {
			if (move(caseNo, place, deadline, calendar) != null) {
				cases.add(caseNo);
			}
		});
		int moved = 0;
		for (String caseNo : cases) {
			moved += this.steps.run(() -> replan(this.records.open(caseNo)));
		}
		return moved;
	}

	private int replan(CaseRecord record) {
		int moved = 0;
		for (Deadline deadline : record.openDeadlines()) {
			try {
				if (deadline.running() && record.replan(deadline)) {
					moved++;
				}
			}
			catch (CalendarYearMissing missing) {
				record.alert("CALENDAR", missing.getMessage());
			}
		}
		if (moved > 0) {
			this.timers.follow(record);
		}
		return moved;
	}

	private void each(Map<String, WorkingCalendar> changed, Visit visit) {
		String[] places = this.jdbc
			.queryForList("select distinct place from case_file where state = 'OPEN'", String.class)
			.stream()
			.filter((place) -> changed.containsKey(this.calendarOfPlace.calendarOf(place)))
			.toArray(String[]::new);
		this.jdbc.query("select d.*, c.place from deadline d join case_file c using (case_no) where d.done_at is null "
				+ "and d.breached_at is null and d.paused_at is null and c.place = any (?) order by d.due_at, d.case_no",
				(ResultSet row) -> visit(row, changed, visit), (Object) places);
	}

	private void visit(ResultSet row, Map<String, WorkingCalendar> changed, Visit visit) throws SQLException {
		String place = row.getString("place");
		visit.of(row.getString("case_no"), place, Cases.deadline(row, 0),
				changed.get(this.calendarOfPlace.calendarOf(place)));
	}

	private interface Visit {

		void of(String caseNo, String place, Deadline deadline, WorkingCalendar calendar);

	}

}
