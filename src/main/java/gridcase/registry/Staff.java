package gridcase.registry;

/**
 * A person who works with the platform (人员).
 *
 * @param place place code
 * @param login sign-in name, unique over all places
 * @param name the person's name
 * @param title position, or null
 * @param unit code of the unit the person belongs to, or null
 * @param phone telephone, or null
 * @param email e-mail address, or null
 * @param active whether the person may sign in and be on duty
 * @param demo whether the person was invented for demonstration
 */
public record Staff(String place, String login, String name, String title, String unit, String phone, String email,
		boolean active, boolean demo) {

	/** Names no telephone: it may end up in a log. */
	@Override
	public String toString() {
		return "Staff[place=" + this.place + ", login=" + this.login + "]";
	}

}
