package gridcase.rehearsal;

import java.sql.Timestamp;
import java.time.DayOfWeek;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import java.util.Set;

import gridcase.audit.CaseTrail;
import gridcase.clock.PlatformClock;
import gridcase.clock.WorkingCalendars;
import gridcase.platform.GridcaseTest;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.TestPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/** What somebody finds who starts the demo for the first time. */
@GridcaseTest
@TestPropertySource(properties = "gridcase.demo.enabled=true")
@DirtiesContext
class DemoCasesTests {

	@Autowired
	private JdbcTemplate jdbc;

	@Autowired
	private NamedParameterJdbcTemplate named;

	@Autowired
	private DemoCases demo;

	@Autowired
	private PlatformClock clock;

	@Autowired
	private WorkingCalendars calendars;

	@Autowired
	private CaseTrail trail;

	@Test
	void narratedCasesStandAtManyStagesOfEveryPlace() {
		List<String> cases = this.jdbc.queryForList("select case_no from case_file", String.class);

		assertThat(cases).hasSizeGreaterThanOrEqualTo(20)
			.allSatisfy((caseNo) -> assertThat(this.trail.firstFault(caseNo)).isEmpty());
		assertThat(count("select count(distinct place) from case_file")).isEqualTo(count("select count(*) from place"));
		assertThat(Set.copyOf(this.jdbc
			.queryForList("select coalesce(stage_key, 'none') from case_file where state = 'OPEN'", String.class)))
			.contains("collect", "file", "dispatch", "handle", "feedback", "verify", "close");
		assertThat(count("select count(*) from case_file where state = 'CLOSED'")).isPositive();
		assertThat(count("select count(*) from case_file where state = 'OPEN' and due_at < :now")).isPositive();
		assertThat(count("select count(*) from case_file where state = 'OPEN' and warn_at <= :now and due_at > :now"))
			.isPositive();
		assertThat(count("select count(*) from act_ru_incident")).isZero();
	}

	@Test
	void theOverdueHazardIsWithTheFireCommittee() {
		assertThat(this.jdbc.queryForList("select tier from case_file where place = 'xiaofang' and title like '沿街门店%'",
				String.class))
			.containsExactly("DISTRICT");
	}

	@Test
	void clockStandsAtAWorkingMorning() {
		ZonedDateTime now = this.clock.now().atZone(this.clock.zone());

		assertThat(this.calendars.named(WorkingCalendars.STANDARD).isOpen(this.clock.now())).isTrue();
		assertThat(now.getDayOfWeek()).isNotIn(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY);
		assertThat(now.getHour()).isBetween(8, 10);
	}

	@Test
	void secondStartAddsNothing() {
		int before = count("select count(*) from case_file");

		this.demo.run(null);

		assertThat(count("select count(*) from case_file")).isEqualTo(before);
	}

	private int count(String sql) {
		return this.named.queryForObject(sql, Map.of("now", Timestamp.from(this.clock.now())), Integer.class);
	}

}
