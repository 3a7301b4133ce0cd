package gridcase.casework;

import java.sql.Timestamp;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

import gridcase.clock.WorkingCalendars;
import gridcase.replay.Replay;
import gridcase.replay.Replays;
import gridcase.replay.Way;
import org.camunda.bpm.engine.RuntimeService;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * What a replay tells of the last moment of a case is how the case and the engine are
 * now: told from the events and the way alone, beside what is stored as the present.
 */
@Component
class WalkReplays {

	private final Cases cases;

	private final Replays replays;

	private final RuntimeService runtime;

	private final WorkingCalendars calendars;

	private final JdbcTemplate jdbc;

	WalkReplays(Cases cases, Replays replays, RuntimeService runtime, WorkingCalendars calendars, JdbcTemplate jdbc) {
		this.cases = cases;
		this.replays = replays;
		this.runtime = runtime;
		this.calendars = calendars;
		this.jdbc = jdbc;
	}

	/**
	 * Replays cases.
	 * @return what differs, by case number; empty if nothing does
	 */
	Map<String, List<String>> check(Collection<String> caseNos) {
		Map<String, List<String>> faults = new TreeMap<>();
		for (String caseNo : caseNos) {
			List<String> found = new ArrayList<>();
			check(this.cases.get(caseNo), found);
			if (!found.isEmpty()) {
				faults.put(caseNo, found);
			}
		}
		return faults;
	}

	private void check(CaseFile file, List<String> faults) {
		Replay replay = this.replays.of(file);
		Replay.Step last = replay.step(replay.steps().size());
		Replay.State now = last.after();
		same(faults, "state", now.state(), file.state());
		same(faults, "stage", now.stageKey() + " " + now.stageName(), file.stageKey() + " " + file.stageName());
		same(faults, "suspended", now.suspended(), file.suspendedAt() != null);
		if (file.open()) {
			same(faults, "owner", (now.owner() != null) ? now.owner().person() : null, file.owner());
			same(faults, "holder", (now.holder() != null) ? now.holder().person() + now.holder().pool() : "nullnull",
					file.holder() + file.holderPool());
			same(faults, "light", now.next().map(Replay.Clock::light).orElse(null), file.light());
		}
		if (!replay.complete()) {
			faults.add("facts told " + now.facts() + ", stored " + file.facts());
		}
		checkClocks(file, now, faults);
		same(faults, "breaches", replay.breaches(),
				count("select count(*) from deadline where case_no = ? and breached_at is not null", file));
		same(faults, "decisions", replay.steps().stream().mapToLong((step) -> step.decisions().size()).sum(),
				count("select count(*) from decision_record where case_no = ?", file));
		same(faults, "messages", replay.steps().stream().mapToLong((step) -> step.messages().size()).sum(),
				count("select count(*) from outbox where case_no = ?", file));
		for (Replay.Step step : replay.steps()) {
			step.decisions()
				.stream()
				.filter((decision) -> !decision.at().equals(step.at()))
				.forEach((decision) -> faults.add("decision " + decision + " is told at step " + step.number()));
		}
		checkRuns(file, replay, faults);
	}

	private void checkClocks(CaseFile file, Replay.State now, List<String> faults) {
		Map<Integer, String> told = now.clocks()
			.stream()
			.collect(Collectors.toMap(Replay.Clock::no,
					(clock) -> clock.light() + " " + (clock.pausedAt() != null ? "" : clock.dueAt()) + " "
							+ clock.budgetSeconds() + " " + clock.limitValue().stripTrailingZeros() + clock.limitUnit()
							+ " " + clock.rule()));
		Map<Integer, String> stored = this.cases.deadlines(file.caseNo())
			.stream()
			.filter((row) -> row.doneAt() == null)
			.collect(Collectors.toMap(Deadline::no,
					(row) -> row.light() + " " + (row.pausedAt() != null ? "" : row.dueAt()) + " " + row.budgetSeconds()
							+ " " + row.limitValue().stripTrailingZeros() + row.limitUnit() + " " + row.rule()));
		same(faults, "limits", new TreeMap<>(told), new TreeMap<>(stored));
	}

