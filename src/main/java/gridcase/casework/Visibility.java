package gridcase.casework;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import gridcase.clock.PlatformClock;
import gridcase.registry.Duties;
import gridcase.registry.Duty;
import gridcase.registry.Grids;

import org.springframework.stereotype.Component;

/**
 * What a person may see: cases in the grids of their duties, cases their units work on,
 * and those they reported, answer for or hold.
 */
@Component
class Visibility {

	/** Condition on a case {@code c}; its parameters are those of {@link #of}. */
	static final String CONDITION = "(c.grid_path like any (:gridPaths) or c.owner = :login or c.reporter = :login or c.holder = :login "
			+ "or exists (select 1 from custody k where k.case_no = c.case_no and (k.person = :login or k.unit = any (:units))) "
			+ "or exists (select 1 from inbox_item i where i.case_no = c.case_no and i.unit = any (:units)))";

	private final Duties duties;

	private final Grids grids;

	private final PlatformClock clock;

	Visibility(Duties duties, Grids grids, PlatformClock clock) {
		this.duties = duties;
		this.grids = grids;
		this.clock = clock;
	}

	Map<String, Object> of(String login) {
		Instant now = this.clock.now();
		List<Duty> held = this.duties.of(login, now);
		String[] paths = held.stream()
			.filter((duty) -> duty.grid() != null)
			.map((duty) -> this.grids.get(duty.grid(), now).path() + "%")
			.distinct()
			.toArray(String[]::new);
		String[] units = held.stream().map(Duty::unit).filter((unit) -> unit != null).distinct().toArray(String[]::new);
		return Map.of("login", login, "gridPaths", paths, "units", units);
	}

}
