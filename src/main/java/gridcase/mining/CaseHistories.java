package gridcase.mining;

import java.io.UncheckedIOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import gridcase.casework.DrawnProcesses;
import gridcase.casework.DrawnProcesses.Drawn;
import gridcase.casework.DrawnProcesses.Node;
import gridcase.casework.DrawnProcesses.Shape;
import gridcase.mining.MinedCase.Fact;
import gridcase.mining.MinedCase.Step;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Puts cases together from their trail, their way through the diagrams, custody and
 * deadlines. Reads as many at once as fit into little memory, all as of one moment.
 */
@Component
class CaseHistories {

	private static final int BATCH = 100;

	private static final String BODY = "#multiInstanceBody";

	private static final TypeReference<TreeMap<String, Object>> DATA = new TypeReference<>() {
	};

	/**
	 * Details of events that are codes, numbers or times. What people wrote, what forms
	 * brought and who is meant stays here.
	 */
	private static final Set<String> TOLD = Set.of("stage", "name", "due", "dueBefore", "why", "rule", "table",
			"version", "rules", "unit", "tier", "reasonCode", "kind", "leg", "state", "outcome", "count", "value",
			"limit", "no", "movement", "answer", "before", "after", "mode", "trigger");

	/** A case as far as its own row tells of it. */
	private static final String CASE = "select c.case_no, c.version, c.place, c.grid_path, c.grid_code, c.state, c.outcome, c.reported_at, c.closed_at, "
			+ "c.channel, c.category, c.category_class, c.severity, c.urgency, c.tier, c.loop, c.self_handled, c.process, "
			+ "(c.facts ->> 'breaches')::int as breaches, (c.facts ->> 'excused')::int as excused, (c.facts ->> 'reworkCount')::int as rework, "
			+ "(c.facts ->> 'refusalCount')::int as refusals, (c.facts ->> 'returnCount')::int as returns, "
			+ "(c.facts ->> 'handOverCount')::int as hand_overs, (c.facts ->> 'reopenCount')::int as reopened, "
			+ "(c.facts ->> 'escalationLevel')::int as escalations, (c.facts ->> 'suspensionCount')::int as suspensions, "
			+ "c.facts ->> 'satisfaction' as satisfaction from case_file c where not c.internal and ";

	private final JdbcTemplate jdbc;

	private final DrawnProcesses processes;

	private final TransactionTemplate reading;

	private final ObjectMapper json = new ObjectMapper();

	CaseHistories(JdbcTemplate jdbc, DrawnProcesses processes, PlatformTransactionManager transactions) {
		this.jdbc = jdbc;
		this.processes = processes;
		this.reading = new TransactionTemplate(transactions);
		this.reading.setReadOnly(true);
		this.reading.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
	}

	/**
	 * Every case of a scope, by when it was reported, all as they are at this moment.
	 * @param scope which cases
	 * @param each takes one after the other
	 */
	void each(MiningScope scope, Consumer<MinedCase> each) {
		this.reading.executeWithoutResult((status) -> {
			// its own template: only this statement is read by a cursor
			JdbcTemplate cursor = new JdbcTemplate(Objects.requireNonNull(this.jdbc.getDataSource()));
			cursor.setFetchSize(BATCH);
			List<Row> batch = new ArrayList<>(BATCH);
			new NamedParameterJdbcTemplate(cursor).query(
					CASE + MiningScope.CONDITION + " order by c.reported_at, c.case_no", scope.parameters(), (row) -> {
						batch.add(row(row));
						if (batch.size() == BATCH) {
							together(batch).forEach(each);
							batch.clear();
						}
					});
			together(batch).forEach(each);
		});
	}

	/** Some cases, whichever of these there are. */
	List<MinedCase> of(List<String> caseNos) {
		return together(this.jdbc.query(CASE + "c.case_no = any (?) order by c.case_no", (row, number) -> row(row),
				(Object) caseNos.toArray(String[]::new)));
	}

