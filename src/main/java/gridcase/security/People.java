package gridcase.security;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import gridcase.clock.PlatformClock;
import gridcase.registry.Duties;
import gridcase.registry.Place;
import gridcase.registry.Places;
import gridcase.registry.Roles;
import gridcase.registry.Staff;
import gridcase.registry.StaffDirectory;
import gridcase.registry.Unit;
import gridcase.registry.Units;
import gridcase.shared.Acting;

import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;

/**
 * Who is who: people of the registry and the platform's own administrator. Duties are
 * looked up anew for every request, so that a changed duty counts at once.
 */
@Component
public class People {

	/** Sign-in name of the platform's own administrator. */
	public static final String ADMIN = "admin";

	private final StaffDirectory staff;

	private final Duties duties;

	private final Places places;

	private final Units units;

	private final PlatformClock clock;

	private final MessageSource messages;

	People(StaffDirectory staff, Duties duties, Places places, Units units, PlatformClock clock,
			MessageSource messages) {
		this.staff = staff;
		this.duties = duties;
		this.places = places;
		this.units = units;
		this.clock = clock;
		this.messages = messages;
	}

	/**
	 * Looks a person up.
	 * @param login sign-in name
	 * @return the person with the duties of this moment; empty if unknown or not active
	 */
	public Optional<CurrentPerson> find(String login) {
		Instant now = this.clock.now();
		Optional<CurrentPerson> person = this.staff.find(login, now).filter(Staff::active).map((row) -> of(row, now));
		return person.or(() -> ADMIN.equals(login) ? Optional.of(administrator()) : Optional.empty());
	}

	/** The person this request is made by; empty if nobody is signed in. */
	public Optional<CurrentPerson> current() {
		Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
		if (authentication == null || authentication instanceof AnonymousAuthenticationToken
				|| !authentication.isAuthenticated()) {
			return Optional.empty();
		}
		return find(authentication.getName());
	}

	private CurrentPerson of(Staff row, Instant now) {
		String unit = (row.unit() != null) ? this.units.find(row.unit(), now).map(Unit::name).orElse(null) : null;
		return new CurrentPerson(row.login(), row.name(), row.title(), unit, row.place(),
				this.places.find(row.place(), now).map(Place::name).orElse(row.place()),
				Set.copyOf(this.duties.rolesOf(row.login(), now)), this.duties.poolsOf(row.login(), now));
	}

	private CurrentPerson administrator() {
		String name = this.messages.getMessage("security.admin", null, LocaleContextHolder.getLocale());
		return new CurrentPerson(ADMIN, name, null, null, null, null,
				Acting.permits(ADMIN, Roles.ADMINISTRATOR) ? Set.of(Roles.ADMINISTRATOR) : Set.of(), List.of());
	}

}
