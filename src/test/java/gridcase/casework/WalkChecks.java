package gridcase.casework;

import java.sql.Timestamp;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import gridcase.audit.CaseTrail;
import gridcase.casework.process.Incidents;
import gridcase.clock.PlatformClock;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.model.bpmn.instance.CatchEvent;
import org.camunda.bpm.model.bpmn.instance.TimerEventDefinition;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * What holds for every case at every moment, computed anew from its rows, its events and
 * the engine's own tables.
 */
@Component
class WalkChecks {

	private static final String NEVER = "9999-12-31T00:00:00Z";

	private static final ObjectMapper JSON = new ObjectMapper();

	private final JdbcTemplate jdbc;

	private final CaseTrail trail;

	private final Incidents incidents;

	private final RepositoryService repository;

	private final PlatformClock clock;

	private final Map<String, Life> lives = new HashMap<>();

	/** Kinds of events seen, for the walk to show that it went everywhere. */
	private final Map<String, Integer> kinds = new TreeMap<>();

	private WalkTime time;

	private Set<String> untilTimers = Set.of();

	WalkChecks(JdbcTemplate jdbc, CaseTrail trail, Incidents incidents, RepositoryService repository,
			PlatformClock clock) {
		this.jdbc = jdbc;
		this.trail = trail;
		this.incidents = incidents;
		this.repository = repository;
		this.clock = clock;
	}

	void begin(WalkTime calendar) {
		this.time = calendar;
		this.untilTimers = this.repository.createProcessDefinitionQuery()
			.latestVersion()
			.list()
			.stream()
			.flatMap((definition) -> this.repository.getBpmnModelInstance(definition.getId())
				.getModelElementsByType(TimerEventDefinition.class)
				.stream())
			.filter((timer) -> timer.getTimeDate() != null && timer.getTimeDate().getTextContent().contains(".until("))
			.map((timer) -> ((CatchEvent) timer.getParentElement()).getId())
			.collect(Collectors.toSet());
	}

	Map<String, Integer> kinds() {
		return this.kinds;
	}

	/** Version and last event of every case: what an action must change, or not. */
	Map<String, String> versions() {
		Map<String, String> versions = new TreeMap<>();
		this.jdbc.query("select case_no, version, event_seq from case_file", (row) -> {
			versions.put(row.getString(1), row.getInt(2) + "/" + row.getInt(3));
		});
		return versions;
	}

