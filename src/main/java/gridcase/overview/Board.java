package gridcase.overview;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import gridcase.casework.Clocks;
import gridcase.casework.Remaining;
import gridcase.clock.PlatformClock;
import gridcase.overview.BoardFigures.Bar;
import gridcase.overview.BoardFigures.Flow;
import gridcase.overview.BoardFigures.GridRow;
import gridcase.overview.BoardFigures.Hour;
import gridcase.overview.BoardFigures.Oldest;
import gridcase.registry.Catalogue;
import gridcase.registry.Category;
import gridcase.registry.Grid;
import gridcase.registry.Grids;
import gridcase.registry.Tier;
import gridcase.registry.Tiers;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.i18n.LocaleContext;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * The figures of the command board: four statements for a grid and everything beneath it,
 * kept for {@code gridcase.board.keep} however many people look.
 */
@Component
class Board {

	private static final int OLDEST = 5;

	private static final String OPEN = " from (select stage_key, stage_name, tier, loop, category_class, category, grid_code, due_at, coalesce(light, 'OK') light "
			+ "from case_file where place = :place and not internal and state = 'OPEN' and grid_path like :path) c ";

	/** Bits that {@code grouping} answers for the columns a row is not about. */
	private static final int ALL = 0b11111;

	private static final int STAGE = 0b01111;

	private static final int TIER = 0b10111;

	private static final int LOOP = 0b11011;

	private static final int CLASS = 0b11101;

	private static final int GRID = 0b11110;

	private final NamedParameterJdbcTemplate jdbc;

	private final Clocks clocks;

	private final Grids grids;

	private final Tiers tiers;

	private final Catalogue catalogue;

	private final PlatformClock clock;

	private final long keepNanos;

	private final Map<String, Kept> kept = new ConcurrentHashMap<>();

	Board(NamedParameterJdbcTemplate jdbc, Clocks clocks, Grids grids, Tiers tiers, Catalogue catalogue,
			PlatformClock clock, @Value("${gridcase.board.keep:PT2S}") java.time.Duration keep) {
		this.jdbc = jdbc;
		this.clocks = clocks;
		this.grids = grids;
		this.tiers = tiers;
		this.catalogue = catalogue;
		this.clock = clock;
		this.keepNanos = keep.toNanos();
	}

	/** The figures of a grid and everything beneath it, at most some seconds old. */
	BoardFigures of(Grid grid) {
		return this.kept
			.compute(grid.code(), (code, before) -> (before != null && System.nanoTime() - before.at() < this.keepNanos)
					? before : new Kept(count(grid), System.nanoTime()))
			.figures();
	}

	private record Kept(BoardFigures figures, long at) {

	}

	/** The same, counted now. */
	BoardFigures count(Grid grid) {
		// several people share the figures, whatever their language
		LocaleContext locale = LocaleContextHolder.getLocaleContext();
		LocaleContextHolder.setLocale(Locale.SIMPLIFIED_CHINESE);
		try {
			return counted(grid);
		}
		finally {
			LocaleContextHolder.setLocaleContext(locale);
		}
	}

	private BoardFigures counted(Grid grid) {
		Instant now = this.clock.now();
		ZoneId zone = this.clock.zone();
		ZonedDateTime today = now.atZone(zone).truncatedTo(ChronoUnit.DAYS);
		Map<String, Object> parameters = new HashMap<>();
		parameters.put("place", grid.place());
		parameters.put("path", grid.path() + "%");
		parameters.put("zone", zone.getId());
		parameters.put("yesterdayNow", Timestamp.from(now.minus(1, ChronoUnit.DAYS)));
		parameters.put("yesterday", Timestamp.from(today.minusDays(1).toInstant()));
		parameters.put("today", Timestamp.from(today.toInstant()));
		parameters.put("tomorrow", Timestamp.from(today.plusDays(1).toInstant()));
		Groups groups = new Groups();
		this.jdbc
			.query("select grouping(stage_key, tier, loop, category_class, grid_code) what, stage_key, stage_name, tier, loop, category_class, grid_code, "
					+ "min(category) category, " + Lights.COLUMNS
					+ ", count(*) filter (where light in ('OK', 'WARN') and due_at < :tomorrow) due_today" + OPEN
					+ "group by grouping sets ((), (stage_key, stage_name), (tier), (loop), (category_class), (grid_code))",
					parameters, groups::take);
		return new BoardFigures(grid.place(), grid.code(), grid.name(), now, groups.all, groups.dueToday,
				stages(groups.stages), loops(groups.loops), tiers(grid.place(), groups.tiers, now),
				classes(grid.place(), groups.classes, now), rows(grid, groups.grids, now), flow(parameters, now, zone),
				oldest(grid.place(), parameters));
	}

