package gridcase.registry;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.List;

import gridcase.shared.LoadRefused;
import gridcase.shared.Refusal;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.context.i18n.LocaleContextHolder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Who is on duty: shifts, absences, people and units that are not active. */
class OnDutyTests {

	private static final LocalDate FROM = LocalDate.of(2026, 1, 1);

	private RegistryFixture registry;

	@BeforeEach
	void aSmallPlaceWithThreeHandlers() {
		LocaleContextHolder.resetLocaleContext();
		this.registry = RegistryFixture.withSmallPlace();
		this.registry.load("staff", "hill", """
				login,name,title,unit,phone,active,demo
				hl.day,丁日,经办人,HL-HB,10000000011,true,true
				hl.night,戊夜,经办人,HL-HB,10000000012,true,true
				hl.spare,己备,经办人,HL-HB,10000000013,true,true
				""");
		this.registry.load("duties", "hill", """
				staff,role,grid,unit,since,until
				hl.day,handler,,HL-HB,,
				hl.night,handler,,HL-HB,,
				""");
	}

	/**
	 * One row: what is loaded, a moment, who then sees the tasks of handler@HL-HB. D, N
	 * and S are the people; {@code D>S} is an absence of D with S standing in.
	 */
	@ParameterizedTest(name = "{0} / {1} / {2} at {3}: {4}")
	@CsvSource(delimiter = '|', useHeadersInDisplayName = true, nullValues = "-", textBlock = """
			shifts               | absences                       | inactive | at               | on duty
			-                    | -                              | -        | 2026-03-18T10:00 | D N
			D 08-20, N 20-32     | -                              | -        | 2026-03-18T10:00 | D
			D 08-20, N 20-32     | -                              | -        | 2026-03-18T19:59 | D
			D 08-20, N 20-32     | -                              | -        | 2026-03-18T20:00 | N
			D 08-20, N 20-32     | -                              | -        | 2026-03-19T07:59 | N
			D 08-20, N 20-32     | -                              | -        | 2026-03-19T08:00 | -
			D 08-20, N 18-32     | -                              | -        | 2026-03-18T19:00 | D N
			D 08-20              | -                              | -        | 2026-03-18T07:59 | -
			D 08-12, D 12-20     | -                              | -        | 2026-03-18T12:00 | D
			-                    | D>S                            | -        | 2026-03-18T10:00 | S N
			-                    | D>N                            | -        | 2026-03-18T10:00 | N
			-                    | D>S                            | -        | 2026-03-17T23:59 | D N
			-                    | D>S                            | -        | 2026-03-19T00:00 | D N
			D 08-20, N 20-32     | D>S                            | -        | 2026-03-18T10:00 | S
			D 08-20, N 20-32     | D>S                            | -        | 2026-03-18T21:00 | N
			D 08-20, N 20-32     | D>N                            | -        | 2026-03-18T10:00 | N
			D 08-20, N 20-32     | N>D                            | -        | 2026-03-18T10:00 | D
			-                    | D>N, N>S                       | -        | 2026-03-18T10:00 | S
			D 08-20              | D>N, N>S                       | -        | 2026-03-18T10:00 | S
			-                    | -                              | D        | 2026-03-18T10:00 | N
			D 08-20, N 20-32     | -                              | D        | 2026-03-18T10:00 | -
			-                    | D>S                            | D        | 2026-03-18T10:00 | N
			-                    | D>S                            | S        | 2026-03-18T10:00 | N
			-                    | -                              | HL-HB    | 2026-03-18T10:00 | -
			-                    | D>S                            | HL-HB    | 2026-03-18T10:00 | -
			""")
	void knowsWhoIsOnDuty(String shifts, String absences, String inactive, LocalDateTime at, String expected) {
		load(shifts, absences);
		if (inactive != null) {
			deactivate(inactive);
		}
		Instant moment = at.atZone(RegistryFixture.ZONE).toInstant();
		List<String> logins = (expected != null) ? Arrays.stream(expected.split(" ")).map(OnDutyTests::login).toList()
				: List.of();

		assertThat(this.registry.duties.holders(Roles.HANDLER, "HL-HB", moment)).extracting(Staff::login)
			.containsExactlyInAnyOrderElementsOf(logins);
		for (String login : List.of("hl.day", "hl.night", "hl.spare")) {
			assertThat(this.registry.duties.poolsOf(login, moment).contains("handler@HL-HB")).as("pools of " + login)
				.isEqualTo(logins.contains(login));
			assertThat(this.registry.duties.rolesOf(login, moment).contains(Roles.HANDLER)).as("roles of " + login)
				.isEqualTo(logins.contains(login));
		}
	}

