package gridcase.inquiry;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

import gridcase.audit.Access;
import gridcase.audit.AccessLog;
import gridcase.clock.PlatformClock;
import gridcase.shared.FieldProblem;
import gridcase.shared.Refusal;
import gridcase.shared.Texts;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Samples of cases: drawn once by {@link SampleDraw}, kept with the list they were drawn
 * from, and worked off.
 */
@Component
public class Samples {

	/** Which cases a sample is drawn from. */
	public static final List<String> SCOPES = List.of("ALL", "CLOSED", "BREACHED", "REWORKED");

	/** By what a sample can be stratified. */
	public static final List<String> STRATA = List.of("NONE", "CATEGORY", "UNIT", "GRID", "SEVERITY", "BREACHED");

	private static final int MOST = 5000;

	private static final int LONGEST = 128;

	private static final SecureRandom LOT = new SecureRandom();

	private static final String SELECT = "select s.*, "
			+ "(select count(*) from inquiry_sample_case k where k.sample_id = s.id and k.verdict = 'IN_ORDER') in_order, "
			+ "(select count(*) from inquiry_sample_case k where k.sample_id = s.id and k.verdict = 'FINDING') findings "
			+ "from inquiry_sample s ";

	private final JdbcTemplate jdbc;

	private final NamedParameterJdbcTemplate named;

	private final AccessLog log;

	private final Desk desk;

	private final PlatformClock clock;

	Samples(JdbcTemplate jdbc, AccessLog log, Desk desk, PlatformClock clock) {
		this.jdbc = jdbc;
		this.named = new NamedParameterJdbcTemplate(jdbc);
		this.log = log;
		this.desk = desk;
		this.clock = clock;
	}

	/**
	 * Draws a sample and keeps it.
	 * @param place place code
	 * @param order what is wanted
	 * @param condition SQL condition on {@code c}: what the person may see
	 * @param parameters its parameters
	 * @param by sign-in name of who draws
	 * @return its number
	 * @throws Refusal with every field that does not fit, or if there is nothing to draw
	 * from
	 */
	@Transactional
	public long draw(String place, SampleOrder order, String condition, Map<String, Object> parameters, String by) {
		Desk.Days days = this.desk.days(order.from(), order.to());
		String scope = (order.scope() != null) ? order.scope() : SCOPES.get(0);
		String strata = (order.strata() != null) ? order.strata() : STRATA.get(0);
		check(order, scope, strata);
		String seed = (order.seed() == null || order.seed().isBlank()) ? seed() : order.seed().strip();
		List<SampleDraw.Entry> population = population(place, days, scope, strata, condition, parameters);
		if (population.isEmpty()) {
			throw Refusal.rule(Texts.of("inquiry", "inquiry.refused.nothing-to-draw"));
		}
		int size = Math.min(population.size(),
				(order.size() != null) ? order.size()
						: order.percent()
							.multiply(BigDecimal.valueOf(population.size()))
							.divide(BigDecimal.valueOf(100), 0, RoundingMode.CEILING)
							.intValueExact());
		if (size > MOST) {
			throw Refusal.rule(Texts.of("inquiry", "inquiry.refused.too-many", size, MOST));
		}
		List<SampleDraw.Entry> drawn = SampleDraw.draw(population, seed, size);
		byte[] list = list(population);
		long id = this.jdbc.queryForObject(
				"insert into inquiry_sample (place, title, from_day, to_day, scope, strata, size, percent, seed, population, "
						+ "population_sha256, population_list, drawn_by, drawn_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) returning id",
				Long.class, place, order.title().strip(), days.from(), days.to(), scope, strata, drawn.size(),
				order.percent(), seed, population.size(), SampleDraw.sha256(list), zipped(list), by, now());
		this.jdbc.batchUpdate("insert into inquiry_sample_case (sample_id, no, case_no, stratum) values (?, ?, ?, ?)",
				IntStream.range(0, drawn.size())
					.mapToObj((at) -> new Object[] { id, at + 1, drawn.get(at).caseNo(), drawn.get(at).stratum() })
					.toList());
		this.log.record(new Access(by, place, "SAMPLE_DRAWN", "sample", Long.toString(id),
				Map.of("seed", seed, "size", drawn.size(), "population", population.size(), "scope", scope, "strata",
						strata, "from", days.from().toString(), "to", days.to().toString()),
				null));
		return id;
	}

