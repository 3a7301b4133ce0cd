package gridcase.inquiry;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import gridcase.audit.CaseEvent;
import gridcase.audit.CaseTrail;
import gridcase.casework.CaseFile;
import gridcase.casework.CaseRecord;
import gridcase.casework.Cases;
import gridcase.casework.Custody;
import gridcase.casework.Deadline;
import gridcase.clock.PlatformClock;
import gridcase.clock.WorkingCalendar;
import gridcase.clock.WorkingCalendars;
import gridcase.inquiry.LookBack.Breach;
import gridcase.inquiry.LookBack.Hand;
import gridcase.inquiry.LookBack.LimitRun;
import gridcase.inquiry.LookBack.Moment;
import gridcase.inquiry.LookBack.Part;
import gridcase.inquiry.LookBack.Passing;
import gridcase.inquiry.LookBack.Running;
import gridcase.inquiry.LookBack.Share;
import gridcase.inquiry.LookBack.State;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Looks back on cases from what is stored of them; nothing is computed ahead. */
@Component
public class LookBacks {

	/** Limit that runs while a unit has not signed. */
	static final String SIGN = "sign";

	private static final String SUPERVISE = "supervise";

	private final JdbcTemplate jdbc;

	private final Cases cases;

	private final CaseTrail trail;

	private final FiredRules rules;

	private final InquiryNames names;

	private final WorkingCalendars calendars;

	private final PlatformClock clock;

	private final ObjectMapper json = new ObjectMapper();

	LookBacks(JdbcTemplate jdbc, Cases cases, CaseTrail trail, FiredRules rules, InquiryNames names,
			WorkingCalendars calendars, PlatformClock clock) {
		this.jdbc = jdbc;
		this.cases = cases;
		this.trail = trail;
		this.rules = rules;
		this.names = names;
		this.calendars = calendars;
		this.clock = clock;
	}

	/**
	 * Looks back on a case.
	 * @param file the case, as somebody may see it
	 */
	@Transactional(readOnly = true)
	public LookBack of(CaseFile file) {
		History history = history(file);
		List<Part> parts = history.parts();
		return new LookBack(file.caseNo(), file.place(), file.reportedAt(), history.until, file.open(),
				parts.stream().mapToLong(Part::seconds).sum(), parts,
				shares(parts, (part) -> holderKey(part.holder()),
						(part) -> this.names.holder(part.holder(), part.from()),
						(part) -> (part.holder() != null) ? part.holder().unit() : null),
				shares(parts, (part) -> Objects.toString(part.stage(), ""),
						(part) -> Objects.toString(part.stageName(), ""), (part) -> null),
				shares(parts, (part) -> part.state().name(), (part) -> this.names.text("inquiry.state." + part.state()),
						(part) -> null),
				history.helpers(), history.limits(), passings(file), history.breaches(this.rules));
	}

	/**
	 * How a case stood at a moment.
	 * @param file the case, as somebody may see it
	 * @param at the moment
	 * @param seq number of an event of that moment, or null: its last. All events of one
	 * action share their moment, so how it stood is the same after any of them
	 */
	@Transactional(readOnly = true)
	public Moment at(CaseFile file, Instant at, Integer seq) {
		return history(file).at(at, seq);
	}

	private History history(CaseFile file) {
		return new History(file, this.cases.custody(file.caseNo()), this.cases.deadlines(file.caseNo()),
				this.trail.of(file.caseNo()), this.calendars.forPlace(file.place()),
				(file.closedAt() != null) ? file.closedAt() : this.clock.now());
	}

	private static String holderKey(Hand hand) {
		return (hand == null) ? "" : (hand.person() != null) ? hand.person() : hand.pool();
	}

	private static List<Share> shares(List<Part> parts, Function<Part, String> key, Function<Part, String> name,
			Function<Part, String> unit) {
		Map<List<String>, Share> shares = new LinkedHashMap<>();
		for (Part part : parts) {
			String whose = key.apply(part);
			String ofUnit = unit.apply(part);
			shares.merge(java.util.Arrays.asList(whose, ofUnit),
					new Share(whose, name.apply(part), ofUnit, part.seconds(), 1), (one, other) -> new Share(one.key(),
							one.name(), one.unit(), one.seconds() + other.seconds(), one.times() + other.times()));
		}
		return List.copyOf(shares.values());
	}

	private List<Passing> passings(CaseFile file) {
		List<Passing> found = this.jdbc.query("select * from hand_over where case_no = ? order by seq",
				(row, number) -> passing(row), file.caseNo());
		return found.stream()
			.map((passing) -> new Passing(passing.seq(), passing.at(), passing.movement(), passing.answer(),
					passing.from(), passing.to(), passing.person(), passing.reasonCode(), passing.reasonText(),
					this.rules.of(file, "transfer", passing.at()).orElse(null)))
			.toList();
	}