	@Test
	void goesPastAVacantShiftToTheNextGrid() {
		this.registry.load("duties", "hill", "staff,role,grid,unit\nhl.day,dispatcher,10001,\n");
		this.registry.load("shifts", "hill", """
				role,grid,unit,staff,starts,ends
				dispatcher,10001,,hl.day,2026-03-18 08:00,2026-03-18 20:00
				""");

		assertThat(this.registry.duties.nearest(Roles.DISPATCHER, "10001", "GRID", at("2026-03-18T10:00"))
			.orElseThrow()
			.grid()
			.code()).isEqualTo("10001");
		assertThat(this.registry.duties.nearest(Roles.DISPATCHER, "10001", "GRID", at("2026-03-18T21:00"))
			.orElseThrow()
			.grid()
			.code()).isEqualTo("100");
		assertThat(this.registry.duties.atTier(Roles.DISPATCHER, "10001", "GRID", at("2026-03-18T21:00"))).isEmpty();
	}

	@Test
	void saysForWhomSomebodyStandsIn() {
		load(null, "D>N, N>S");
		Instant noon = at("2026-03-18T12:00");

		assertThat(this.registry.duties.actingFor("hl.spare", noon)).containsExactly("hl.night", "hl.day");
		assertThat(this.registry.duties.actingFor("hl.night", noon)).isEmpty();
		assertThat(this.registry.duties.actingFor("hl.spare", "handler@HL-HB", noon)).contains("hl.night");
		assertThat(this.registry.duties.actingFor("hl.spare", "handler@HL-CG", noon)).isEmpty();
		assertThat(this.registry.duties.actingFor("hl.spare", at("2026-03-19T12:00"))).isEmpty();
	}

	@Test
	void passesOnTasksButNoOfficeOfTrust() {
		this.registry.load("duties", "hill",
				"staff,role,grid,unit\nhl.day,administrator,100,\nhl.day,duty-leader,100,\n");
		load(null, "D>S");

		assertThat(this.registry.duties.poolsOf("hl.spare", at("2026-03-18T12:00"))).contains("administrator@100",
				"duty-leader@100");
		assertThat(this.registry.duties.rolesOf("hl.spare", at("2026-03-18T12:00"))).contains(Roles.DUTY_LEADER)
			.doesNotContain(Roles.ADMINISTRATOR);
	}

	@Test
	void tellsAPoolThatALaterShiftSeesFromOneNobodyWillSee() {
		load("D 08-20", null);

		assertThat(this.registry.duties.seen("handler@HL-HB", at("2026-03-18T02:00"))).isTrue();
		assertThat(this.registry.duties.seen("handler@HL-HB", at("2026-03-18T20:00"))).isFalse();
		assertThat(this.registry.duties.seen("handler@HL-CG", at("2026-03-18T20:00"))).isTrue();
		assertThat(this.registry.duties.seen("handler@HL-ZH", at("2026-03-18T20:00"))).isFalse();
	}

	@Test
	void knowsWhenOtherPeopleComeOnDuty() {
		load("D 08-20, N 20-32", "D>S");

		assertThat(this.registry.duties.nextChange(at("2026-03-18T10:00"))).contains(at("2026-03-18T20:00"));
		assertThat(this.registry.duties.nextChange(at("2026-03-18T20:00"))).contains(at("2026-03-19T00:00"));
		// a duty of the small place ends with March
		assertThat(this.registry.duties.nextChange(at("2026-03-19T08:00"))).contains(at("2026-04-01T00:00"));
		assertThat(this.registry.duties.nextChange(at("2026-04-01T00:00"))).isEmpty();
	}

