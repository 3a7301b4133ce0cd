package gridcase.mining;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

import gridcase.clock.WorkingCalendar;
import gridcase.mining.LogEvent.Link;
import gridcase.mining.MinedCase.Fact;
import gridcase.mining.MinedCase.Step;
import gridcase.registry.Grid;
import gridcase.registry.Grids;
import gridcase.registry.Unit;
import gridcase.registry.Units;
import gridcase.shared.Acting;

import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Makes events and things of cases, for one log. What it remembers grows with the number
 * of units, grids, people and releases, not with that of cases.
 */
class EventLog {

	/** Told by the tasks and stages themselves. */
	private static final Set<String> IN_STEPS = Set.of("COMPLETED", "CLAIMED", "STAGE_ENTERED");

	/** What details of events are called in the log. */
	private static final Map<String, String> DETAILS = new TreeMap<>(
			Map.of("stage", "stage", "due", "due", "table", "table", "version", "tableVersion", "rules", "rules",
					"reasonCode", "reason", "tier", "tier", "toUnit", "toUnit"));

	/** Details that say more closely what happened, the first there is. */
	private static final List<String> CLOSER = List.of("why", "movement", "state", "after", "kind", "count", "no");

	private final String place;

	private final Pseudonyms names;

	private final WorkingCalendar calendar;

	private final Units units;

	private final Grids grids;

	private final JdbcTemplate jdbc;

	private final Function<String, String> words;

	private final Instant now;

	private final Set<String> told = new HashSet<>();

	private final Map<String, String> unitNames = new LinkedHashMap<>();

	EventLog(String place, Pseudonyms names, WorkingCalendar calendar, Units units, Grids grids, JdbcTemplate jdbc,
			Function<String, String> words, Instant now) {
		this.place = place;
		this.names = names;
		this.calendar = calendar;
		this.units = units;
		this.grids = grids;
		this.jdbc = jdbc;
		this.words = words;
		this.now = now;
	}

	/** The events of a case, by time; of one moment in the order they came about. */
	List<LogEvent> events(MinedCase mined) {
		List<Placed> events = new ArrayList<>();
		for (Fact fact : mined.facts()) {
			if (!IN_STEPS.contains(fact.kind())) {
				events.add(new Placed(event(mined, fact), 2));
			}
		}
		for (Step step : mined.steps()) {
			if (step.task()) {
				task(mined, step, events);
			}
			else {
				stage(mined, step, events);
			}
		}
		events.sort(Comparator.comparing((Placed placed) -> placed.event().at()).thenComparingInt(Placed::place));
		return events.stream().map(Placed::event).toList();
	}

	private void task(MinedCase mined, Step step, List<Placed> events) {
		events.add(new Placed(event(mined, step, "schedule", step.from(), Acting.SYSTEM),
				step.from().equals(step.until()) ? -1 : 5));
		if (step.taken() != null) {
			events.add(new Placed(event(mined, step, "start", step.taken(), step.person()),
					step.taken().equals(step.until()) ? 0 : 6));
		}
		if (step.until() != null) {
			boolean withdrawn = step.outcome().equals("WITHDRAWN");
			events.add(new Placed(event(mined, step, withdrawn ? "withdraw" : "complete", step.until(),
					withdrawn ? Acting.SYSTEM : step.person()), 1));
		}
	}

	private void stage(MinedCase mined, Step step, List<Placed> events) {
		events.add(new Placed(event(mined, step, "start", step.from(), Acting.SYSTEM), 4));
		if (step.until() != null) {
			events.add(new Placed(event(mined, step, "complete", step.until(), Acting.SYSTEM),
					step.until().equals(step.from()) ? 5 : 3));
		}
	}

	/**
	 * An event with its place among those of the same moment: what somebody completes,
	 * then what that brings about, then the stages that end and begin, then the tasks
	 * that appear.
	 */
	private record Placed(LogEvent event, int place) {

	}

	private LogEvent event(MinedCase mined, Step step, String transition, Instant at, String who) {
		Map<String, Object> attributes = new LinkedHashMap<>();
		boolean persons = Pseudonyms.person(who);
		put(attributes, "role", persons ? step.role() : null);
		put(attributes, "group", persons ? unitName(step.unit()) : null);
		attributes.put("kind", step.task() ? "TASK" : "STAGE");
		attributes.put("element", step.element());
		put(attributes, "stage", step.stageName());
		attributes.put("process", step.process());
		attributes.put("version", step.processVersion());
		put(attributes, "due", step.due());
		if (transition.equals("complete") || transition.equals("withdraw")) {
			if (step.due() != null) {
				attributes.put("breached", step.breachedAt() != null);
			}
			put(attributes, "actedFor", this.names.of(step.actedFor()));
			Instant taken = (step.taken() != null) ? step.taken() : at;
			attributes.put("waitingSeconds", worked(step.from(), taken));
			attributes.put("workingSeconds", worked(taken, at));
		}
		String task = taskId(mined, step);
		List<Link> links = new ArrayList<>();
		links.add(new Link(mined.caseNo(), "所属案件"));
		links.add(new Link(task, step.task() ? "任务" : "环节"));
		people(links, who, persons ? step.unit() : null);
		return new LogEvent(task + "." + transition, at, step.name(), transition, task, this.names.of(who), attributes,
				links);
	}