	private static void check(SampleOrder order, String scope, String strata) {
		List<FieldProblem> problems = new ArrayList<>();
		if (order.title() == null || order.title().isBlank() || order.title().strip().length() > LONGEST) {
			problem(problems, "title", "inquiry.refused.title", LONGEST);
		}
		if (!SCOPES.contains(scope)) {
			problem(problems, "scope", "inquiry.refused.one-of", String.join(" ", SCOPES));
		}
		if (!STRATA.contains(strata)) {
			problem(problems, "strata", "inquiry.refused.one-of", String.join(" ", STRATA));
		}
		if ((order.size() == null) == (order.percent() == null)) {
			problem(problems, "size", "inquiry.refused.size-or-percent");
		}
		else if (order.size() != null && (order.size() < 1 || order.size() > MOST)) {
			problem(problems, "size", "inquiry.refused.size", MOST);
		}
		else if (order.percent() != null
				&& (order.percent().signum() <= 0 || order.percent().compareTo(BigDecimal.valueOf(100)) > 0)) {
			problem(problems, "percent", "inquiry.refused.percent");
		}
		if (order.seed() != null && order.seed().strip().length() > LONGEST) {
			problem(problems, "seed", "inquiry.refused.seed", LONGEST);
		}
		if (!problems.isEmpty()) {
			throw Refusal.invalid(problems);
		}
	}

	private static void problem(List<FieldProblem> problems, String field, String key, Object... values) {
		problems.add(new FieldProblem(field, Texts.of("inquiry", "inquiry.sample." + field),
				Texts.of("inquiry", key, values)));
	}

	private static String seed() {
		byte[] lot = new byte[16];
		LOT.nextBytes(lot);
		return HexFormat.of().formatHex(lot);
	}

	private List<SampleDraw.Entry> population(String place, Desk.Days days, String scope, String strata,
			String condition, Map<String, Object> parameters) {
		Map<String, Object> all = new HashMap<>(parameters);
		all.put("place", place);
		all.put("from", Timestamp.from(this.desk.start(days)));
		all.put("until", Timestamp.from(this.desk.end(days)));
		String only = switch (scope) {
			case "ALL" -> "";
			case "CLOSED" -> " and c.state <> 'OPEN'";
			case "BREACHED" -> " and (c.facts ->> 'breaches')::integer > 0";
			case "REWORKED" -> " and (c.facts ->> 'reworkCount')::integer > 0";
			default -> throw new IllegalArgumentException("No scope " + scope);
		};
		String stratum = switch (strata) {
			case "NONE" -> "''";
			case "CATEGORY" -> "c.category_class";
			case "UNIT" -> "c.facts ->> 'leadUnit'";
			case "GRID" -> "coalesce(nullif(split_part(c.grid_path, '/', 2), ''), c.grid_code)";
			case "SEVERITY" -> "c.severity";
			case "BREACHED" -> "case when (c.facts ->> 'breaches')::integer > 0 then 'YES' else 'NO' end";
			default -> throw new IllegalArgumentException("No strata " + strata);
		};
		return this.named.query(
				"select c.case_no, coalesce(" + stratum + ", '') stratum from case_file c where c.place = :place "
						+ "and not c.internal and c.reported_at >= :from and c.reported_at < :until and " + condition
						+ only + " order by c.case_no",
				all, (row, number) -> new SampleDraw.Entry(row.getString("case_no"), row.getString("stratum")));
	}

	private static byte[] list(List<SampleDraw.Entry> population) {
		StringBuilder list = new StringBuilder();
		population.forEach((entry) -> list.append(entry.caseNo()).append('\t').append(entry.stratum()).append('\n'));
		return list.toString().getBytes(StandardCharsets.UTF_8);
	}