	private List<MinedCase> together(List<Row> rows) {
		if (rows.isEmpty()) {
			return List.of();
		}
		Map<String, Parts> parts = new LinkedHashMap<>();
		rows.forEach((row) -> parts.put(row.caseNo, new Parts(row)));
		Object caseNos = parts.keySet().toArray(String[]::new);
		this.jdbc.query(
				"select case_no, seq, at, actor, kind, element, data from case_event where case_no = any (?) order by case_no, seq",
				(row) -> {
					parts.get(row.getString(1)).events.add(new Event(row.getInt(2), instant(row, "at"),
							row.getString(4), row.getString(5), row.getString(6), data(row.getString(7))));
				}, caseNos);
		this.jdbc.query(
				"select case_no, process_instance, at, entered, ended from case_path where case_no = any (?) order by case_no, version",
				(row) -> {
					parts.get(row.getString(1)).path.add(new Moved(row.getString(2), instant(row, "at"),
							(String[]) row.getArray(4).getArray(), (String[]) row.getArray(5).getArray()));
				}, caseNos);
		this.jdbc.query(
				"select case_no, leg, person, pool, unit, role, from_at, to_at from custody where case_no = any (?) and kind = 'HOLDER' order by case_no, no",
				(row) -> {
					parts.get(row.getString(1)).links.add(new Link(row.getString(2), row.getString(3), row.getString(4),
							row.getString(5), row.getString(6), instant(row, "from_at"), instant(row, "to_at")));
				}, caseNos);
		this.jdbc.query(
				"select case_no, scope, due_at, breached_at from deadline where case_no = any (?) order by case_no, no",
				(row) -> {
					parts.get(row.getString(1)).limits.put(row.getString(2),
							new Instant[] { instant(row, "due_at"), instant(row, "breached_at") });
				}, caseNos);
		this.jdbc.query(
				"select case_no, table_key, version, at, release_id from decision_record where case_no = any (?)",
				(row) -> {
					parts.get(row.getString(1)).releases
						.put(row.getString(2) + "/" + row.getInt(3) + "/" + instant(row, "at"), row.getLong(5));
				}, caseNos);
		Set<String> instances = new HashSet<>();
		parts.values().forEach((part) -> part.path.forEach((moved) -> instances.add(moved.instance)));
		Map<String, String> definitions = this.processes.of(instances);
		return parts.values().stream().map((part) -> build(part, definitions)).toList();
	}

	private MinedCase build(Parts parts, Map<String, String> definitions) {
		List<Fact> facts = parts.events.stream().map((event) -> fact(event, parts)).toList();
		List<Visit> visits = visits(parts.path, definitions);
		visits.sort(Comparator.comparing((Visit visit) -> visit.from).thenComparingInt((visit) -> visit.order));
		List<Event> completed = new ArrayList<>(
				parts.events.stream().filter((event) -> event.kind.equals("COMPLETED")).toList());
		// two tasks of one element may run side by side, in two units: what ended at the
		// moment of a completion is what was completed
		visits.stream()
			.filter((visit) -> visit.task() && visit.until != null)
			.sorted(Comparator.comparing((Visit visit) -> visit.until))
			.forEach((visit) -> completed.stream()
				.filter((event) -> visit.element.equals(event.element) && visit.until.equals(event.at))
				.findFirst()
				.ifPresent((event) -> {
					completed.remove(event);
					visit.done = event;
				}));
		List<Step> steps = new ArrayList<>();
		for (Visit visit : visits) {
			steps.add(step(steps.size() + 1, visit, parts));
		}
		Row row = parts.row;
		return new MinedCase(row.caseNo, row.version, row.reportedAt, row.closedAt, row.grid, row.gridPath,
				row.attributes, steps, facts);
	}