	/**
	 * Checks cases.
	 * @return what is wrong, by case number; empty if nothing is
	 */
	Map<String, List<String>> check(Collection<String> caseNos) {
		if (caseNos.isEmpty()) {
			return Map.of();
		}
		String[] numbers = caseNos.toArray(String[]::new);
		Map<String, List<String>> faults = new TreeMap<>();
		Map<String, Facts> all = new LinkedHashMap<>();
		query("select * from case_file where case_no = any (?) order by case_no", numbers,
				(row) -> all.put(text(row, "case_no"), new Facts(row)));
		query("select * from custody where case_no = any (?) order by case_no, no", numbers,
				(row) -> all.get(text(row, "case_no")).custody.add(row));
		query("select * from deadline where case_no = any (?) order by case_no, no", numbers,
				(row) -> all.get(text(row, "case_no")).deadlines.add(row));
		query("select * from inbox_item where case_no = any (?) order by case_no, created_at, task_id", numbers,
				(row) -> all.get(text(row, "case_no")).inbox.add(row));
		query("select e.business_key_ case_no, t.id_ id, t.assignee_ assignee, t.task_def_key_ task_key, t.proc_inst_id_ instance from act_ru_task t "
				+ "join act_ru_execution e on e.id_ = t.proc_inst_id_ where e.business_key_ = any (?)", numbers,
				(row) -> all.get(text(row, "case_no")).tasks.add(row));
		query("select e.business_key_ case_no, j.id_ id, j.type_ type, j.duedate_ due, j.handler_cfg_ config, j.retries_ retries, j.process_instance_id_ instance "
				+ "from act_ru_job j join act_ru_execution e on e.id_ = j.process_instance_id_ where e.business_key_ = any (?)",
				numbers, (row) -> all.get(text(row, "case_no")).jobs.add(row));
		query("select e.business_key_ case_no, e.id_ instance, e.super_exec_ called_by, d.key_ definition from act_ru_execution e "
				+ "join act_re_procdef d on d.id_ = e.proc_def_id_ where e.parent_id_ is null and e.business_key_ = any (?)",
				numbers, (row) -> all.get(text(row, "case_no")).instances.add(row));
		query("select e.business_key_ case_no, i.activity_id_ activity, i.incident_msg_ message from act_ru_incident i "
				+ "join act_ru_execution e on e.id_ = i.proc_inst_id_ where e.business_key_ = any (?)", numbers,
				(row) -> all.get(text(row, "case_no")).incidents.add(row));
		query("select case_no, table_key || ' v' || version decision, count(*) times from decision_record where case_no = any (?) group by 1, 2",
				numbers,
				(row) -> all.get(text(row, "case_no")).decisions.put(text(row, "decision"), (Long) row.get("times")));
		readEvents(numbers);
		for (Facts facts : all.values()) {
			List<String> found = new ArrayList<>();
			try {
				check(facts, this.lives.get(facts.caseNo), found);
			}
			catch (RuntimeException ex) {
				found.add("cannot be checked: " + ex);
			}
			if (!found.isEmpty()) {
				faults.put(facts.caseNo, found);
			}
		}
		return faults;
	}

	/** The chain of every event of these cases. */
	Map<String, List<String>> checkChains(Collection<String> caseNos) {
		Map<String, List<String>> faults = new TreeMap<>();
		caseNos.forEach((caseNo) -> this.trail.firstFault(caseNo)
			.ifPresent((fault) -> faults.put(caseNo, List.of("event chain: " + fault))));
		return faults;
	}

	private void query(String sql, String[] numbers, Rows rows) {
		this.jdbc.queryForList(sql, (Object) numbers).forEach(rows::row);
	}

	private void readEvents(String[] numbers) {
		for (String number : numbers) {
			Life life = this.lives.computeIfAbsent(number, (each) -> new Life());
			this.jdbc.queryForList(
					"select seq, at, kind, data::text as data from case_event where case_no = ? and seq > ? order by seq",
					number, life.seq)
				.forEach((row) -> {
					Event event = new Event((Integer) row.get("seq"), micros(row, "at"), text(row, "kind"),
							json(text(row, "data")));
					if (event.seq != life.seq + 1) {
						life.gaps.add(event.seq);
					}
					life.seq = event.seq;
					life.events.add(event);
					this.kinds.merge(event.kind, 1, Integer::sum);
				});
		}
	}

	// --- one case ---

	private void check(Facts facts, Life life, List<String> faults) {
		boolean open = facts.text("state").equals("OPEN");
		long now = WalkTime.micros(this.clock.now());
		checkEvents(facts, life, faults);
		checkCustody(facts, life, open, faults);
		checkDeadlines(facts, life, open, now, faults);
		checkInbox(facts, open, faults);
		checkEngine(facts, open, faults);
		checkTimers(facts, faults);
	}

	private void checkEvents(Facts facts, Life life, List<String> faults) {
		require(faults, life.gaps.isEmpty(), "event numbers with gaps before %s", life.gaps);
		require(faults, life.seq == facts.number("event_seq"), "event_seq is %s, the last event %s",
				facts.number("event_seq"), life.seq);
		Map<String, Long> decided = life.events.stream()
			.filter((event) -> event.kind.equals("DECIDED"))
			.collect(Collectors.groupingBy(
					(event) -> event.data.get("table").asText() + " v" + event.data.get("version").asText(),
					Collectors.counting()));
		decided.forEach((decision, times) -> require(faults, times <= facts.decisions.getOrDefault(decision, 0L),
				"%s DECIDED events of %s but %s decision records", times, decision, facts.decisions.get(decision)));
		long before = Long.MIN_VALUE;
		for (Event event : life.events) {
			require(faults, event.at >= before, "event %s (%s) is earlier than the one before", event.seq, event.kind);
			before = event.at;
		}
	}

