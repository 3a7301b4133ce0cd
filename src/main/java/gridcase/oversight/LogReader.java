package gridcase.oversight;

import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import gridcase.audit.AccessTrail;
import gridcase.clock.PlatformClock;
import gridcase.oversight.OversightController.Asked;
import gridcase.policy.Decisions;
import gridcase.policy.Question;
import gridcase.registry.Place;
import gridcase.registry.Places;
import gridcase.registry.Roles;
import gridcase.registry.Staff;
import gridcase.registry.StaffDirectory;
import gridcase.security.CurrentPerson;
import gridcase.security.People;
import gridcase.shared.FieldProblem;
import gridcase.shared.Refusal;
import gridcase.shared.Texts;

import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Reads the log for people. An auditor reads that of the own place, auditors included;
 * whoever administers reads only what that person did.
 */
@Component
class LogReader {

	private static final ObjectMapper JSON = new ObjectMapper();

	private static final int LONGEST = 31;

	/** Kinds that modules write themselves. */
	private static final List<String> WRITTEN = List.of("PERSONAL_SHOWN", "LOG_EXPORTED", "EVIDENCE_EXPORTED",
			"FINDING_WRITTEN", "SAMPLE_DRAWN", "CASE_REPLAYED", "RETENTION");

	private final AccessTrail trail;

	private final Decisions tables;

	private final WatchList list;

	private final Places places;

	private final StaffDirectory staff;

	private final MessageSource messages;

	private final PlatformClock clock;

	private final TransactionTemplate reading;

	LogReader(AccessTrail trail, Decisions tables, WatchList list, Places places, StaffDirectory staff,
			MessageSource messages, PlatformClock clock, PlatformTransactionManager transactions) {
		this.trail = trail;
		this.tables = tables;
		this.list = list;
		this.places = places;
		this.staff = staff;
		this.messages = messages;
		this.clock = clock;
		this.reading = new TransactionTemplate(transactions);
		this.reading.setReadOnly(true);
	}

	/**
	 * How much of the log a person reads.
	 *
	 * @param place the place whose log it is; null for all that the person did
	 * @param own sign-in name if only the person's own deeds are shown
	 */
	record Scope(Place place, String own) {

	}

	/**
	 * An entry with its words.
	 *
	 * @param entry the entry
	 * @param who the person's name
	 * @param what what was done
	 * @param place name of the place, or null
	 * @param more what else is known, in words
	 * @param refused whether it was refused
	 */
	record Line(AccessTrail.Entry entry, String who, String what, String place, List<String> more, boolean refused) {

		/** Whether it is about a case that can be opened. */
		public boolean ofACase() {
			return this.entry.subjectKind().equals("case") && !this.entry.subject().isEmpty();
		}

	}

	/**
	 * An hour in which somebody read unusually.
	 *
	 * @param login who
	 * @param who the person's name
	 * @param hour when it begins
	 * @param reading what was read
	 * @param why what is unusual about it, in the table's words
	 */
	record Unusual(String login, String who, Instant hour, AccessTrail.Hour reading, List<String> why) {

	}

	/**
	 * How much of the log a person may read.
	 * @param person who
	 * @param place place asked for, or null
	 * @throws Refusal if that is not this person's
	 */
	Scope scope(CurrentPerson person, String place) {
		if (person.has(Roles.AUDITOR) && person.place() != null) {
			if (place != null && !place.isBlank() && !place.equals(person.place())) {
				throw Refusal.forbidden(Texts.of("oversight", "oversight.other-place"));
			}
			return new Scope(this.places.get(person.place(), this.clock.now()), null);
		}
		if (person.has(Roles.ADMINISTRATOR)) {
			return new Scope(null, person.login());
		}
		throw Refusal.forbidden(Texts.of("oversight", "oversight.auditors"));
	}

	List<Line> page(Scope scope, Asked asked, Long below, int size) {
		return this.trail.page(filter(scope, asked, below), size).stream().map(this::line).toList();
	}

	void each(Scope scope, Asked asked, Consumer<Line> consumer) {
		this.trail.each(filter(scope, asked, null), (entry) -> consumer.accept(line(entry)));
	}

	/** All kinds there are, by their words. */
	Map<String, String> kinds() {
		Set<String> kinds = new LinkedHashSet<>(this.list.kinds());
		kinds.addAll(WRITTEN);
		Map<String, String> words = new java.util.TreeMap<>();
		kinds.forEach((kind) -> words.put(kind, word("kind." + kind, kind)));
		return words;
	}

	private AccessTrail.Filter filter(Scope scope, Asked asked, Long below) {
		if (asked.from() != null && asked.to() != null && asked.to().isBefore(asked.from())) {
			throw ends(asked.from(), asked.to());
		}
		List<String> logins = (scope.own() != null) ? List.of(scope.own()) : logins(scope, asked.person());
		return new AccessTrail.Filter((scope.place() != null) ? scope.place().code() : null, logins,
				blankToNull(asked.kind()), blankToNull(asked.subject()), asked.since(this.clock),
				asked.until(this.clock), below);
	}

