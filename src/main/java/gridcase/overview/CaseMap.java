package gridcase.overview;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import gridcase.casework.Visibility;
import gridcase.clock.PlatformClock;
import gridcase.overview.MapView.Cluster;

import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * Where the open cases are that a person may see: at the position of the report, else at
 * the inside of their grid or of the nearest one around it that has an outline. Signs are
 * put together by the database, on cells that do not move with the view.
 */
@Component
class CaseMap {

	private static final String HOLDS = "%1$s.valid_from <= :today and (%1$s.valid_to is null or %1$s.valid_to > :today)";

	/**
	 * Where each grid of the place is shown: in its own outline, else in the nearest
	 * around it.
	 */
	private static final String SPOT = "(select g.code, coalesce(own.longitude, around.longitude)::double precision lon, "
			+ "coalesce(own.latitude, around.latitude)::double precision lat "
			+ "from grid g left join grid_shape own on own.grid = g.code and own.place = g.place and "
			+ HOLDS.formatted("own")
			+ " left join lateral (select s.longitude, s.latitude from unnest(string_to_array(g.path, '/')) with ordinality as part (code, no) "
			+ "join grid_shape s on s.grid = part.code and " + HOLDS.formatted("s")
			+ " where own.grid is null order by part.no desc limit 1) around on true where g.place = :place and "
			+ HOLDS.formatted("g") + ")";

	/** For one case or a few: each looks its own grid up. */
	private static final String SPOTS = "spot as " + SPOT;

	/**
	 * For many: all grids are looked up once, whatever the database thinks how few cases
	 * there will be.
	 */
	private static final String ALL_SPOTS = "spot as materialized " + SPOT;

	private static final String SEEN = "seen as (select c.case_no, c.title, c.address, c.state, c.stage_name, c.grid_code, c.reported_at, c.due_at, "
			+ "coalesce(c.light, 'OK') light, c.longitude is not null positioned, "
			+ "coalesce(c.longitude, spot.lon) lon, coalesce(c.latitude, spot.lat) lat "
			+ "from case_file c left join spot on spot.code = c.grid_code where c.place = :place and not c.internal and "
			+ Visibility.CONDITION;

	/** Metres of a degree of latitude. */
	private static final double DEGREE = 111_320;

	private final NamedParameterJdbcTemplate jdbc;

	private final Visibility visibility;

	private final PlatformClock clock;

	CaseMap(NamedParameterJdbcTemplate jdbc, Visibility visibility, PlatformClock clock) {
		this.jdbc = jdbc;
		this.visibility = visibility;
		this.clock = clock;
	}

	/**
	 * Open cases counted three ways in one pass.
	 *
	 * @param all all of them
	 * @param unplaced how many are nowhere on the map
	 * @param byGrid by the grid they are registered for
	 * @param clusters those in sight, by cell
	 */
	record Counted(Lights all, int unplaced, Map<String, Lights> byGrid, List<Cluster> clusters) {

	}

	Counted count(MapQuery query, Viewport view) {
		Map<String, Object> parameters = parameters(query);
		inSight(parameters, view);
		double middle = view.box().centre().y;
		parameters.put("wide", view.cellWidth());
		// cells keep their height while somebody moves about in a place
		parameters.put("high", view.cellHeight(Math.round(middle * 2) / 2.0));
		String sql = "with " + ALL_SPOTS + ", " + SEEN + open(query, parameters) + "), "
				+ "placed as (select *, case when lon between :west and :east and lat between :south and :north then floor(lon / :wide)::integer end cx, "
				+ "case when lon between :west and :east and lat between :south and :north then floor(lat / :high)::integer end cy from seen) "
				+ "select grouping(cx, grid_code) what, cx, grid_code, " + Lights.COLUMNS
				+ ", count(*) filter (where lon is null) unplaced, avg(lon) lon, avg(lat) lat, "
				+ "min(lon) = max(lon) and min(lat) = max(lat) together, min(case_no) case_no, min(title) title, "
				+ "case when min(grid_code) = max(grid_code) then min(grid_code) end one_grid "
				+ "from placed group by grouping sets ((cx, cy), (grid_code), ())";
		Lights[] all = { Lights.NONE };
		int[] unplaced = { 0 };
		Map<String, Lights> byGrid = new HashMap<>();
		List<Cluster> clusters = new ArrayList<>();
		this.jdbc.query(sql, parameters, (ResultSet row) -> {
			switch (row.getInt("what")) {
				case 3 -> {
					all[0] = Lights.of(row);
					unplaced[0] = row.getInt("unplaced");
				}
				case 2 -> byGrid.put(row.getString("grid_code"), Lights.of(row));
				default -> {
					if (row.getObject("cx") != null) {
						clusters.add(cluster(row));
					}
				}
			}
		});
		return new Counted(all[0], unplaced[0], byGrid, clusters);
	}

	private static Cluster cluster(ResultSet row) throws SQLException {
		Lights lights = Lights.of(row);
		boolean one = lights.total() == 1;
		return new Cluster(row.getDouble("lon"), row.getDouble("lat"), lights, row.getBoolean("together"),
				one ? row.getString("case_no") : null, one ? row.getString("title") : null, row.getString("one_grid"));
	}

