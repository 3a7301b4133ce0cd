package gridcase.casework;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;

import gridcase.clock.PlatformClock;
import gridcase.clock.WorkingCalendars;

/** Where a test may begin that counts office hours, whatever day tests before it left. */
public final class OfficeMornings {

	private OfficeMornings() {
	}

	/**
	 * Nine o'clock of the next day with office hours from then to five, less two hours of
	 * lunch.
	 */
	public static Instant next(PlatformClock clock, WorkingCalendars calendars, String place) {
		Instant nine = clock.now().atZone(clock.zone()).with(LocalTime.of(9, 0)).toInstant();
		while (nine.isBefore(clock.now()) || !calendars.forPlace(place)
			.workingTimeBetween(nine, nine.plus(Duration.ofHours(8)))
			.equals(Duration.ofHours(6))) {
			nine = nine.plus(Duration.ofDays(1));
		}
		return nine;
	}

}
