package gridcase.registry;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The registry as it holds on one day, indexed for reading. */
final class RegistryDay {

	final Map<String, Place> places;

	final Map<String, List<Tier>> ladders;

	final Map<String, Grid> grids;

	final Map<String, List<Grid>> gridsOfPlace;

	final Map<String, List<Grid>> children;

	final Map<String, Unit> units;

	final Map<String, List<Unit>> unitsOfPlace;

	final Map<String, List<Unit>> unitsOfGrid;

	final Map<String, List<WorkGroup>> groupsOfPlace;

	final Map<String, Staff> staff;

	final Map<String, List<Duty>> dutiesOfStaff;

	final Map<String, List<Staff>> holders;

	final Map<String, List<Category>> categoriesOfPlace;

	/** By place (empty: shared), a blank and the code. */
	final Map<String, Category> categories;

	/** By place (empty: shared), a blank and the code of the category. */
	final Map<String, List<CategoryCondition>> conditions;

	RegistryDay(List<Place> places, List<Tier> tiers, List<Grid> grids, List<Unit> units, List<WorkGroup> groups,
			List<Staff> staff, List<Duty> duties, List<Category> categories, List<CategoryCondition> conditions) {
		this.places = index(places, Place::code);
		this.ladders = group(tiers, Tier::place);
		this.grids = index(grids, Grid::code);
		this.gridsOfPlace = group(grids, Grid::place);
		this.children = group(grids.stream().filter((grid) -> grid.parent() != null).toList(), Grid::parent);
		this.units = index(units, Unit::code);
		this.unitsOfPlace = group(units, Unit::place);
		this.unitsOfGrid = group(units, Unit::grid);
		this.groupsOfPlace = group(groups, WorkGroup::place);
		this.staff = index(staff, Staff::login);
		this.dutiesOfStaff = group(duties, Duty::staff);
		this.holders = new LinkedHashMap<>();
		for (Duty duty : duties) {
			Staff person = this.staff.get(duty.staff());
			if (person != null && person.active()) {
				List<Staff> pool = this.holders.computeIfAbsent(duty.pool(), (key) -> new ArrayList<>());
				if (!pool.contains(person)) {
					pool.add(person);
				}
			}
		}
		this.holders.replaceAll((pool, people) -> List.copyOf(people));
		this.categoriesOfPlace = group(categories, (category) -> shared(category.place()));
		this.categories = index(categories, (category) -> shared(category.place()) + ' ' + category.code());
		this.conditions = group(conditions, (condition) -> shared(condition.place()) + ' ' + condition.category());
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
