package gridcase.resident;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import gridcase.audit.CaseEvent;
import gridcase.audit.CaseTrail;
import gridcase.casework.Attachments;
import gridcase.casework.CaseFile;
import gridcase.casework.Cases;
import gridcase.casework.Clocks;
import gridcase.casework.Deadline;
import gridcase.casework.Remaining;
import gridcase.casework.ReporterActions;
import gridcase.clock.LimitUnit;
import gridcase.clock.PlatformClock;
import gridcase.clock.WorkingCalendar;
import gridcase.clock.WorkingCalendars;
import gridcase.notice.Deliveries;
import gridcase.notice.Notice;
import gridcase.privacy.PersonalData;
import gridcase.registry.Places;
import gridcase.registry.Staff;
import gridcase.registry.StaffDirectory;
import gridcase.registry.Tier;
import gridcase.registry.Tiers;
import gridcase.registry.Unit;
import gridcase.registry.Units;
import gridcase.resident.TrackView.Action;
import gridcase.resident.TrackView.Clock;
import gridcase.resident.TrackView.Entry;
import gridcase.resident.TrackView.Line;
import gridcase.resident.TrackView.Stage;
import gridcase.resident.TrackView.Told;
import gridcase.shared.Acting;
import gridcase.shared.Texts;

import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;

/**
 * Tells a case to its reporter. Only what is named here is told: no people, no remarks of
 * the staff, no reasons given among themselves.
 */
@Component
class TrackViews {

	private final Cases cases;

	private final Clocks clocks;

	private final CaseTrail trail;

	private final ReporterActions reporter;

	private final Deliveries deliveries;

	private final Attachments attachments;

	private final PersonalData personal;

	private final Places places;

	private final Units units;

	private final Tiers tiers;

	private final StaffDirectory staff;

	private final WorkingCalendars calendars;

	private final PlatformClock clock;

	private final MessageSource messages;

	private final ObjectMapper json;

	TrackViews(Cases cases, Clocks clocks, CaseTrail trail, ReporterActions reporter, Deliveries deliveries,
			Attachments attachments, PersonalData personal, Places places, Units units, Tiers tiers,
			StaffDirectory staff, WorkingCalendars calendars, PlatformClock clock, MessageSource messages,
			ObjectMapper json) {
		this.cases = cases;
		this.clocks = clocks;
		this.trail = trail;
		this.reporter = reporter;
		this.deliveries = deliveries;
		this.attachments = attachments;
		this.personal = personal;
		this.places = places;
		this.units = units;
		this.tiers = tiers;
		this.staff = staff;
		this.calendars = calendars;
		this.clock = clock;
		this.messages = messages;
		this.json = json;
	}

	TrackView of(CaseFile file) {
		List<Deadline> deadlines = this.cases.deadlines(file.caseNo());
		List<CaseEvent> events = this.trail.of(file.caseNo());
		boolean handled = file.state().equals("CLOSED");
		return new TrackView(file.caseNo(), file.place(), this.places.get(file.place(), this.clock.now()).name(),
				file.title(), file.fact("categoryName"), blankToNull(file.fact("address")), file.reportedAt(),
				file.state(), clock(file, deadlines, events), stages(file), units(file), breaches(deadlines),
				entries(file, events), told(file), handled ? blankToNull(file.fact("resultText")) : null,
				handled ? photos(file) : List.of(),
				handled ? blankToNull(word("satisfaction", file.fact("satisfaction"))) : null, actions(file),
				this.personal.masked(file.fact("reporterPhone")));
	}

	/**
	 * A photo of the result.
	 * @throws gridcase.shared.Refusal if there is none that may be seen
	 */
	Attachments.Info photo(CaseFile file, UUID id) {
		if (!file.state().equals("CLOSED") || !photos(file).contains(id)) {
			throw gridcase.shared.Refusal.notFound(text("refused.photo"));
		}
		return this.attachments.get(file.caseNo(), id);
	}

	/** Those of the lead's result, once whoever closed the case has released them. */
	private List<UUID> photos(CaseFile file) {
		if (!Boolean.TRUE.equals(file.facts().get("photosReleased"))) {
			return List.of();
		}
		List<String> named = Arrays.asList(file.fact("resultPhotos").split(","));
		return this.attachments.ofCase(file.caseNo())
			.stream()
			.filter((info) -> info.image() && named.contains(info.id().toString()))
			.map(Attachments.Info::id)
			.toList();
	}

