package gridcase.casework;

import java.time.Instant;

/**
 * Where the clock of a case or task stands.
 *
 * @param light {@code OK WARN OVER PAUSED}, as stored with what has happened
 * @param unit unit of the limit
 * @param leftSeconds what is left of the time granted, as the unit counts it; negative
 * when exceeded
 * @param text the same in words, e.g. 剩 1 时 05 分
 * @param usedPercent share of the time used, 0 to 100
 * @param warnPercent share at which the warning comes
 * @param dueAt the deadline, or null while it stands still
 */
public record Remaining(String light, String unit, long leftSeconds, String text, int usedPercent, int warnPercent,
		Instant dueAt) {

}