	// --- custody ---

	private void checkCustody(Facts facts, Life life, boolean open, List<String> faults) {
		List<long[]> periods = periods(facts, life);
		for (String kind : List.of("OWNER", "HOLDER")) {
			List<Map<String, Object>> links = facts.custody.stream()
				.filter((link) -> link.get("kind").equals(kind) && link.get("leg").equals(""))
				.toList();
			if (links.isEmpty() && kind.equals("OWNER")) {
				boolean takenUp = facts.custody.stream()
					.anyMatch((link) -> link.get("kind").equals("HOLDER") && link.get("leg").equals("")
							&& link.get("person") != null);
				require(faults, !takenUp || !open, "somebody took it up, but nobody ever was the owner");
				continue;
			}
			long openLinks = links.stream().filter((link) -> link.get("to_at") == null).count();
			require(faults, openLinks == (open ? 1 : 0), "%s open links %s in state %s", openLinks, kind,
					facts.text("state"));
			checkChain(facts, kind, links, periods, faults);
		}
		Map<String, List<Map<String, Object>>> helpers = facts.custody.stream()
			.filter((link) -> !link.get("leg").equals(""))
			.collect(Collectors.groupingBy((link) -> link.get("kind") + " " + link.get("leg")));
		helpers.forEach((leg, links) -> {
			long until = Long.MIN_VALUE;
			for (Map<String, Object> link : links) {
				require(faults, micros(link, "from_at") >= until, "links of helper %s overlap at no %s", leg,
						link.get("no"));
				until = (link.get("to_at") != null) ? micros(link, "to_at") : Long.MAX_VALUE;
			}
		});
		checkSeconds(facts, faults);
		Map<String, Object> owner = facts.openLink("OWNER");
		Map<String, Object> holder = facts.openLink("HOLDER");
		if (open) {
			require(faults, Objects.equals(facts.text("owner"), (owner != null) ? owner.get("person") : null),
					"the file names owner %s, custody %s", facts.text("owner"), owner);
		}
		require(faults,
				Objects.equals(facts.text("holder"), (holder != null) ? holder.get("person") : null)
						&& Objects.equals(facts.text("holder_pool"), (holder != null) ? holder.get("pool") : null),
				"the file names holder %s %s, custody %s", facts.text("holder"), facts.text("holder_pool"), holder);
		if (open) {
			require(faults, holder != null || !facts.inbox.isEmpty(), "nobody has it and nothing waits");
		}
		facts.inbox.stream()
			.filter((item) -> open && item.get("leg").equals("") && item.get("turn") == null && holder != null)
			.forEach((item) -> require(faults,
					(item.get("assignee") != null) ? item.get("assignee").equals(holder.get("person"))
							: item.get("pool").equals(holder.get("pool")),
					"task %s waits for %s %s but the holder is %s %s", item.get("task_key"), item.get("assignee"),
					item.get("pool"), holder.get("person"), holder.get("pool")));
	}

	/** From report or reopening to the end, or to now. */
	private static List<long[]> periods(Facts facts, Life life) {
		List<long[]> periods = new ArrayList<>();
		long begin = micros(facts.file, "reported_at");
		for (Event event : life.events) {
			if (event.kind.equals("CLOSED")) {
				periods.add(new long[] { begin, event.at });
				begin = Long.MAX_VALUE;
			}
			else if (event.kind.equals("REOPENED")) {
				begin = event.at;
			}
		}
		if (begin != Long.MAX_VALUE) {
			periods.add(new long[] { begin, Long.MAX_VALUE });
		}
		return periods;
	}

