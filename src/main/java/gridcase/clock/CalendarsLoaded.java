package gridcase.clock;

import java.util.Set;

/**
 * Calendars were changed by a load, in the loading transaction; open deadlines on them
 * have to be planned anew.
 *
 * @param calendars codes of the calendars
 */
public record CalendarsLoaded(Set<String> calendars) {
}