	@Test
	void loadsTheSameRosterTwiceWithoutATrace() {
		String file = "role,unit,staff,starts,ends\nhandler,HL-HB,hl.day,2026-03-18 08:00,2026-03-18T20:00\n";
		assertThat(this.registry.load("shifts", "hill", file).added()).isEqualTo(1);

		LoadReport again = this.registry.load("shifts", "hill", file);

		assertThat(again.unchanged()).isEqualTo(1);
		assertThat(again.added() + again.changed() + again.closed()).isZero();
	}

	@Test
	void replacesARosterByACompleteFile() {
		load("D 08-20", null);

		this.registry.load("shifts", "hill", FROM, true,
				"role,unit,staff,starts,ends\nhandler,HL-HB,hl.night,2026-03-18 08:00,2026-03-18 20:00\n");

		assertThat(this.registry.duties.holders(Roles.HANDLER, "HL-HB", at("2026-03-18T10:00")))
			.extracting(Staff::login)
			.containsExactly("hl.night");
	}

	@Test
	void readsARosterAsItWasWritten() {
		load("D 08-20", null);

		assertThat(this.registry.loader.read(RegistryKind.SHIFTS, "hill", LocalDate.of(2026, 3, 18))).singleElement()
			.satisfies((row) -> assertThat(row).containsEntry("starts", "2026-03-18 08:00")
				.containsEntry("ends", "2026-03-18 20:00"));
	}

	@Test
	void closesNobodyWhoIsStillOnARoster() {
		load("D 08-20", null);

		assertThatExceptionOfType(LoadRefused.class)
			.isThrownBy(() -> this.registry.load("units", "hill", FROM, true,
					"code,name,functions,tier,grid,active\nHL-ZH,综合办,general-support *,STREET,100,true\n"))
			.satisfies((refused) -> assertThat(refused.problems()).anySatisfy((problem) -> {
				assertThat(problem.value()).isEqualTo("HL-HB");
				assertThat(problem.reason()).contains("shifts");
			}));
	}

	@Test
	void entersAnAbsenceAndEndsItEarly() {
		this.registry.absences.enter(absence("hl.day", "2026-03-17T09:00", "2026-03-20T09:00", "hl.spare"));
		assertThat(this.registry.duties.absent("hl.day", RegistryFixture.NOW)).isTrue();
		assertThat(this.registry.absences.open("hill")).singleElement().satisfies((entry) -> {
			assertThat(entry.enteredBy()).isEqualTo("system");
			assertThat(entry.absence().substitute()).isEqualTo("hl.spare");
		});

		this.registry.absences.end("hill", "hl.day", at("2026-03-17T09:00"));

		assertThat(this.registry.duties.absent("hl.day", RegistryFixture.NOW)).isFalse();
		assertThat(this.registry.absences.open("hill")).isEmpty();
		assertThatExceptionOfType(Refusal.class)
			.isThrownBy(() -> this.registry.absences.end("hill", "hl.day", at("2026-03-17T09:00")))
			.matches((refusal) -> refusal.kind() == Refusal.Kind.CONFLICT);
	}

	@Test
	void callsOffAnAbsenceThatHasNotBegun() {
		this.registry.absences.enter(absence("hl.day", "2026-03-19T09:00", "2026-03-20T09:00", "hl.spare"));

		this.registry.absences.end("hill", "hl.day", at("2026-03-19T09:00"));

		assertThat(this.registry.absences.open("hill")).isEmpty();
		assertThat(this.registry.duties.absent("hl.day", at("2026-03-19T10:00"))).isFalse();
	}

