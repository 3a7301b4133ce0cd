package gridcase.casework;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.Map;

import gridcase.GridcaseApplication;
import gridcase.audit.CaseEvent;
import gridcase.audit.CaseTrail;
import gridcase.casework.process.TimeTravel;
import gridcase.clock.LimitUnit;
import gridcase.clock.PlatformClock;
import gridcase.clock.WorkingCalendar;
import gridcase.clock.WorkingCalendars;
import gridcase.platform.TestDatabase;
import org.junit.jupiter.api.Test;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/** The server stops and starts again; time has gone on, and nothing due is lost. */
class RestartTests {

	private static final Map<String, Object> MATTER = Map.of("gridCode", "11010802200101", "category", "S0501",
			"severity", "MINOR");

	private final String database = TestDatabase.create();

	@Test
	void aRestartBetweenWarningAndBreachAndOverSpringFestivalLosesNothing() {
		String late;
		String resting;
		Instant due;
		Duration left;
		LocalDate until = LocalDate.of(2026, 2, 25);
		try (ConfigurableApplicationContext first = start()) {
			CaseDriver drive = drive(first);
			Cases cases = first.getBean(Cases.class);
			resting = inHand(drive);
			drive.begin(cases.get(resting).holder(), resting, "suspension", Map.of("suspendReason", "MATERIAL",
					"suspendUntil", until.toString(), "reasonText", "春节期间厂家停工，配件节后到货"));
			drive.complete(resting, "Task_ApproveSuspension", Map.of("approved", true, "decisionText", "情况属实，同意挂账"));
			left = deadline(first, resting, "handle").left(first.getBean(PlatformClock.class).now(), calendar(first));
			late = drive.report("shangdi", "sd.c01.g1", "GRID_WORKER", MATTER);
			Deadline filing = deadline(first, late, "file");
			due = filing.dueAt();
			first.getBean(TimeTravel.class).moveTo(filing.warnAt());
			assertThat(count(first, late, "WARNED")).isOne();
			assertThat(cases.get(late).light()).isEqualTo("WARN");
		}
		try (ConfigurableApplicationContext second = start()) {
			TimeTravel travel = second.getBean(TimeTravel.class);
			Cases cases = second.getBean(Cases.class);
			assertThat(cases.get(late).light()).isEqualTo("WARN");
			travel.moveTo(due.minusSeconds(30));
			assertThat(count(second, late, "BREACHED")).isZero();

			travel.moveTo(due);

			assertThat(count(second, late, "WARNED")).as("warned once").isOne();
			assertThat(count(second, late, "BREACHED")).as("breached once").isOne();
			assertThat(cases.get(late).light()).isEqualTo("OVER");

			Instant midnight = until.atStartOfDay(second.getBean(PlatformClock.class).zone()).toInstant();
			travel.moveTo(midnight.minusSeconds(60));
			assertThat(cases.get(resting).light()).isEqualTo("PAUSED");
			travel.moveTo(midnight.plusSeconds(60));
			Deadline resumed = deadline(second, resting, "handle");
			assertThat(cases.get(resting).light()).isEqualTo("OK");
			assertThat(count(second, resting, "BREACHED") + count(second, resting, "WARNED")).isZero();
			assertThat(calendar(second).timeBetween(LimitUnit.valueOf(resumed.limitUnit()), midnight, resumed.dueAt()))
				.isBetween(left.minusSeconds(1), left);
		}
	}

	private static String inHand(CaseDriver drive) {
		String caseNo = drive.report("shangdi", "sd.c01.g1", "GRID_WORKER", MATTER);
		drive.complete(caseNo, "Stage_File", Map.of("filing", "FILE"));
		drive.complete(caseNo, "Stage_Dispatch", Map.of());
		drive.complete(caseNo, "Task_SignFor", Map.of("signing", "SIGN"));
		return caseNo;
	}

	private ConfigurableApplicationContext start() {
		return new SpringApplicationBuilder(GridcaseApplication.class).profiles("test")
			.run("--spring.datasource.url=" + this.database, "--spring.datasource.username=postgres",
					"--gridcase.demo.enabled=true", "--gridcase.demo.cases=false", "--spring.jmx.enabled=false",
					"--gridcase.rehearsal-start=2026-02-09T09:00:00+08:00");
	}

	private static CaseDriver drive(ConfigurableApplicationContext context) {
		return context.getAutowireCapableBeanFactory().createBean(CaseDriver.class);
	}

	private static WorkingCalendar calendar(ConfigurableApplicationContext context) {
		return context.getBean(WorkingCalendars.class).forPlace("shangdi");
	}

	private static Deadline deadline(ConfigurableApplicationContext context, String caseNo, String stage) {
		return context.getBean(Cases.class)
			.deadlines(caseNo)
			.stream()
			.filter((deadline) -> deadline.stage().equals(stage))
			.findFirst()
			.orElseThrow();
	}

	private static int count(ConfigurableApplicationContext context, String caseNo, String kind) {
		List<String> kinds = context.getBean(CaseTrail.class).of(caseNo).stream().map(CaseEvent::kind).toList();
		return Collections.frequency(kinds, kind);
	}

}
