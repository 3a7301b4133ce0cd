package gridcase.registry;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What rows of one file must be to one another, beyond what each cell must be. */
final class RegistryRules {

	private final Problems problems;

	/** Rows of the file. */
	private final List<FileRow> rows;

	/** All rows that would hold after the load, by key. */
	private final Map<String, FileRow> after;

	RegistryRules(List<FileRow> rows, Map<String, FileRow> after, Problems problems) {
		this.rows = rows;
		this.after = after;
		this.problems = problems;
	}

	/**
	 * Case numbers of two places never begin alike; a place works by a calendar there is.
	 * @param calendars codes of the calendars
	 */
	void checkPlaces(Set<String> calendars) {
		for (FileRow place : this.rows) {
			String calendar = place.get("calendar");
			if (calendar != null && !calendars.contains(calendar)) {
				this.problems.add(place, "calendar", "calendar", String.join(", ", calendars));
			}
		}
		Map<String, String> byPrefix = new HashMap<>();
		for (FileRow place : this.after.values()) {
			String prefix = place.get("case_prefix");
			String other = (prefix != null) ? byPrefix.putIfAbsent(prefix, place.get("code")) : null;
			if (other != null) {
				this.problems.add(place, "case_prefix", "taken", other);
			}
		}
	}

	/** Levels count 1, 2, 3 … without gap or repetition. */
	void checkTiers() {
		Map<String, String> byLevel = new HashMap<>();
		for (FileRow tier : this.after.values()) {
			String level = tier.get("level");
			String other = (level != null) ? byLevel.putIfAbsent(level, tier.get("tier")) : null;
			if (other != null) {
				this.problems.add(tier, "level", "tier.twice", other);
			}
		}
		for (FileRow tier : this.rows) {
			String level = tier.get("level");
			if (level != null && Integer.parseInt(level) > 1
					&& !byLevel.containsKey(String.valueOf(Integer.parseInt(level) - 1))) {
				this.problems.add(tier, "level", "tier.gap", Integer.parseInt(level) - 1);
			}
			if ("0".equals(level)) {
				this.problems.add(tier, "level", "tier.zero");
			}
		}
	}

	/**
	 * Grids form a tree; going up, the tiers climb; households keep the place's limits.
	 * @param levels level of each tier of the place
	 * @param limits household limits of the place
	 */
	void checkGrids(Map<String, Integer> levels, HouseholdLimits limits) {
		for (FileRow grid : this.rows) {
			String parent = grid.get("parent");
			if (parent != null && !this.after.containsKey(parent)) {
				this.problems.add(grid, "parent", "reference", "grids");
			}
			else {
				checkWayUp(grid, levels);
			}
			String households = grid.get("households");
			int[] limit = limits.of(grid.get("type"));
			if (households != null && limit != null
					&& (Integer.parseInt(households) < limit[0] || Integer.parseInt(households) > limit[1])) {
				this.problems.add(grid, "households", "households", limit[0], limit[1], grid.get("type"));
			}
		}
	}

	private void checkWayUp(FileRow grid, Map<String, Integer> levels) {
		Set<String> seen = new HashSet<>();
		Integer own = level(grid, levels);
		for (FileRow around = grid; around != null; around = this.after.get(around.get("parent"))) {
			if (!seen.add(around.get("code"))) {
				this.problems.add(grid, "parent", "grid.circle");
				return;
			}
			Integer above = level(around, levels);
			if (around != grid && own != null && above != null && above <= own) {
				this.problems.add(grid, "tier", "grid.tier", around.get("code"), around.get("tier"));
				own = null;
			}
		}
	}

	private static Integer level(FileRow grid, Map<String, Integer> levels) {
		return (grid.get("tier") != null) ? levels.get(grid.get("tier")) : null;
	}

	/** A duty is for a grid or for a unit, and ends after it begins. */
	void checkDuties() {
		for (FileRow duty : this.rows) {
			if ((duty.get("grid") == null) == (duty.get("unit") == null)) {
				this.problems.add(duty, "grid", "duty.scope");
			}
			String since = duty.get("since");
			String until = duty.get("until");
			if (since != null && until != null && !LocalDate.parse(until).isAfter(LocalDate.parse(since))) {
				this.problems.add(duty, "until", "duty.until", since);
			}
		}
	}

	/** A limit has a number and a unit, or neither. */
	void checkConditions() {
		for (FileRow condition : this.rows) {
			if ((condition.get("limit_value") == null) != (condition.get("limit_unit") == null)) {
				this.problems.add(condition, "limit_value", "condition.limit");
			}
		}
	}

}