	private static byte[] zipped(byte[] list) {
		ByteArrayOutputStream zipped = new ByteArrayOutputStream();
		try (GZIPOutputStream out = new GZIPOutputStream(zipped)) {
			out.write(list);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return zipped.toByteArray();
	}

	/**
	 * The list a sample was drawn from, a line for each case: number, tab, stratum.
	 */
	public byte[] population(long id) {
		byte[] zipped = this.jdbc.queryForObject("select population_list from inquiry_sample where id = ?",
				byte[].class, id);
		try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(zipped))) {
			return in.readAllBytes();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Draws again from the list that was kept.
	 * @param sample the sample
	 * @return whether the list is as it was and the same cases come out
	 */
	public boolean comesOutAgain(Sample sample) {
		byte[] list = population(sample.id());
		if (!HexFormat.of().formatHex(SampleDraw.sha256(list)).equals(sample.sha256())) {
			return false;
		}
		List<SampleDraw.Entry> population = new String(list, StandardCharsets.UTF_8).lines()
			.map((line) -> line.split("\t", -1))
			.map((parts) -> new SampleDraw.Entry(parts[0], parts[1]))
			.toList();
		List<SampleDraw.Entry> kept = cases(sample.id()).stream()
			.map((each) -> new SampleDraw.Entry(each.caseNo(), each.stratum()))
			.toList();
		return SampleDraw.draw(population, sample.seed(), sample.size()).equals(kept);
	}

	/** Samples of a place, the newest first. */
	public List<Sample> ofPlace(String place) {
		return this.jdbc.query(SELECT + "where s.place = ? order by s.id desc", Samples::sample, place);
	}

	/**
	 * A sample.
	 * @throws Refusal if there is none
	 */
	public Sample get(long id) {
		return this.jdbc.query(SELECT + "where s.id = ?", Samples::sample, id)
			.stream()
			.findFirst()
			.orElseThrow(() -> Refusal.notFound(Texts.of("inquiry", "inquiry.refused.no-sample", id)));
	}

	/** The cases of a sample, in the order they were drawn. */
	public List<SampleCase> cases(long id) {
		return this.jdbc.query(
				"select k.*, c.title, c.category, c.state from inquiry_sample_case k left join case_file c using (case_no) "
						+ "where k.sample_id = ? order by k.no",
				(row, number) -> {
					Timestamp looked = row.getTimestamp("looked_at");
					return new SampleCase(row.getInt("no"), row.getString("case_no"), row.getString("title"),
							row.getString("category"), row.getString("state"), row.getString("stratum"),
							row.getString("verdict"), row.getString("note"), row.getObject("finding_id", Long.class),
							row.getString("looked_by"), (looked != null) ? looked.toInstant() : null);
				}, id);
	}

	/**
	 * A case was looked at and is in order.
	 * @param note what was noted, or empty
	 * @throws Refusal if the sample has no such case, or something was found in it
	 */
	@Transactional
	public void inOrder(long id, String caseNo, String note, String by) {
		get(id);
		int changed = this.jdbc.update(
				"update inquiry_sample_case set verdict = 'IN_ORDER', note = ?, looked_by = ?, looked_at = ? "
						+ "where sample_id = ? and case_no = ? and verdict is distinct from 'FINDING'",
				(note == null || note.isBlank()) ? null : note.strip(), by, now(), id, caseNo);
		if (changed == 0) {
			throw Refusal.conflict(Texts.of("inquiry", "inquiry.refused.sample-case", id, caseNo));
		}
	}

	private Timestamp now() {
		return Timestamp.from(this.clock.now().truncatedTo(ChronoUnit.MICROS));
	}

	private static Sample sample(ResultSet row, int number) throws SQLException {
		return new Sample(row.getLong("id"), row.getString("place"), row.getString("title"),
				row.getDate("from_day").toLocalDate(), row.getDate("to_day").toLocalDate(), row.getString("scope"),
				row.getString("strata"), row.getInt("size"), row.getBigDecimal("percent"), row.getString("seed"),
				row.getInt("population"), HexFormat.of().formatHex(row.getBytes("population_sha256")),
				row.getString("drawn_by"), row.getTimestamp("drawn_at").toInstant(), row.getInt("in_order"),
				row.getInt("findings"));
	}

}
