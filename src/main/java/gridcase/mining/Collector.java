package gridcase.mining;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;

import gridcase.clock.WorkingCalendar;
import gridcase.clock.WorkingCalendars;
import gridcase.mining.MinedCase.Step;
import jakarta.annotation.PreDestroy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Keeps cases put together for analysis: those that are new or have changed when somebody
 * looks, some at once, the rest beside.
 */
@Component
class Collector {

	/** As many as a page can wait for. */
	private static final int AT_ONCE = 300;

	private static final int CHUNK = 100;

	private static final String BEHIND = " from case_file c left join mining_case m on m.case_no = c.case_no where not c.internal and "
			+ MiningScope.CONDITION + " and m.version is distinct from c.version";

	private static final Logger LOG = LoggerFactory.getLogger(Collector.class);

	private final CaseHistories histories;

	private final WorkingCalendars calendars;

	private final NamedParameterJdbcTemplate named;

	private final JdbcTemplate jdbc;

	private final TransactionTemplate writing;

	private final ExecutorService beside = Executors.newSingleThreadExecutor((work) -> {
		Thread thread = new Thread(work, "mining");
		thread.setDaemon(true);
		return thread;
	});

	private final AtomicBoolean busy = new AtomicBoolean();

	Collector(CaseHistories histories, WorkingCalendars calendars, NamedParameterJdbcTemplate named, JdbcTemplate jdbc,
			PlatformTransactionManager transactions) {
		this.histories = histories;
		this.calendars = calendars;
		this.named = named;
		this.jdbc = jdbc;
		this.writing = new TransactionTemplate(transactions);
	}

	/**
	 * Brings the cases of a scope up to date, as far as that takes no time; the rest
	 * follows beside.
	 * @return how many are still behind
	 */
	int bring(MiningScope scope) {
		return bring(scope, AT_ONCE);
	}

	/** Brings all of them up to date, however long it takes. */
	void bringAll(MiningScope scope) {
		int behind = Integer.MAX_VALUE;
		while (behind > 0 && !Thread.currentThread().isInterrupted()) {
			List<String> next = behind(scope, CHUNK);
			if (next.isEmpty()) {
				return;
			}
			put(scope.place(), next);
			behind = next.size();
		}
	}

	private int bring(MiningScope scope, int most) {
		List<String> behind = behind(scope, most + 1);
		boolean more = behind.size() > most;
		List<String> now = more ? behind.subList(0, most) : behind;
		for (int from = 0; from < now.size(); from += CHUNK) {
			put(scope.place(), now.subList(from, Math.min(now.size(), from + CHUNK)));
		}
		if (!more) {
			return 0;
		}
		if (this.busy.compareAndSet(false, true)) {
			this.beside.execute(() -> {
				try {
					bringAll(scope);
				}
				catch (RuntimeException ex) {
					// whoever looks next tries again; until then the page says how many
					// are
					// behind
					LOG.error("Cases of {} could not be put together", scope.place(), ex);
				}
				finally {
					this.busy.set(false);
				}
			});
		}
		return this.named.queryForObject("select count(*)" + BEHIND, scope.parameters(), Integer.class);
	}

	private List<String> behind(MiningScope scope, int most) {
		return this.named.queryForList("select c.case_no" + BEHIND + " order by c.reported_at, c.case_no limit " + most,
				scope.parameters(), String.class);
	}

	private void put(String place, List<String> caseNos) {
		List<MinedCase> cases = this.histories.of(caseNos);
		WorkingCalendar calendar = this.calendars.forPlace(place);
		List<Object[]> rows = new ArrayList<>();
		List<Object[]> steps = new ArrayList<>();
		cases.forEach((mined) -> {
			rows.add(row(mined, calendar));
			mined.steps().forEach((step) -> steps.add(row(mined.caseNo(), step, calendar)));
		});
		this.writing.executeWithoutResult((status) -> {
			// two that look at once do the same work one after the other
			this.jdbc.queryForList("select pg_advisory_xact_lock(hashtext('mining'))");
			this.jdbc.update("delete from mining_case where case_no = any (?)",
					(Object) caseNos.toArray(String[]::new));
			this.jdbc.batchUpdate(
					"insert into mining_case (case_no, version, place, grid_path, category, category_class, state, "
							+ "reported_at, closed_at, variant_id, variant, loops, working_seconds, breaches, rework, refusals, returns, "
							+ "hand_overs, reopened, escalations) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
					rows);
			this.jdbc.batchUpdate(
					"insert into mining_step (case_no, no, definition, element, task, stage_name, unit, from_at, "
							+ "until_at, outcome, waiting_seconds, working_seconds) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
					steps);
		});
	}

	private static Object[] row(MinedCase mined, WorkingCalendar calendar) {
		List<String> stages = mined.stages().stream().map((fact) -> (String) fact.data().get("name")).toList();
		Map<String, Object> known = mined.attributes();
		return new Object[] { mined.caseNo(), mined.version(), known.get("place"), mined.gridPath(),
				known.get("category"), known.get("category_class"), known.get("state"), timestamp(mined.reportedAt()),
				timestamp(mined.closedAt()), id(stages), stages.toArray(String[]::new),
				loops(stages).toArray(String[]::new),
				(mined.closedAt() != null)
						? calendar.workingTimeBetween(mined.reportedAt(), mined.closedAt()).toSeconds() : null,
				count(known, "breaches"), count(known, "rework"), count(known, "refusals"), count(known, "returns"),
				count(known, "hand_overs"), count(known, "reopened"), count(known, "escalations") };
	}

	private static int count(Map<String, Object> known, String name) {
		return (known.get(name) instanceof Number number) ? number.intValue() : 0;
	}

	/**
	 * Each time a case went back, from where to where: to a stage it had come to before
	 * it first came to the one it left.
	 */
	private static List<String> loops(List<String> stages) {
		List<String> loops = new ArrayList<>();
		for (int at = 1; at < stages.size(); at++) {
			String from = stages.get(at - 1);
			String to = stages.get(at);
			if (stages.indexOf(to) < at && stages.indexOf(to) <= stages.indexOf(from)) {
				loops.add(from + " → " + to);
			}
		}
		return loops;
	}

	private static Object[] row(String caseNo, Step step, WorkingCalendar calendar) {
		Instant taken = (step.taken() != null) ? step.taken() : step.until();
		return new Object[] { caseNo, step.no(), step.definition(), step.element(), step.task(), step.stageName(),
				step.unit(), timestamp(step.from()), timestamp(step.until()), step.outcome(),
				(taken != null) ? calendar.workingTimeBetween(step.from(), taken).toSeconds() : null,
				(taken != null && step.until() != null) ? calendar.workingTimeBetween(taken, step.until()).toSeconds()
						: null };
	}

	private static Timestamp timestamp(Instant at) {
		return (at != null) ? Timestamp.from(at) : null;
	}

	private static String id(List<String> stages) {
		try {
			return HexFormat.of()
				.formatHex(MessageDigest.getInstance("MD5")
					.digest(String.join("\n", stages).getBytes(StandardCharsets.UTF_8)));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every Java platform has MD5", ex);
		}
	}

	@PreDestroy
	void stop() {
		this.beside.shutdownNow();
	}

}
