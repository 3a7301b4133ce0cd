package gridcase.registry;

import gridcase.clock.CalendarOfPlace;
import gridcase.clock.PlatformClock;

import org.springframework.stereotype.Component;

/** The calendar a place has at present, for everything that counts working time. */
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
