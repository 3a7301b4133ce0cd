package gridcase.shared;

import java.util.Set;
import java.util.function.Supplier;

/**
 * On whose behalf the current thread works: a sign-in name, or {@value #SYSTEM} for
 * timers.
 */
public final class Acting {

	/** The platform itself: timers and start-up. */
	public static final String SYSTEM = "system";

	private static final ThreadLocal<String> CURRENT = ThreadLocal.withInitial(() -> SYSTEM);

	private static final ThreadLocal<Limit> LIMIT = new ThreadLocal<>();

	private Acting() {
	}

	public static String current() {
		return CURRENT.get();
	}

	/**
	 * Runs work in somebody's name.
	 * @param login sign-in name
	 * @param work what to do
	 * @return what the work answers
	 */
	public static <T> T as(String login, Supplier<T> work) {
		String before = CURRENT.get();
		CURRENT.set(login);
		try {
			return work.get();
		}
		finally {
			CURRENT.set(before);
		}
	}

	/**
	 * Runs work in which a person holds no other roles than these, whatever the registry
	 * says.
	 * @param login sign-in name
	 * @param roles the roles; null: no limit
	 * @param work what to do
	 * @return what the work answers
	 */
	public static <T> T limited(String login, Set<String> roles, Supplier<T> work) {
		Limit before = LIMIT.get();
		LIMIT.set((roles != null) ? new Limit(login, roles) : null);
		try {
			return work.get();
		}
		finally {
			LIMIT.set(before);
		}
	}

	/**
	 * Whether a person may make use of a role now.
	 * @param login sign-in name
	 * @param role a role the person holds
	 */
	public static boolean permits(String login, String role) {
		Limit limit = LIMIT.get();
		return limit == null || !limit.login().equals(login) || limit.roles().contains(role);
	}

	private record Limit(String login, Set<String> roles) {

	}

}
