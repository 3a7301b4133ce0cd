package gridcase.registry;

import java.util.List;

/**
 * Who holds a role for a grid at a moment; never nobody.
 *
 * @param role one of {@link Roles}
 * @param grid the grid
 * @param staff the holders
 */
public record OnDuty(String role, Grid grid, List<Staff> staff) {

	/** Candidate group of these people. */
	public String pool() {
		return Duties.pool(this.role, this.grid.code());
	}

}
