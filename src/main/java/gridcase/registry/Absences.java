package gridcase.registry;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;

import gridcase.clock.PlatformClock;
import gridcase.shared.FieldProblem;
import gridcase.shared.LoadRefused;
import gridcase.shared.Refusal;
import gridcase.shared.Texts;
import org.apache.commons.csv.CSVFormat;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Who is away and who stands in (请假与代理). What is entered here is loaded like a file of
 * one row: checked by the same rules, dated, and on record with who entered it.
 */
@Component
public class Absences {

	private static final DateTimeFormatter CELL = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");

	private final RegistryStore store;

	private final RegistryLoader loader;

	private final StaffDirectory staff;

	private final PlatformClock clock;

	private final JdbcClient jdbc;

	Absences(RegistryStore store, RegistryLoader loader, StaffDirectory staff, PlatformClock clock, JdbcClient jdbc) {
		this.store = store;
		this.loader = loader;
		this.staff = staff;
		this.clock = clock;
		this.jdbc = jdbc;
	}

	/**
	 * An absence with who entered it.
	 *
	 * @param absence the absence
	 * @param enteredBy sign-in name, or {@code system} for what came with the platform
	 * @param enteredAt when
	 */
	public record Entry(Absence absence, String enteredBy, Instant enteredAt) {

	}

	/** Absences of a place that last or are to come, the one that began first on top. */
	public List<Entry> open(String place) {
		LocalDateTime now = local(this.clock.now());
		return this.jdbc.sql("""
				select a.*, l.loaded_by, l.loaded_at from absence a join registry_load l on l.id = a.opened_by
				where a.place = ? and a.valid_to is null and a.until > ? order by a.since, a.staff""")
			.params(place, now)
			.query((row, number) -> new Entry(
					new Absence(row.getString("place"), row.getString("staff"),
							instant(row.getObject("since", LocalDateTime.class)),
							instant(row.getObject("until", LocalDateTime.class)), row.getString("substitute"),
							row.getString("reason")),
					row.getString("loaded_by"), row.getTimestamp("loaded_at").toInstant()))
			.list();
	}

	/**
	 * Enters an absence, in the name of {@link gridcase.shared.Acting#current()}.
	 * @param absence who is away from when to when (to the minute) and who stands in
	 * @throws Refusal with the field that does not fit: the substitute must be somebody
	 * else of the same place, active, and there all the time
	 */
	public void enter(Absence absence) {
		this.staff.find(absence.substitute(), this.clock.now())
			.filter((person) -> person.place().equals(absence.place()))
			.orElseThrow(() -> problem("substitute", Texts.of("registry", "registry.problem.absence.unknown")));
		if (!absence.until().isAfter(this.clock.now())) {
			throw problem("until", Texts.of("registry", "registry.problem.absence.past"));
		}
		this.store.at(this.clock.now()).absencesOfStaff.getOrDefault(absence.substitute(), List.of())
			.stream()
			.filter((other) -> other.since().isBefore(absence.until()) && absence.since().isBefore(other.until()))
			.findFirst()
			.ifPresent((other) -> {
				throw problem("substitute", Texts.of("registry", "registry.problem.absence.away", cell(other.since()),
						cell(other.until())));
			});
		load(absence);
	}

	/**
	 * Ends an absence now, or calls it off if it has not begun.
	 * @param place place code
	 * @param login sign-in name of the absent person
	 * @param since when it began or begins
	 * @throws Refusal if there is none that lasts or is to come
	 */
	public void end(String place, String login, Instant since) {
		Instant now = this.clock.now().truncatedTo(ChronoUnit.MINUTES);
		Absence found = open(place).stream()
			.map(Entry::absence)
			.filter((absence) -> absence.staff().equals(login) && absence.since().equals(since))
			.findFirst()
			.orElseThrow(() -> Refusal.conflict(Texts.of("registry", "registry.problem.absence.over")));
		if (found.since().isBefore(now)) {
			load(new Absence(place, login, since, now, found.substitute(), found.reason()));
		}
		else {
			this.loader.withdraw(RegistryKind.ABSENCES, place, this.store.today(), login, cell(since));
		}
	}

	private void load(Absence absence) {
		String row = CSVFormat.DEFAULT.format(absence.staff(), cell(absence.since()), cell(absence.until()),
				absence.substitute(), absence.reason());
		byte[] file = ("staff,since,until,substitute,reason\n" + row + "\n").getBytes(StandardCharsets.UTF_8);
		try {
			this.loader.load(RegistryKind.ABSENCES, absence.place(), this.store.today(), false, file);
		}
		catch (LoadRefused refused) {
			throw Refusal.invalid(refused.problems()
				.stream()
				.map((problem) -> new FieldProblem(problem.column(), label(problem.column()), problem.reason()))
				.toList());
		}
	}

	private static Refusal problem(String field, String reason) {
		return Refusal.invalid(List.of(new FieldProblem(field, label(field), reason)));
	}

	private static String label(String field) {
		return Texts.of("registry", "registry.absence." + field);
	}

	private String cell(Instant at) {
		return CELL.format(local(at));
	}

	private LocalDateTime local(Instant at) {
		return LocalDateTime.ofInstant(at, this.clock.zone());
	}

	private Instant instant(LocalDateTime local) {
		return local.atZone(this.clock.zone()).toInstant();
	}

}
