package gridcase.roster;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import gridcase.clock.PlatformClock;
import gridcase.registry.Absence;
import gridcase.registry.Absences;
import gridcase.registry.Duties;
import gridcase.registry.Duty;
import gridcase.registry.Roles;
import gridcase.registry.Staff;
import gridcase.registry.StaffDirectory;
import gridcase.security.CurrentPerson;
import gridcase.shared.Refusal;
import gridcase.shared.Texts;

import org.springframework.stereotype.Component;

/**
 * Who may enter and end whose absence: everybody their own, the head of a unit those of
 * the unit's people, an administrator those of the place.
 */
@Component
class AbsenceDesk {

	private final Absences absences;

	private final StaffDirectory staff;

	private final Duties duties;

	private final PlatformClock clock;

	AbsenceDesk(Absences absences, StaffDirectory staff, Duties duties, PlatformClock clock) {
		this.absences = absences;
		this.staff = staff;
		this.duties = duties;
		this.clock = clock;
	}

	/**
	 * Absences of a place the person may see: those it may end, and those it stands in
	 * for.
	 */
	List<Absences.Entry> open(CurrentPerson person, String place) {
		Set<String> people = people(person, place).stream().map(Staff::login).collect(Collectors.toSet());
		return this.absences.open(place)
			.stream()
			.filter((entry) -> people.contains(entry.absence().staff())
					|| entry.absence().substitute().equals(person.login()))
			.toList();
	}

	/** The people whose absence a person may enter, oneself first. */
	List<Staff> people(CurrentPerson person, String place) {
		Instant now = this.clock.now();
		boolean all = person.has(Roles.ADMINISTRATOR) && person.belongsTo(place);
		Set<String> headed = this.duties.of(person.login(), now)
			.stream()
			.filter((duty) -> duty.role().equals(Roles.UNIT_HEAD) && duty.unit() != null)
			.map(Duty::unit)
			.collect(Collectors.toSet());
		return this.staff.ofPlace(place, now)
			.stream()
			.filter(Staff::active)
			.filter((other) -> all || other.login().equals(person.login()) || headed.contains(other.unit()))
			.sorted(java.util.Comparator.comparing((Staff other) -> !other.login().equals(person.login())))
			.toList();
	}

	/** Everybody who could stand in. */
	List<Staff> substitutes(String place) {
		return this.staff.ofPlace(place, this.clock.now()).stream().filter(Staff::active).toList();
	}

	/**
	 * Enters an absence.
	 * @throws Refusal if it is not this person's to enter, or does not fit
	 */
	void enter(CurrentPerson person, Absence absence) {
		mayDecide(person, absence.place(), absence.staff());
		this.absences.enter(absence);
	}

	/**
	 * Ends an absence now, or calls it off.
	 * @throws Refusal if it is not this person's to end, or there is none
	 */
	void end(CurrentPerson person, String place, String login, Instant since) {
		mayDecide(person, place, login);
		this.absences.end(place, login, since);
	}

	boolean mayEnd(CurrentPerson person, Absence absence) {
		return people(person, absence.place()).stream().anyMatch((other) -> other.login().equals(absence.staff()));
	}

	private void mayDecide(CurrentPerson person, String place, String login) {
		if (people(person, place).stream().noneMatch((other) -> other.login().equals(login))) {
			throw Refusal.forbidden(Texts.of("roster", "roster.refused.not-yours"));
		}
	}

}
