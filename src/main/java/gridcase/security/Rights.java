package gridcase.security;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import gridcase.clock.PlatformClock;
import gridcase.registry.Duties;
import gridcase.registry.Duty;
import gridcase.registry.Grid;
import gridcase.registry.Grids;
import gridcase.registry.Staff;
import gridcase.registry.StaffDirectory;
import gridcase.registry.Unit;
import gridcase.registry.Units;
import gridcase.shared.Refusal;
import gridcase.shared.Texts;

import org.springframework.stereotype.Component;

/** Who may do what: people of a place with duties, sign-ins and tokens. */
@Component
class Rights {

	/** No more people than this are listed at once. */
	static final int MOST = 100;

	private final StaffDirectory staff;

	private final Duties duties;

	private final Units units;

	private final Grids grids;

	private final SignIns signIns;

	private final SignInAttempts attempts;

	private final ApiTokens tokens;

	private final PlatformClock clock;

	Rights(StaffDirectory staff, Duties duties, Units units, Grids grids, SignIns signIns, SignInAttempts attempts,
			ApiTokens tokens, PlatformClock clock) {
		this.staff = staff;
		this.duties = duties;
		this.units = units;
		this.grids = grids;
		this.signIns = signIns;
		this.attempts = attempts;
		this.tokens = tokens;
		this.clock = clock;
	}

	/**
	 * A person as an administrator sees one.
	 *
	 * @param login sign-in name
	 * @param name the person's name
	 * @param title position, or null
	 * @param unit name of the unit, or null
	 * @param active whether the person may sign in
	 * @param roles roles on duty at the moment
	 * @param lastSignIn last sign-in, or null
	 * @param lockedUntil until when no sign-in is possible, or null
	 * @param tokens how many API tokens are good
	 */
	record Line(String login, String name, String title, String unit, boolean active, List<String> roles,
			Instant lastSignIn, Instant lockedUntil, int tokens) {

	}

	/**
	 * A duty in words.
	 *
	 * @param role its key
	 * @param scope name of the grid or unit it is held for
	 */
	record Held(String role, String scope) {

	}

	/**
	 * People of a place.
	 * @param place place code
	 * @param text part of a name or a sign-in name; empty: everybody
	 * @return at most one more than {@link #MOST}, those kept out first, then by sign-in
	 * name
	 */
	List<Line> of(String place, String text) {
		Instant now = this.clock.now();
		String wanted = text.strip().toLowerCase(Locale.ROOT);
		List<Staff> found = this.staff.ofPlace(place, now)
			.stream()
			.filter((person) -> person.login().toLowerCase(Locale.ROOT).contains(wanted)
					|| person.name().contains(wanted))
			.toList();
		Map<String, Instant> locked = this.attempts.locked(found.stream().map(Staff::login).toList());
		List<Staff> people = found.stream()
			.sorted(Comparator.comparing((Staff person) -> !locked.containsKey(person.login()))
				.thenComparing(Staff::login))
			.limit(MOST + 1L)
			.toList();
		List<String> logins = people.stream().map(Staff::login).toList();
		Map<String, Instant> last = this.signIns.last(logins);
		Map<String, Integer> counts = this.tokens.count(logins);
		return people.stream().map((person) -> line(person, now, last, locked, counts)).toList();
	}

	private Line line(Staff person, Instant now, Map<String, Instant> last, Map<String, Instant> locked,
			Map<String, Integer> counts) {
		String unit = (person.unit() != null)
				? this.units.find(person.unit(), now).map(Unit::name).orElse(person.unit()) : null;
		return new Line(person.login(), person.name(), person.title(), unit, person.active(),
				this.duties.rolesOf(person.login(), now), last.get(person.login()), locked.get(person.login()),
				counts.getOrDefault(person.login(), 0));
	}

	/**
	 * One person an administrator is in charge of.
	 * @throws Refusal if there is none, or only in another place
	 */
	Line person(CurrentPerson administrator, String login) {
		Staff person = staff(administrator, login);
		return line(person, this.clock.now(), this.signIns.last(List.of(login)), this.attempts.locked(List.of(login)),
				this.tokens.count(List.of(login)));
	}

	private Staff staff(CurrentPerson administrator, String login) {
		return this.staff.find(login, this.clock.now())
			.filter((found) -> administrator.belongsTo(found.place()))
			.orElseThrow(() -> Refusal.notFound(Texts.of("security", "security.people.unknown", login)));
	}

	/** Everything a person holds, on duty for it or not. */
	List<Held> duties(String login) {
		Instant now = this.clock.now();
		return this.duties.of(login, now).stream().map((duty) -> new Held(duty.role(), scope(duty, now))).toList();
	}

	private String scope(Duty duty, Instant now) {
		Optional<String> name = (duty.grid() != null) ? this.grids.find(duty.grid(), now).map(Grid::name)
				: this.units.find(duty.unit(), now).map(Unit::name);
		return name.orElse(duty.scope());
	}

	/**
	 * Lets a person try again to sign in.
	 * @return whether the person was kept out
	 */
	boolean unlock(CurrentPerson administrator, String login) {
		return this.attempts.forget(staff(administrator, login).login());
	}

}