	private LogEvent event(MinedCase mined, Fact fact) {
		Map<String, Object> attributes = new LinkedHashMap<>();
		boolean persons = Pseudonyms.person(fact.actor());
		put(attributes, "role", persons ? fact.role() : null);
		put(attributes, "group", unitName(fact.unit()));
		attributes.put("kind", fact.kind());
		put(attributes, "element", fact.element());
		DETAILS.forEach((detail, name) -> {
			Object value = fact.data().get(detail);
			if (value != null && LogTypes.EVENT.get(name).equals("time")) {
				put(attributes, name, Instant.parse(value.toString()));
			}
			else if (value != null) {
				put(attributes, name, LogTypes.EVENT.get(name).equals("integer") ? value : value.toString());
			}
		});
		CLOSER.stream()
			.map((detail) -> fact.data().get(detail))
			.filter((value) -> value != null)
			.findFirst()
			.ifPresent((value) -> attributes.put("detail", value.toString()));
		if (fact.kind().equals("BREACHED")) {
			attributes.put("breached", true);
		}
		List<Link> links = new ArrayList<>();
		links.add(new Link(mined.caseNo(), "所属案件"));
		if (fact.kind().equals("REPORTED") && mined.grid() != null) {
			links.add(new Link(gridId(mined.grid()), "所在网格"));
		}
		people(links, fact.actor(), fact.unit());
		if (fact.data().get("toUnit") != null) {
			links.add(new Link(unitId(fact.data().get("toUnit").toString()), "转往单位"));
		}
		if (fact.release() != null) {
			links.add(new Link(releaseId(fact.release()), "依据规则"));
		}
		String closer = fact.kind().equals("HANDED") ? "HANDED." + fact.data().get("kind")
				: fact.kind().equals("DEADLINE_MOVED") ? "DEADLINE_MOVED." + fact.data().get("why") : fact.kind();
		return new LogEvent(mined.caseNo() + "." + fact.seq(), fact.at(), this.words.apply(closer), "complete", null,
				this.names.of(fact.actor()), attributes, links);
	}

	private void people(List<Link> links, String login, String unit) {
		if (Pseudonyms.person(login)) {
			links.add(new Link(personId(login), "经办人"));
		}
		if (unit != null) {
			links.add(new Link(unitId(unit), "承办单位"));
		}
	}

	private static void put(Map<String, Object> attributes, String name, Object value) {
		if (value != null && !value.toString().isEmpty()) {
			attributes.put(name, value);
		}
	}

	private long worked(Instant from, Instant to) {
		return this.calendar.workingTimeBetween(from, to).toSeconds();
	}

	private static String taskId(MinedCase mined, Step step) {
		return mined.caseNo() + "#" + step.no();
	}

	private String personId(String login) {
		return "person:" + this.names.of(login);
	}

	private static String unitId(String unit) {
		return "unit:" + unit;
	}

	private static String gridId(String grid) {
		return "grid:" + grid;
	}

	private static String releaseId(long release) {
		return "release:" + release;
	}

	private String unitName(String unit) {
		return (unit == null) ? null : this.unitNames.computeIfAbsent(unit,
				(code) -> this.units.find(code, this.now).map(Unit::name).orElse(code));
	}

	/**
	 * The things a case brings, and those its events concern that nobody has told of
	 * before.
	 */
	List<LogObject> objects(MinedCase mined) {
		List<LogObject> objects = new ArrayList<>();
		if (mined.grid() != null) {
			grid(mined.grid(), objects);
		}
		objects.add(new LogObject(mined.caseNo(), LogTypes.CASE, values(mined),
				(mined.grid() != null) ? List.of(new Link(gridId(mined.grid()), "所在网格")) : List.of()));
		for (Step step : mined.steps()) {
			objects.add(task(mined, step));
			if (step.unit() != null) {
				unit(step.unit(), objects);
			}
			person(step.person(), objects);
		}
		for (Fact fact : mined.facts()) {
			if (IN_STEPS.contains(fact.kind())) {
				continue;
			}
			person(fact.actor(), objects);
			if (fact.unit() != null) {
				unit(fact.unit(), objects);
			}
			if (fact.data().get("toUnit") != null) {
				unit(fact.data().get("toUnit").toString(), objects);
			}
			if (fact.release() != null) {
				release(fact.release(), objects);
			}
		}
		return objects;
	}

