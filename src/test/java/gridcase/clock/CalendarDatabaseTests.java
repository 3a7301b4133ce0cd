package gridcase.clock;

import java.io.StringReader;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

import gridcase.platform.TestDatabase;
import gridcase.shared.Epoch;
import gridcase.shared.LoadRefused;
import gridcase.shared.RowProblem;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import static gridcase.clock.Calendars.at;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

/** Calendars in a real PostgreSQL, and loading them from files. */
class CalendarDatabaseTests {

	private static final String DAYS = "notice_year,date,holiday_name,day_kind\n";

	private static final String HOURS = "calendar,name,day_list,weekday,opens,closes\n";

	private static final LocalDate FROM = LocalDate.of(2026, 6, 1);

	private final List<Object> events = new ArrayList<>();

	private JdbcClient jdbc;

	private TransactionTemplate transaction;

	private WorkingCalendars calendars;

	private CalendarLoader loader;

	private PlatformClock clock;

	private ObjectProvider<CalendarOfPlace> places;

	/** That of another node. */
	private Epoch epoch;

	@BeforeEach
	void anEmptyPlatformStarts() {
		var database = TestDatabase.createDataSource();
		Flyway.configure().dataSource(database).load().migrate();
		this.jdbc = JdbcClient.create(database);
		var transactions = new DataSourceTransactionManager(database);
		this.transaction = new TransactionTemplate(transactions);
		var clock = new PlatformClock("system", Clock.system(Calendars.SHANGHAI), null, this.jdbc, transactions);
		CalendarOfPlace registry = (place) -> place.equals("harbour") ? "harbour" : WorkingCalendars.STANDARD;
		var beans = new StaticListableBeanFactory();
		beans.addBean("calendarOfPlace", registry);
		this.clock = clock;
		this.places = beans.getBeanProvider(CalendarOfPlace.class);
		this.epoch = Epoch.of(new JdbcTemplate(database));
		this.calendars = new WorkingCalendars(this.jdbc, clock, this.places, Epoch.of(new JdbcTemplate(database)));
		this.loader = new CalendarLoader(this.jdbc, transactions, clock, this.calendars, this.events::add);
		this.loader.afterSingletonsInstantiated();
		this.events.clear();
	}

	@Test
	void aNoticeIsTakenBackByTheDaysItReplaced() {
		String head = "notice_year,date,holiday_name,day_kind\n";
		String shorter = head + "2026,2026-01-01,元旦,off\n";
		byte[] before = this.loader.undoing(new StringReader(shorter), CalendarLoader.NATIONAL_DAYS).orElseThrow();
		this.loader.loadDays(new StringReader(shorter), CalendarLoader.NATIONAL_DAYS);
		assertThat(this.loader.changedSince(new StringReader(shorter), CalendarLoader.NATIONAL_DAYS)).isEmpty();
		assertThat(this.calendars.named("standard").isOpen(at("2026-10-01 10:00"))).isTrue();

		this.loader.loadDays(CalendarLoader.text(before), CalendarLoader.NATIONAL_DAYS);
		assertThat(this.calendars.named("standard").isOpen(at("2026-10-01 10:00"))).isFalse();
		assertThat(this.loader.changedSince(CalendarLoader.text(before), CalendarLoader.NATIONAL_DAYS)).isEmpty();
		assertThat(this.loader.changedSince(new StringReader(shorter), CalendarLoader.NATIONAL_DAYS))
			.contains("2026-10-01");
		// from a year that was not known there is no way back
		assertThat(
				this.loader.undoing(new StringReader(head + "2049,2049-01-01,元旦,off\n"), CalendarLoader.NATIONAL_DAYS))
			.isEmpty();
	}

