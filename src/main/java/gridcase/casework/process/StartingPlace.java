package gridcase.casework.process;

import java.util.function.Supplier;

/**
 * The place whose case is being started: the engine asks for a tenant, not for a case.
 */
final class StartingPlace {

	private static final ThreadLocal<String> CURRENT = new ThreadLocal<>();

	private StartingPlace() {
	}

	static String current() {
		String place = CURRENT.get();
		if (place == null) {
			throw new IllegalStateException("A case process is started through Steps.start only");
		}
		return place;
	}

	static <T> T in(String place, Supplier<T> work) {
		CURRENT.set(place);
		try {
			return work.get();
		}
		finally {
			CURRENT.remove();
		}
	}

}
