package gridcase.notice;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import gridcase.registry.Duties;
import gridcase.registry.Places;
import gridcase.registry.Roles;
import gridcase.registry.Staff;
import gridcase.registry.StaffDirectory;
import gridcase.security.CurrentPerson;

import org.springframework.stereotype.Component;

/** Who stands behind a recipient at a moment, and under which names a person is told. */
@Component
class Recipients {

	private final Duties duties;

	private final StaffDirectory staff;

	private final Places places;

	Recipients(Duties duties, StaffDirectory staff, Places places) {
		this.duties = duties;
		this.staff = staff;
		this.places = places;
	}

	/** Recipients whose messages a person sees: the person and the person's pools. */
	String[] of(CurrentPerson person, Instant at) {
		List<String> names = new ArrayList<>(person.pools());
		names.add(person.login());
		if (person.has(Roles.ADMINISTRATOR)) {
			Stream<String> watched = (person.place() != null) ? Stream.of(person.place())
					: this.places.all(at).stream().map((place) -> place.code());
			watched.map((place) -> Duties.pool(Notice.OPERATOR, place)).forEach(names::add);
		}
		return names.toArray(String[]::new);
	}

	/** The people of a pool who are on duty; empty when nobody is. */
	List<String> onDuty(String pool, Instant at) {
		int scope = pool.indexOf('@') + 1;
		String role = pool.substring(0, scope - 1);
		List<Staff> people = role.equals(Notice.OPERATOR) ? administrators(pool.substring(scope), at)
				: this.duties.holders(role, pool.substring(scope), at);
		return people.stream().map(Staff::login).distinct().toList();
	}

	private List<Staff> administrators(String place, Instant at) {
		return this.staff.ofPlace(place, at)
			.stream()
			.filter((person) -> person.active()
					&& this.duties.rolesOf(person.login(), at).contains(Roles.ADMINISTRATOR))
			.toList();
	}

	/** Where a person is reached on a channel; empty when the registry does not say. */
	Optional<String> address(String login, String channel, Instant at) {
		return this.staff.find(login, at)
			.filter(Staff::active)
			.map((person) -> channel.equals(Notice.EMAIL) ? person.email() : person.phone());
	}

}
