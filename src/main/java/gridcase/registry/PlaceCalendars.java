package gridcase.registry;

import gridcase.clock.CalendarOfPlace;
import gridcase.clock.PlatformClock;

import org.springframework.stereotype.Component;

/** Tells the clock which calendar a place works by at present. */
@Component
class PlaceCalendars implements CalendarOfPlace {

	private final Places places;

	private final PlatformClock clock;

	PlaceCalendars(Places places, PlatformClock clock) {
		this.places = places;
		this.clock = clock;
	}

	@Override
	public String calendarOf(String place) {
		return this.places.get(place, this.clock.now()).calendar();
	}

}