	private void checkChain(Facts facts, String kind, List<Map<String, Object>> links, List<long[]> periods,
			List<String> faults) {
		int next = 0;
		for (long[] period : periods) {
			if (next >= links.size()) {
				require(faults, kind.equals("OWNER"), "no %s from %s on", kind, WalkTime.moment(period[0]));
				return;
			}
			// nobody answers for a resident's report before somebody took it up
			boolean later = kind.equals("OWNER") && next == 0 && facts.text("reporter") == null;
			if (later && micros(links.get(0), "from_at") > period[1]) {
				continue;
			}
			long at = later ? micros(links.get(0), "from_at") : period[0];
			while (next < links.size() && (micros(links.get(next), "from_at") < period[1]
					|| (links.get(next).get("to_at") != null && micros(links.get(next), "to_at") == period[1]))) {
				Map<String, Object> link = links.get(next++);
				require(faults, micros(link, "from_at") == at, "%s no %s begins at %s, not at %s", kind, link.get("no"),
						link.get("from_at"), WalkTime.moment(at));
				at = (link.get("to_at") != null) ? micros(link, "to_at") : Long.MAX_VALUE;
			}
			require(faults, at == period[1], "%s ends at %s, the case at %s", kind, readable(at), readable(period[1]));
		}
		require(faults, next == links.size(), "%s has %s links outside the life of the case", kind,
				links.size() - next);
	}

	private static String readable(long micros) {
		return (micros == Long.MAX_VALUE) ? "never" : WalkTime.moment(micros).toString();
	}

	private void checkSeconds(Facts facts, List<String> faults) {
		long reported = micros(facts.file, "reported_at");
		for (Map<String, Object> link : facts.custody) {
			if (link.get("to_at") == null) {
				require(faults, link.get("working_seconds") == null, "open link %s has working time", link.get("no"));
				continue;
			}
			long to = micros(link, "to_at");
			long expected = this.time.office(reported, to, to) / WalkTime.SECOND
					- this.time.office(reported, micros(link, "from_at"), to) / WalkTime.SECOND;
			require(faults, Objects.equals(link.get("working_seconds"), expected), "link %s worked %s s, expected %s",
					link.get("no"), link.get("working_seconds"), expected);
		}
	}

	// --- deadlines ---

	private void checkDeadlines(Facts facts, Life life, boolean open, long now, List<String> faults) {
		replay(facts, life, faults);
		int set = life.clocks.size();
		require(faults, set == facts.deadlines.size(), "%s DEADLINE_SET events but %s deadlines", set,
				facts.deadlines.size());
		for (Map<String, Object> row : facts.deadlines) {
			int no = (Integer) row.get("no");
			Clock model = life.clocks.get(no);
			String name = "deadline " + no + " (" + row.get("stage") + ")";
			if (model == null) {
				continue;
			}
			require(faults, micros(row, "due_at") == model.due, "%s is due %s, by its events %s", name,
					row.get("due_at"), readable(model.due));
			require(faults, (row.get("paused_at") != null) == model.paused, "%s: paused %s", name,
					row.get("paused_at"));
			require(faults, ((Number) row.get("left_seconds")).longValue() == model.left,
					"%s has %s s left, expected %s", name, row.get("left_seconds"), model.left);
			require(faults, ((Number) row.get("budget_seconds")).longValue() == model.budget,
					"%s has a budget of %s s, expected %s", name, row.get("budget_seconds"), model.budget);
			if (!model.paused) {
				long untilWarning = model.left - model.budget * (100 - (Integer) row.get("warn_percent")) / 100;
				long warn = this.time.after(untilWarning, model.unit, model.from, model.asOf);
				require(faults, micros(row, "warn_at") == warn, "%s warns at %s, expected %s", name, row.get("warn_at"),
						readable(warn));
			}
			Instant breached = moment(row, "breached_at");
			Instant before = life.breached.get(no);
			require(faults, before == null || before.equals(breached), "%s was breached at %s, now %s", name, before,
					breached);
			if (breached != null) {
				life.breached.put(no, breached);
				require(faults, WalkTime.micros(breached) >= model.due - 1_000, "%s was breached at %s, before %s",
						name, breached, readable(model.due));
			}
			boolean running = row.get("done_at") == null && breached == null && row.get("paused_at") == null;
			require(faults, !running || micros(row, "due_at") > now - 60 * WalkTime.SECOND,
					"%s ran out at %s without a breach; it is %s", name, row.get("due_at"), readable(now));
			require(faults,
					row.get("done_at") != null || row.get("paused_at") != null || row.get("warned_at") != null
							|| micros(row, "warn_at") > now - 60 * WalkTime.SECOND,
					"%s was not warned of at %s", name, row.get("warn_at"));
			require(faults, open || row.get("done_at") != null, "%s runs on though the case is %s", name,
					facts.text("state"));
		}
		checkLight(facts, open, faults);
	}

