package gridcase.overview;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

import gridcase.casework.CaseFile;
import gridcase.casework.Cases;
import gridcase.casework.Clocks;
import gridcase.casework.Remaining;
import gridcase.clock.PlatformClock;
import gridcase.overview.CaseMap.CaseSpot;
import gridcase.registry.Duties;
import gridcase.registry.Grid;
import gridcase.registry.GridShapes;
import gridcase.registry.Grids;
import gridcase.registry.OnDuty;
import gridcase.registry.Roles;
import gridcase.registry.Staff;
import gridcase.registry.StaffDirectory;
import gridcase.registry.Unit;
import gridcase.registry.Units;
import gridcase.security.CurrentPerson;
import gridcase.shared.Refusal;
import gridcase.shared.Texts;

import org.springframework.stereotype.Component;

/** What somebody wants to know of a spot: who answers there, what else is going on. */
@Component
class Surroundings {

	/** Who answers on the spot, nearest to the matter first. */
	private static final List<String> ROLES = List.of(Roles.GRID_WORKER, Roles.GRID_HEAD, Roles.VERIFIER,
			Roles.DISPATCHER, Roles.DUTY_LEADER);

	private static final int RECENT = 8;

	private static final int NEAR = 8;

	private final CaseMap map;

	private final Cases cases;

	private final Clocks clocks;

	private final Grids grids;

	private final GridShapes shapes;

	private final Duties duties;

	private final StaffDirectory staff;

	private final Units units;

	private final PlatformClock clock;

	Surroundings(CaseMap map, Cases cases, Clocks clocks, Grids grids, GridShapes shapes, Duties duties,
			StaffDirectory staff, Units units, PlatformClock clock) {
		this.map = map;
		this.cases = cases;
		this.clocks = clocks;
		this.grids = grids;
		this.shapes = shapes;
		this.duties = duties;
		this.staff = staff;
		this.units = units;
		this.clock = clock;
	}

	/**
	 * A person on duty, for the people of the same place.
	 *
	 * @param name the name
	 * @param unit name of the unit, or null
	 * @param title position, or null
	 * @param phone telephone number, or null
	 */
	record Holder(String name, String unit, String title, String phone) {

	}

	/**
	 * Who is on duty in a role, as near as there is somebody.
	 *
	 * @param role one of {@link Roles}
	 * @param grid name of the grid they hold it for, or null when it is the one asked for
	 * @param people the holders
	 */
	record OnCall(String role, String grid, List<Holder> people) {

	}

	/**
	 * A case with what is left of its limit.
	 *
	 * @param spot the case
	 * @param gridName name of its grid
	 * @param remaining what is left, or null without a limit
	 * @param metres how far away, or null
	 */
	record CaseLine(CaseSpot spot, String gridName, Remaining remaining, Long metres) {

	}

	/**
	 * A grid.
	 *
	 * @param code its code
	 * @param name its name
	 * @param kind what people there call it
	 * @param households number of households, or null
	 * @param around the grids around it, the largest first
	 * @param lights open cases that the person may see
	 * @param onCall who is on duty
	 * @param neighbours the grids next to it
	 * @param inside the grids it is divided into
	 * @param recent what was last reported
	 * @param longitude where it is, or null without an outline
	 * @param latitude where it is, or null without an outline
	 */
	record GridPanel(String code, String name, String kind, Integer households, List<Named> around, Lights lights,
			List<OnCall> onCall, List<Named> neighbours, List<Named> inside, List<CaseLine> recent, Double longitude,
			Double latitude) {

	}

	/**
	 * A grid by code and name.
	 *
	 * @param code its code
	 * @param name its name
	 */
	record Named(String code, String name) {

		static Named of(Grid grid) {
			return new Named(grid.code(), grid.name());
		}

	}

