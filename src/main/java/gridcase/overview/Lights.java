package gridcase.overview;

import java.sql.ResultSet;
import java.sql.SQLException;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * How many open cases show which light; the four add up to all of them. A case without a
 * limit counts as {@code ok}.
 *
 * @param ok 正常
 * @param warn 预警
 * @param over 超时
 * @param paused 挂账, the clock stands still
 */
record Lights(int ok, int warn, int over, int paused) {

	static final Lights NONE = new Lights(0, 0, 0, 0);

	/** Columns that {@link #of} reads, of rows with a {@code light}. */
	static final String COLUMNS = "count(*) filter (where light = 'OK') n_ok, count(*) filter (where light = 'WARN') n_warn, "
			+ "count(*) filter (where light = 'OVER') n_over, count(*) filter (where light = 'PAUSED') n_paused";

	static Lights of(ResultSet row) throws SQLException {
		return new Lights(row.getInt("n_ok"), row.getInt("n_warn"), row.getInt("n_over"), row.getInt("n_paused"));
	}

	Lights plus(Lights other) {
		return new Lights(this.ok + other.ok, this.warn + other.warn, this.over + other.over,
				this.paused + other.paused);
	}

	@JsonProperty
	public int total() {
		return this.ok + this.warn + this.over + this.paused;
	}

	/** The worst of them as pages call it; {@code none} where there is no case. */
	@JsonProperty
	public String worst() {
		if (this.over > 0) {
			return "over";
		}
		if (this.warn > 0) {
			return "warn";
		}
		if (this.ok > 0) {
			return "ok";
		}
		return (this.paused > 0) ? "hold" : "none";
	}

}
