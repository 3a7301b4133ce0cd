package gridcase.overview;

import java.time.Instant;
import java.util.List;

/**
 * How a grid and everything beneath it stands. The open cases of every breakdown add up
 * to {@code lights.total}.
 *
 * @param place place code
 * @param grid code of the grid
 * @param name its name
 * @param at when it was counted
 * @param lights open cases
 * @param dueToday open cases whose limit runs out today
 * @param stages open cases by stage, in the order of the loop
 * @param loops open cases by loop; the key is null for tiers that belong to none
 * @param tiers open cases by tier, lowest first
 * @param classes open cases by class of category, most first
 * @param grids open cases by the pieces of the grid, most overdue first; without a code
 * what lies in none of them
 * @param flow what came and went today
 * @param oldest the open cases that were reported first
 */
record BoardFigures(String place, String grid, String name, Instant at, Lights lights, int dueToday, List<Bar> stages,
		List<Bar> loops, List<Bar> tiers, List<Bar> classes, List<GridRow> grids, Flow flow, List<Oldest> oldest) {

	/**
	 * A bar of a breakdown.
	 *
	 * @param key what it is about, or null for none
	 * @param name what people call it, or null
	 * @param lights the open cases
	 */
	record Bar(String key, String name, Lights lights) {

	}

	/**
	 * A piece of the grid.
	 *
	 * @param code its code, or null for what lies in no piece
	 * @param name its name, or null
	 * @param lights the open cases
	 */
	record GridRow(String code, String name, Lights lights) {

	}

	/**
	 * What came and went today.
	 *
	 * @param in cases reported
	 * @param closed cases closed
	 * @param selfHandled of these, handled on the spot
	 * @param ended cases that ended otherwise: not filed, merged, withdrawn, voided
	 * @param inYesterday cases reported yesterday up to this time of day
	 * @param hour the present hour
	 * @param hours hour by hour, 0 to 23
	 */
	record Flow(int in, int closed, int selfHandled, int ended, int inYesterday, int hour, List<Hour> hours) {

		/** What left the list of open cases. */
		public int out() {
			return this.closed + this.ended;
		}

	}

	/**
	 * An hour of today.
	 *
	 * @param hour 0 to 23
	 * @param in cases reported
	 * @param out cases that ended, however
	 */
	record Hour(int hour, int in, int out) {

	}

	/**
	 * An old case.
	 *
	 * @param caseNo its number
	 * @param title what it is about
	 * @param grid name of its grid
	 * @param reportedAt when it arrived
	 * @param days whole days since then
	 * @param light {@code OK WARN OVER PAUSED}
	 * @param left what is left of its limit in words, or null without one
	 */
	record Oldest(String caseNo, String title, String grid, Instant reportedAt, long days, String light, String left) {

	}

	/** The same without when it was counted, to see whether anything changed. */
	BoardFigures undated() {
		return new BoardFigures(this.place, this.grid, this.name, Instant.EPOCH, this.lights, this.dueToday,
				this.stages, this.loops, this.tiers, this.classes, this.grids, this.flow, this.oldest);
	}

}