	private Step step(int no, Visit visit, Parts parts) {
		String stageName = parts.events.stream()
			.filter((event) -> event.kind.equals("STAGE_ENTERED") && !event.at.isAfter(visit.from))
			.reduce((first, second) -> second)
			.map((event) -> (String) event.data.get("name"))
			.orElse(null);
		Instant[] limit = parts.limits.getOrDefault(visit.instance + ":" + visit.element,
				visit.calls() ? parts.limits.get(visit.instance + ":" + visit.element + BODY) : null);
		Instant due = (limit != null) ? limit[0] : null;
		Instant breached = (limit != null) ? limit[1] : null;
		Drawn drawn = visit.drawn;
		boolean stage = visit.element.startsWith("Stage_");
		if (!visit.task()) {
			return new Step(no, drawn.id(), drawn.key(), drawn.version(), visit.element, visit.node.name(), false,
					stage, stageName, visit.from, visit.from, visit.until, (visit.until != null) ? "DONE" : "OPEN",
					null, null, null, null, due, breached);
		}
		List<Event> taken = parts.events.stream()
			.filter((event) -> (event.kind.equals("CLAIMED") || event.kind.equals("TASK_ASSIGNED"))
					&& visit.element.equals(event.element) && !event.at.isBefore(visit.from)
					&& (visit.until == null || !event.at.isAfter(visit.until)))
			.toList();
		String person = (visit.done != null) ? visit.done.actor : taken.isEmpty() ? null : taker(taken.get(0));
		Optional<Link> link = (person != null)
				? parts.link(person, (visit.until != null) ? visit.until : taken.get(0).at) : Optional.empty();
		Instant began = null;
		if (person != null) {
			boolean straight = link.isPresent() && !link.get().from.isAfter(visit.from);
			began = straight ? visit.from
					: taken.stream()
						.filter((event) -> person.equals(taker(event)))
						.findFirst()
						.or(() -> taken.stream().findFirst())
						.map((event) -> event.at)
						.orElse(visit.until);
		}
		String outcome = (visit.done != null) ? "DONE" : (visit.until != null) ? "WITHDRAWN" : "OPEN";
		return new Step(no, drawn.id(), drawn.key(), drawn.version(), visit.element, visit.node.name(), true, stage,
				stageName, visit.from, began, visit.until, outcome, person,
				(visit.done != null) ? (String) visit.done.data.get("actedFor") : null,
				link.map((each) -> each.unit).orElse(null), link.map((each) -> parts.role(each)).orElse(null), due,
				breached);
	}

	private static String taker(Event event) {
		return event.kind.equals("TASK_ASSIGNED") ? (String) event.data.get("to") : event.actor;
	}

	private Fact fact(Event event, Parts parts) {
		Map<String, Object> told = new LinkedHashMap<>();
		event.data.forEach((name, value) -> {
			if (TOLD.contains(name) && value != null && !(value instanceof Map) && !value.toString().isEmpty()) {
				told.put(name, (value instanceof List<?> list)
						? String.join(",", list.stream().map(String::valueOf).toList()) : value);
			}
		});
		if (event.data.containsKey("movement") && event.data.get("to") != null) {
			told.put("toUnit", event.data.get("to"));
		}
		Long release = event.kind.equals("DECIDED")
				? parts.releases.get(event.data.get("table") + "/" + event.data.get("version") + "/" + event.at) : null;
		Optional<Link> link = parts.link(event.actor, event.at);
		String unit = (String) event.data.getOrDefault("unit", link.map((each) -> each.unit).orElse(null));
		return new Fact(event.seq, event.at, event.actor, event.kind, event.element, unit,
				link.map((each) -> parts.role(each)).orElse(null), release, told);
	}

	/**
	 * What was entered and left, paired in order within each process instance. Of a stage
	 * with several units only the whole counts, what each unit did has a diagram of its
	 * own.
	 */
	private List<Visit> visits(List<Moved> path, Map<String, String> definitions) {
		Map<String, List<Visit>> open = new HashMap<>();
		List<Visit> visits = new ArrayList<>();
		Set<String> bodies = new HashSet<>();
		path.forEach((moved) -> Stream.of(moved.entered)
			.filter((element) -> element.endsWith(BODY))
			.forEach((element) -> bodies.add(moved.instance + element.replace(BODY, ""))));
		for (Moved moved : path) {
			String definition = definitions.get(moved.instance);
			if (definition == null) {
				continue;
			}
			Drawn drawn = this.processes.get(definition);
			for (String entered : moved.entered) {
				String element = entered.replace(BODY, "");
				Node node = drawn.nodes().get(element);
				boolean inner = !entered.endsWith(BODY) && bodies.contains(moved.instance + element);
				if (node != null && node.shape() != Shape.OTHER && !node.name().isEmpty()
						&& (!inner || node.shape() == Shape.TASK)
						&& !(entered.endsWith(BODY) && node.shape() == Shape.TASK)) {
					Visit visit = new Visit(moved.instance, element, drawn, node, moved.at, visits.size());
					visits.add(visit);
					open.computeIfAbsent(moved.instance + "/" + entered, (key) -> new ArrayList<>()).add(visit);
				}
			}
			for (String ended : moved.ended) {
				List<Visit> waiting = open.get(moved.instance + "/" + ended);
				if (waiting != null && !waiting.isEmpty()) {
					waiting.remove(0).until = moved.at;
				}
			}
		}
		return visits;
	}

