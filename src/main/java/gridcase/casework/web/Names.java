package gridcase.casework.web;

import java.time.Instant;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import gridcase.clock.PlatformClock;
import gridcase.registry.Catalogue;
import gridcase.registry.Grid;
import gridcase.registry.Grids;
import gridcase.registry.Places;
import gridcase.registry.Staff;
import gridcase.registry.StaffDirectory;
import gridcase.registry.Tier;
import gridcase.registry.Tiers;
import gridcase.registry.Unit;
import gridcase.registry.Units;
import gridcase.shared.Acting;

import org.springframework.context.MessageSource;
import org.springframework.context.NoSuchMessageException;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;

/** What codes, sign-in names and pools are called. */
@Component
class Names {

	private final StaffDirectory staff;

	private final Units units;

	private final Grids grids;

	private final Tiers tiers;

	private final Places places;

	private final Catalogue catalogue;

	private final PlatformClock clock;

	private final MessageSource messages;

	Names(StaffDirectory staff, Units units, Grids grids, Tiers tiers, Places places, Catalogue catalogue,
			PlatformClock clock, MessageSource messages) {
		this.staff = staff;
		this.units = units;
		this.grids = grids;
		this.tiers = tiers;
		this.places = places;
		this.catalogue = catalogue;
		this.clock = clock;
		this.messages = messages;
	}

	/**
	 * A person as pages show one.
	 *
	 * @param name the name
	 * @param duty unit and position, or null
	 */
	record Label(String name, String duty) {

		@Override
		public String toString() {
			return this.name;
		}

	}

	public Label person(String login) {
		if (Acting.SYSTEM.equals(login)) {
			return new Label(text("casework.system"), null);
		}
		if (Acting.RESIDENT.equals(login)) {
			return new Label(text("casework.resident"), null);
		}
		return this.staff.find(login, now())
			.map((person) -> new Label(person.name(), duty(person)))
			.orElseGet(() -> new Label(login, null));
	}

	private String duty(Staff person) {
		Optional<Unit> unit = Optional.ofNullable(person.unit()).flatMap((code) -> this.units.find(code, now()));
		String duty = Stream.of(unit.map(Unit::name).orElse(null), person.title())
			.filter((part) -> part != null && !part.isBlank())
			.collect(Collectors.joining(" · "));
		return duty.isEmpty() ? null : duty;
	}

	/** The people a task waits for: dispatcher@110108022 is 派遣员，上地街道. */
	public Label pool(String pool) {
		int at = pool.indexOf('@');
		String role = this.messages.getMessage("casework.role." + pool.substring(0, at), null, pool.substring(0, at),
				LocaleContextHolder.getLocale());
		return new Label(role, scope(pool.substring(at + 1)));
	}

	private String scope(String code) {
		return this.units.find(code, now())
			.map(Unit::name)
			.or(() -> this.grids.find(code, now()).map(Grid::name))
			.orElseGet(() -> place(code));
	}

	/** Who has it: a person, else the pool it waits in, else nobody. */
	public Label holder(String login, String pool) {
		if (login != null) {
			return person(login);
		}
		return (pool != null) ? pool(pool) : new Label(text("casework.nobody"), null);
	}

	public String unit(Object code) {
		return (code == null) ? "" : this.units.find(code.toString(), now()).map(Unit::name).orElse(code.toString());
	}

	public String tier(String place, Object key) {
		return (key == null) ? ""
				: this.tiers.find(place, key.toString(), now()).map(Tier::name).orElse(key.toString());
	}

	public String place(String code) {
		return this.places.find(code, now()).map((place) -> place.name()).orElse(code);
	}

	public String grid(String code) {
		return this.grids.find(code, now()).map(Grid::name).orElse(code);
	}

	/** 消防安全 › 楼道堆物. */
	public String category(String place, String code) {
		if (code == null || code.isEmpty()) {
			return "";
		}
		return this.catalogue.find(place, code, now())
			.map((category) -> category.className().equals(category.name()) ? category.name()
					: category.className() + " › " + category.name())
			.orElse(code);
	}

	/**
	 * The word for a code, e.g. casework.severity.MAJOR; the code itself if there is
	 * none.
	 */
	public String word(String kind, Object code) {
		if (code == null || code.toString().isEmpty()) {
			return "";
		}
		return this.messages.getMessage("casework." + kind + "." + code, null, code.toString(),
				LocaleContextHolder.getLocale());
	}

	String text(String key, Object... arguments) {
		try {
			return this.messages.getMessage(key, arguments, LocaleContextHolder.getLocale());
		}
		catch (NoSuchMessageException ex) {
			throw new IllegalStateException("The bundle has no words for " + key, ex);
		}
	}

	private Instant now() {
		return this.clock.now();
	}

}
