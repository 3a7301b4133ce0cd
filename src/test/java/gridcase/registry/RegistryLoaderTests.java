package gridcase.registry;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;

import gridcase.shared.LoadRefused;
import gridcase.shared.Refusal;
import gridcase.shared.RowProblem;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.context.i18n.LocaleContextHolder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** A file is loaded as a whole or refused with every bad row named; nothing is lost. */
class RegistryLoaderTests {

	private RegistryFixture registry;

	@BeforeEach
	void aSmallPlace() {
		LocaleContextHolder.setLocale(Locale.SIMPLIFIED_CHINESE);
		this.registry = RegistryFixture.withSmallPlace();
	}

	@AfterEach
	void forgetTheLanguage() {
		LocaleContextHolder.resetLocaleContext();
	}

	@ParameterizedTest(name = "{0}: {1} is refused at line {2}, {3}")
	@CsvSource(delimiter = '|', useHeadersInDisplayName = true,
			textBlock = """
					kind       | file                                                                                    | line | column       | reason
					tiers      | 'tier,level,name~TOWN,3,'                                                               | 2    | name         | 必须填写
					tiers      | 'tier,level,name~TOWN,drei,镇'                                                           | 2    | level        | 应为不超过 9 位的非负整数
					tiers      | 'tier,level,name~TOWN,2,镇'                                                              | 2    | level        | 与层级 STREET 的级数相同
					tiers      | 'tier,level,name~TOWN,4,镇'                                                              | 2    | level        | 缺少第 3 级
					tiers      | 'tier,level,name,loop~TOWN,3,镇,HUGE'                                                    | 2    | loop         | '应为以下之一：MICRO, SMALL, LARGE'
					tiers      | 'tier,level,colour,name~TOWN,3,red,镇'                                                   | 1    | colour       | '不认识的列；可用的列：tier,level,name,loop'
					tiers      | 'tier,level~TOWN,3'                                                                     | 1    | name         | 缺少此列
					tiers      | 'tier,level,name,name~TOWN,3,镇,镇'                                                       | 1    | ''           | 同一列出现了两次
					tiers      | 'tier,level,name~TOWN,3,镇,x'                                                            | 2    | ''           | '应有 3 格，实有 4 格'
					tiers      | ''                                                                                      | 1    | ''           | 文件是空的，第一行应为列名
					grids      | 'code,parent,name,kind,tier,type~10003,999,三,网格,,RURAL'                                 | 2    | parent       | grids 中没有此编码
					grids      | 'code,parent,name,kind,tier,type~10003,100,三,网格,TOWN,RURAL'                             | 2    | tier         | tiers 中没有此编码
					grids      | 'code,parent,name,kind,tier,type~10003,10001,三,网格,GRID,RURAL'                           | 2    | tier         | 上级网格 10001 的层级 GRID 应高于本网格的层级
					grids      | 'code,parent,name,kind,tier,type~1,2,a,网格,,RURAL~2,1,b,网格,,RURAL'                        | 2    | parent       | 上级网格绕成了圈
					grids      | 'code,parent,name,kind,tier,type,households~10003,100,三,网格,GRID,RURAL,301'              | 2    | households   | 应在 100 至 300 户之间（RURAL）
					grids      | 'code,parent,name,kind,tier,type~10003,100,三,网格,GRID,ROUND'                             | 2    | type         | '应为以下之一：STREET_LANE, BUILDING_COURT, UNIT_SITE, RURAL, OTHER'
					grids      | 'code,parent,name,kind,tier,type~10003,100,三,网格,GRID,RURAL~10003,100,四,网格,GRID,RURAL' | 3    | code         | 与第 2 行重复
					units      | 'code,name,functions,tier,grid,active~HL-X,某,Land Grab,STREET,100,true'                 | 2    | functions    | '应为小写的职能名，用空格隔开，最后可为 *'
					units      | 'code,name,functions,tier,grid,active~HL-X,某,land,STREET,100,yes'                       | 2    | active       | 应为 true 或 false
					units      | 'code,name,functions,tier,grid,active~HL-X,某,land,STREET,77,true'                       | 2    | grid         | grids 中没有此编码
					work-groups| 'code,name,unit,members~G,组,HL-CG,HL-ZH HL-NO'                                         | 2    | members      | units 中没有此编码
					staff      | 'login,name,unit,active,demo~hl.new,丁,HL-NO,true,true'                                  | 2    | unit         | units 中没有此编码
					duties     | 'staff,role,grid,unit~hl.nobody,handler,,HL-CG'                                         | 2    | staff        | staff 中没有此编码
					duties     | 'staff,role,grid,unit~hl.one,handler,100,HL-CG'                                         | 2    | grid         | 网格和单位应填且只填一个
					duties     | 'staff,role,grid,unit~hl.one,handler,,'                                                 | 2    | grid         | 网格和单位应填且只填一个
					duties     | 'staff,role,grid,since,until~hl.one,verifier,100,2026-05-01,2026-05-01'                 | 2    | until        | 应晚于 2026-05-01
					duties     | 'staff,role,grid,since~hl.one,verifier,100,2026-02-30'                                  | 2    | since        | '应为日期，如 2026-03-18'
					shifts     | 'role,unit,staff,starts,ends~handler,HL-CG,hl.one,2026-03-18,2026-03-18'                  | 2    | ends         | 应晚于 2026-03-18 00:00:00
					shifts     | 'role,unit,staff,starts,ends~handler,HL-CG,hl.one,2026-03-18 8:00,2026-03-19'             | 2    | starts       | '应为日期或日期和时间，如 2026-03-18 或 2026-03-18 08:30'
					shifts     | 'role,unit,staff,starts,ends~handler,HL-CG,hl.one,2026-02-30 08:00,2026-03-19'            | 2    | starts       | '应为日期或日期和时间，如 2026-03-18 或 2026-03-18 08:30'
					shifts     | 'role,unit,staff,starts,ends~handler,HL-CG,hl.one,2026-03-18 25:00,2026-03-19'            | 2    | starts       | '应为日期或日期和时间，如 2026-03-18 或 2026-03-18 08:30'
					shifts     | 'role,grid,unit,staff,starts,ends~handler,100,HL-CG,hl.one,2026-03-18,2026-03-19'         | 2    | grid         | 网格和单位应填且只填一个
					shifts     | 'role,unit,staff,starts,ends~handler,HL-CG,hl.two,2026-03-18,2026-03-19'                  | 2    | staff        | '此人没有 HL-CG 的职责 handler，不能排班'
					shifts     | 'role,unit,staff,starts,ends~handler,HL-NO,hl.one,2026-03-18,2026-03-19'                  | 2    | unit         | units 中没有此编码
					shifts     | 'role,unit,staff,starts,ends~boss,HL-CG,hl.one,2026-03-18,2026-03-19'                     | 2    | role         | '应为以下之一：grid-worker, grid-head, handler, unit-head, dispatcher, verifier, duty-leader, centre-dispatcher, hotline-clerk, policy-officer, policy-approver, auditor, administrator'
					shifts     | 'role,unit,staff,starts,ends~handler,HL-CG,hl.one,2026-03-18,2026-03-19~handler,HL-CG,hl.one,2026-03-18 00:00,2026-03-20' | 3 | role | 与第 2 行重复
					absences   | 'staff,since,until,substitute~hl.one,2026-03-18,2026-03-20,hl.one'                        | 2    | substitute   | 代理人不能是本人
					absences   | 'staff,since,until,substitute~hl.one,2026-03-18,2026-03-20,hl.off'                        | 2    | substitute   | 代理人已停用，请换一位在职的人
					absences   | 'staff,since,until,substitute~hl.one,2026-03-18,2026-03-20,hl.nobody'                     | 2    | substitute   | staff 中没有此编码
					absences   | 'staff,since,until,substitute~hl.one,2026-03-20,2026-03-18,hl.two'                        | 2    | until        | 应晚于 2026-03-20 00:00:00
					absences   | 'staff,since,until,substitute~hl.one,2026-03-18,2026-03-20,'                              | 2    | substitute   | 必须填写
					absences   | 'staff,since,until,substitute~hl.one,2026-03-18,2026-03-20,hl.two~hl.two,2026-03-19,2026-03-21,hl.one' | 3 | substitute | 代理绕成了圈，请换一位在岗的代理人
					absences   | 'staff,since,until,substitute~hl.one,2026-03-18,2026-03-20,hl.two~hl.one,2026-03-19,2026-03-21,hl.two' | 3 | since | '与本人 2026-03-18 00:00:00 至 2026-03-20 00:00:00 的请假重叠'
					conditions | 'category,condition_no,filing_condition,closing_condition~X9,1,破,修'                     | 2    | category     | categories 中没有此编码
					categories | 'code,class_code,class_name,name,kind~X1,X,类,名,thing'                                   | 2    | kind         | '应为以下之一：component, event'
					""")
	void namesWhatIsWrong(String kind, String file, int line, String column, String reason) {
		assertThat(refused(kind, file.replace('~', '\n'))).anySatisfy((problem) -> {
			assertThat(problem.line()).isEqualTo(line);
			assertThat(problem.column()).isEqualTo(column);
			assertThat(problem.reason()).isEqualTo(reason);
		});
	}

