package gridcase.web;

/**
 * Where a clock stands, as lists and heads show it.
 *
 * @param state {@code ok}, {@code warn}, {@code over} or {@code hold}
 * @param text for example 剩 28 分
 * @param used share of the time used, 0 to 100
 * @param warnAt share at which the warning comes, 0 to 100
 */
public record Light(String state, String text, int used, int warnAt) {

	/**
	 * A light as it is stored.
	 * @param stored {@code OK}, {@code WARN}, {@code OVER} or {@code PAUSED}
	 */
	public static Light of(String stored, String text, int used, int warnAt) {
		return new Light(switch (stored) {
			case "OK" -> "ok";
			case "WARN" -> "warn";
			case "OVER" -> "over";
			case "PAUSED" -> "hold";
			default -> throw new IllegalArgumentException("No light " + stored);
		}, text, used, warnAt);
	}

}