	private static final class Groups {

		private Lights all = Lights.NONE;

		private int dueToday;

		private final List<Counted> stages = new ArrayList<>();

		private final List<Counted> tiers = new ArrayList<>();

		private final List<Counted> loops = new ArrayList<>();

		private final List<Counted> classes = new ArrayList<>();

		private final Map<String, Lights> grids = new HashMap<>();

		void take(ResultSet row) throws SQLException {
			Lights lights = Lights.of(row);
			switch (row.getInt("what")) {
				case ALL -> {
					this.all = lights;
					this.dueToday = row.getInt("due_today");
				}
				case STAGE ->
					this.stages.add(new Counted(row.getString("stage_key"), row.getString("stage_name"), lights));
				case TIER -> this.tiers.add(new Counted(row.getString("tier"), null, lights));
				case LOOP -> this.loops.add(new Counted(row.getString("loop"), null, lights));
				case CLASS ->
					this.classes.add(new Counted(row.getString("category_class"), row.getString("category"), lights));
				case GRID -> this.grids.put(row.getString("grid_code"), lights);
				default -> throw new IllegalStateException("No group " + row.getInt("what"));
			}
		}

	}

	/** A group of cases; what {@code name} is depends on the group. */
	private record Counted(String key, String name, Lights lights) {

	}

	/** In the order of the loop; a stage that diagrams name differently has several. */
	private static List<Bar> stages(List<Counted> found) {
		return found.stream()
			.sorted(Comparator.comparing((Counted stage) -> MapQuery.STAGES.indexOf(String.valueOf(stage.key())))
				.thenComparing((stage) -> String.valueOf(stage.name())))
			.map((stage) -> new Bar(stage.key(), stage.name(), stage.lights()))
			.toList();
	}

	private static List<Bar> loops(List<Counted> found) {
		List<String> order = List.of("MICRO", "SMALL", "LARGE");
		return found.stream()
			.sorted(Comparator.comparing((loop) -> Math.floorMod(order.indexOf(String.valueOf(loop.key())), 4)))
			.map((loop) -> new Bar(loop.key(), null, loop.lights()))
			.toList();
	}

	private List<Bar> tiers(String place, List<Counted> found, Instant now) {
		List<Tier> ladder = this.tiers.ladder(place, now);
		Map<String, Tier> known = new LinkedHashMap<>();
		ladder.forEach((tier) -> known.put(tier.key(), tier));
		return found.stream()
			.sorted(Comparator.comparing((tier) -> known.containsKey(tier.key()) ? known.get(tier.key()).level() : 99))
			.map((tier) -> new Bar(tier.key(),
					known.containsKey(tier.key()) ? known.get(tier.key()).name() : tier.key(), tier.lights()))
			.toList();
	}

	/** Most cases first. */
	private List<Bar> classes(String place, List<Counted> found, Instant now) {
		return found.stream()
			.sorted(Comparator.comparing((Counted row) -> -row.lights().total())
				.thenComparing((row) -> String.valueOf(row.key())))
			.map((row) -> new Bar(row.key(),
					this.catalogue.find(place, row.name(), now).map(Category::className).orElse(row.name()),
					row.lights()))
			.toList();
	}

