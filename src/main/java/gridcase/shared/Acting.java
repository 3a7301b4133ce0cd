package gridcase.shared;

import java.util.function.Supplier;

/**
 * On whose behalf the current thread works: a sign-in name, or {@value #SYSTEM} for
 * timers.
 */
public final class Acting {

	/** The platform itself: timers and start-up. */
	public static final String SYSTEM = "system";

	/**
	 * Whoever reported a case and has proven it, without being signed in; no sign-in name
	 * can be the same.
	 */
	public static final String RESIDENT = "~resident";

	private static final ThreadLocal<String> CURRENT = ThreadLocal.withInitial(() -> SYSTEM);

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

}
