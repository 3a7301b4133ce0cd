package gridcase.security;

import java.util.List;
import java.util.Set;

/**
 * The person who is signed in, with the duties held at this moment. Controllers take it
 * as a parameter.
 *
 * @param login sign-in name
 * @param name the person's name
 * @param title position, or null
 * @param unit name of the unit the person belongs to, or null
 * @param place place code, or null for the platform's own administrator
 * @param placeName name of the place, or null
 * @param roles roles held for anything
 * @param pools candidate groups, {@code role@scope}
 */
public record CurrentPerson(String login, String name, String title, String unit, String place, String placeName,
		Set<String> roles, List<String> pools) {

	/** Whether the person holds one of these roles. */
	public boolean has(String... anyOf) {
		for (String role : anyOf) {
			if (this.roles.contains(role)) {
				return true;
			}
		}
		return false;
	}

	/**
	 * Whether matters of a place are the person's business at all: the own place's, or
	 * every place's for the platform's administrator.
	 */
	public boolean belongsTo(String otherPlace) {
		return this.place == null || this.place.equals(otherPlace);
	}

}