	/**
	 * The pieces the board compares: the first level at which the grid falls into
	 * several. Cases that lie in none of them are the last row, so that the rows add up.
	 */
	private List<GridRow> rows(Grid grid, Map<String, Lights> byGrid, Instant now) {
		List<Grid> pieces = pieces(grid, now);
		Map<String, Lights> sums = new LinkedHashMap<>();
		pieces.forEach((piece) -> sums.put(piece.code(), Lights.NONE));
		Lights elsewhere = Lights.NONE;
		for (Map.Entry<String, Lights> found : byGrid.entrySet()) {
			String piece = this.grids.find(found.getKey(), now)
				.stream()
				.flatMap((at) -> java.util.Arrays.stream(at.path().split("/")))
				.filter(sums::containsKey)
				.findFirst()
				.orElse(null);
			if (piece != null) {
				sums.merge(piece, found.getValue(), Lights::plus);
			}
			else {
				elsewhere = elsewhere.plus(found.getValue());
			}
		}
		List<GridRow> rows = new ArrayList<>(pieces.stream()
			.map((piece) -> new GridRow(piece.code(), piece.name(), sums.get(piece.code())))
			.sorted(Comparator.comparing((GridRow row) -> -row.lights().over())
				.thenComparing((row) -> -row.lights().warn())
				.thenComparing((row) -> -row.lights().total())
				.thenComparing(GridRow::code))
			.toList());
		if (elsewhere.total() > 0) {
			rows.add(new GridRow(null, null, elsewhere));
		}
		return List.copyOf(rows);
	}

	/** The first level beneath a grid with more than one piece; none for the smallest. */
	List<Grid> pieces(Grid grid, Instant now) {
		List<Grid> pieces = this.grids.children(grid.code(), now);
		while (pieces.size() == 1 && !this.grids.children(pieces.get(0).code(), now).isEmpty()) {
			pieces = this.grids.children(pieces.get(0).code(), now);
		}
		return pieces;
	}

	private Flow flow(Map<String, Object> parameters, Instant now, ZoneId zone) {
		int[] in = new int[24];
		int[] out = new int[24];
		int[] sums = new int[3];
		this.jdbc
			.query("select 'IN' way, reported_at >= :today today, extract(hour from reported_at at time zone :zone)::integer as at_hour, count(*) n, 0 closed, 0 self_handled, "
					+ "count(*) filter (where reported_at < :yesterdayNow) sooner from case_file "
					+ "where place = :place and not internal and grid_path like :path and reported_at >= :yesterday and reported_at < :tomorrow group by 2, 3 "
					+ "union all select 'OUT', true, extract(hour from closed_at at time zone :zone)::integer, count(*), count(*) filter (where state = 'CLOSED'), "
					+ "count(*) filter (where state = 'CLOSED' and self_handled), 0 from case_file "
					+ "where place = :place and not internal and grid_path like :path and closed_at >= :today and closed_at < :tomorrow group by 3",
					parameters, (ResultSet row) -> {
						if (row.getString("way").equals("OUT")) {
							out[row.getInt("at_hour")] = row.getInt("n");
							sums[0] += row.getInt("closed");
							sums[1] += row.getInt("self_handled");
						}
						else if (row.getBoolean("today")) {
							in[row.getInt("at_hour")] = row.getInt("n");
						}
						else {
							sums[2] += row.getInt("sooner");
						}
					});
		List<Hour> hours = new ArrayList<>();
		int inSum = 0;
		int outSum = 0;
		for (int hour = 0; hour < 24; hour++) {
			hours.add(new Hour(hour, in[hour], out[hour]));
			inSum += in[hour];
			outSum += out[hour];
		}
		return new Flow(inSum, sums[0], sums[1], outSum - sums[0], sums[2], now.atZone(zone).getHour(), hours);
	}

	private List<Oldest> oldest(String place, Map<String, Object> parameters) {
		record Row(String caseNo, String title, String grid, Instant reportedAt, String light) {
		}
		Instant now = this.clock.now();
		List<Row> rows = this.jdbc
			.query("select case_no, title, grid_code, reported_at, coalesce(light, 'OK') light from case_file "
					+ "where place = :place and not internal and state = 'OPEN' and grid_path like :path order by reported_at, case_no limit "
					+ OLDEST, parameters,
					(row, number) -> new Row(row.getString("case_no"), row.getString("title"),
							row.getString("grid_code"), row.getTimestamp("reported_at").toInstant(),
							row.getString("light")));
		Map<String, Remaining> left = this.clocks.ofPlace(place, rows.stream().map(Row::caseNo).toList());
		return rows.stream()
			.map((row) -> new Oldest(row.caseNo(), row.title(),
					this.grids.find(row.grid(), now).map(Grid::name).orElse(row.grid()), row.reportedAt(),
					ChronoUnit.DAYS.between(row.reportedAt(), now), row.light(),
					left.containsKey(row.caseNo()) ? left.get(row.caseNo()).text() : null))
			.toList();
	}

}