	private static Refusal ends(LocalDate from, LocalDate to) {
		return Refusal.invalid(List.of(new FieldProblem("to", Texts.of("oversight", "oversight.to"),
				Texts.of("oversight", "oversight.ends-before", from.toString(), to.toString()))));
	}

	/** People meant by a sign-in name or a name; null if nobody in particular is. */
	private List<String> logins(Scope scope, String person) {
		if (person == null || person.isBlank()) {
			return null;
		}
		String said = person.strip();
		List<String> logins = new ArrayList<>(
				this.staff.named(scope.place().code(), said, this.clock.now()).stream().map(Staff::login).toList());
		logins.add(said);
		return logins;
	}

	/**
	 * What is unusual, as the table {@code unusual-reading} says.
	 * @param scope whose log
	 * @param from first day
	 * @param to last day
	 * @throws Refusal if the period is longer than a month
	 */
	List<Unusual> unusual(Scope scope, LocalDate from, LocalDate to) {
		if (to.isBefore(from)) {
			throw ends(from, to);
		}
		if (ChronoUnit.DAYS.between(from, to) >= LONGEST) {
			throw Refusal.invalid(List.of(new FieldProblem("from", Texts.of("oversight", "oversight.from"),
					Texts.of("oversight", "oversight.too-long", LONGEST))));
		}
		if (scope.place() == null) {
			throw Refusal.forbidden(Texts.of("oversight", "oversight.auditors"));
		}
		String place = scope.place().code();
		return this.reading.execute((status) -> {
			List<Unusual> unusual = new ArrayList<>();
			for (AccessTrail.Hour hour : this.trail.hours(place, from.atStartOfDay(this.clock.zone()).toInstant(),
					to.plusDays(1).atStartOfDay(this.clock.zone()).toInstant())) {
				List<String> why = why(place, hour);
				if (!why.isEmpty()) {
					unusual.add(new Unusual(hour.login(), name(hour.login()), hour.hour(), hour, why));
				}
			}
			return unusual;
		});
	}

	private List<String> why(String place, AccessTrail.Hour hour) {
		Set<String> why = new LinkedHashSet<>();
		for (String role : hour.roles().isEmpty() ? Set.of("") : hour.roles()) {
			Map<String, Object> inputs = new HashMap<>();
			inputs.put("role", role);
			inputs.put("casesRead", hour.cases());
			inputs.put("outsideReads", hour.outside());
			inputs.put("refusedReads", hour.refused());
			inputs.put("personalShown", hour.personal());
			inputs.put("casesLeft", hour.left());
			Map<String, Object> said = this.tables
				.decide(Question.of("unusual-reading", place, this.clock.now(), inputs))
				.outputs();
			if (Boolean.TRUE.equals(said.get("unusual"))) {
				why.add((String) said.get("unusualReason"));
			}
		}
		return List.copyOf(why);
	}

	private Line line(AccessTrail.Entry entry) {
		JsonNode details = read(entry);
		List<String> more = new ArrayList<>();
		details.fields().forEachRemaining((detail) -> {
			String label = label(detail.getKey());
			if (label != null) {
				more.add(label + "：" + value(detail.getKey(), detail.getValue().asText()));
			}
		});
		return new Line(entry, name(entry.login()), word("kind." + entry.kind(), entry.kind()), (entry.place() != null)
				? this.places.find(entry.place(), this.clock.now()).map(Place::name).orElse(entry.place()) : null, more,
				details.has("refused"));
	}

	private static JsonNode read(AccessTrail.Entry entry) {
		try {
			return JSON.readTree(entry.details());
		}
		catch (JsonProcessingException ex) {
			throw new IllegalStateException("Entry " + entry.id() + " of the access log holds no JSON", ex);
		}
	}

	/** Roles and addresses are for the file, not for the page. */
	private String label(String detail) {
		return this.messages.getMessage("oversight.detail." + detail, null, null, LocaleContextHolder.getLocale());
	}

	private String value(String detail, String value) {
		Locale locale = LocaleContextHolder.getLocale();
		return switch (detail) {
			case "kind" -> this.messages.getMessage("casework.personal.kind." + value, null, value, locale);
			case "state" -> this.messages.getMessage("casework.state." + value, null, value, locale);
			case "outside", "refused" -> this.messages.getMessage("casework.yes", null, value, locale);
			default -> value;
		};
	}

	/** The words of a code; one that another module has brought is shown as it is. */
	private String word(String key, String code) {
		return this.messages.getMessage("oversight." + key, null, code, LocaleContextHolder.getLocale());
	}

	private String name(String login) {
		Optional<String> name = this.staff.find(login, this.clock.now()).map(Staff::name);
		return name.orElseGet(() -> People.ADMIN.equals(login)
				? this.messages.getMessage("security.admin", null, LocaleContextHolder.getLocale()) : login);
	}

	private static String blankToNull(String value) {
		return (value == null || value.isBlank()) ? null : value.strip();
	}

}
