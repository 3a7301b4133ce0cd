package gridcase.bench;

import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import javax.sql.DataSource;

import gridcase.casework.CaseDriver;

import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Many cases that wait in a unit's hands, whose warnings or limits can be made to run out
 * together, and the proof that each did so exactly once.
 */
public final class DueCases implements AutoCloseable {

	/** The timers that fire: of the unit's handling, and of the whole case. */
	private static final List<String> TIMERS = List.of("EventSubProcess_HandlingOverdue",
			"EventSubProcess_TotalOverdue");

	private final JdbcTemplate jdbc;

	private final Copies copies;

	private int made;

	/**
	 * Drives a case of the platform to where a unit handles it, as the model.
	 * @param dataSource the platform's database
	 * @param drive speaks to the platform
	 */
	public DueCases(DataSource dataSource, CaseDriver drive) {
		this.jdbc = new JdbcTemplate(dataSource);
		String[] caseNo = new String[1];
		// reported, filed, dispatched, signed for
		new CaseLoop(drive).actions(caseNo).subList(0, 4).forEach(Runnable::run);
		this.copies = new Copies(dataSource, caseNo[0], "DUE-");
	}

	/** More of them; nothing is due before a month has passed. */
	public List<String> make(int count, Instant now) {
		List<String> cases = this.copies.make(this.made, count);
		this.made += count;
		notBefore(cases, now.plus(Duration.ofDays(30)));
		return cases;
	}

	private void notBefore(List<String> cases, Instant moment) {
		this.jdbc.update("update deadline set warn_at = ?, due_at = ? where case_no = any (?)", Timestamp.from(moment),
				Timestamp.from(moment), array(cases));
		this.jdbc.update(
				"update act_ru_job set duedate_ = ? where root_proc_inst_id_ in "
						+ "(select process_instance from case_file where case_no = any (?))",
				Timestamp.from(moment), array(cases));
	}

	/**
	 * The warning of the unit's handling is due.
	 * @param first when that of the first case is due
	 * @param apart how much later that of each next one
	 */
	public void warningsDue(List<String> cases, Instant first, Duration apart) {
		this.jdbc
			.update("update deadline d set warn_at = ?::timestamptz + (c.place - 1) * ? * interval '1 microsecond' "
					+ "from unnest(?) with ordinality c (case_no, place) where d.case_no = c.case_no and d.stage = 'handle'",
					Timestamp.from(first), apart.toNanos() / 1000, array(cases));
	}

	/**
	 * One limit of each case is due: that of the handling or that of the whole case.
	 * @return how many
	 */
	public int limitsDue(List<String> cases, Instant moment) {
		int due = 0;
		for (int which = 0; which < TIMERS.size(); which++) {
			due += this.jdbc.update(
					"update act_ru_job j set duedate_ = ? from unnest(?) with ordinality c (case_no, place), case_file f "
							+ "where f.case_no = c.case_no and c.place % 2 = ? and j.handler_cfg_ = ? "
							+ "and j.root_proc_inst_id_ = f.process_instance",
					Timestamp.from(moment), array(cases), which, TIMERS.get(which));
		}
		return due;
	}

	/** How many of them have a deadline that was warned about, or breached. */
	public long marked(List<String> cases, String event) {
		return this.jdbc.queryForObject(
				"select count(*) from deadline where case_no = any (?) and " + column(event) + " is not null",
				Long.class, (Object) array(cases));
	}

	private static String column(String event) {
		return event.equals("WARNED") ? "warned_at" : "breached_at";
	}

	/** How many limits are due and have not been dealt with. */
	public long limitsLeft(Instant now) {
		return this.jdbc.queryForObject("select count(*) from act_ru_job where duedate_ <= ?", Long.class,
				Timestamp.from(now));
	}

	/**
	 * Whether each case was warned, breached or escalated exactly once: one mark on a
	 * deadline, one event, and the messages one such event brings.
	 * @param event {@code WARNED}, {@code BREACHED}, or {@code ESCALATED}, which is
	 * supervised or taken over
	 * @return what is wrong, or an empty text
	 */
	public String faults(List<String> cases, String event) {
		Map<String, Object> seen = this.jdbc.queryForMap("""
				select min(marks) least_marks, max(marks) most_marks, min(events) least_events, max(events) most_events,
				  min(notices) least_notices, max(notices - people) most_repeated
				from (select
				  (select count(*) from deadline d where d.case_no = c.case_no
				     and case ? when 'WARNED' then d.warned_at else d.breached_at end is not null) marks,
				  (select count(*) from case_event e where e.case_no = c.case_no and e.kind = any (?)) events,
				  (select count(*) from outbox o where o.case_no = c.case_no and o.event = ?) notices,
				  (select count(distinct (o.audience, o.channel, o.recipient)) from outbox o
				     where o.case_no = c.case_no and o.event = ?) people
				  from unnest(?) c (case_no)) counted""", event, array(kinds(event)), event, event, array(cases));
		boolean once = List.of("least_marks", "most_marks", "least_events", "most_events")
			.stream()
			.allMatch((name) -> seen.get(name).equals(1L)) && !seen.get("least_notices").equals(0L)
				&& seen.get("most_repeated").equals(0L);
		return once ? "" : event + " not exactly once: " + seen;
	}

	private static List<String> kinds(String event) {
		return event.equals("ESCALATED") ? List.of("SUPERVISED", "TAKEN_OVER") : List.of(event);
	}

	static String[] array(List<String> cases) {
		return cases.toArray(String[]::new);
	}

	@Override
	public void close() {
		this.copies.close();
	}

}
