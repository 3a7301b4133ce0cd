package gridcase.mining;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import gridcase.mining.MiningAccess.Asked;
import gridcase.registry.Unit;
import gridcase.registry.Units;
import gridcase.web.WorkingTimes;

import org.springframework.web.util.UriComponentsBuilder;

/**
 * What pages need to say figures in words and to lead from a figure to its cases.
 */
public class MiningPage {

	private static final double NOTABLE = 0.1;

	private final Asked asked;

	private final Units units;

	private final WorkingTimes times;

	private final Instant now;

	MiningPage(Asked asked, Units units, WorkingTimes times, Instant now) {
		this.asked = asked;
		this.units = units;
		this.times = times;
		this.now = now;
	}

	/** Address of another view of the same selection. */
	public String view(String path) {
		return address(path).build().encode().toUriString();
	}

	/**
	 * Address of the list of cases, with names and values of what they have in common.
	 */
	public String cases(Object... pairs) {
		UriComponentsBuilder address = address("/mining/cases");
		Map<String, Object> values = new LinkedHashMap<>();
		for (int at = 0; at < pairs.length; at += 2) {
			if (pairs[at + 1] != null) {
				address.queryParam(pairs[at].toString(), "{" + pairs[at] + "}");
				values.put(pairs[at].toString(), pairs[at + 1]);
			}
		}
		return address.encode().buildAndExpand(values).toUriString();
	}

	private UriComponentsBuilder address(String path) {
		UriComponentsBuilder address = UriComponentsBuilder.fromPath(path)
			.queryParam("place", this.asked.place().code())
			.queryParam("from", this.asked.from())
			.queryParam("to", this.asked.to());
		if (this.asked.category() != null) {
			address.queryParam("category", this.asked.category());
		}
		return address;
	}

	/** A length of office time, e.g. 3 时 05 分; a dash for none. */
	public String length(Long seconds) {
		return (seconds == null) ? "—" : this.times.minutes(this.asked.place().code(), Math.round(seconds / 60.0));
	}

	/** Name of a unit. */
	public String unit(String code) {
		return this.units.find(code, this.now).map(Unit::name).orElse(code);
	}

	/** Share of a whole, e.g. 12.5 %. */
	public String percent(int part, int whole) {
		return (whole == 0) ? "—" : String.format(java.util.Locale.ROOT, "%.1f %%", part * 100.0 / whole);
	}

	/**
	 * How one figure differs from the other: {@code MORE}, {@code LESS} or {@code SAME},
	 * which means by less than a tenth; {@code NONE} where one of them is missing.
	 */
	public String difference(Number one, Number other) {
		if (one == null || other == null || (other.doubleValue() == 0 && one.doubleValue() == 0)) {
			return "NONE";
		}
		double change = (other.doubleValue() == 0) ? 1 : one.doubleValue() / other.doubleValue() - 1;
		return (Math.abs(change) < NOTABLE) ? "SAME" : (change > 0) ? "MORE" : "LESS";
	}

	/** By how much one figure is more or less than the other, e.g. +12 %. */
	public String change(Number one, Number other) {
		if (one == null || other == null || other.doubleValue() == 0) {
			return "";
		}
		return String.format(java.util.Locale.ROOT, "%+.0f %%", (one.doubleValue() / other.doubleValue() - 1) * 100);
	}

	/**
	 * Between which units cases were passed on, as a table.
	 * @param passed what was passed on, most frequent first
	 * @param most greatest number of units in a row or column
	 */
	static Matrix matrix(List<Mining.Passed> passed, int most) {
		List<String> from = passed.stream().map(Mining.Passed::from).distinct().limit(most).toList();
		List<String> to = new ArrayList<>(
				passed.stream().map(Mining.Passed::to).filter(Objects::nonNull).distinct().limit(most).toList());
		boolean back = passed.stream().anyMatch((each) -> each.to() == null);
		if (back) {
			to.add(null);
		}
		int rest = passed.stream()
			.filter((each) -> !from.contains(each.from()) || !to.contains(each.to()))
			.mapToInt(Mining.Passed::times)
			.sum();
		List<List<Integer>> cells = from.stream()
			.map((one) -> to.stream()
				.map((other) -> passed.stream()
					.filter((each) -> each.from().equals(one) && Objects.equals(each.to(), other))
					.mapToInt(Mining.Passed::times)
					.sum())
				.toList())
			.toList();
		int highest = cells.stream().flatMap(List::stream).mapToInt(Integer::intValue).max().orElse(0);
		return new Matrix(from, to, cells, highest, rest);
	}

	/**
	 * A table of units.
	 *
	 * @param from units that passed on, a row each
	 * @param to units that received, a column each; null for back to whoever sends
	 * @param cells how often
	 * @param highest the highest of them
	 * @param rest how often between units that have no row or column here
	 */
	public record Matrix(List<String> from, List<String> to, List<List<Integer>> cells, int highest, int rest) {

		/** How dark a cell is, 0 to 4. */
		public int shade(int value) {
			return (value == 0) ? 0 : Math.min(4, 1 + value * 4 / (this.highest + 1));
		}

	}

}
