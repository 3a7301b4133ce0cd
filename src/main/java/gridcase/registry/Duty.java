package gridcase.registry;

/**
 * A person holds a role for a grid or for a unit (职责).
 *
 * @param place place code
 * @param staff sign-in name
 * @param role one of {@link Roles}
 * @param grid code of the grid, or null when it is for a unit
 * @param unit code of the unit, or null when it is for a grid
 */
public record Duty(String place, String staff, String role, String grid, String unit) {

	/** Code of the grid or unit the role is held for. */
	public String scope() {
		return (this.grid != null) ? this.grid : this.unit;
	}

	/** Candidate group of everybody with this role for this scope. */
	public String pool() {
		return Duties.pool(this.role, scope());
	}

}