	private static String light(Map<String, Object> row) {
		return (row.get("breached_at") != null) ? "OVER"
				: (row.get("paused_at") != null) ? "PAUSED" : (row.get("warned_at") != null) ? "WARN" : "OK";
	}

	private void checkLight(Facts facts, boolean open, List<String> faults) {
		List<Map<String, Object>> openOnes = facts.deadlines.stream()
			.filter((row) -> row.get("done_at") == null && !row.get("stage").equals("supervise"))
			.sorted(Comparator.comparing((row) -> micros(row, "due_at")))
			.toList();
		Map<String, Object> next = openOnes.stream()
			.filter((row) -> row.get("paused_at") == null)
			.findFirst()
			.orElse(openOnes.isEmpty() ? null : openOnes.get(0));
		boolean shown = next != null && next.get("paused_at") == null;
		long ties = (next == null) ? 0
				: openOnes.stream().filter((row) -> row.get("due_at").equals(next.get("due_at"))).count();
		if (ties <= 1) {
			require(faults, Objects.equals(facts.text("light"), (next != null) ? light(next) : null),
					"the light is %s, the facts say %s", facts.text("light"), (next != null) ? light(next) : null);
		}
		require(faults, Objects.equals(facts.file.get("due_at"), shown ? next.get("due_at") : null),
				"the file is due %s, its next deadline %s", facts.file.get("due_at"),
				shown ? next.get("due_at") : null);
		for (Map<String, Object> item : facts.inbox) {
			Map<String, Object> own = facts.deadlines.stream()
				.filter((row) -> row.get("no").equals(item.get("deadline_no")))
				.findFirst()
				.orElse(null);
			if (own != null && own.get("done_at") == null) {
				require(faults, Objects.equals(item.get("light"), light(own)), "task %s shows %s, the facts say %s",
						item.get("task_key"), item.get("light"), light(own));
				Object due = (own.get("paused_at") != null) ? null : own.get("due_at");
				require(faults, Objects.equals(item.get("due_at"), due), "task %s is due %s, its deadline %s",
						item.get("task_key"), item.get("due_at"), due);
			}
		}
	}

	/** Follows every deadline from the limit that set it through all that moved it. */
	private void replay(Facts facts, Life life, List<String> faults) {
		for (; life.replayed < life.events.size(); life.replayed++) {
			Event event = life.events.get(life.replayed);
			if (event.kind.equals("DEADLINE_SET")) {
				int no = life.clocks.size() + 1;
				Map<String, Object> row = facts.deadlines.stream()
					.filter((each) -> each.get("no").equals(no))
					.findFirst()
					.orElseThrow(() -> new IllegalStateException("no row for deadline " + no));
				life.clocks.put(no, set(event, row, facts, life, faults));
			}
			else if (event.kind.equals("DEADLINE_MOVED")) {
				move(event, life, faults);
			}
		}
	}