	@Test
	void namesEveryBadRow() {
		List<RowProblem> problems = refused("staff", """
				login,name,unit,active,demo
				hl.a,甲,,maybe,true

				hl.b,"乙
				乙",HL-NO,true,true
				hl.c,,,true,true
				""");

		assertThat(problems).containsExactly(new RowProblem(2, "active", "maybe", "应为 true 或 false"),
				new RowProblem(4, "unit", "HL-NO", "units 中没有此编码"), new RowProblem(6, "name", "", "必须填写"));
	}

	@Test
	void refusesWhatIsNotUtf8AndWhatIsNotCsv() {
		LoadRefused latin = catchThrowableOfType(LoadRefused.class,
				() -> this.registry.loader.load(RegistryKind.TIERS, "hill", LocalDate.of(2026, 1, 1), false,
						"tier,level,name\nTOWN,3,é".getBytes(StandardCharsets.ISO_8859_1)));
		assertThat(latin.problems()).extracting(RowProblem::reason).containsExactly("文件不是 UTF-8 编码");

		assertThat(refused("tiers", "tier,level,name\nTOWN,3,\"镇\nA,B,C")).hasSize(1)
			.first()
			.satisfies((problem) -> assertThat(problem.reason()).startsWith("文件无法读取"));
	}

	@Test
	void loadsNothingOfABadFile() {
		refused("grids", """
				code,parent,name,kind,tier,type
				10009,100,好网格,网格,GRID,OTHER
				10010,404,坏网格,网格,GRID,OTHER
				""");

		assertThat(this.registry.grids.find("10009", RegistryFixture.NOW)).isEmpty();
	}

