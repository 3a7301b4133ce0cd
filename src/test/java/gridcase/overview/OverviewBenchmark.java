package gridcase.overview;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.zip.GZIPOutputStream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import gridcase.clock.PlatformClock;
import gridcase.overview.MapReader.Asked;
import gridcase.registry.Grids;
import gridcase.security.CurrentPerson;
import gridcase.security.People;

import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;

/** How long map and board take over a district of 1717 grids; not a test. */
public final class OverviewBenchmark {

	private static final int TURNS = 60;

	private static final String PLACE = "qindu";

	private final ConfigurableApplicationContext application;

	private final Out out;

	private OverviewBenchmark(ConfigurableApplicationContext application, Out out) {
		this.application = application;
		this.out = out;
	}

	/** Where the lines go. */
	@FunctionalInterface
	public interface Out {

		void say(String format, Object... values);

	}

	/**
	 * Fills the district and measures.
	 * @param open open cases, half of them with a position of their own
	 * @param closed cases that are over
	 */
	public static void run(ConfigurableApplicationContext application, int open, int closed, Out out) {
		OverviewBenchmark benchmark = new OverviewBenchmark(application, out);
		benchmark.fill(open, "OPEN");
		benchmark.fill(closed, "CLOSED");
		application.getBean(JdbcTemplate.class).execute("vacuum analyze case_file");
		out.say("%d open cases, %d closed, %d grids%n%-52s %8s %8s %9s %9s", open, closed,
				application.getBean(Grids.class).ofPlace(PLACE, benchmark.now()).size(), "", "p50 ms", "p95 ms",
				"bytes", "gzip");
		benchmark.maps();
		benchmark.boards();
	}

	private Instant now() {
		return this.application.getBean(PlatformClock.class).now();
	}

	private void fill(int cases, String state) {
		OffsetDateTime now = now().atOffset(ZoneOffset.UTC);
		this.application.getBean(JdbcTemplate.class)
			.update("""
					insert into case_file (case_no, place, state, reported_at, closed_at, grid_path, stage_key, stage_name, due_at, light,
					version, event_seq, event_hash, deadline_seq, custody_seq, facts)
					select 'QD-' || ? || lpad(n::text, 8, '0'), ?, ?, ?::timestamptz - n * interval '31 seconds',
					case when ? = 'CLOSED' then ?::timestamptz - n * interval '7 seconds' end, g.path,
					(array['file', 'dispatch', 'handle', 'verify'])[1 + n % 4], (array['立案受理', '分类派遣', '任务处理', '核查反馈'])[1 + n % 4],
					?::timestamptz + (n % 600) * interval '11 minutes', (array['OK', 'OK', 'OK', 'WARN', 'OVER', 'PAUSED'])[1 + n % 6],
					1, 1, '\\x00', 0, 0, jsonb_build_object('title', '楼道堆放杂物 ' || n, 'address', n || ' 号楼', 'gridCode', g.code,
					'category', 'S0501', 'categoryClass', 'S05', 'tier', 'COMMUNITY') || case when n % 2 = 0 then jsonb_build_object(
					'longitude', round((s.longitude + ((n::bigint * 7919) % 2001 - 1000) * 0.0000012)::numeric, 6),
					'latitude', round((s.latitude + ((n::bigint * 104729) % 2001 - 1000) * 0.0000012)::numeric, 6)) else '{}' end
					from generate_series(1, ?) n join (select code, path, row_number() over (order by code) - 1 no, count(*) over () all_of_them
					from grid where place = ? and valid_to is null) g on g.no = (n::bigint * 31) % g.all_of_them
					join grid_shape s on s.grid = g.code and s.valid_to is null""",
					state.substring(0, 1), PLACE, state, now, state, now, now, cases, PLACE);
	}

	private void maps() {
		MapReader reader = this.application.getBean(MapReader.class);
		String far = "108.58,34.24,108.83,34.43";
		String near = "108.690,34.325,108.722,34.343";
		for (String login : List.of("qd.leader", "qd.s04.dispatcher", "qd.s04.handler")) {
			CurrentPerson person = this.application.getBean(People.class).find(login).orElseThrow();
			measure("map, whole district, " + login,
					() -> reader.view(person, new Asked(PLACE, null, null, null, 12, far, true)));
			measure("map, some streets nearer, " + login,
					() -> reader.view(person, new Asked(PLACE, null, null, null, 15, near, true)));
			measure("map, the same without outlines, " + login,
					() -> reader.view(person, new Asked(PLACE, "OVER", null, null, 15, near, false)));
		}
		CurrentPerson leader = this.application.getBean(People.class).find("qd.leader").orElseThrow();
		CaseMap map = this.application.getBean(CaseMap.class);
		MapQuery all = new MapQuery("qd.leader", PLACE, null, null, null);
		measure("list of the first 12 in sight", () -> map.list(all, Viewport.of(12, far), 12));
		Surroundings surroundings = this.application.getBean(Surroundings.class);
		measure("panel of a grid", () -> surroundings.grid(leader, "61040200100101"));
	}

	private void boards() {
		Board board = this.application.getBean(Board.class);
		Grids grids = this.application.getBean(Grids.class);
		measure("board, counted", () -> board.count(grids.get("610402", now())));
		measure("board, as viewers get it", () -> board.of(grids.get("610402", now())));
	}

	private void measure(String name, Supplier<Object> work) {
		for (int i = 0; i < TURNS / 2; i++) {
			work.get();
		}
		double[] millis = new double[TURNS];
		Object answer = null;
		for (int i = 0; i < TURNS; i++) {
			long start = System.nanoTime();
			answer = work.get();
			millis[i] = (System.nanoTime() - start) / 1e6;
		}
		Arrays.sort(millis);
		byte[] json = json(answer);
		this.out.say("%-52s %8.1f %8.1f %9d %9d", name, millis[TURNS / 2], millis[TURNS * 95 / 100], json.length,
				zipped(json));
	}

	private byte[] json(Object answer) {
		try {
			return this.application.getBean(ObjectMapper.class).writeValueAsBytes(answer);
		}
		catch (JsonProcessingException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static int zipped(byte[] json) {
		ByteArrayOutputStream zipped = new ByteArrayOutputStream();
		try (GZIPOutputStream zip = new GZIPOutputStream(zipped)) {
			zip.write(json);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return zipped.size();
	}

}
