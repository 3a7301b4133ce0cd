package gridcase.casework;

import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import gridcase.clock.PlatformClock;
import gridcase.registry.Duties;
import gridcase.registry.Duty;
import gridcase.registry.Grid;
import gridcase.registry.Grids;
import gridcase.shared.Acting;

import org.springframework.stereotype.Component;

/**
 * What a person may see: cases in the grids of their duties, cases that came to them or
 * their units, and those they reported; whoever stands in for an absent person sees that
 * person's as well.
 */
@Component
public class Visibility {

	/**
	 * Condition on a case {@code c}; its parameters are those of {@link #of}. "offset 0"
	 * keeps the database from gathering all cases of a person first, where a page asks
	 * after a few.
	 */
	public static final String CONDITION = "(c.grid_path like any (:gridPaths) or exists (select from case_party y "
			+ "where y.case_no = c.case_no and y.who = any (:who) offset 0))";

	private static final String NEWEST = " order by %1$s.reported_at desc, %1$s.case_no desc limit :most";

	private final Duties duties;

	private final Grids grids;

	private final PlatformClock clock;

	Visibility(Duties duties, Grids grids, PlatformClock clock) {
		this.duties = duties;
		this.grids = grids;
		this.clock = clock;
	}

	/**
	 * What {@link #CONDITION} has to know of a person.
	 * @param login sign-in name
	 */
	public Map<String, Object> of(String login) {
		Sight sight = sight(login);
		return Map.of("gridPaths", sight.grids().stream().map((grid) -> grid.path() + "%").toArray(String[]::new),
				"who", sight.who().toArray(String[]::new));
	}

	/**
	 * The newest cases a person may see. Each ground for seeing is asked for its newest:
	 * somebody who sees few of many cases must not wait until all are looked through.
	 * @param login sign-in name
	 * @param filters further conditions on {@code c}, with a leading " and"
	 * @param cursor whether to go on after {@code :at} and {@code :key}
	 * @param parameters gets what is asked with; {@code most}, how many, is the caller's
	 * @return a statement that selects {@code c.*}
	 */
	String newest(String login, String filters, boolean cursor, Map<String, Object> parameters) {
		Sight sight = sight(login);
		String after = cursor ? " and (%1$s.reported_at, %1$s.case_no) < (:at, :key)" : "";
		// grids stand in the text: how many cases they have decides how they are found
		Stream<String> ofGrids = sight.grids()
			.stream()
			.map((grid) -> "(select c.* from case_file c where c.place = " + literal(grid.place())
					+ " and c.grid_path like " + literal(grid.path().replace("_", "\\_") + "%") + filters
					+ after.formatted("c") + NEWEST.formatted("c") + ")");
		parameters.put("who", sight.who().toArray(String[]::new));
		String ofParties = "(select c.* from unnest(:who::text[]) w (who) cross join lateral (select c.* from case_party y "
				+ "join case_file c using (case_no) where y.who = w.who" + filters + after.formatted("y")
				+ NEWEST.formatted("y") + ") c)";
		return "select distinct on (c.reported_at, c.case_no) c.* from ("
				+ Stream.concat(ofGrids, Stream.of(ofParties)).collect(Collectors.joining(" union all ")) + ") c"
				+ NEWEST.formatted("c");
	}

	private static String literal(String text) {
		return "'" + text.replace("'", "''") + "'";
	}

	private Sight sight(String login) {
		Instant now = this.clock.now();
		List<String> people = Stream.concat(Stream.of(login), this.duties.actingFor(login, now).stream()).toList();
		List<Duty> held = people.stream()
			.flatMap((person) -> this.duties.of(person, now).stream())
			.filter((duty) -> Acting.permits(login, duty.role()))
			.toList();
		Set<Grid> grids = held.stream()
			.filter((duty) -> duty.grid() != null)
			.map((duty) -> this.grids.get(duty.grid(), now))
			.collect(Collectors.toCollection(LinkedHashSet::new));
		// what lies in another of them is seen with that
		List<Grid> widest = grids.stream()
			.filter((grid) -> grids.stream()
				.noneMatch((other) -> other != grid && grid.path().startsWith(other.path())
						&& other.place().equals(grid.place())))
			.toList();
		List<String> who = Stream
			.concat(people.stream().map((person) -> "p:" + person),
					held.stream().map(Duty::unit).filter((unit) -> unit != null).map((unit) -> "u:" + unit))
			.distinct()
			.toList();
		return new Sight(widest, who);
	}

	/** Grids and parties a person sees the cases of. */
	private record Sight(List<Grid> grids, List<String> who) {

	}

}