	private Clock clock(CaseFile file, List<Deadline> deadlines, List<CaseEvent> events) {
		if (!file.open()) {
			return new Clock("done", word("state", file.state()),
					text("ended." + file.state(), moment(file.closedAt())), ended(file, deadlines), null);
		}
		Deadline deadline = Deadline.next(deadlines).orElse(null);
		if (deadline == null) {
			return new Clock("ok", text("light.ok"), text("clock.none"), text("clock.none.detail"), null);
		}
		Remaining remaining = this.clocks.of(file.place(), deadline);
		String step = step(file, deadline.stage());
		String due = moment(deadline.dueAt());
		return switch (remaining.light()) {
			case "OVER" -> new Clock("over", text("light.over"), over(file, remaining), over(file, step, due, events),
					deadline.dueAt());
			case "PAUSED" ->
				new Clock(
						"hold", text("light.hold"), text("clock.hold"), file.fact("suspendedUntil").isEmpty()
								? text("clock.hold.detail") : text("clock.hold.until", file.fact("suspendedUntil")),
						null);
			default -> {
				String light = remaining.light().equals("WARN") ? "warn" : "ok";
				yield new Clock(light, text("light." + light), left(file, remaining),
						text("clock.due", step, due) + counted(file, remaining), deadline.dueAt());
			}
		};
	}

	private String ended(CaseFile file, List<Deadline> deadlines) {
		boolean late = deadlines.stream().anyMatch((deadline) -> deadline.breachedAt() != null);
		return file.state().equals("CLOSED") ? text(late ? "ended.late" : "ended.inTime") : "";
	}

	private String left(CaseFile file, Remaining remaining) {
		String length = length(file, remaining, remaining.leftSeconds());
		return text(office(remaining) ? "clock.left.office" : "clock.left", length);
	}

	private String over(CaseFile file, Remaining remaining) {
		return text("clock.over", length(file, remaining, -remaining.leftSeconds()));
	}

	/** Said first and plainly, with who took it up. */
	private String over(CaseFile file, String step, String due, List<CaseEvent> events) {
		String said = text("clock.over.detail", step, due);
		return events.stream()
			.filter((event) -> event.kind().equals("TAKEN_OVER") || event.kind().equals("SUPERVISED"))
			.reduce((first, second) -> second)
			.map((event) -> said + text("clock.over." + event.kind(), tier(file, value(read(event), "tier"))))
			.orElse(said);
	}

	private String counted(CaseFile file, Remaining remaining) {
		return office(remaining) ? text("clock.office", DutyCards.spans(calendar(file).officeHours(this.clock.now())))
				: "";
	}

	private static boolean office(Remaining remaining) {
		return LimitUnit.valueOf(remaining.unit()).countsOfficeTime();
	}

	private String length(CaseFile file, Remaining remaining, long seconds) {
		Duration time = Duration.ofSeconds(Math.max(0, seconds));
		Duration day = office(remaining) ? calendar(file).officeDay(this.clock.now()) : Duration.ofDays(1);
		long days = time.dividedBy(day);
		Duration rest = time.minus(day.multipliedBy(days));
		if (days > 0) {
			String whole = text(office(remaining) ? "length.workdays" : "length.days", days);
			return (rest.toHours() > 0) ? text("length.and", whole, text("length.hours", rest.toHours())) : whole;
		}
		if (rest.toHours() == 0) {
			return text("length.minutes", rest.toMinutes());
		}
		return (rest.toMinutesPart() == 0) ? text("length.hours", rest.toHours()) : text("length.and",
				text("length.hours", rest.toHours()), text("length.minutes", (long) rest.toMinutesPart()));
	}

	private WorkingCalendar calendar(CaseFile file) {
		return this.calendars.forPlace(file.place());
	}

	private List<Stage> stages(CaseFile file) {
		return this.reporter.stages(file)
			.stream()
			.map((stage) -> new Stage(stage.name(), stage.state(), stage.since()))
			.toList();
	}

	private List<Line> units(CaseFile file) {
		List<Line> lines = new ArrayList<>();
		Instant now = this.clock.now();
		Optional<Unit> owner = Optional.ofNullable(file.owner())
			.flatMap((login) -> this.staff.find(login, now))
			.map(Staff::unit)
			.flatMap((unit) -> this.units.find(unit, now));
		Optional<Unit> holder = Optional.ofNullable(file.holderUnit()).flatMap((unit) -> this.units.find(unit, now));
		Optional<Unit> lead = Optional.of(file.fact("leadUnit")).flatMap((unit) -> this.units.find(unit, now));
		owner.or(() -> file.open() ? Optional.empty() : lead)
			.ifPresent((unit) -> lines.add(new Line(text("units.owner"), unit(unit))));
		if (file.open()) {
			lines.add(new Line(text("units.holder"),
					holder.map(this::unit).orElseGet(() -> text("units.tier", tier(file, file.fact("tier"))))));
		}
		return lines;
	}

	private String unit(Unit unit) {
		return (unit.phonePublished() && unit.phone() != null) ? text("units.phone", unit.name(), unit.phone())
				: unit.name();
	}

	private String tier(CaseFile file, String key) {
		return this.tiers.find(file.place(), (key != null) ? key : "", this.clock.now())
			.map(Tier::name)
			.orElseGet(() -> this.places.get(file.place(), this.clock.now()).name());
	}