	private static Row row(ResultSet row) throws SQLException {
		Map<String, Object> attributes = new LinkedHashMap<>();
		for (String name : List.of("place", "category", "category_class", "severity", "urgency", "channel", "grid_code",
				"tier", "loop", "process", "state", "outcome", "satisfaction", "self_handled", "breaches", "excused",
				"rework", "refusals", "returns", "hand_overs", "reopened", "escalations", "suspensions")) {
			Object value = row.getObject(name);
			if (value != null && !value.toString().isEmpty()) {
				attributes.put(name, value);
			}
		}
		return new Row(row.getString("case_no"), row.getInt("version"), instant(row, "reported_at"),
				instant(row, "closed_at"), row.getString("grid_code"), row.getString("grid_path"), attributes);
	}

	private Map<String, Object> data(String text) {
		try {
			return this.json.readValue(text, DATA);
		}
		catch (JsonProcessingException ex) {
			throw new UncheckedIOException("An event of the trail is no JSON", ex);
		}
	}

	private static Instant instant(ResultSet row, String column) throws SQLException {
		Timestamp moment = row.getTimestamp(column);
		return (moment != null) ? moment.toInstant() : null;
	}

	private record Row(String caseNo, int version, Instant reportedAt, Instant closedAt, String grid, String gridPath,
			Map<String, Object> attributes) {

	}

	private record Event(int seq, Instant at, String actor, String kind, String element, Map<String, Object> data) {

	}

	private record Moved(String instance, Instant at, String[] entered, String[] ended) {

	}

	private record Link(String leg, String person, String pool, String unit, String role, Instant from, Instant to) {

	}

	/** All that is stored of a case. */
	private static final class Parts {

		private final Row row;

		private final List<Event> events = new ArrayList<>();

		private final List<Moved> path = new ArrayList<>();

		private final List<Link> links = new ArrayList<>();

		private final Map<String, Instant[]> limits = new HashMap<>();

		private final Map<String, Long> releases = new HashMap<>();

		private Parts(Row row) {
			this.row = row;
		}

		/** The link by which a person had the case then. */
		private Optional<Link> link(String person, Instant at) {
			return this.links.stream()
				.filter((link) -> person.equals(link.person) && !link.from.isAfter(at)
						&& (link.to == null || !link.to.isBefore(at)))
				.reduce((first, second) -> second);
		}

		/** The role of a link, else that of the pool the work was taken from. */
		private String role(Link link) {
			if (link.role != null) {
				return link.role;
			}
			return this.links.stream()
				.filter((each) -> each.pool != null && each.leg.equals(link.leg) && !each.from.isAfter(link.from))
				.reduce((first, second) -> second)
				.map((each) -> each.pool.substring(0, each.pool.indexOf('@')))
				.orElse(null);
		}

	}

	/** One time a case was at an element. */
	private static final class Visit {

		private final String instance;

		private final String element;

		private final Drawn drawn;

		private final Node node;

		private final Instant from;

		private final int order;

		private Instant until;

		private Event done;

		private Visit(String instance, String element, Drawn drawn, Node node, Instant from, int order) {
			this.instance = instance;
			this.element = element;
			this.drawn = drawn;
			this.node = node;
			this.from = from;
			this.order = order;
		}

		private boolean task() {
			return this.node.shape() == Shape.TASK;
		}

		private boolean calls() {
			return this.node.shape() == Shape.CALL;
		}

	}

}