	/**
	 * A case in a list.
	 *
	 * @param caseNo its number
	 * @param title what it is about
	 * @param address where, in words, or null
	 * @param grid code of its grid
	 * @param state {@code OPEN} …
	 * @param stage name of its stage, or null
	 * @param light {@code OK WARN OVER PAUSED}
	 * @param reportedAt when it arrived
	 * @param positioned whether the report said where it is; else it lies at its grid
	 * @param longitude where it is shown, or null when nowhere
	 * @param latitude where it is shown, or null when nowhere
	 */
	record CaseSpot(String caseNo, String title, String address, String grid, String state, String stage, String light,
			Instant reportedAt, boolean positioned, Double longitude, Double latitude) {

		/** Metres to another case, or null when one of them is nowhere. */
		Long metresTo(CaseSpot other) {
			if (this.longitude == null || other.longitude == null) {
				return null;
			}
			double x = (this.longitude - other.longitude) * Math.cos(Math.toRadians(this.latitude));
			return Math.round(DEGREE * Math.hypot(x, this.latitude - other.latitude));
		}

	}

	/**
	 * Open cases, the limit that runs out first on top; those in sight only when there is
	 * a view.
	 */
	List<CaseSpot> list(MapQuery query, Viewport view, int most) {
		Map<String, Object> parameters = parameters(query);
		String sql = "with " + ALL_SPOTS + ", " + SEEN + open(query, parameters) + ") select * from seen";
		if (view != null) {
			inSight(parameters, view);
			sql += " where lon between :west and :east and lat between :south and :north";
		}
		return this.jdbc.query(sql + " order by due_at nulls last, reported_at, case_no limit " + most, parameters,
				CaseMap::spot);
	}

	/** What was last reported in a grid and everything beneath it, open or not. */
	List<CaseSpot> recent(String login, String place, String gridPath, int most) {
		Map<String, Object> parameters = parameters(new MapQuery(login, place, null, null, null));
		parameters.put("path", gridPath + "%");
		return this.jdbc.query("with " + SPOTS + ", " + SEEN
				+ " and c.grid_path like :path order by c.reported_at desc, c.case_no desc limit " + most
				+ ") select * from seen order by reported_at desc, case_no desc", parameters, CaseMap::spot);
	}

	/** Where a case is; empty when the person may not see it or there is none. */
	Optional<CaseSpot> find(String login, String place, String caseNo) {
		Map<String, Object> parameters = parameters(new MapQuery(login, place, null, null, null));
		parameters.put("caseNo", caseNo);
		return this.jdbc
			.query("with " + SPOTS + ", " + SEEN + " and c.case_no = :caseNo) select * from seen", parameters,
					CaseMap::spot)
			.stream()
			.findFirst();
	}

	/** Open cases around a case, nearest first. */
	List<CaseSpot> near(String login, String place, CaseSpot spot, int most) {
		if (spot.longitude() == null) {
			return List.of();
		}
		MapQuery all = new MapQuery(login, place, null, null, null);
		Map<String, Object> parameters = parameters(all);
		parameters.put("caseNo", spot.caseNo());
		parameters.put("lon", spot.longitude());
		parameters.put("lat", spot.latitude());
		parameters.put("narrow", Math.cos(Math.toRadians(spot.latitude())));
		return this.jdbc.query(
				"with " + ALL_SPOTS + ", " + SEEN + open(all, parameters)
						+ ") select * from seen where case_no <> :caseNo and lon is not null "
						+ "order by ((lon - :lon) * :narrow) ^ 2 + (lat - :lat) ^ 2, case_no limit " + most,
				parameters, CaseMap::spot);
	}

	/** Open cases of a grid and everything beneath it, by light. */
	Lights lights(String login, String place, String gridPath) {
		MapQuery all = new MapQuery(login, place, null, null, null);
		Map<String, Object> parameters = parameters(all);
		parameters.put("path", gridPath + "%");
		return this.jdbc.queryForObject("with " + ALL_SPOTS + ", " + SEEN + open(all, parameters)
				+ " and c.grid_path like :path) select " + Lights.COLUMNS + " from seen", parameters,
				(row, number) -> Lights.of(row));
	}

	private Map<String, Object> parameters(MapQuery query) {
		Map<String, Object> parameters = new HashMap<>(this.visibility.of(query.login()));
		parameters.put("place", query.place());
		parameters.put("today", LocalDate.ofInstant(this.clock.now(), this.clock.zone()));
		return parameters;
	}

	private static void inSight(Map<String, Object> parameters, Viewport view) {
		parameters.put("west", view.box().getMinX());
		parameters.put("east", view.box().getMaxX());
		parameters.put("south", view.box().getMinY());
		parameters.put("north", view.box().getMaxY());
	}

	private static String open(MapQuery query, Map<String, Object> parameters) {
		StringBuilder sql = new StringBuilder(" and c.state = 'OPEN'");
		if (query.light() != null) {
			sql.append(" and coalesce(c.light, 'OK') = :light");
			parameters.put("light", query.light());
		}
		if (query.category() != null) {
			sql.append(" and (c.category = :category or c.category_class = :category)");
			parameters.put("category", query.category());
		}
		if (query.stage() != null) {
			sql.append(" and c.stage_key = :stage");
			parameters.put("stage", query.stage());
		}
		return sql.toString();
	}

	private static CaseSpot spot(ResultSet row, int number) throws SQLException {
		Timestamp reported = row.getTimestamp("reported_at");
		return new CaseSpot(row.getString("case_no"), row.getString("title"), row.getString("address"),
				row.getString("grid_code"), row.getString("state"), row.getString("stage_name"), row.getString("light"),
				reported.toInstant(), row.getBoolean("positioned"), (Double) row.getObject("lon"),
				(Double) row.getObject("lat"));
	}

}
