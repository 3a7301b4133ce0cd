package gridcase.registry;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

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

	/**
	 * A shift is for a grid or for a unit, ends after it begins, and is worked by
	 * somebody who has that duty.
	 * @param duties the duties there are, as {@code staff role@scope}
	 * @param from first day of the load; what has ended before may name people who left
	 */
	void checkShifts(Set<String> duties, LocalDate from) {
		for (FileRow shift : this.rows) {
			boolean scoped = (shift.get("grid") == null) != (shift.get("unit") == null);
			if (!scoped) {
				this.problems.add(shift, "grid", "duty.scope");
			}
			LocalDateTime starts = moment(shift, "starts");
			LocalDateTime ends = moment(shift, "ends");
			if (starts == null || ends == null) {
				continue;
			}
			if (!ends.isAfter(starts)) {
				this.problems.add(shift, "ends", "duty.until", shift.get("starts"));
			}
			String scope = (shift.get("grid") != null) ? shift.get("grid") : shift.get("unit");
			if (scoped && ends.isAfter(from.atStartOfDay())
					&& !duties.contains(shift.get("staff") + " " + Duties.pool(shift.get("role"), scope))) {
				this.problems.add(shift, "staff", "shift.duty", shift.get("role"), scope);
			}
		}
	}

	/**
	 * An absence ends after it begins, overlaps no other of the same person, and leads,
	 * from substitute to substitute, to somebody who is there.
	 * @param active sign-in names of active people
	 * @param from first day of the load; what has ended before may name people who left
	 */
	void checkAbsences(Set<String> active, LocalDate from) {
		Map<String, List<FileRow>> byStaff = this.after.values()
			.stream()
			.filter((row) -> moment(row, "since") != null && moment(row, "until") != null)
			.collect(Collectors.groupingBy((row) -> row.get("staff")));
		for (FileRow absence : this.rows) {
			LocalDateTime since = moment(absence, "since");
			LocalDateTime until = moment(absence, "until");
			String substitute = absence.get("substitute");
			if (since == null || until == null || substitute == null) {
				continue;
			}
			if (!until.isAfter(since)) {
				this.problems.add(absence, "until", "duty.until", absence.get("since"));
			}
			if (substitute.equals(absence.get("staff"))) {
				this.problems.add(absence, "substitute", "absence.self");
			}
			else if (until.isAfter(from.atStartOfDay()) && !active.contains(substitute)) {
				this.problems.add(absence, "substitute", "absence.inactive");
			}
			else if (leadsBack(substitute, since, until, byStaff, new HashSet<>(Set.of(absence.get("staff"))))) {
				this.problems.add(absence, "substitute", "absence.circle");
			}
			byStaff.getOrDefault(absence.get("staff"), List.of())
				.stream()
				.filter((other) -> other != absence && overlap(other, since, until))
				.findFirst()
				.ifPresent((other) -> this.problems.add(absence, "since", "absence.overlaps", other.get("since"),
						other.get("until")));
		}
	}

	/** Whether nobody would be there at some moment because each waits for another. */
	private static boolean leadsBack(String login, LocalDateTime since, LocalDateTime until,
			Map<String, List<FileRow>> byStaff, Set<String> before) {
		if (!before.add(login)) {
			return true;
		}
		boolean back = false;
		for (FileRow away : byStaff.getOrDefault(login, List.of())) {
			if (overlap(away, since, until) && away.get("substitute") != null) {
				LocalDateTime from = max(since, moment(away, "since"));
				LocalDateTime to = min(until, moment(away, "until"));
				back = back || leadsBack(away.get("substitute"), from, to, byStaff, before);
			}
		}
		before.remove(login);
		return back;
	}

	private static boolean overlap(FileRow absence, LocalDateTime since, LocalDateTime until) {
		return moment(absence, "since").isBefore(until) && since.isBefore(moment(absence, "until"));
	}

	private static LocalDateTime max(LocalDateTime one, LocalDateTime other) {
		return one.isAfter(other) ? one : other;
	}

	private static LocalDateTime min(LocalDateTime one, LocalDateTime other) {
		return one.isBefore(other) ? one : other;
	}

	private static LocalDateTime moment(FileRow row, String column) {
		String cell = row.get(column);
		return (cell != null) ? Column.Type.moment(cell) : null;
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
