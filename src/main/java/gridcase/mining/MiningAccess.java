package gridcase.mining;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

import gridcase.clock.PlatformClock;
import gridcase.registry.Grid;
import gridcase.registry.Grids;
import gridcase.registry.Place;
import gridcase.registry.Places;
import gridcase.registry.Roles;
import gridcase.security.CurrentPerson;
import gridcase.shared.FieldProblem;
import gridcase.shared.Refusal;
import gridcase.shared.Texts;

import org.springframework.stereotype.Component;

/**
 * Whose analysis shows what: auditors see the grids of their duties, the platform's
 * administrator whole places, a place's administrator that place.
 */
@Component
class MiningAccess {

	/** How far back a period goes that nobody has named. */
	private static final int DAYS = 90;

	private final Places places;

	private final Grids grids;

	private final PlatformClock clock;

	MiningAccess(Places places, Grids grids, PlatformClock clock) {
		this.places = places;
		this.grids = grids;
		this.clock = clock;
	}

	/** The places that are the person's business. */
	List<Place> places(CurrentPerson person) {
		mustBeAuditor(person);
		return this.places.all(this.clock.now()).stream().filter((place) -> person.belongsTo(place.code())).toList();
	}

	/**
	 * What is looked at.
	 * @param place place code, or null for the person's own or the first
	 * @param from first day, or null for some months before the last
	 * @param to last day, or null for today
	 * @param category code of a category or class, or null or empty for all
	 * @throws Refusal if it is none of the person's business, or no period
	 */
	Asked asked(CurrentPerson person, String place, LocalDate from, LocalDate to, String category) {
		Place shown = places(person).stream()
			.filter((each) -> place == null || place.isBlank() || each.code().equals(place))
			.findFirst()
			.orElseThrow(() -> Refusal.forbidden(Texts.of("mining", "mining.refused.other-place")));
		LocalDate last = (to != null) ? to : LocalDate.ofInstant(this.clock.now(), this.clock.zone());
		LocalDate first = (from != null) ? from : last.minusDays(DAYS);
		if (last.isBefore(first)) {
			throw Refusal.invalid(List.of(new FieldProblem("to", Texts.of("mining", "mining.to"),
					Texts.of("mining", "mining.refused.ends-before", first, last))));
		}
		String of = (category != null && !category.isBlank()) ? category : null;
		return new Asked(shown, first, last, of,
				new MiningScope(shown.code(), paths(person, shown.code()), start(first), start(last.plusDays(1)), of));
	}

	private Instant start(LocalDate day) {
		return day.atStartOfDay(this.clock.zone()).toInstant();
	}

	private List<String> paths(CurrentPerson person, String place) {
		Instant now = this.clock.now();
		if (person.place() == null || person.has(Roles.ADMINISTRATOR)) {
			return this.grids.ofPlace(place, now)
				.stream()
				.filter((grid) -> grid.parent() == null)
				.map(Grid::path)
				.toList();
		}
		return person.pools()
			.stream()
			.filter((pool) -> pool.startsWith(Roles.AUDITOR + "@"))
			.flatMap((pool) -> this.grids.find(pool.substring(pool.indexOf('@') + 1), now).stream())
			.filter((grid) -> grid.place().equals(place))
			.map(Grid::path)
			.distinct()
			.toList();
	}

	private static void mustBeAuditor(CurrentPerson person) {
		if (!person.has(Roles.AUDITOR, Roles.ADMINISTRATOR)) {
			throw Refusal.forbidden(Texts.of("mining", "mining.refused.role"));
		}
	}

	/**
	 * Place, days and category somebody asked for.
	 *
	 * @param place the place
	 * @param from first day
	 * @param to last day
	 * @param category code of a category or class, or null
	 * @param scope the same for the database, with the person's grids
	 */
	record Asked(Place place, LocalDate from, LocalDate to, String category, MiningScope scope) {

	}

}
