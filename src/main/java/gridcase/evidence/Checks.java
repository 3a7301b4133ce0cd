package gridcase.evidence;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import gridcase.audit.Access;
import gridcase.audit.AccessLog;
import gridcase.clock.PlatformClock;
import gridcase.security.CurrentPerson;
import gridcase.shared.FieldProblem;
import gridcase.shared.Refusal;
import gridcase.shared.Texts;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Checks that were ordered: one after the other, their findings on record. */
@Component("evidenceChecks")
class Checks implements DisposableBean {

	private static final Logger log = LoggerFactory.getLogger(Checks.class);

	/** As many findings of a check are kept; all are counted. */
	private static final int KEPT = 500;

	private static final int DEAD_AFTER_SECONDS = 60;

	private final Integrity integrity;

	private final AccessLog accesses;

	private final PlatformClock clock;

	private final JdbcTemplate jdbc;

	private final ExecutorService worker = Executors.newSingleThreadExecutor((task) -> new Thread(task, "integrity"));

	private final ExecutorService runner = Executors
		.newSingleThreadExecutor((task) -> new Thread(task, "integrity-run"));

	Checks(Integrity integrity, AccessLog accesses, PlatformClock clock, JdbcTemplate jdbc) {
		this.integrity = integrity;
		this.accesses = accesses;
		this.clock = clock;
		this.jdbc = jdbc;
	}

	/**
	 * A check and what it found.
	 *
	 * @param id its number
	 * @param orderedBy sign-in name
	 * @param place place it is limited to, or null
	 * @param from first day, or null
	 * @param to last day, or null
	 * @param onlyCase the one case it is about, or null
	 * @param beganAt when it began
	 * @param endedAt when it ended, or null
	 * @param state {@code RUNNING DONE BROKEN}
	 * @param total how many cases there are to check
	 * @param cases how many have been
	 * @param events how many events
	 * @param roots how many daily roots
	 * @param faultCount how much is wrong
	 * @param faults the first of it
	 */
	record Check(long id, String orderedBy, String place, LocalDate from, LocalDate to, String onlyCase,
			Instant beganAt, Instant endedAt, String state, long total, long cases, long events, long roots,
			long faultCount, List<Fault> faults) {

		public boolean running() {
			return this.state.equals("RUNNING");
		}

	}

	/**
	 * Orders a check of a period or all; the cases of the person's place, or of all
	 * places for the platform's administrator.
	 * @return its number
	 * @throws Refusal if the period ends before it begins, or a check is running
	 */
	long start(CurrentPerson person, LocalDate from, LocalDate to) {
		if (from != null && to != null && to.isBefore(from)) {
			throw Refusal.invalid(List.of(new FieldProblem("to", Texts.of("evidence", "evidence.to"),
					Texts.of("evidence", "evidence.period.empty"))));
		}
		if (newest(person, 1).stream().anyMatch(Check::running)) {
			throw Refusal.conflict(Texts.of("evidence", "evidence.check.busy"));
		}
		Integrity.Scope scope = new Integrity.Scope(person.place(), from, to);
		long id = add(person, from, to, null);
		this.worker.execute(() -> carryOut(id, scope));
		return id;
	}

	private long add(CurrentPerson person, LocalDate from, LocalDate to, String onlyCase) {
		Instant now = now();
		Long id = this.jdbc.queryForObject(
				"insert into evidence_check (ordered_by, place, from_day, to_day, only_case, began_at, state) values (?, ?, ?, ?, ?, ?, 'RUNNING') returning id",
				Long.class, person.login(), person.place(), from, to, onlyCase, Timestamp.from(now));
		Map<String, Object> details = new TreeMap<>();
		if (from != null) {
			details.put("from", from.toString());
		}
		if (to != null) {
			details.put("to", to.toString());
		}
		this.accesses.record(
				new Access(person.login(), person.place(), "INTEGRITY_CHECKED", (onlyCase != null) ? "case" : "check",
						(onlyCase != null) ? onlyCase : Long.toString(id), details, null));
		return id;
	}

	/** Checks one case at once; that and what was found is on record. */
	Check ofCase(CurrentPerson person, String caseNo) {
		Integrity.Progress progress = new Integrity.Progress();
		List<Fault> faults = this.integrity.ofCase(caseNo, progress);
		long id = add(person, null, null, caseNo);
		progress.total.set(progress.cases());
		end(id, "DONE", progress, faults.size(), faults);
		return get(id);
	}