	/** Values as they are, and those that changed as they were when they did. */
	private static List<LogObject.Value> values(MinedCase mined) {
		List<LogObject.Value> values = new ArrayList<>();
		Set<String> changing = new LinkedHashSet<>(List.of("state"));
		values.add(new LogObject.Value("state", null, "OPEN"));
		for (Fact fact : mined.facts()) {
			switch (fact.kind()) {
				case "CLOSED" -> values.add(new LogObject.Value("state", fact.at(), fact.data().get("state")));
				case "REOPENED" -> values.add(new LogObject.Value("state", fact.at(), "OPEN"));
				case "TIER_CHANGED" -> {
					changing.add("tier");
					values.add(new LogObject.Value("tier", fact.at(), fact.data().get("tier")));
				}
				case "SEVERITY_CHANGED" -> {
					if (changing.add("severity")) {
						values.add(new LogObject.Value("severity", null, fact.data().get("before")));
					}
					values.add(new LogObject.Value("severity", fact.at(), fact.data().get("after")));
				}
				default -> {
					// no value of the case
				}
			}
		}
		mined.attributes().forEach((name, value) -> {
			if (!changing.contains(name)) {
				values.add(new LogObject.Value(name, null, value));
			}
		});
		return values;
	}

	private static LogObject task(MinedCase mined, Step step) {
		List<LogObject.Value> values = new ArrayList<>(List.of(new LogObject.Value("name", null, step.name()),
				new LogObject.Value("element", null, step.element()),
				new LogObject.Value("process", null, step.process()),
				new LogObject.Value("version", null, step.processVersion())));
		if (step.due() != null) {
			values.add(new LogObject.Value("due", null, step.due()));
		}
		values.add(new LogObject.Value("status", step.from(), step.task() ? "WAITING" : "OPEN"));
		if (step.task() && step.taken() != null) {
			values.add(new LogObject.Value("status", step.taken(), "OPEN"));
		}
		if (step.until() != null) {
			values.add(new LogObject.Value("status", step.until(), step.outcome()));
		}
		return new LogObject(taskId(mined, step), LogTypes.TASK, values, List.of(new Link(mined.caseNo(), "所属案件")));
	}

	private void grid(String code, List<LogObject> objects) {
		if (!this.told.add(gridId(code))) {
			return;
		}
		Grid grid = this.grids.find(code, this.now).orElse(null);
		String name = (grid != null) ? grid.name() : code;
		if (grid == null || grid.parent() == null) {
			objects.add(new LogObject(gridId(code), LogTypes.GRID, List.of(new LogObject.Value("name", null, name)),
					List.of()));
			return;
		}
		grid(grid.parent(), objects);
		objects.add(new LogObject(gridId(code), LogTypes.GRID, List.of(new LogObject.Value("name", null, name)),
				List.of(new Link(gridId(grid.parent()), "上级网格"))));
	}

	private void unit(String code, List<LogObject> objects) {
		if (this.told.add(unitId(code))) {
			objects.add(new LogObject(unitId(code), LogTypes.UNIT,
					List.of(new LogObject.Value("name", null, unitName(code))), List.of()));
		}
	}

	private void person(String login, List<LogObject> objects) {
		if (Pseudonyms.person(login) && this.told.add(personId(login))) {
			objects.add(new LogObject(personId(login), LogTypes.PERSON,
					List.of(new LogObject.Value("place", null, this.place)), List.of()));
		}
	}

	private void release(long number, List<LogObject> objects) {
		if (!this.told.add(releaseId(number))) {
			return;
		}
		this.jdbc.query("select place, released_at, effective_from from policy_release where id = ?", (row) -> {
			List<LogObject.Value> values = new ArrayList<>();
			if (row.getString(1) != null) {
				values.add(new LogObject.Value("place", null, row.getString(1)));
			}
			values.add(new LogObject.Value("releasedAt", null, moment(row.getTimestamp(2))));
			values.add(new LogObject.Value("effectiveFrom", null, moment(row.getTimestamp(3))));
			objects.add(new LogObject(releaseId(number), LogTypes.RELEASE, values, List.of()));
		}, number);
	}

	private static Instant moment(Timestamp at) {
		return at.toInstant();
	}

}
