package gridcase.overview;

import java.util.List;

import gridcase.clock.PlatformClock;
import gridcase.registry.Place;
import gridcase.registry.Places;
import gridcase.security.CurrentPerson;
import gridcase.shared.Refusal;
import gridcase.shared.Texts;

import org.springframework.stereotype.Component;

/** Of which place somebody sees map and board. */
@Component
class OverviewPlaces {

	private final Places places;

	private final PlatformClock clock;

	OverviewPlaces(Places places, PlatformClock clock) {
		this.places = places;
		this.clock = clock;
	}

	/** The places that are the person's business. */
	List<Place> of(CurrentPerson person) {
		return this.places.all(this.clock.now()).stream().filter((place) -> person.belongsTo(place.code())).toList();
	}

	/**
	 * The place that is shown: the one asked for, else the person's own or the first.
	 * @throws Refusal when it is none of the person's business or there is none
	 */
	Place choose(CurrentPerson person, String asked) {
		List<Place> seen = of(person);
		return seen.stream()
			.filter((place) -> asked == null || asked.isBlank() || place.code().equals(asked))
			.findFirst()
			.orElseThrow(() -> Refusal.forbidden(Texts.of("overview", "overview.refused.other-place")));
	}

}
