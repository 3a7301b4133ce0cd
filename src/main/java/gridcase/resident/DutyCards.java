package gridcase.resident;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

import gridcase.clock.OfficeHours;
import gridcase.clock.PlatformClock;
import gridcase.clock.WorkingCalendars;
import gridcase.registry.Duties;
import gridcase.registry.Grid;
import gridcase.registry.Grids;
import gridcase.registry.OnDuty;
import gridcase.registry.Place;
import gridcase.registry.Places;
import gridcase.registry.Roles;
import gridcase.registry.Staff;
import gridcase.registry.Unit;
import gridcase.registry.Units;
import gridcase.shared.Refusal;
import gridcase.shared.Texts;

import org.springframework.stereotype.Component;

/**
 * The card of a grid (便民联系卡): who answers for it, by the registry of this moment. Names
 * and phones only of people whose row says that they are published.
 */
@Component
class DutyCards {

	private static final List<String> ROLES = List.of(Roles.GRID_HEAD, Roles.GRID_WORKER);

	private static final int MOST_UNITS = 2;

	private final Duties duties;

	private final Grids grids;

	private final Places places;

	private final Units units;

	private final WorkingCalendars calendars;

	private final PlatformClock clock;

	DutyCards(Duties duties, Grids grids, Places places, Units units, WorkingCalendars calendars, PlatformClock clock) {
		this.duties = duties;
		this.grids = grids;
		this.places = places;
		this.units = units;
		this.calendars = calendars;
		this.clock = clock;
	}

	/**
	 * Somebody on a card.
	 *
	 * @param role what the person is there for, in words
	 * @param name name, or null if it is not published
	 * @param phone telephone, or null if it is not published
	 * @param hours when, in words
	 * @param grid name of the grid the person is on duty for, or null if it is the card's
	 */
	record Line(String role, String name, String phone, String hours, String grid) {

	}

	/**
	 * An office that can be called.
	 *
	 * @param name its name
	 * @param phone its telephone
	 */
	record Office(String name, String phone) {

	}

	/**
	 * A card.
	 *
	 * @param place place code
	 * @param placeName name of the place
	 * @param gridCode code of the grid
	 * @param gridName name of the grid
	 * @param around names of what is around it, outermost first
	 * @param people who is on duty
	 * @param offices whom else to call
	 * @param hours office hours, in words
	 */
	record Card(String place, String placeName, String gridCode, String gridName, String around, List<Line> people,
			List<Office> offices, String hours) {

	}

	/**
	 * The card of a grid.
	 * @throws Refusal if there is no such grid
	 */
	Card of(String gridCode) {
		Instant now = this.clock.now();
		Grid grid = this.grids.find(gridCode, now)
			.orElseThrow(() -> Refusal.notFound(Texts.of("resident", "resident.refused.grid")));
		Place place = this.places.get(grid.place(), now);
		String office = officeHours(grid.place(), now);
		List<Line> people = new ArrayList<>();
		for (String role : ROLES) {
			this.duties.nearest(role, gridCode, null, now).ifPresent((duty) -> people.addAll(lines(duty, grid, now)));
		}
		List<Grid> way = this.grids.upwards(gridCode, now);
		return new Card(place.code(), place.name(), grid.code(), grid.name(), around(way), people, offices(way, now),
				office);
	}

	private static String around(List<Grid> way) {
		List<String> names = way.subList(1, way.size()).stream().map(Grid::name).collect(Collectors.toList());
		java.util.Collections.reverse(names);
		return String.join(" › ", names);
	}

	private List<Line> lines(OnDuty duty, Grid grid, Instant now) {
		String hours = hours(duty, now);
		String elsewhere = duty.grid().code().equals(grid.code()) ? null : duty.grid().name();
		String role = Texts.of("resident", "resident.role." + duty.role());
		return duty.staff().stream().map((person) -> line(role, person, hours, elsewhere)).toList();
	}

	private static Line line(String role, Staff person, String hours, String elsewhere) {
		boolean name = person.published().contains("name");
		boolean phone = name && person.published().contains("phone");
		return new Line(role, name ? person.name() : null, phone ? person.phone() : null, hours, elsewhere);
	}

	/** By roster, where the duty has one; else in office hours. */
	private String hours(OnDuty duty, Instant now) {
		Optional<String> shift = this.duties.shifts(duty.grid().place(), now, now.plus(Duration.ofSeconds(1)))
			.stream()
			.filter((each) -> each.pool().equals(duty.pool()))
			.findFirst()
			.map((each) -> Texts.of("resident", "resident.card.shift", time(each.starts()), time(each.ends())));
		return shift.orElseGet(() -> officeHours(duty.grid().place(), now));
	}

	private String time(Instant at) {
		return java.time.format.DateTimeFormatter.ofPattern("M月d日 HH:mm").format(at.atZone(this.clock.zone()));
	}

	/** For example 09:00–12:00，13:00–18:00. */
	private String officeHours(String place, Instant now) {
		return Texts.of("resident", "resident.card.office", spans(this.calendars.forPlace(place).officeHours(now)));
	}

	static String spans(OfficeHours hours) {
		return hours.standard()
			.stream()
			.map((span) -> span.opens() + "–" + span.closes())
			.collect(Collectors.joining(Texts.of("resident", "resident.comma")));
	}

	/** Offices around the grid whose telephone is published, nearest first. */
	private List<Office> offices(List<Grid> way, Instant now) {
		List<Office> offices = new ArrayList<>();
		for (Grid around : way) {
			for (Unit unit : this.units.ofPlace(around.place(), now)) {
				if (unit.active() && unit.phonePublished() && unit.phone() != null && unit.grid().equals(around.code())
						&& offices.size() < MOST_UNITS) {
					offices.add(new Office(unit.name(), unit.phone()));
				}
			}
		}
		return offices;
	}

}
