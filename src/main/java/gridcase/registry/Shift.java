package gridcase.registry;

import java.time.Instant;

/**
 * A person is on duty by roster (值班).
 *
 * @param place place code
 * @param role one of {@link Roles}
 * @param grid code of the grid, or null when it is for a unit
 * @param unit code of the unit, or null when it is for a grid
 * @param staff sign-in name
 * @param starts from when
 * @param ends until when, the moment itself no longer
 */
public record Shift(String place, String role, String grid, String unit, String staff, Instant starts, Instant ends) {

	/** Candidate group the person is on duty for. */
	public String pool() {
		return Duties.pool(this.role, (this.grid != null) ? this.grid : this.unit);
	}

}