	@Test
	void keepsCodesOfOtherPlacesApart() {
		this.registry.load("places", null, """
				code,name,case_prefix,calendar,demo
				lake,湖边街道,LK,standard,true
				""");
		this.registry.load("tiers", "lake", "tier,level,name\nSTREET,1,街道\n");

		LoadRefused taken = catchThrowableOfType(LoadRefused.class,
				() -> this.registry.load("grids", "lake", "code,name,kind,tier,type\n100,湖边街道,街道,STREET,OTHER\n"));
		assertThat(taken.problems()).containsExactly(new RowProblem(2, "code", "100", "已被 hill 使用"));

		LoadRefused prefix = catchThrowableOfType(LoadRefused.class, () -> this.registry.load("places", null,
				"code,name,case_prefix,calendar,demo\nsea,海,LK,standard,true\n"));
		assertThat(prefix.problems()).extracting(RowProblem::reason).containsExactly("已被 lake 使用");
	}

	@Test
	void knowsOnlyCalendarsThereAre() {
		LoadRefused refused = catchThrowableOfType(LoadRefused.class,
				() -> this.registry.load("places", null, "code,name,case_prefix,calendar,demo\nsea,海,SE,lunar,true\n"));

		assertThat(refused.problems()).containsExactly(new RowProblem(2, "calendar", "lunar", "没有这个工作日历；可用：standard"));
	}

	@Test
	void needsAPlaceThatExists() {
		assertThatExceptionOfType(Refusal.class)
			.isThrownBy(() -> this.registry.load("tiers", "nowhere", "tier,level,name\nA,1,a\n"))
			.withMessage("没有这个辖区：nowhere");
		assertThatExceptionOfType(Refusal.class)
			.isThrownBy(() -> this.registry.load("tiers", null, "tier,level,name\n"))
			.withMessage("请用 place 指明辖区");
		assertThatExceptionOfType(Refusal.class)
			.isThrownBy(() -> this.registry.load("places", "hill", "code,name,case_prefix,calendar,demo\n"))
			.withMessage("这类登记不属于某个辖区，不要指明 place");
	}

