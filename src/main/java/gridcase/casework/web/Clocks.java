package gridcase.casework.web;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import gridcase.casework.Deadline;
import gridcase.clock.LimitUnit;
import gridcase.web.Light;
import gridcase.web.Lights;

import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.stereotype.Component;

/** Lights of lists: the running limit behind a due moment, looked up for a whole page. */
@Component
class Clocks {

	private final NamedParameterJdbcTemplate jdbc;

	private final Lights lights;

	Clocks(NamedParameterJdbcTemplate jdbc, Lights lights) {
		this.jdbc = jdbc;
		this.lights = lights;
	}

	/** The limits that run for some cases, by case and due moment. */
	Map<Key, Running> running(Collection<String> caseNos) {
		Map<Key, Running> running = new HashMap<>();
		if (caseNos.isEmpty()) {
			return running;
		}
		this.jdbc.query(
				"select case_no, due_at, limit_unit, started_at from deadline where case_no in (:cases) and done_at is null",
				Map.of("cases", caseNos), (row) -> {
					running.put(new Key(row.getString("case_no"), row.getTimestamp("due_at").toInstant()),
							new Running(LimitUnit.valueOf(row.getString("limit_unit")),
									row.getTimestamp("started_at").toInstant()));
				});
		return running;
	}

	Light light(Map<Key, Running> running, String caseNo, String place, Instant since, Instant warnAt, Instant dueAt) {
		if (dueAt == null) {
			return null;
		}
		Running limit = running.getOrDefault(new Key(caseNo, dueAt), new Running(LimitUnit.WORK_HOUR, since));
		return this.lights.running(place, limit.unit(), limit.since(), warnAt, dueAt);
	}

	/** The running limit that runs out first, or null. */
	static Deadline first(List<Deadline> deadlines) {
		return deadlines.stream()
			.filter((deadline) -> deadline.doneAt() == null)
			.min(java.util.Comparator.comparing(Deadline::dueAt))
			.orElse(null);
	}

	/**
	 * Which limit.
	 *
	 * @param caseNo the case
	 * @param dueAt its due moment
	 */
	record Key(String caseNo, Instant dueAt) {

	}

	/**
	 * A running limit.
	 *
	 * @param unit its unit
	 * @param since when it began
	 */
	record Running(LimitUnit unit, Instant since) {

	}

}
