package gridcase.replay;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import gridcase.casework.CaseWords;
import gridcase.casework.Custody;
import gridcase.registry.Duties;
import gridcase.registry.Duty;
import gridcase.registry.Grid;
import gridcase.registry.Grids;
import gridcase.registry.Shift;
import gridcase.registry.Staff;
import gridcase.registry.StaffDirectory;
import gridcase.registry.Tier;
import gridcase.registry.Tiers;
import gridcase.registry.Unit;
import gridcase.registry.Units;
import gridcase.shared.Acting;
import gridcase.shared.Texts;
import gridcase.web.Times;

import org.springframework.stereotype.Component;

/** Who people and units were at a moment, by the registries as they held then. */
@Component("replayPeople")
class People {

	private static final String BUNDLE = "replay";

	private final StaffDirectory staff;

	private final Units units;

	private final Grids grids;

	private final Tiers tiers;

	private final Duties duties;

	private final CaseWords words;

	private final Times times;

	People(StaffDirectory staff, Units units, Grids grids, Tiers tiers, Duties duties, CaseWords words, Times times) {
		this.staff = staff;
		this.units = units;
		this.grids = grids;
		this.tiers = tiers;
		this.duties = duties;
		this.words = words;
		this.times = times;
	}

	/**
	 * Somebody.
	 *
	 * @param login sign-in name, or null for a pool
	 * @param name what people call them
	 * @param duty unit and position then, or null
	 * @param waiting whether it is a pool whose people have yet to take it
	 * @param actingFor name of the absent person for whom, or null
	 */
	record Who(String login, String name, String duty, boolean waiting, String actingFor) {

	}

	Who person(String login, Instant at) {
		if (login.equals(Acting.SYSTEM) || login.equals(Acting.RESIDENT)) {
			return new Who(login, Texts.of(BUNDLE, "replay.who." + login), null, false, null);
		}
		return this.staff.find(login, at)
			.map((person) -> new Who(login, person.name(), duty(person, at), false, null))
			.orElseGet(() -> new Who(login, login, null, false, null));
	}

	private String duty(Staff person, Instant at) {
		String duty = Stream.of(unit(person.unit(), at), person.title())
			.filter((part) -> part != null && !part.isBlank())
			.collect(Collectors.joining(" · "));
		return duty.isEmpty() ? null : duty;
	}

	/** Who a link of the chain of responsibility names. */
	Who link(Custody link, Instant at) {
		if (link.person() == null) {
			return new Who(null, this.words.pool(link.pool()), unit(link.unit(), at), true, null);
		}
		Who who = person(link.person(), at);
		return new Who(who.login(), who.name(), (link.unit() != null) ? unit(link.unit(), at) : who.duty(), false,
				(link.actingFor() != null) ? person(link.actingFor(), at).name() : null);
	}

	/** A unit's name then; an empty text for null, the code if there was none. */
	String unit(String code, Instant at) {
		return (code == null || code.isEmpty()) ? null : this.units.find(code, at).map(Unit::name).orElse(code);
	}

	String tier(String place, String key, Instant at) {
		return key.isEmpty() ? "" : this.tiers.find(place, key, at).map(Tier::name).orElse(key);
	}

	/** What a person was on duty as then: 处置人员（城市管理组），and the shift. */
	Optional<String> onDuty(String login, Instant at) {
		List<Duty> held = this.duties.of(login, at);
		if (held.isEmpty()) {
			return Optional.empty();
		}
		String roles = held.stream()
			.map((duty) -> Texts.of(BUNDLE, "replay.duty", this.words.word("role", duty.role()), scope(duty, at)))
			.distinct()
			.limit(3)
			.collect(Collectors.joining(Texts.of(BUNDLE, "replay.list")));
		return Optional.of(this.duties.shifts(held.get(0).place(), at, at.plusMillis(1))
			.stream()
			.filter((shift) -> shift.staff().equals(login))
			.findFirst()
			.map((shift) -> Texts.of(BUNDLE, "replay.shift", roles, span(shift)))
			.orElse(roles));
	}

	private String span(Shift shift) {
		return this.times.brief(shift.starts()) + "–" + this.times.brief(shift.ends());
	}

	private String scope(Duty duty, Instant at) {
		return (duty.unit() != null) ? unit(duty.unit(), at)
				: this.grids.find(duty.grid(), at).map(Grid::name).orElse(duty.grid());
	}

}