	@Test
	void changesNothingWhenTheFileIsUnchanged() {
		Long before = this.registry.jdbc.queryForObject("select max(id) from registry_load", Long.class);

		LoadReport report = this.registry.load("tiers", "hill", LocalDate.of(2026, 6, 1), true, """
				loop,name,level,tier
				MICRO,网格,01,GRID
				SMALL, 街道 ,2,STREET
				""");

		assertThat(report).isEqualTo(new LoadReport("tiers", "hill", LocalDate.of(2026, 6, 1), 2, 0, 0, 0, 2));
		assertThat(this.registry.jdbc.queryForObject("select max(id) from registry_load", Long.class))
			.isEqualTo(before);
	}

	@Test
	void keepsWhatHeldBeforeAChange() {
		LoadReport report = this.registry.load("units", "hill", LocalDate.of(2026, 3, 1), true, """
				code,name,functions,tier,grid,active
				HL-ZH,综合办,general-support *,STREET,100,true
				HL-CG,城市管理办公室,city-management environment,STREET,100,true
				HL-XF,消防站,fire,STREET,100,true
				""");

		assertThat(report).isEqualTo(new LoadReport("units", "hill", LocalDate.of(2026, 3, 1), 3, 1, 1, 1, 1));
		assertThat(this.registry.units.get("HL-CG", RegistryFixture.on("2026-02-28")).name()).isEqualTo("城管办");
		assertThat(this.registry.units.get("HL-CG", RegistryFixture.on("2026-03-01")).name()).isEqualTo("城市管理办公室");
		assertThat(this.registry.units.find("HL-HB", RegistryFixture.on("2026-02-28"))).isPresent();
		assertThat(this.registry.units.find("HL-HB", RegistryFixture.on("2026-03-01"))).isEmpty();
		assertThat(this.registry.units.find("HL-XF", RegistryFixture.on("2026-02-28"))).isEmpty();
		assertThat(this.registry.jdbc.queryForObject("select loaded_by from registry_load order by id desc limit 1",
				String.class))
			.isEqualTo("system");
	}

	@Test
	void refusesToRewriteWhatHeldBefore() {
		LoadRefused refused = catchThrowableOfType(LoadRefused.class,
				() -> this.registry.load("units", "hill", LocalDate.of(2025, 12, 31), false, """
						code,name,functions,tier,grid,active
						HL-CG,城管局,city-management environment,STREET,100,true
						"""));

		assertThat(refused.problems())
			.containsExactly(new RowProblem(2, "", "2025-12-31", "现有内容自 2026-01-01 起生效，新内容不能更早"));
	}

	@Test
	void keepsATraceOfARowReplacedOnItsFirstDay() {
		this.registry.load("units", "hill", """
				code,name,functions,tier,grid,active
				HL-CG,城管局,city-management,STREET,100,true
				""");

		assertThat(this.registry.units.get("HL-CG", RegistryFixture.on("2026-01-01")).name()).isEqualTo("城管局");
		assertThat(
				this.registry.jdbc.queryForList("select name from unit where code = 'HL-CG' order by id", String.class))
			.containsExactly("城管办", "城管局");
	}

	@Test
	void doesNotCloseWhatOthersStillName() {
		LoadRefused refused = catchThrowableOfType(LoadRefused.class,
				() -> this.registry.load("grids", "hill", LocalDate.of(2026, 5, 1), true, """
						code,parent,name,kind,tier,type,households
						100,,山上街道,街道,STREET,OTHER,
						10002,100,第二网格,网格,GRID,STREET_LANE,900
						"""));

		assertThat(refused.problems()).containsExactly(new RowProblem(0, "code", "10001", "仍被 duties 引用，不能停用"));
		assertThat(this.registry.grids.find("10001", RegistryFixture.on("2026-05-01"))).isPresent();
	}

	@Test
	void keepsThePathWhenAGridMoves() {
		this.registry.load("grids", "hill", LocalDate.of(2026, 4, 1), false, """
				code,parent,name,kind,tier,type
				1000201,10001,楼栋,楼栋,,BUILDING_COURT
				""");

		assertThat(this.registry.grids.get("1000201", RegistryFixture.on("2026-04-01")).path())
			.isEqualTo("100/10001/1000201/");
	}

	private List<RowProblem> refused(String kind, String csv) {
		String place = kind.equals("categories") || kind.equals("conditions") ? null : "hill";
		LoadRefused refused = catchThrowableOfType(LoadRefused.class, () -> this.registry.load(kind, place, csv));
		assertThat(refused).as("refusal of %s", csv).isNotNull();
		return refused.problems();
	}

}
