package gridcase.inquiry;

import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import gridcase.casework.CaseFile;
import gridcase.casework.Cases;
import gridcase.casework.Visibility;
import gridcase.clock.PlatformClock;
import gridcase.registry.Place;
import gridcase.registry.Places;
import gridcase.registry.Roles;
import gridcase.security.CurrentPerson;
import gridcase.shared.FieldProblem;
import gridcase.shared.Refusal;
import gridcase.shared.Texts;

import org.springframework.stereotype.Component;

/** Who may ask, for which place and which days. */
@Component
class Desk {

	private final Places places;

	private final Cases cases;

	private final Visibility visibility;

	private final PlatformClock clock;

	Desk(Places places, Cases cases, Visibility visibility, PlatformClock clock) {
		this.places = places;
		this.cases = cases;
		this.visibility = visibility;
		this.clock = clock;
	}

	/**
	 * Auditors, duty leaders and administrators see sums, findings, samples and lists.
	 */
	void mustRead(CurrentPerson person) {
		must(person, Roles.AUDITOR, Roles.DUTY_LEADER, Roles.ADMINISTRATOR);
	}

	/** Single cases are looked at by auditors and duty leaders. */
	void mustReadCases(CurrentPerson person) {
		must(person, Roles.AUDITOR, Roles.DUTY_LEADER);
	}

	/** Only auditors write. */
	void mustAudit(CurrentPerson person) {
		must(person, Roles.AUDITOR);
	}

	private static void must(CurrentPerson person, String... roles) {
		if (!person.has(roles)) {
			throw Refusal.forbidden(Texts.of("inquiry", "inquiry.refused.role"));
		}
	}

	/**
	 * A case to look back on, as auditors and duty leaders may see it.
	 * @throws Refusal if it is not for this person
	 */
	CaseFile file(String caseNo, CurrentPerson person) {
		mustReadCases(person);
		return this.cases.get(caseNo, person.login());
	}

	/** Places a person has to do with. */
	List<Place> seen(CurrentPerson person) {
		return this.places.all(this.clock.now()).stream().filter((each) -> person.belongsTo(each.code())).toList();
	}

	/**
	 * The place asked for, else the person's own or the first there is.
	 * @throws Refusal if the person has nothing to do with it
	 */
	Place place(CurrentPerson person, String asked) {
		return seen(person).stream()
			.filter((each) -> asked == null || asked.isEmpty() || each.code().equals(asked))
			.findFirst()
			.orElseThrow(() -> Refusal.forbidden(Texts.of("inquiry", "inquiry.refused.place")));
	}

	/**
	 * The days asked for, without them this month up to today.
	 * @throws Refusal if they end before they begin
	 */
	Days days(LocalDate from, LocalDate to) {
		LocalDate today = today();
		Days days = new Days((from != null) ? from : today.withDayOfMonth(1), (to != null) ? to : today);
		if (days.to().isBefore(days.from())) {
			throw Refusal.invalid(List.of(new FieldProblem("to", Texts.of("inquiry", "inquiry.to"),
					Texts.of("inquiry", "inquiry.refused.backwards"))));
		}
		return days;
	}

	LocalDate today() {
		return this.clock.now().atZone(this.clock.zone()).toLocalDate();
	}

	Instant now() {
		return this.clock.now();
	}

	Instant start(Days days) {
		return days.from().atStartOfDay(this.clock.zone()).toInstant();
	}

	Instant end(Days days) {
		return days.to().plusDays(1).atStartOfDay(this.clock.zone()).toInstant();
	}

	/**
	 * The condition on a case {@code c} this person is held to, and its parameters; the
	 * platform's administrator is held to none.
	 */
	Scope scope(CurrentPerson person) {
		return (person.place() == null) ? new Scope("true", Map.of())
				: new Scope(Visibility.CONDITION, new HashMap<>(this.visibility.of(person.login())));
	}

	/**
	 * Days, both included.
	 *
	 * @param from the first
	 * @param to the last
	 */
	record Days(LocalDate from, LocalDate to) {

	}

	/**
	 * What a person may see.
	 *
	 * @param condition SQL condition on {@code c}
	 * @param parameters its parameters
	 */
	record Scope(String condition, Map<String, Object> parameters) {

	}

}