	private List<String> breaches(List<Deadline> deadlines) {
		return deadlines.stream()
			.filter((deadline) -> deadline.breachedAt() != null && !deadline.stage().equals("supervise"))
			.map((deadline) -> text((deadline.excusedAt() != null) ? "breach.excused" : "breach",
					word("step", deadline.stage()), moment(deadline.dueAt())))
			.distinct()
			.toList();
	}

	private List<Entry> entries(CaseFile file, List<CaseEvent> events) {
		List<Entry> entries = new ArrayList<>();
		for (CaseEvent event : events) {
			entry(file, event, read(event)).ifPresent(entries::add);
		}
		Collections.reverse(entries);
		return entries;
	}

	private Optional<Entry> entry(CaseFile file, CaseEvent event, JsonNode data) {
		boolean own = Acting.RESIDENT.equals(event.actor());
		return Optional.ofNullable(switch (event.kind()) {
			case "REPORTED" -> entry(event, "info", null);
			case "STAGE_ENTERED" -> entry(event, "", null, value(data, "name"));
			case "UNITS_ASSIGNED" -> entry(event, "", null, unit(value(data, "lead")));
			case "SIGNED" -> entry(event, "info", null, unit(value(data, "unit")));
			case "RESULT_REPORTED" -> entry(event, "", value(data, "result"));
			case "BREACHED" -> entry(event, "over", null, word("step", value(data, "stage")),
					moment(Instant.parse(value(data, "due"))));
			case "TAKEN_OVER", "SUPERVISED" -> entry(event, "over", null, tier(file, value(data, "tier")));
			case "REWORK_ORDERED", "SUSPENSION_ENDED", "DIFFICULT_LISTED", "DIFFICULT_DELISTED" ->
				entry(event, "", null);
			case "SUSPENDED", "EXTENDED" -> entry(event, "warn", null);
			case "CLOSED" -> entry(event, "info", null, word("state", value(data, "state")));
			case "REOPENED" -> entry(event, "warn", null);
			case "WITHDRAWN", "VOIDED", "UPHELD" -> entry(event, "info", null);
			case "FOLLOWED_UP" ->
				entry(event, "info", value(data, "reason"), word("satisfaction", value(data, "satisfaction")));
			case "URGED" -> own ? entry(event, "warn", value(data, "text")) : null;
			case "COMMENTED" -> own ? entry(event, "", value(data, "text")) : null;
			case "TURN_BEGUN" -> own && !"follow-up".equals(value(data, "turn"))
					? entry(event, "info", value(data.path("values"), "reasonText"), value(data, "name")) : null;
			default -> null;
		});
	}

	private Entry entry(CaseEvent event, String state, String said, Object... values) {
		return new Entry(event.at(), state, text("event." + event.kind(), values), blankToNull(said));
	}

	private String unit(String code) {
		return this.units.find((code != null) ? code : "", this.clock.now()).map(Unit::name).orElse("");
	}

	/** Text messages to the reporter; what the staff is told is no business of theirs. */
	private List<Told> told(CaseFile file) {
		List<Told> told = new ArrayList<>();
		for (Deliveries.Delivery message : this.deliveries.ofCase(file.caseNo())) {
			if (message.audience().equals("REPORTER") && message.kind() == Notice.Kind.ADDRESS) {
				told.add(new Told(message.at(), message.text(), text("told." + message.state())));
			}
		}
		Collections.reverse(told);
		return told;
	}

	private List<Action> actions(CaseFile file) {
		List<Action> actions = new ArrayList<>();
		if (file.open()) {
			actions.add(new Action("urge", null));
			actions.add(new Action("comment", null));
		}
		this.reporter.offers(file).forEach((offer) -> actions.add(new Action(offer.key(), offer.refused())));
		return actions;
	}

	private String moment(Instant at) {
		if (at == null) {
			return "";
		}
		return DateTimeFormatter.ofPattern(text("moment"), LocaleContextHolder.getLocale())
			.format(at.atZone(this.clock.zone()));
	}

	/** A step as the ribbon above it names it, where it is a stage of its own. */
	private String step(CaseFile file, String stage) {
		return stage.equals(file.stageKey()) ? file.stageName() : word("step", stage);
	}

	private String word(String kind, String code) {
		return (code == null || code.isEmpty()) ? "" : this.messages.getMessage("casework." + kind + "." + code, null,
				code, LocaleContextHolder.getLocale());
	}

	private static String text(String key, Object... values) {
		return Texts.of("resident", "resident." + key, values);
	}

	private static String blankToNull(String text) {
		return (text == null || text.isBlank()) ? null : text;
	}

	private static String value(JsonNode data, String name) {
		JsonNode value = data.get(name);
		return (value == null || value.isNull()) ? null : value.asText();
	}

	private JsonNode read(CaseEvent event) {
		try {
			return this.json.readTree(event.data());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