	@ParameterizedTest(name = "{0} for {1} from {2} to {3}: {4}, {5}")
	@CsvSource(delimiter = '|', useHeadersInDisplayName = true,
			textBlock = """
					substitute | staff    | since            | until            | field      | reason
					hl.day     | hl.day   | 2026-03-19T09:00 | 2026-03-20T09:00 | substitute | 代理人不能是本人
					hl.off     | hl.day   | 2026-03-19T09:00 | 2026-03-20T09:00 | substitute | 代理人已停用，请换一位在职的人
					hl.ghost   | hl.day   | 2026-03-19T09:00 | 2026-03-20T09:00 | substitute | 本辖区没有这个人，请从列表中选择
					hl.night   | hl.day   | 2026-03-19T09:00 | 2026-03-19T09:00 | until      | 应晚于 2026-03-19 09:00:00
					hl.night   | hl.day   | 2026-03-16T09:00 | 2026-03-17T09:00 | until      | 应晚于现在的时间
					hl.one     | hl.day   | 2026-03-19T09:00 | 2026-03-20T09:00 | substitute | 代理人自己在 2026-03-19 12:00:00 至 2026-03-21 12:00:00 请假，请换一位
					hl.night   | hl.one   | 2026-03-21T09:00 | 2026-03-22T09:00 | since      | 与本人 2026-03-19 12:00:00 至 2026-03-21 12:00:00 的请假重叠
					""")
	void refusesAnAbsenceThatDoesNotFit(String substitute, String staff, String since, String until, String field,
			String reason) {
		this.registry.absences.enter(absence("hl.one", "2026-03-19T12:00", "2026-03-21T12:00", "hl.spare"));

		assertThatExceptionOfType(Refusal.class)
			.isThrownBy(() -> this.registry.absences.enter(absence(staff, since, until, substitute)))
			.satisfies((refusal) -> assertThat(refusal.fields()).anySatisfy((problem) -> {
				assertThat(problem.field()).isEqualTo(field);
				assertThat(problem.message()).isEqualTo(reason);
			}));
	}

	@Test
	void tellsOthersThatARegistryWasLoaded() {
		load("D 08-20", null);

		assertThat(this.registry.events).last().isEqualTo(new RegistryLoaded("shifts", "hill"));
	}

	private void load(String shifts, String absences) {
		if (shifts != null) {
			StringBuilder file = new StringBuilder("role,unit,staff,starts,ends\n");
			for (String shift : shifts.split(", ")) {
				String[] hours = shift.substring(2).split("-");
				file.append("handler,HL-HB,%s,%s,%s\n".formatted(login(shift.substring(0, 1)), hour(hours[0]),
						hour(hours[1])));
			}
			this.registry.load("shifts", "hill", file.toString());
		}
		if (absences != null) {
			StringBuilder file = new StringBuilder("staff,since,until,substitute,reason\n");
			for (String absence : absences.split(", ")) {
				file.append("%s,2026-03-18,2026-03-19,%s,休假\n".formatted(login(absence.substring(0, 1)),
						login(absence.substring(2))));
			}
			this.registry.load("absences", "hill", file.toString());
		}
	}

	private void deactivate(String who) {
		if (who.equals("HL-HB")) {
			this.registry.load("units", "hill",
					"code,name,functions,tier,grid,active\nHL-HB,环保站,environment,STREET,100,false\n");
		}
		else {
			this.registry.load("staff", "hill", "login,name,active,demo\n%s,某某,false,true\n".formatted(login(who)));
		}
	}

	private static String login(String letter) {
		return switch (letter) {
			case "D" -> "hl.day";
			case "N" -> "hl.night";
			case "S" -> "hl.spare";
			default -> throw new IllegalArgumentException(letter);
		};
	}

	private static String hour(String hours) {
		return LocalDate.of(2026, 3, 18).atStartOfDay().plusHours(Integer.parseInt(hours)).toString();
	}

	private static Absence absence(String staff, String since, String until, String substitute) {
		return new Absence("hill", staff, at(since), at(until), substitute, "休假");
	}

	private static Instant at(String local) {
		return LocalDateTime.parse(local).atZone(RegistryFixture.ZONE).toInstant();
	}

}