	private Clock set(Event event, Map<String, Object> row, Facts facts, Life life, List<String> faults) {
		Clock clock = new Clock();
		clock.unit = event.data.get("unit").asText();
		clock.budget = this.time.budget(event.data.get("value").asDouble(), clock.unit);
		clock.limit = clock.budget;
		clock.started = event.at;
		clock.from = event.at;
		clock.asOf = event.at;
		long due = WalkTime.micros(Instant.parse(event.data.get("due").asText()));
		require(faults, micros(row, "started_at") == event.at, "deadline %s started at %s, was set at %s",
				row.get("no"), row.get("started_at"), readable(event.at));
		clock.left = clock.budget;
		clock.due = this.time.after(clock.left, clock.unit, clock.from, clock.asOf);
		if (due != clock.due) {
			clock.left = Math.max(0, clock.budget - usedBefore(row, facts, life));
			clock.due = this.time.after(clock.left, clock.unit, clock.from, clock.asOf);
			require(faults, clock.left < clock.budget, "deadline %s (%s) was set to %s, but nothing of it was used",
					row.get("no"), row.get("stage"), event.data.get("due").asText());
		}
		require(faults, due == clock.due, "deadline %s (%s) was set to %s, expected %s", row.get("no"),
				row.get("stage"), event.data.get("due").asText(), readable(clock.due));
		return clock;
	}

	/**
	 * Whole seconds that the last deadline of the stage, met at this tier, has used up.
	 */
	private long usedBefore(Map<String, Object> row, Facts facts, Life life) {
		Map<String, Object> last = facts.deadlines.stream()
			.filter((each) -> (Integer) each.get("no") < (Integer) row.get("no")
					&& each.get("stage").equals(row.get("stage")) && each.get("leg").equals(row.get("leg"))
					&& Objects.equals(each.get("tier"), row.get("tier")) && each.get("done_at") != null
					&& each.get("breached_at") == null)
			.reduce((first, second) -> second)
			.orElse(null);
		if (last == null) {
			return 0;
		}
		Clock clock = life.clocks.get(last.get("no"));
		long counted = clock.paused ? 0
				: this.time.between(clock.unit, clock.from, micros(last, "done_at"), micros(row, "started_at"));
		return (clock.budget - clock.left) + Math.floorDiv(counted, WalkTime.SECOND);
	}

	private void move(Event event, Life life, List<String> faults) {
		int no = event.data.get("no").asInt();
		Clock clock = life.clocks.get(no);
		String why = event.data.get("why").asText();
		String name = "deadline " + no + " " + why + " at event " + event.seq;
		require(faults, WalkTime.micros(Instant.parse(event.data.get("dueBefore").asText())) == clock.due,
				"%s: due before %s, expected %s", name, event.data.get("dueBefore").asText(), readable(clock.due));
		long due = WalkTime.micros(Instant.parse(event.data.get("due").asText()));
		long left = event.data.get("leftSeconds").asLong();
		clock.asOf = event.at;
		switch (why) {
			case "SUSPENDED" -> {
				clock.left = Math.floorDiv(
						clock.left * WalkTime.SECOND - this.time.between(clock.unit, clock.from, event.at, event.at),
						WalkTime.SECOND);
				clock.from = event.at;
				clock.paused = true;
			}
			case "RESUMED" -> {
				clock.from = event.at;
				clock.paused = false;
			}
			case "EXTENDED" -> {
				Event granted = life.events.stream()
					.filter((each) -> each.seq > event.seq && each.kind.equals("EXTENDED"))
					.findFirst()
					.orElseThrow();
				String unit = granted.data.get("unit").asText();
				long later = this.time.after(this.time.budget(granted.data.get("value").asDouble(), unit), unit,
						clock.due, event.at);
				long more = Math.floorDiv(this.time.between(clock.unit, clock.due, later, event.at), WalkTime.SECOND);
				clock.left += more;
				clock.budget += more;
			}
			case "LIMIT_CHANGED" -> {
				String[] limit = event.data.get("limit").asText().split(" ");
				long granted = this.time.budget(Double.parseDouble(limit[0]), limit[1]);
				if (limit[1].startsWith("WORK") == clock.unit.startsWith("WORK")) {
					clock.left += granted - clock.limit;
					clock.budget += granted - clock.limit;
				}
				else {
					clock.left = Math.floorDiv(
							granted * WalkTime.SECOND - this.time.between(limit[1], clock.started, event.at, event.at),
							WalkTime.SECOND);
					clock.budget = granted;
					clock.from = event.at;
				}
				clock.unit = limit[1];
				clock.limit = granted;
			}
			case "CALENDAR_CHANGED" -> {
				// the same time left, counted on other days
			}
			default -> throw new IllegalStateException("unknown move " + why);
		}
		if (!clock.paused) {
			clock.due = this.time.after(clock.left, clock.unit, clock.from, event.at);
		}
		require(faults, left == clock.left, "%s: %s s left, expected %s", name, left, clock.left);
		require(faults, due == clock.due, "%s: due %s, expected %s", name, event.data.get("due").asText(),
				readable(clock.due));
	}