	@Test
	void anotherNodeSeesANewCalendarInItsNextTransaction() {
		var there = new WorkingCalendars(this.jdbc, this.clock, this.places, this.epoch);
		assertThat(there.named("standard").isOpen(at("2026-10-01 10:00"))).isFalse();
		// who loads sees it at once, others not before it is committed
		this.transaction.executeWithoutResult((status) -> {
			this.loader.loadDays(new StringReader("notice_year,date,holiday_name,day_kind\n2026,2026-01-01,元旦,off\n"),
					CalendarLoader.NATIONAL_DAYS);
			assertThat(this.calendars.named("standard").isOpen(at("2026-10-01 10:00"))).isTrue();
			assertThat(CompletableFuture.supplyAsync(() -> there.named("standard").isOpen(at("2026-10-01 10:00"))))
				.succeedsWithin(Duration.ofSeconds(20))
				.isEqualTo(false);
		});
		assertThat(
				(boolean) this.transaction.execute((status) -> there.named("standard").isOpen(at("2026-10-01 10:00"))))
			.isTrue();
	}

	@Test
	void anEmptyPlatformKnowsTheNationalHolidays() {
		assertThat(this.calendars.codes()).containsExactly("standard");
		assertThat(this.jdbc.sql("select count(*) from calendar_day").query(Long.class).single()).isEqualTo(142);
		assertThat(this.calendars.forPlace("anywhere").add(Limit.of(1, LimitUnit.WORK_DAY), at("2026-02-14 10:00")))
			.isEqualTo(at("2026-02-24 10:00"));
	}

	@Test
	void aSecondStartChangesNothing() {
		this.loader.afterSingletonsInstantiated();

		assertThat(this.jdbc.sql("select count(*) from working_hours").query(Long.class).single()).isEqualTo(12);
		assertThat(this.events).isEmpty();
	}

	@Test
	void aPlaceWorksByTheCalendarTheRegistryNames() {
		hours("""
				harbour,港区日历,cn,standard,00:00,24:00
				harbour,港区日历,cn,1-7,00:00,12:00
				harbour,港区日历,cn,1-7,12:00,24:00
				""");

		WorkingCalendar harbour = this.calendars.forPlace("harbour");

		assertThat(harbour.name()).isEqualTo("港区日历");
		assertThat(harbour.add(Limit.of(1, LimitUnit.WORK_DAY), at("2026-06-06 10:00")))
			.isEqualTo(at("2026-06-07 10:00"));
		assertThat(this.calendars.named("standard").isOpen(at("2026-06-06 10:00"))).isFalse();
		assertThatThrownBy(() -> harbour.isOpen(at("2026-05-31 10:00"))).isInstanceOf(CalendarYearMissing.class)
			.hasMessageContaining("2026-05-31 的工作时间");
	}