	private static Passing passing(ResultSet row) throws SQLException {
		return new Passing(row.getInt("seq"), row.getTimestamp("at").toInstant(), row.getString("movement"),
				row.getString("answer"), row.getString("from_unit"), row.getString("to_unit"), row.getString("person"),
				row.getString("reason_code"), row.getString("reason_text"), null);
	}

	/** All that is stored of a case, ready to be asked. */
	private final class History {

		private final CaseFile file;

		private final List<Custody> links;

		private final List<Deadline> deadlines;

		private final List<CaseEvent> events;

		private final WorkingCalendar calendar;

		private final Instant until;

		History(CaseFile file, List<Custody> links, List<Deadline> deadlines, List<CaseEvent> events,
				WorkingCalendar calendar, Instant until) {
			this.file = file;
			this.links = links;
			this.deadlines = deadlines;
			this.events = events;
			this.calendar = calendar;
			this.until = until;
		}

		/** Office time up to a moment; its differences add up without a rest. */
		private long worked(Instant moment) {
			return this.calendar.workingTimeBetween(this.file.reportedAt(), moment).toSeconds();
		}

		List<Part> parts() {
			TreeSet<Instant> cuts = new TreeSet<>();
			cuts.add(this.file.reportedAt());
			cuts.add(this.until);
			this.links.stream().filter((link) -> lead(link, CaseRecord.HOLDER)).forEach((link) -> {
				cuts.add(link.from());
				if (link.to() != null) {
					cuts.add(link.to());
				}
			});
			this.deadlines.stream().filter(this::unsigned).forEach((deadline) -> {
				cuts.add(deadline.startedAt());
				if (deadline.doneAt() != null) {
					cuts.add(deadline.doneAt());
				}
			});
			this.events.stream().filter(History::cuts).forEach((event) -> cuts.add(event.at()));
			List<Part> parts = new ArrayList<>();
			Instant from = null;
			for (Instant cut : cuts.subSet(this.file.reportedAt(), true, this.until, true)) {
				if (from != null && running(from)) {
					add(parts, part(from, cut));
				}
				from = cut;
			}
			return parts;
		}

		private static boolean cuts(CaseEvent event) {
			return switch (event.kind()) {
				case "STAGE_ENTERED", "SUSPENDED", "SUSPENSION_ENDED", "CLOSED", "REOPENED" -> true;
				default -> false;
			};
		}

		private void add(List<Part> parts, Part part) {
			Part last = parts.isEmpty() ? null : parts.get(parts.size() - 1);
			if (last != null && last.to().equals(part.from()) && last.state() == part.state()
					&& Objects.equals(last.stageName(), part.stageName())
					&& Objects.equals(last.holder(), part.holder())) {
				parts.set(parts.size() - 1, new Part(last.from(), part.to(), last.seconds() + part.seconds(),
						last.state(), last.stage(), last.stageName(), last.holder()));
			}
			else {
				parts.add(part);
			}
		}

		private Part part(Instant from, Instant to) {
			JsonNode stage = last(from, "STAGE_ENTERED").map(LookBacks.this::data).orElse(null);
			return new Part(from, to, worked(to) - worked(from), state(from), text(stage, "stage"), text(stage, "name"),
					holder(from, "").orElse(null));
		}

		private State state(Instant at) {
			Optional<CaseEvent> rest = last(at, "SUSPENDED", "SUSPENSION_ENDED", "CLOSED", "REOPENED");
			if (rest.filter((event) -> event.kind().equals("SUSPENDED")).isPresent()) {
				return State.SUSPENDED;
			}
			if (this.deadlines.stream()
				.anyMatch((deadline) -> unsigned(deadline) && covers(deadline.startedAt(), deadline.doneAt(), at))) {
				return State.UNSIGNED;
			}
			return holder(at, "").map((hand) -> (hand.person() != null) ? State.HELD : State.WAITING)
				.orElse(State.NOBODY);
		}

		private boolean unsigned(Deadline deadline) {
			return deadline.stage().equals(SIGN) && deadline.leg().isEmpty();
		}

		/**
		 * Whether the case ran: it had begun and its last end was followed by a
		 * reopening.
		 */
		private boolean running(Instant at) {
			return !at.isBefore(this.file.reportedAt())
					&& last(at, "CLOSED", "REOPENED").map((event) -> event.kind().equals("REOPENED")).orElse(true);
		}

		private Optional<CaseEvent> last(Instant at, String... kinds) {
			List<String> wanted = List.of(kinds);
			return this.events.stream()
				.filter((event) -> !event.at().isAfter(at) && wanted.contains(event.kind()))
				.reduce((first, second) -> second);
		}

		private Optional<Hand> holder(Instant at, String leg) {
			return hands(at, CaseRecord.HOLDER, leg).stream().reduce((first, second) -> second);
		}

		private List<Hand> hands(Instant at, String kind, String leg) {
			return this.links.stream()
				.filter((link) -> link.kind().equals(kind) && link.leg().equals(leg)
						&& covers(link.from(), link.to(), at))
				.map(LookBacks::hand)
				.toList();
		}