	// --- inbox, engine ---

	private void checkInbox(Facts facts, boolean open, List<String> faults) {
		Map<Object, Object> engine = new HashMap<>();
		facts.tasks.forEach((task) -> engine.put(task.get("id"), task.get("assignee")));
		Map<Object, Object> inbox = new HashMap<>();
		facts.inbox.forEach((item) -> inbox.put(item.get("task_id"), item.get("assignee")));
		require(faults, engine.equals(inbox), "the inbox has %s, the engine %s", inbox, engine);
		for (Map<String, Object> item : facts.inbox) {
			require(faults, item.get("pool") != null || item.get("assignee") != null, "task %s waits for nobody",
					item.get("task_key"));
			require(faults, open || facts.outliving.contains(item.get("turn")), "task %s of a case that is %s",
					item.get("task_key"), facts.text("state"));
		}
	}

	private void checkEngine(Facts facts, boolean open, List<String> faults) {
		Set<Object> running = facts.instances.stream()
			.map((instance) -> instance.get("instance"))
			.collect(Collectors.toSet());
		require(faults, running.contains(facts.text("process_instance")) == open, "it is %s; running are %s",
				facts.text("state"), facts.instances);
		Map<String, String> turns = new TreeMap<>();
		facts.instances.stream()
			.filter((instance) -> instance.get("called_by") == null
					&& !instance.get("instance").equals(facts.text("process_instance")))
			.forEach((instance) -> turns.put(text(instance, "instance"), text(instance, "definition")));
		Map<String, String> known = new TreeMap<>();
		json(facts.text("open_turns")).fields()
			.forEachRemaining((turn) -> known.put(turn.getKey(), turn.getValue().asText()));
		require(faults, turns.equals(known), "turns that run: %s; that are known: %s", turns, known);
		require(faults, facts.incidents.isEmpty(), "incidents %s", facts.incidents);
		if (!facts.incidents.isEmpty()) {
			require(faults, !this.incidents.ofCase(facts.caseNo).isEmpty(), "its incidents are not shown");
		}
		require(faults, facts.jobs.stream().allMatch((job) -> job.get("type").equals("timer")),
				"a save point was left: %s", facts.jobs);
		if (open && facts.incidents.isEmpty()) {
			boolean waits = !facts.inbox.isEmpty()
					|| facts.jobs.stream().anyMatch((job) -> !job.get("due").equals(NEVER));
			require(faults, waits, "nothing can happen to it any more");
		}
	}