	private void carryOut(long id, Integrity.Scope scope) {
		Integrity.Progress progress = new Integrity.Progress();
		List<Fault> faults = Collections.synchronizedList(new ArrayList<>());
		AtomicLong count = new AtomicLong();
		Future<?> run = this.runner.submit(() -> {
			this.integrity.check(scope, progress, (fault) -> {
				if (count.incrementAndGet() <= KEPT) {
					faults.add(fault);
				}
				log.error("Integrity check {}: {}", id, fault);
			});
			return null;
		});
		try {
			while (!ended(run)) {
				beat(id, progress, count.get());
			}
			end(id, "DONE", progress, count.get(), faults);
		}
		catch (InterruptedException ex) {
			run.cancel(true);
			end(id, "BROKEN", progress, count.get(), faults);
			Thread.currentThread().interrupt();
		}
		catch (java.util.concurrent.ExecutionException ex) {
			log.error("Integrity check {} broke", id, ex.getCause());
			end(id, "BROKEN", progress, count.get(), faults);
		}
	}

	private static boolean ended(Future<?> run) throws InterruptedException, java.util.concurrent.ExecutionException {
		try {
			run.get(2, TimeUnit.SECONDS);
			return true;
		}
		catch (TimeoutException ex) {
			return false;
		}
	}

	private void beat(long id, Integrity.Progress progress, long faults) {
		this.jdbc.update(
				"update evidence_check set total = ?, cases = ?, events = ?, roots = ?, fault_count = ?, alive_at = now() where id = ?",
				progress.total.get(), progress.cases(), progress.events(), progress.roots(), faults, id);
	}

	private void end(long id, String state, Integrity.Progress progress, long count, List<Fault> faults) {
		beat(id, progress, count);
		this.jdbc.update("update evidence_check set state = ?, ended_at = ?, faults = ?::json where id = ?", state,
				Timestamp.from(now()), json(List.copyOf(faults)), id);
	}

	private Instant now() {
		return this.clock.now().truncatedTo(ChronoUnit.MICROS);
	}

	/**
	 * A check.
	 * @throws Refusal if there is none of that number
	 */
	Check get(long id) {
		return this.jdbc.query(SELECT + "where id = ?", Checks::check, id)
			.stream()
			.findFirst()
			.orElseThrow(() -> Refusal.notFound(Texts.of("evidence", "evidence.check.none", id)));
	}

	/**
	 * A check of the person's place.
	 * @throws Refusal if there is none of that number
	 */
	Check get(CurrentPerson person, long id) {
		Check check = get(id);
		if (person.place() != null && !person.place().equals(check.place())) {
			throw Refusal.notFound(Texts.of("evidence", "evidence.check.none", id));
		}
		return check;
	}

	/** Checks of the person's place, the newest first. */
	List<Check> newest(CurrentPerson person, int most) {
		return this.jdbc.query(SELECT + "where ?::text is null or place = ? order by id desc limit ?", Checks::check,
				person.place(), person.place(), most);
	}

	/** One that has not been heard of for a while was broken off with its server. */
	private static final String SELECT = "select *, case when state = 'RUNNING' and alive_at < now() - interval '"
			+ DEAD_AFTER_SECONDS + " seconds' then 'BROKEN' else state end as now_state from evidence_check ";

	private static Check check(ResultSet row, int number) throws SQLException {
		Timestamp ended = row.getTimestamp("ended_at");
		return new Check(row.getLong("id"), row.getString("ordered_by"), row.getString("place"),
				row.getObject("from_day", LocalDate.class), row.getObject("to_day", LocalDate.class),
				row.getString("only_case"), row.getTimestamp("began_at").toInstant(),
				(ended != null) ? ended.toInstant() : null, row.getString("now_state"), row.getLong("total"),
				row.getLong("cases"), row.getLong("events"), row.getLong("roots"), row.getLong("fault_count"),
				faults(row.getString("faults")));
	}

	private static String json(List<Fault> faults) {
		try {
			return PackageFiles.JSON.writeValueAsString(faults);
		}
		catch (JsonProcessingException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static List<Fault> faults(String json) {
		try {
			return PackageFiles.JSON.readValue(json, new TypeReference<>() {
			});
		}
		catch (JsonProcessingException ex) {
			throw new IllegalStateException("Kept findings cannot be read", ex);
		}
	}

	@Override
	public void destroy() {
		this.worker.shutdownNow();
		this.runner.shutdownNow();
	}

}