	/** The engine's own history, as far as it keeps one, and where it stands now. */
	private void checkRuns(CaseFile file, Replay replay, List<String> faults) {
		Map<String, String> stored = new TreeMap<>();
		Map<String, Timestamp> began = new TreeMap<>();
		this.jdbc.query(
				"select h.id_, h.proc_def_id_, h.super_process_instance_id_, h.start_time_, h.end_time_ from act_hi_procinst h "
						+ "where h.business_key_ = ?",
				(row) -> {
					stored.put(row.getString(1),
							row.getString(2) + " by " + row.getString(3) + " " + (row.getTimestamp(5) == null));
					began.put(row.getString(1), row.getTimestamp(4));
				}, file.caseNo());
		Map<String, String> told = new TreeMap<>();
		for (Replay.Run run : replay.runs()) {
			told.put(run.id(), run.at(replay.steps().size()).diagram().definitionId() + " by " + run.calledBy() + " "
					+ (run.last() == null));
			long apart = Math
				.abs(ChronoUnit.SECONDS.between(replay.step(run.first()).at(), began.get(run.id()).toInstant()));
			if (apart > 5) {
				faults.add("run " + run.id() + " began " + apart + " s from the engine's " + began.get(run.id()));
			}
			if (run.calledBy() != null && run.callElement() == null) {
				faults.add("nobody knows what called " + run);
			}
			checkTokens(file, replay, run, faults);
		}
		same(faults, "runs", told, stored);
	}

	private void checkTokens(CaseFile file, Replay replay, Replay.Run run, List<String> faults) {
		Way way = Way.of(replay, run, replay.steps().size(), this.calendars.forPlace(file.place()));
		var nodes = run.at(replay.steps().size()).diagram().nodes();
		Set<String> told = new TreeSet<>();
		way.nodes().forEach((id, visit) -> {
			if (visit.now() && !nodes.get(id).kind().equals("subProcess")) {
				told.add(id);
			}
		});
		Set<String> running = new TreeSet<>();
		if (run.last() == null) {
			this.runtime.getActiveActivityIds(run.id())
				.forEach((id) -> running.add(id.replace("#multiInstanceBody", "")));
			running.removeIf((id) -> nodes.get(id).kind().equals("subProcess"));
		}
		same(faults, "where " + nodes.size() + " nodes of " + run.key() + " stand", told, running);
		// a flow was taken only between elements that were reached
		run.at(replay.steps().size())
			.diagram()
			.flows()
			.stream()
			.filter((flow) -> way.flows().contains(flow.id()))
			.filter((flow) -> !way.nodes().containsKey(flow.from()) || !way.nodes().containsKey(flow.to()))
			.forEach((flow) -> faults.add("flow " + flow + " of " + run.key() + " was never taken"));
		// and whatever was reached, by a flow if one leads there
		way.nodes()
			.keySet()
			.stream()
			.filter((id) -> nodes.get(id).attachedTo() == null)
			.filter((id) -> run.at(replay.steps().size())
				.diagram()
				.flows()
				.stream()
				.anyMatch((flow) -> flow.to().equals(id)))
			.filter((id) -> run.at(replay.steps().size())
				.diagram()
				.flows()
				.stream()
				.noneMatch((flow) -> flow.to().equals(id) && way.flows().contains(flow.id())))
			.filter((id) -> run.versions().size() == 1 && !id.equals(startedAt(replay, run)))
			.forEach((id) -> faults.add("nothing leads to " + id + " of " + run.key()));
	}

	/** A reopened case begins where a message says, not at a start event. */
	private static String startedAt(Replay replay, Replay.Run run) {
		return replay.step(run.first())
			.changes()
			.stream()
			.filter((change) -> change.run().equals(run.id()))
			.flatMap((change) -> change.entered().stream())
			.findFirst()
			.orElse(null);
	}

	private long count(String sql, CaseFile file) {
		return this.jdbc.queryForObject(sql, Long.class, file.caseNo());
	}

	private static void same(List<String> faults, String what, Object told, Object stored) {
		if (!Objects.equals(told, stored)) {
			faults.add(what + ": told " + told + ", stored " + stored);
		}
	}

}
