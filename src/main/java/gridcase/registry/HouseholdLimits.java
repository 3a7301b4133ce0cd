package gridcase.registry;

import java.util.HashMap;
import java.util.Map;

/** How many households a grid of each type may have, both ends included. */
record HouseholdLimits(Map<String, int[]> byType) {

	/**
	 * Reads the limits of a place.
	 * @param text such as {@code STREET_LANE:200-500 RURAL:100-300}, or null for none
	 */
	static HouseholdLimits parse(String text) {
		Map<String, int[]> limits = new HashMap<>();
		if (text != null) {
			for (String limit : text.split(" ")) {
				String[] parts = limit.split("[:-]");
				limits.put(parts[0], new int[] { Integer.parseInt(parts[1]), Integer.parseInt(parts[2]) });
			}
		}
		return new HouseholdLimits(limits);
	}

	/** Lowest and highest number for a type, or null when the type has no limits. */
	int[] of(String type) {
		return this.byType.get(type);
	}

}
