package gridcase.casework;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import gridcase.clock.PlatformClock;
import gridcase.shared.BackgroundWork;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.scheduling.TaskScheduler;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * How many lines each list has, and which lists have changed. Triggers add a row to
 * {@code inbox_delta} for every line that comes or goes, in the transaction that does it;
 * so the sum is exact, nobody waits for anybody, and reading it costs the same with a
 * million lines.
 */
@Component
public class InboxCounts extends BackgroundWork {

	/** What is younger than this stays where those who follow the changes look. */
	private static final Duration KEPT = Duration.ofSeconds(10);

	private static final String FOLD = """
			with gone as (delete from inbox_delta where ctid = any (array(
			    select ctid from inbox_delta where at < clock_timestamp() - make_interval(secs => :kept) limit 20000))
			  returning lane, n)
			insert into inbox_count (lane, n) select lane, sum(n) from gone group by lane having sum(n) <> 0
			on conflict (lane) do update set n = inbox_count.n + excluded.n""";

	private final NamedParameterJdbcTemplate jdbc;

	private final TransactionTemplate transaction;

	private final Inbox inbox;

	private final PlatformClock clock;

	InboxCounts(NamedParameterJdbcTemplate jdbc, PlatformTransactionManager transactions, Inbox inbox,
			PlatformClock clock, @Value("${camunda.bpm.job-execution.enabled:true}") boolean enabled) {
		super("inbox-counts", "Counts could not be folded; tried again soon", enabled);
		this.jdbc = jdbc;
		this.transaction = new TransactionTemplate(transactions);
		this.inbox = inbox;
		this.clock = clock;
	}

	/** How many rows each view has for a person, in the order of the views. */
	public Map<String, Integer> of(String login) {
		Instant now = this.clock.now();
		String[] people = this.inbox.people(login, now);
		List<String> lanes = new ArrayList<>();
		List<String> views = new ArrayList<>();
		for (String view : Inbox.VIEWS) {
			if (view.equals("WATCHED") && people.length > 1) {
				// a case both watch is one line
				continue;
			}
			for (String lane : this.inbox.lanes(view, login, now)) {
				lanes.add(lane);
				views.add(view);
			}
		}
		Map<String, Integer> counts = new LinkedHashMap<>();
		Inbox.VIEWS.forEach((view) -> counts.put(view, 0));
		String sql = "select l.view, sum(c.n) n from unnest(:lanes::text[], :views::text[]) l (lane, view) cross join lateral "
				+ "(select n from inbox_count where lane = l.lane union all select n from inbox_delta where lane = l.lane) c group by l.view "
				+ "union all select 'DRAFTS', count(*) from draft where login = :login";
		Map<String, Object> parameters = new HashMap<>();
		parameters.put("lanes", lanes.toArray(String[]::new));
		parameters.put("views", views.toArray(String[]::new));
		parameters.put("login", login);
		if (people.length > 1) {
			sql += " union all select 'WATCHED', count(distinct case_no) from custody where kind = 'WATCHER' and to_at is null and person = any (:people)";
			parameters.put("people", people);
		}
		this.jdbc.query(sql, parameters, (row) -> {
			counts.put(row.getString("view"), row.getInt("n"));
		});
		return counts;
	}

	/** All lanes somebody's lists are made of. */
	public Set<String> lanesOf(String login) {
		Instant now = this.clock.now();
		Set<String> lanes = new TreeSet<>();
		Inbox.VIEWS.forEach((view) -> lanes.addAll(List.of(this.inbox.lanes(view, login, now))));
		return lanes;
	}

	/**
	 * Which lanes have changed.
	 * @param since what was answered before, or null to begin
	 * @return the lanes, none at the beginning, and what to ask with the next time. A
	 * change is told exactly once to whoever asks at least every ten seconds; after a
	 * longer pause begin anew
	 */
	public Changes changes(String since) {
		Set<String> lanes = new TreeSet<>();
		String[] seen = new String[1];
		this.jdbc.query("select pg_current_snapshot()::text seen, array(select distinct lane from inbox_delta "
				+ "where :since::text is not null and not pg_visible_in_snapshot(xid, :since::text::pg_snapshot)) lanes",
				java.util.Collections.singletonMap("since", since), (row) -> {
					seen[0] = row.getString("seen");
					lanes.addAll(List.of((String[]) row.getArray("lanes").getArray()));
				});
		return new Changes(seen[0], lanes);
	}

	/**
	 * Lists that changed.
	 *
	 * @param seen what to ask with the next time
	 * @param lanes the lanes
	 */
	public record Changes(String seen, Set<String> lanes) {

	}

	/**
	 * Adds what is old enough to the sums. One server does it at a time, the others leave
	 * it to that one.
	 */
	public void fold() {
		fold(KEPT);
	}

	void fold(Duration kept) {
		int folded;
		do {
			Integer done = this.transaction.execute((status) -> {
				Boolean alone = this.jdbc.queryForObject("select pg_try_advisory_xact_lock(hashtext('inbox_delta'))",
						Map.of(), Boolean.class);
				return Boolean.TRUE.equals(alone) ? this.jdbc.update(FOLD, Map.of("kept", kept.toMillis() / 1000.0))
						: 0;
			});
			folded = (done != null) ? done : 0;
		}
		while (folded > 0);
	}

	@Override
	protected void schedule(TaskScheduler scheduler) {
		scheduler.scheduleWithFixedDelay(this::fold, Duration.ofSeconds(5));
	}

}
