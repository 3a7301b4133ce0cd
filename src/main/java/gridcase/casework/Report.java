package gridcase.casework;

import java.util.Map;

/**
 * What arrives before there is a case.
 *
 * @param place place code
 * @param channel how it arrived, e.g. {@code GRID_WORKER}
 * @param reporter sign-in name, or null for residents
 * @param values fields of the report form
 */
public record Report(String place, String channel, String reporter, Map<String, Object> values) {

	/** Names no person: it may end up in a log. */
	@Override
	public String toString() {
		return "Report[place=" + this.place + ", channel=" + this.channel + ", fields=" + this.values.keySet() + "]";
	}

}