	@Test
	void anUnknownCalendarIsNamed() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.calendars.named("harbour"))
			.withMessageContaining("harbour")
			.withMessageContaining("standard");
	}

	@Test
	void loadingTheNextNoticeMakesTheYearKnown() {
		WorkingCalendar before = this.calendars.named("standard");
		assertThatThrownBy(() -> before.isOpen(at("2027-01-04 10:00"))).isInstanceOf(CalendarYearMissing.class);

		assertThat(days("2027,2027-01-01,元旦,off\n2027,2026-12-27,元旦,work\n")).isTrue();

		assertThat(this.calendars.named("standard").isOpen(at("2027-01-01 10:00"))).isFalse();
		assertThat(this.calendars.named("standard").isOpen(at("2026-12-27 10:00"))).isTrue();
		assertThat(this.events).containsExactly(new CalendarsLoaded(Set.of("standard")));
	}

	@Test
	void aCorrectedNoticeReplacesItsYearAndKeepsWhatItSaidBefore() {
		days("2027,2027-01-01,元旦,off\n2027,2027-02-06,春节,off\n");
		this.events.clear();

		assertThat(days("2027,2027-01-01,元旦,off\n")).isTrue();

		assertThat(this.jdbc.sql("select count(*) from calendar_day where day_list = 'cn' and replaced_at is not null")
			.query(Long.class)
			.single()).isOne();
		assertThat(this.calendars.named("standard").isOpen(at("2026-10-01 10:00"))).isFalse();
		assertThat(days("2027,2027-01-01,元旦,off\n")).isFalse();
		assertThat(this.events).hasSize(1);
	}

	@Test
	void newHoursHoldFromTheirDateAndTheFormerOnesBefore() {
		String summer = """
				standard,通用工作日历,cn,standard,08:30,12:00
				standard,通用工作日历,cn,1-5,08:30,12:00
				""";
		assertThat(hours(summer)).isTrue();

		WorkingCalendar calendar = this.calendars.named("standard");
		assertThat(calendar.workingTimeBetween(at("2026-05-29 00:00"), at("2026-05-30 00:00")))
			.isEqualTo(Duration.ofHours(8));
		assertThat(calendar.workingTimeBetween(at("2026-06-01 00:00"), at("2026-06-02 00:00")))
			.isEqualTo(Duration.ofMinutes(210));
		assertThat(hours(summer)).isFalse();
		assertThat(this.events).containsExactly(new CalendarsLoaded(Set.of("standard")));
	}

	@Test
	void aCorrectionOnTheSameDateHoldsAlone() {
		hours("standard,通用工作日历,cn,standard,08:30,12:00\n");
		hours("standard,通用工作日历,cn,standard,09:00,12:00\nstandard,通用工作日历,cn,1,09:00,12:00\n");

		assertThat(this.calendars.named("standard").nextOpening(at("2026-06-01 00:00")))
			.isEqualTo(at("2026-06-01 09:00"));
	}

	@Test
	void aLoadThatIsRolledBackIsForgotten() {
		this.transaction.executeWithoutResult((status) -> {
			days("2027,2027-01-01,元旦,off\n");
			assertThat(this.calendars.named("standard").isOpen(at("2027-01-04 10:00"))).isTrue();
			status.setRollbackOnly();
		});

		assertThatThrownBy(() -> this.calendars.named("standard").isOpen(at("2027-01-04 10:00")))
			.isInstanceOf(CalendarYearMissing.class);
	}

	@ParameterizedTest(name = "{1}={2} in line {0}")
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			2 | notice_year  | 27         | 27,2027-01-01,元旦,off                              | 四位年份
			2 | date         | 2027-02-30 | 2027,2027-02-30,元旦,off                            | 应为日期
			2 | date         | 2029-01-01 | 2027,2029-01-01,元旦,off                            | 前后一年
			2 | holiday_name | ``         | 2027,2027-01-01,,off                                | 不能为空
			2 | day_kind     | holiday    | 2027,2027-01-01,元旦,holiday                        | off
			3 | date         | 2027-01-01 | 2027,2027-01-01,元旦,off~2027,2027-01-01,元旦,work  | 第 2 行重复
			2 | date         | 2026-01-01 | 2027,2026-01-01,元旦,off                            | 2026 年的通知
			4 | ``           | 2027,x     | 2027,2027-01-01,元旦,off~~2027,x                    | 应有 4 个单元格，实有 2 个
			""")
	void refusesADayByLineColumnAndReason(int line, String column, String value, String rows, String reason) {
		assertThatThrownBy(() -> days(rows.replace('~', '\n'))).isInstanceOfSatisfying(LoadRefused.class,
				(refused) -> assertThat(refused.problems()).singleElement().satisfies((problem) -> {
					assertThat(problem.line()).isEqualTo(line);
					assertThat(problem.column()).isEqualTo(column);
					assertThat(problem.value()).isEqualTo(value);
					assertThat(problem.reason()).contains(reason);
				}));
		assertThat(this.jdbc.sql("select count(*) from calendar_day").query(Long.class).single()).isEqualTo(142);
	}

	@ParameterizedTest(name = "{1}={2} in line {0}")
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			3 | weekday  | 8     | a,甲,cn,standard,08:00,12:00~a,甲,cn,8,08:00,12:00       | 1 至 7
			3 | weekday  | 5-1   | a,甲,cn,standard,08:00,12:00~a,甲,cn,5-1,08:00,12:00     | 1 至 7
			2 | opens    | 8 点  | a,甲,cn,standard,8 点,12:00~a,甲,cn,standard,14:00,18:00 | 08:00
			2 | closes   | 08:00 | a,甲,cn,standard,12:00,08:00~a,甲,cn,standard,14:00,18:00 | 晚于开始时间 12:00
			3 | opens    | 11:00 | a,甲,cn,standard,08:00,12:00~a,甲,cn,standard,11:00,18:00 | 第 2 行的时段重叠
			3 | name     | 乙    | a,甲,cn,standard,08:00,12:00~a,乙,cn,1,08:00,12:00       | 第 2 行为“甲”
			2 | weekday  | 1     | a,甲,cn,1,08:00,12:00                                     | 缺少 standard
			2 | day_list | xx    | a,甲,xx,standard,08:00,12:00                              | “xx”
			""")
	void refusesHoursByLineColumnAndReason(int line, String column, String value, String rows, String reason) {
		assertThatThrownBy(() -> hours(rows.replace('~', '\n'))).isInstanceOfSatisfying(LoadRefused.class,
				(refused) -> assertThat(refused.problems()).singleElement().satisfies((problem) -> {
					assertThat(problem.line()).isEqualTo(line);
					assertThat(problem.column()).isEqualTo(column);
					assertThat(problem.value()).isEqualTo(value);
					assertThat(problem.reason()).contains(reason);
				}));
		assertThat(this.calendars.codes()).containsExactly("standard");
	}

	@Test
	void hoursCannotBeginBeforeThePresentOnes() {
		String rows = HOURS + "standard,通用工作日历,cn,standard,09:00,12:00\n";

		assertThatThrownBy(() -> this.loader.loadHours(new StringReader(rows), LocalDate.of(1999, 1, 1)))
			.isInstanceOf(LoadRefused.class)
			.hasMessageContaining("2000-01-01");
	}

	@Test
	void allProblemsOfAFileAreTold() {
		assertThatThrownBy(() -> days("2027,2027-13-01,元旦,off\n2027,2027-01-01,元旦,on\nx,2027-01-02,,off\n"))
			.isInstanceOfSatisfying(LoadRefused.class,
					(refused) -> assertThat(refused.problems()).extracting(RowProblem::line, RowProblem::column)
						.containsExactly(tuple(2, "date"), tuple(3, "day_kind"), tuple(4, "notice_year"),
								tuple(4, "holiday_name")));
	}

	@Test
	void aFileThatIsNoSuchFileIsRefused() {
		assertThatThrownBy(() -> this.loader.loadDays(new StringReader("date,kind\n2027-01-01,off\n"), "cn"))
			.isInstanceOf(LoadRefused.class)
			.hasMessageContaining("notice_year,date,holiday_name,day_kind");
		assertThatThrownBy(() -> days("")).isInstanceOf(LoadRefused.class).hasMessageContaining("没有数据行");
		assertThatThrownBy(() -> this.loader.loadDays(new StringReader(""), "cn")).isInstanceOf(LoadRefused.class);
		assertThatThrownBy(() -> days("2027,\"2027-01-01,元旦,off\n")).isInstanceOf(LoadRefused.class)
			.hasMessageContaining("CSV");
	}

	@Test
	void aByteOrderMarkFromASpreadsheetDoesNotMatter() {
		assertThat(this.loader.loadDays(new StringReader("\uFEFF" + DAYS + "2027,2027-01-01,元旦,off\r\n"), "cn"))
			.isTrue();
	}

	private boolean days(String rows) {
		return this.loader.loadDays(new StringReader(DAYS + rows), "cn");
	}

	private boolean hours(String rows) {
		return this.loader.loadHours(new StringReader(HOURS + rows), FROM);
	}

}
