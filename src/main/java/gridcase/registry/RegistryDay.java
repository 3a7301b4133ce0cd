package gridcase.registry;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The registry as it holds on one day, indexed for reading. */
final class RegistryDay {

	final Map<String, Place> places;

	final Map<String, List<Tier>> ladders;

	final Map<String, Grid> grids;

	final Map<String, List<Grid>> gridsOfPlace;

	final Map<String, List<Grid>> children;

	final Map<String, GridShape> shapes;

	final Map<String, List<GridShape>> shapesOfPlace;

	final Map<String, Unit> units;

	final Map<String, List<Unit>> unitsOfPlace;

	final Map<String, List<Unit>> unitsOfGrid;

	final Map<String, List<WorkGroup>> groupsOfPlace;

	final Map<String, Staff> staff;

	final Map<String, List<Duty>> dutiesOfStaff;

	final Map<String, List<Staff>> holders;

	/** By candidate group, for those with a roster: by person when the shifts are. */
	final Map<String, Map<String, Spans>> rosters = new LinkedHashMap<>();

	final Map<String, List<Shift>> shiftsOfPlace;

	final Map<String, List<Absence>> absencesOfStaff;

	final Map<String, List<Absence>> absencesOfSubstitute;

	final Map<String, List<Absence>> absencesOfPlace;

	/** Moments at which a shift or an absence begins or ends. */
	private final NavigableSet<Instant> turns = new TreeSet<>();

	final Map<String, List<Category>> categoriesOfPlace;

	/** By place (empty: shared), a blank and the code. */
	final Map<String, Category> categories;

	/** By place (empty: shared), a blank and the code of the category. */
	final Map<String, List<CategoryCondition>> conditions;

	RegistryDay(List<Place> places, List<Tier> tiers, List<Grid> grids, List<GridShape> shapes, List<Unit> units,
			List<WorkGroup> groups, List<Staff> staff, List<Duty> duties, List<Shift> shifts, List<Absence> absences,
			List<Category> categories, List<CategoryCondition> conditions) {
		this.places = index(places, Place::code);
		this.ladders = group(tiers, Tier::place);
		this.grids = index(grids, Grid::code);
		this.gridsOfPlace = group(grids, Grid::place);
		this.children = group(grids.stream().filter((grid) -> grid.parent() != null).toList(), Grid::parent);
		this.shapes = index(shapes, GridShape::grid);
		this.shapesOfPlace = group(shapes, GridShape::place);
		this.units = index(units, Unit::code);
		this.unitsOfPlace = group(units, Unit::place);
		this.unitsOfGrid = group(units, Unit::grid);
		this.groupsOfPlace = group(groups, WorkGroup::place);
		this.staff = index(staff, Staff::login);
		this.dutiesOfStaff = group(duties, Duty::staff);
		this.holders = new LinkedHashMap<>();
		for (Duty duty : duties) {
			Staff person = this.staff.get(duty.staff());
			if (person != null && person.active() && works(duty)) {
				List<Staff> pool = this.holders.computeIfAbsent(duty.pool(), (key) -> new ArrayList<>());
				if (!pool.contains(person)) {
					pool.add(person);
				}
			}
		}
		this.holders.replaceAll((pool, people) -> List.copyOf(people));
		for (Shift shift : shifts) {
			this.rosters.computeIfAbsent(shift.pool(), (pool) -> new LinkedHashMap<>())
				.computeIfAbsent(shift.staff(), (login) -> new Spans())
				.add(shift.starts(), shift.ends());
			this.turns.add(shift.starts());
			this.turns.add(shift.ends());
		}
		this.shiftsOfPlace = group(shifts, Shift::place);
		this.absencesOfStaff = group(absences, Absence::staff);
		this.absencesOfSubstitute = group(absences, Absence::substitute);
		this.absencesOfPlace = group(absences, Absence::place);
		for (Absence absence : absences) {
			this.turns.add(absence.since());
			this.turns.add(absence.until());
		}
		this.categoriesOfPlace = group(categories, (category) -> shared(category.place()));
		this.categories = index(categories, (category) -> shared(category.place()) + ' ' + category.code());
		this.conditions = group(conditions, (condition) -> shared(condition.place()) + ' ' + condition.category());
	}

	/** A duty for a unit that takes no cases is none. */
	boolean works(Duty duty) {
		Unit unit = (duty.unit() != null) ? this.units.get(duty.unit()) : null;
		return unit == null || unit.active();
	}

	/** The next moment a shift or an absence begins or ends. */
	Optional<Instant> nextTurn(Instant after) {
		return Optional.ofNullable(this.turns.higher(after));
	}

	private static String shared(String place) {
		return (place != null) ? place : "";
	}

	private static <T> Map<String, T> index(List<T> rows, Function<T, String> key) {
		Map<String, T> index = new LinkedHashMap<>();
		rows.forEach((row) -> index.put(key.apply(row), row));
		return index;
	}

	private static <T> Map<String, List<T>> group(List<T> rows, Function<T, String> key) {
		return rows.stream().collect(Collectors.groupingBy(key, LinkedHashMap::new, Collectors.toUnmodifiableList()));
	}

}
