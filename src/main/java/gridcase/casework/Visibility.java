package gridcase.casework;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import gridcase.clock.PlatformClock;
import gridcase.registry.Duties;
import gridcase.registry.Duty;
import gridcase.registry.Grids;
import gridcase.shared.Acting;

import org.springframework.stereotype.Component;

/**
 * What a person may see: cases in the grids of their duties, cases their units work on,
 * and those they reported, answer for or hold; whoever stands in for an absent person
 * sees that person's as well.
 */
@Component
public class Visibility {

	/**
	 * Condition on a case {@code c}; its parameters are those of {@link #of}. "offset 0"
	 * keeps the database from gathering the custody of all cases first, where a page asks
	 * after a few of them.
	 */
	public static final String CONDITION = "(c.grid_path like any (:gridPaths) or c.owner = any (:people) or c.reporter = :login or c.holder = any (:people) "
			+ "or exists (select 1 from custody k where k.case_no = c.case_no and (k.person = any (:people) or k.unit = any (:units)) offset 0) "
			+ "or exists (select 1 from inbox_item i where i.case_no = c.case_no and i.unit = any (:units) offset 0))";

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
		Instant now = this.clock.now();
		List<String> people = Stream.concat(Stream.of(login), this.duties.actingFor(login, now).stream()).toList();
		List<Duty> held = people.stream()
			.flatMap((person) -> this.duties.of(person, now).stream())
			.filter((duty) -> Acting.permits(login, duty.role()))
			.toList();
		String[] paths = held.stream()
			.filter((duty) -> duty.grid() != null)
			.map((duty) -> this.grids.get(duty.grid(), now).path() + "%")
			.distinct()
			.toArray(String[]::new);
		String[] units = held.stream().map(Duty::unit).filter((unit) -> unit != null).distinct().toArray(String[]::new);
		return Map.of("login", login, "people", people.toArray(String[]::new), "gridPaths", paths, "units", units);
	}

}