		/** Who had it just before something happened. */
		private Optional<Hand> before(Instant at, String kind, String leg) {
			return this.links.stream()
				.filter((link) -> link.kind().equals(kind) && link.leg().equals(leg) && link.from().isBefore(at)
						&& (link.to() == null || !link.to().isBefore(at)))
				.reduce((first, second) -> second)
				.map(LookBacks::hand);
		}

		List<Share> helpers() {
			Map<List<String>, Share> shares = new LinkedHashMap<>();
			this.links.stream()
				.filter((link) -> link.kind().equals(CaseRecord.HOLDER) && !link.leg().isEmpty())
				.forEach((link) -> {
					String key = holderKey(hand(link));
					shares.merge(java.util.Arrays.asList(key, link.unit()),
							new Share(key, LookBacks.this.names.holder(hand(link), link.from()), link.unit(),
									seconds(link), 1),
							(one, other) -> new Share(one.key(), one.name(), one.unit(),
									one.seconds() + other.seconds(), one.times() + other.times()));
				});
			return List.copyOf(shares.values());
		}

		private long seconds(Custody link) {
			return (link.workingSeconds() != null) ? link.workingSeconds()
					: worked((link.to() != null) ? link.to() : this.until) - worked(link.from());
		}

		List<LimitRun> limits() {
			return this.deadlines.stream().filter((deadline) -> !deadline.stage().equals(SUPERVISE)).map((deadline) -> {
				Instant end = (deadline.doneAt() != null) ? deadline.doneAt() : this.until;
				Hand hand = holder(deadline.startedAt(), deadline.leg()).orElse(null);
				return new LimitRun(deadline.no(), deadline.stage(), deadline.leg(),
						(hand != null) ? hand.unit() : null, (hand != null) ? hand.person() : null,
						worked(end) - worked(deadline.startedAt()), deadline.breachedAt() != null);
			}).toList();
		}

		List<Breach> breaches(FiredRules rules) {
			return this.deadlines.stream()
				.filter((deadline) -> deadline.breachedAt() != null && !deadline.stage().equals(SUPERVISE))
				.map((deadline) -> new Breach(seq(deadline), deadline.stage(), deadline.dueAt(), deadline.breachedAt(),
						before(deadline.breachedAt(), CaseRecord.HOLDER, deadline.leg()).orElse(null),
						before(deadline.breachedAt(), CaseRecord.OWNER, "").orElse(null), deadline.excusedAt() != null,
						rules.ofLimit(this.file, deadline).orElse(null)))
				.toList();
		}

		private Integer seq(Deadline deadline) {
			return this.events.stream()
				.filter((event) -> event.kind().equals("BREACHED") && event.at().equals(deadline.breachedAt())
						&& deadline.stage().equals(text(data(event), "stage")))
				.map(CaseEvent::seq)
				.findFirst()
				.orElse(null);
		}

		Moment at(Instant at, Integer seq) {
			boolean running = running(at) && !at.isAfter(this.until);
			JsonNode stage = last(at, "STAGE_ENTERED").map(LookBacks.this::data).orElse(null);
			int last = (seq != null) ? seq
					: this.events.stream()
						.filter((event) -> !event.at().isAfter(at))
						.mapToInt(CaseEvent::seq)
						.max()
						.orElse(0);
			List<Hand> helpers = this.links.stream()
				.filter((link) -> link.kind().equals(CaseRecord.HOLDER) && !link.leg().isEmpty()
						&& covers(link.from(), link.to(), at))
				.map(LookBacks::hand)
				.toList();
			List<Running> limits = this.deadlines.stream()
				.filter((deadline) -> covers(deadline.startedAt(), deadline.doneAt(), at))
				.map((deadline) -> new Running(deadline.stage(), deadline.dueAt(),
						deadline.breachedAt() != null && !deadline.breachedAt().isAfter(at)))
				.toList();
			return new Moment(at, last, running,
					hands(at, CaseRecord.OWNER, "").stream().reduce((first, second) -> second).orElse(null),
					running ? holder(at, "").orElse(null) : null, helpers, hands(at, CaseRecord.WATCHER, ""),
					text(stage, "stage"), text(stage, "name"), running ? state(at) : null, limits);
		}

		private boolean lead(Custody link, String kind) {
			return link.kind().equals(kind) && link.leg().isEmpty();
		}

	}

	private static boolean covers(Instant from, Instant to, Instant at) {
		return !from.isAfter(at) && (to == null || at.isBefore(to));
	}

	private static Hand hand(Custody link) {
		return new Hand(link.person(), link.pool(), link.unit(), link.role(), link.actingFor(), link.from());
	}

	private JsonNode data(CaseEvent event) {
		try {
			return this.json.readTree(event.data());
		}
		catch (JsonProcessingException ex) {
			throw new IllegalStateException("Event " + event.seq() + " of " + event.caseNo() + " is no JSON", ex);
		}
	}

	private static String text(JsonNode data, String name) {
		return (data == null || !data.hasNonNull(name)) ? null : data.get(name).asText();
	}

}
