package gridcase.resident;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import gridcase.clock.PlatformClock;
import gridcase.registry.Grid;
import gridcase.registry.Grids;
import gridcase.registry.Places;

import org.springframework.stereotype.Component;

/**
 * Finds grids by what people call a place. The more of the words stand in the name of a
 * grid and of those around it, the better; of the same kind the smallest comes first.
 */
@Component
public class GridSearch {

	private final Grids grids;

	private final Places places;

	private final PlatformClock clock;

	GridSearch(Grids grids, Places places, PlatformClock clock) {
		this.grids = grids;
		this.places = places;
		this.clock = clock;
	}

	/**
	 * A grid with what is around it.
	 *
	 * @param code its code
	 * @param name its name
	 * @param around names of what is around it, nearest first, without the root
	 */
	public record Found(String code, String name, String around) {

	}

	/**
	 * Grids a text may mean, best first.
	 * @param place place code
	 * @param text an address or part of a name
	 * @param most how many
	 */
	public List<Found> search(String place, String text, int most) {
		Set<String> wanted = pairs(text);
		if (wanted.isEmpty()) {
			return List.of();
		}
		Instant now = this.clock.now();
		List<Scored> scored = new ArrayList<>();
		for (Grid grid : this.grids.ofPlace(place, now)) {
			List<Grid> way = this.grids.upwards(grid.code(), now);
			int own = shared(wanted, grid.name());
			int all = own;
			for (Grid around : way.subList(1, way.size())) {
				all += shared(wanted, around.name());
			}
			if (all > 0) {
				scored.add(new Scored(grid, way, own * 2 + all, way.size()));
			}
		}
		return scored.stream()
			.sorted(Comparator.comparingInt(Scored::score)
				.reversed()
				.thenComparing(Comparator.comparingInt(Scored::depth).reversed())
				.thenComparing((found) -> found.grid().code()))
			.limit(most)
			.map((found) -> found(found.way()))
			.toList();
	}

	/** A grid by its code, if it is of the place. */
	public java.util.Optional<Found> find(String place, String code) {
		Instant now = this.clock.now();
		return this.grids.find((code != null) ? code : "", now)
			.filter((grid) -> grid.place().equals(place))
			.map((grid) -> found(this.grids.upwards(grid.code(), now)));
	}

	/** The grid that is the place itself: where nothing nearer is known. */
	public Found whole(String place) {
		Instant now = this.clock.now();
		String code = this.places.get(place, now).adminCode();
		return find(place, code)
			.orElseGet(() -> found(this.grids.upwards(this.grids.ofPlace(place, now).get(0).code(), now)));
	}

	private static Found found(List<Grid> way) {
		List<String> around = new ArrayList<>();
		for (Grid grid : way.subList(1, Math.max(1, way.size() - 1))) {
			around.add(grid.name());
		}
		Collections.reverse(around);
		return new Found(way.get(0).code(), way.get(0).name(), String.join(" › ", around));
	}

	private static int shared(Set<String> wanted, String name) {
		Set<String> pairs = pairs(name);
		pairs.retainAll(wanted);
		return pairs.size();
	}

	/** Neighbouring characters, two by two; a single one stands for itself. */
	private static Set<String> pairs(String text) {
		String plain = (text != null) ? text.toLowerCase(Locale.ROOT).replaceAll("[\\s\\p{Punct}，。、·]", "") : "";
		Set<String> pairs = new HashSet<>();
		if (plain.length() == 1) {
			pairs.add(plain);
		}
		for (int at = 0; at + 2 <= plain.length() && at < 200; at++) {
			pairs.add(plain.substring(at, at + 2));
		}
		return pairs;
	}

	private record Scored(Grid grid, List<Grid> way, int score, int depth) {

	}

}
