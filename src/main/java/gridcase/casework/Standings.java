package gridcase.casework;

import java.util.LinkedHashSet;
import java.util.Set;

import gridcase.clock.PlatformClock;
import gridcase.registry.Duties;

import org.springframework.stereotype.Component;

/**
 * What a person, or whoever the person stands in for, has to do with a case now:
 * {@code HOLDER}, {@code OWNER}, {@code WATCHER}, {@code REPORTER} or {@code NONE}.
 */
@Component
public class Standings {

	private final Cases cases;

	private final Duties duties;

	private final PlatformClock clock;

	Standings(Cases cases, Duties duties, PlatformClock clock) {
		this.cases = cases;
		this.duties = duties;
		this.clock = clock;
	}

	/**
	 * Never empty.
	 * @param file the case
	 * @param login sign-in name
	 */
	public Set<String> of(CaseFile file, String login) {
		Set<String> people = people(login);
		Set<String> standings = new LinkedHashSet<>();
		this.cases.custody(file.caseNo())
			.stream()
			.filter((link) -> link.to() == null && people.contains(link.person()))
			.forEach((link) -> standings.add(link.kind()));
		if (login.equals(file.reporter())) {
			standings.add("REPORTER");
		}
		return standings.isEmpty() ? Set.of("NONE") : standings;
	}

	/** A person and whoever the person stands in for. */
	public Set<String> people(String login) {
		Set<String> people = new LinkedHashSet<>(this.duties.actingFor(login, this.clock.now()));
		people.add(login);
		return people;
	}

}