	private void checkTimers(Facts facts, List<String> faults) {
		Map<String, List<String>> timers = new TreeMap<>();
		facts.jobs.stream()
			.filter((job) -> job.get("type").equals("timer"))
			.filter((job) -> this.untilTimers.stream().noneMatch((event) -> text(job, "config").contains(event)))
			.forEach((job) -> timers.computeIfAbsent(text(job, "instance"), (each) -> new ArrayList<>())
				.add(moment(job, "due").toString()));
		Map<String, List<String>> clocks = new TreeMap<>();
		facts.deadlines.stream()
			.filter((row) -> row.get("done_at") == null && row.get("breached_at") == null)
			.forEach((row) -> clocks.computeIfAbsent(text(row, "scope").split(":")[0], (each) -> new ArrayList<>())
				.add((row.get("paused_at") != null) ? NEVER
						: moment(row, "due_at").truncatedTo(ChronoUnit.MILLIS).toString()));
		timers.values().forEach((list) -> list.sort(null));
		clocks.values().forEach((list) -> list.sort(null));
		require(faults, timers.equals(clocks), "timers of the engine %s; running deadlines %s", timers, clocks);
	}

	// --- small things ---

	private static void require(List<String> faults, boolean good, String message, Object... parts) {
		if (!good) {
			faults.add(String.format(message, parts));
		}
	}

	private static String text(Map<String, Object> row, String column) {
		Object value = row.get(column);
		return (value != null) ? value.toString() : null;
	}

	private static Instant moment(Map<String, Object> row, String column) {
		Timestamp value = (Timestamp) row.get(column);
		return (value != null) ? value.toInstant() : null;
	}

	private static long micros(Map<String, Object> row, String column) {
		return WalkTime.micros(moment(row, column));
	}

	private static JsonNode json(String text) {
		try {
			return JSON.readTree(text);
		}
		catch (JsonProcessingException ex) {
			throw new IllegalStateException(text, ex);
		}
	}

	private interface Rows {

		void row(Map<String, Object> row);

	}

	/** What an event says. */
	private record Event(int seq, long at, String kind, JsonNode data) {

	}

	/** A deadline as its events tell it. */
	private static final class Clock {

		private String unit;

		private long limit;

		private long started;

		private long budget;

		private long left;

		private long from;

		private long due;

		private long asOf;

		private boolean paused;

	}

	/** What has been seen of a case so far. */
	private static final class Life {

		private int seq;

		private int replayed;

		private final List<Event> events = new ArrayList<>();

		private final List<Integer> gaps = new ArrayList<>();

		private final Map<Integer, Clock> clocks = new TreeMap<>();

		private final Map<Integer, Instant> breached = new HashMap<>();

	}

	/** All rows of a case. */
	private static final class Facts {

		private final String caseNo;

		private final Map<String, Object> file;

		private final List<Map<String, Object>> custody = new ArrayList<>();

		private final List<Map<String, Object>> deadlines = new ArrayList<>();

		private final List<Map<String, Object>> inbox = new ArrayList<>();

		private final List<Map<String, Object>> tasks = new ArrayList<>();

		private final List<Map<String, Object>> jobs = new ArrayList<>();

		private final List<Map<String, Object>> instances = new ArrayList<>();

		private final List<Map<String, Object>> incidents = new ArrayList<>();

		private final Set<Object> outliving = new HashSet<>();

		private final Map<String, Long> decisions = new HashMap<>();

		private Facts(Map<String, Object> file) {
			this.file = file;
			this.caseNo = WalkChecks.text(file, "case_no");
			json(WalkChecks.text(file, "open_turns")).elements()
				.forEachRemaining((turn) -> this.outliving.add(turn.asText()));
		}

		private String text(String column) {
			return WalkChecks.text(this.file, column);
		}

		private long number(String column) {
			return ((Number) this.file.get(column)).longValue();
		}

		private Map<String, Object> openLink(String kind) {
			return this.custody.stream()
				.filter((link) -> link.get("to_at") == null && link.get("kind").equals(kind)
						&& link.get("leg").equals(""))
				.findFirst()
				.orElse(null);
		}

	}

}