	/**
	 * A case and what is around it.
	 *
	 * @param line the case
	 * @param grid its grid
	 * @param holder name of who has it in hand, or null
	 * @param near open cases around it, nearest first
	 * @param neighbours the grids next to its own
	 * @param onCall who is on duty there
	 */
	record CasePanel(CaseLine line, Named grid, String holder, List<CaseLine> near, List<Named> neighbours,
			List<OnCall> onCall) {

	}

	/**
	 * A grid and what goes on in it.
	 * @throws Refusal when there is none in the person's place
	 */
	GridPanel grid(CurrentPerson person, String code) {
		Instant now = this.clock.now();
		Grid grid = this.grids.find(code, now)
			.filter((found) -> person.belongsTo(found.place()))
			.orElseThrow(() -> Refusal.notFound(Texts.of("overview", "overview.refused.grid", code)));
		List<Named> around = new ArrayList<>(this.grids.ancestors(code, now).stream().map(Named::of).toList());
		Collections.reverse(around);
		List<CaseLine> recent = lines(grid.place(), this.map.recent(person.login(), grid.place(), grid.path(), RECENT),
				null);
		var shape = this.shapes.find(code, now);
		return new GridPanel(code, grid.name(), grid.kind(), grid.households(), around,
				this.map.lights(person.login(), grid.place(), grid.path()), onCall(grid, now),
				named(this.shapes.neighbours(code, now)), named(this.grids.children(code, now)), recent,
				shape.map((found) -> found.longitude()).orElse(null),
				shape.map((found) -> found.latitude()).orElse(null));
	}

	private static List<Named> named(List<Grid> grids) {
		return grids.stream().map(Named::of).toList();
	}

	/**
	 * A case and what is around it.
	 * @throws Refusal when there is none that the person may see
	 */
	CasePanel around(CurrentPerson person, String caseNo) {
		Instant now = this.clock.now();
		CaseFile file = this.cases.get(caseNo, person.login());
		CaseSpot spot = this.map.find(person.login(), file.place(), caseNo)
			.orElseThrow(() -> Refusal.notFound(Texts.of("overview", "overview.refused.case", caseNo)));
		Grid grid = this.grids.get(spot.grid(), now);
		return new CasePanel(lines(file.place(), List.of(spot), null).get(0), Named.of(grid),
				(file.holder() != null) ? this.staff.find(file.holder(), now).map(Staff::name).orElse(file.holder())
						: null,
				lines(file.place(), this.map.near(person.login(), file.place(), spot, NEAR), spot),
				named(this.shapes.neighbours(grid.code(), now)), onCall(grid, now));
	}

	/** Cases with what is left of their limits and how far they are from another one. */
	List<CaseLine> lines(String place, List<CaseSpot> spots, CaseSpot from) {
		Instant now = this.clock.now();
		Map<String, Remaining> remaining = this.clocks.ofPlace(place,
				spots.stream().filter((spot) -> spot.state().equals("OPEN")).map(CaseSpot::caseNo).toList());
		return spots.stream()
			.map((spot) -> new CaseLine(spot, this.grids.find(spot.grid(), now).map(Grid::name).orElse(spot.grid()),
					remaining.get(spot.caseNo()), (from != null) ? spot.metresTo(from) : null))
			.toList();
	}

	private List<OnCall> onCall(Grid grid, Instant now) {
		List<OnCall> onCall = new ArrayList<>();
		for (String role : ROLES) {
			this.duties.near(role, grid.code(), now).ifPresent((duty) -> onCall.add(of(duty, grid, now)));
		}
		return onCall;
	}

	private OnCall of(OnDuty duty, Grid asked, Instant now) {
		return new OnCall(duty.role(), duty.grid().code().equals(asked.code()) ? null : duty.grid().name(),
				duty.staff()
					.stream()
					.map((person) -> new Holder(person.name(),
							(person.unit() != null) ? this.units.find(person.unit(), now).map(Unit::name).orElse(null)
									: null,
							person.title(), person.phone()))
					.toList());
	}

}
