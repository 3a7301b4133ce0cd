package gridcase.registry;

import java.time.LocalDate;

/**
 * What a load did.
 *
 * @param kind kind of registry
 * @param place place code, or null for what all places share
 * @param from first day the new rows hold
 * @param rows rows in the file
 * @param added rows that were not there before
 * @param changed rows closed and opened anew
 * @param closed rows closed because a complete file no longer has them
 * @param unchanged rows left as they are
 */
public record LoadReport(String kind, String place, LocalDate from, int rows, int added, int changed, int closed,
		int unchanged) {

}
