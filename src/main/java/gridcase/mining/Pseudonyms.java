package gridcase.mining;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;

import gridcase.security.Seals;
import gridcase.shared.Acting;

/**
 * What people are called in a log. The same person has the same pseudonym in every log of
 * the same key, and another one in every other; without the installation's secret nobody
 * can tell whose it is.
 */
class Pseudonyms {

	/** Who acts when no person does. */
	static final String PLATFORM = "system";

	static final String RESIDENT = "resident";

	private static final int BYTES = 6;

	private final Seals seals;

	private final String key;

	private final boolean clear;

	private final Map<String, String> made = new HashMap<>();

	/**
	 * Makes names for one log.
	 * @param seals makes fingerprints
	 * @param key the same for logs that are to fit together
	 * @param clear whether people are called by their sign-in names instead
	 */
	Pseudonyms(Seals seals, String key, boolean clear) {
		this.seals = seals;
		this.key = key;
		this.clear = clear;
	}

	/** What somebody is called; null for nobody. */
	String of(String login) {
		if (login == null) {
			return null;
		}
		if (Acting.SYSTEM.equals(login)) {
			return PLATFORM;
		}
		if (Acting.RESIDENT.equals(login)) {
			return RESIDENT;
		}
		return this.clear ? login : this.made.computeIfAbsent(login, this::make);
	}

	private String make(String login) {
		return "P-" + HexFormat.of().formatHex(Arrays.copyOf(this.seals.of("mining-person", this.key, login), BYTES));
	}

	/** Whether somebody is a person at all. */
	static boolean person(String login) {
		return login != null && !Acting.SYSTEM.equals(login) && !Acting.RESIDENT.equals(login);
	}

}
