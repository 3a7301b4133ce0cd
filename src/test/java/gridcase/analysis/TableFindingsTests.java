package gridcase.analysis;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;

import gridcase.analysis.Finding.Kind;
import gridcase.analysis.Finding.Severity;
import gridcase.policy.Dmn;
import gridcase.policy.TableFile;
import gridcase.policy.TableView;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What is wrong in a table is found, said, and can be mended. */
class TableFindingsTests {

	private static final Domains WORDS = new Domains() {

		@Override
		public Domain of(String name) {
			return switch (name) {
				case "severity" -> Domain.of(List.of("MINOR", "GENERAL", "SERIOUS"));
				case "count" -> Domain.numbers(true, BigDecimal.ZERO, null);
				case "category" -> Domain.registered(List.of("E0101", "E0102", "C0101"),
						Map.of("E0101", "E01", "E0102", "E01", "C0101", "C01"));
				default -> Domain.OPEN;
			};
		}

		@Override
		public String word(String name, Object value) {
			return value.equals("SERIOUS") ? "较重" : String.valueOf(value);
		}

		@Override
		public Map<String, Set<String>> together(String name, String other) {
			return (name.equals("category") && other.equals("condition"))
					? Map.of("E0101", Set.of("1", "2"), "E0102", Set.of("1")) : Map.of();
		}

	};

	private static Dmn unique() {
		return Dmn.table("limit").hit("hitPolicy=\"UNIQUE\"");
	}

	private static Dmn first() {
		return Dmn.table("limit").hit("hitPolicy=\"FIRST\"");
	}

	private static List<Finding> look(Dmn table) {
		return TableFindings.of(table.file().view(), WORDS);
	}

	private static List<Finding> of(Kind kind, List<Finding> findings) {
		return findings.stream().filter((finding) -> finding.kind() == kind).toList();
	}

	private static List<String> regions(List<Finding> gaps) {
		return gaps.stream()
			.map((gap) -> String.join(" ", gap.region().stream().map(Finding.Part::cell).toList()))
			.toList();
	}

	@Test
	void saysWhichCombinationHasNoRule() {
		List<Finding> gaps = of(Kind.GAP,
				look(unique().in("severity", "string")
					.in("amount", "number")
					.out("days", "number")
					.rule("A", "\"MINOR\",\"GENERAL\"", "-", "1")
					.rule("B", "\"SERIOUS\"", "[0..100]", "2")));

		assertThat(regions(gaps)).containsExactly("\"SERIOUS\" < 0,> 100");
		assertThat(gaps.get(0).text()).isEqualTo("列severity为 较重，列amount为 < 0、> 100：没有任何一行回答这种情况，案件到此会停下。请补一行，或放宽已有的行。");
		assertThat(gaps.get(0).severity()).isEqualTo(Severity.WARNING);
	}

	@Test
	void aListMayBeEmptyAndOthersMayNot() {
		for (String policy : List.of("COLLECT", "RULE ORDER")) {
			Dmn before = Dmn.table("tell").hit("hitPolicy=\"%s\"".formatted(policy));
			Dmn after = Dmn.table("tell").hit("hitPolicy=\"%s\"".formatted(policy));
			before.in("severity", "string").out("to", "string").rule("A", "\"SERIOUS\",\"MINOR\"", "\"OWNER\"");
			after.in("severity", "string").out("to", "string").rule("A", "\"SERIOUS\"", "\"OWNER\"");

			List<Finding> gaps = of(Kind.GAP, TableFindings.of(after.file().view(), WORDS, before.file().view(), null));

			boolean list = policy.equals("COLLECT");
			assertThat(gaps).extracting(Finding::severity)
				.containsExactly(list ? Severity.WARNING : Severity.ERROR, list ? Severity.NOTE : Severity.WARNING);
			assertThat(regions(gaps)).containsExactly("\"MINOR\"", "\"GENERAL\"");
			assertThat(gaps.get(1).text()).contains(list ? "结果为空" : "案件到此会停下");
		}
	}

	@Test
	void underPriorityWhatIsAnsweredSaysWhoGoesBefore() {
		List<Finding> findings = look(Dmn.table("points")
			.hit("hitPolicy=\"PRIORITY\"")
			.in("severity", "string")
			.out("points", "number", "9,5,1")
			.rule("A", "\"SERIOUS\"", "1")
			.rule("B", "-", "5")
			.rule("C", "\"MINOR\"", "9"));
		assertThat(of(Kind.SUBSUMED, findings)).singleElement().satisfies((finding) -> {
			assertThat(finding.rules()).containsExactly("Rule_A", "Rule_B");
			assertThat(finding.text()).contains("第 2 行的结果优先");
		});
		assertThat(of(Kind.DEAD, findings)).isEmpty();
	}

	@Test
	void aQuestionIsComposedForEveryRow() {
		TableFile table = first().in("severity", "string")
			.in("category", "string")
			.in("condition", "string")
			.in("count", "number")
			.in("day", "date")
			.out("days", "number")
			.rule("A", "\"SERIOUS\"", "-", "-", "> 2", "-", "1")
			.rule("B", "-", "\"E0101\"", "not(\"1\")", "-", "< date(\"2026-01-01\")", "2")
			.rule("C", "-", "\"E0101\"", "-", "count + 1", "-", "3")
			.rule("Dead", "\"SERIOUS\"", "-", "-", ">= 5", "-", "4")
			.rule("Never", "-", "\"E0102\"", "\"2\"", "-", "-", "5")
			.rule("E", "-", "-", "-", "-", "-", "6")
			.file();
		List<String> rules = table.view().rows().stream().map(TableView.Row::id).toList();

		Map<String, Map<String, Object>> questions = RuleQuestions.of(table, WORDS, rules);

		assertThat(questions.keySet()).containsExactly("Rule_A", "Rule_B", "Rule_C", "Rule_E");
		assertThat(questions.get("Rule_A")).containsEntry("severity", "SERIOUS")
			.containsEntry("count", new BigDecimal(3));
		assertThat(questions.get("Rule_B")).containsEntry("category", "E0101").containsEntry("condition", "2");
		questions.forEach((rule, question) -> assertThat(table.ask(question).rules()).containsExactly(rule));
		assertThat(TableFindings.look(table.view(), WORDS, null, null).dead()).containsExactlyInAnyOrder("Rule_Dead",
				"Rule_Never");
	}

	@Test
	void whatIsAskedIsRatherRealThanMadeUp() {
		TableFile table = unique().in("category", "string")
			.in("condition", "string")
			.out("days", "number")
			.rule("A", "-", "not(\"9\",null)", "1")
			.file();
		assertThat(RuleQuestions.of(table, WORDS, List.of("Rule_A")).get("Rule_A")).satisfies((question) -> {
			assertThat(question.get("category")).isIn("E0101", "E0102");
			assertThat(question.get("condition")).isIn("1", "2");
		});
	}

	@Test
	void questionsForFiveHundredRowsAreThereAtOnce() {
		Dmn many = first().in("severity", "string").in("amount", "number").in("kind", "string").out("days", "number");
		for (int row = 0; row < 500; row++) {
			many.rule("R" + row, (row % 3 == 0) ? "\"MINOR\"" : "-", "[%d..%d]".formatted(row, row + 20),
					"\"K%d\"".formatted(row % 7), "1");
		}
		TableFile table = many.file();
		List<String> rules = table.view().rows().stream().map(TableView.Row::id).toList();
		ThreadMXBean threads = ManagementFactory.getThreadMXBean();
		long from = threads.getCurrentThreadCpuTime();
		assertThat(RuleQuestions.of(table, WORDS, rules)).hasSize(500);
		assertThat(threads.getCurrentThreadCpuTime() - from).isLessThan(5_000_000_000L);
	}

	@Test
	void wholeNumbersFromZeroLeaveNoRoomBetween() {
		assertThat(look(unique().in("count", "number")
			.out("days", "number")
			.rule("A", "0", "1")
			.rule("B", "[1..2]", "2")
			.rule("C", ">= 3", "3"))).isEmpty();
		assertThat(regions(of(Kind.GAP, look(
				unique().in("amount", "number").out("days", "number").rule("A", "<= 2", "1").rule("C", ">= 3", "3")))))
			.containsExactly("(2..3)");
	}

	@Test
	void datesAndTruthValuesAreCovered() {
		assertThat(regions(of(Kind.GAP,
				look(unique().in("day", "date")
					.in("yes", "boolean")
					.out("days", "number")
					.rule("A", "< date(\"2026-01-01\")", "-", "1")
					.rule("B", ">= date(\"2026-01-01\")", "true", "2")))))
			.containsExactly(">= date(\"2026-01-01\") false");
	}

	@Test
	void whatAnsweredBeforeTheChangeIsAnErrorAndCanBeTakenBack() {
		Dmn before = unique().in("severity", "string").in("tier", "string").out("days", "number");
		Dmn after = unique().in("severity", "string").in("tier", "string").out("days", "number");
		before.rule("A", "\"SERIOUS\"", "-", "1").rule("B", "\"MINOR\"", "-", "2");
		after.rule("A", "\"SERIOUS\"", "\"GRID\",\"STREET\"", "1").rule("B", "\"MINOR\"", "-", "2");

		List<Finding> gaps = of(Kind.GAP, TableFindings.of(after.file().view(), WORDS, before.file().view(), null));

		assertThat(gaps).extracting(Finding::severity).containsExactly(Severity.ERROR, Severity.WARNING);
		assertThat(regions(gaps)).containsExactly("\"SERIOUS\" not(\"GRID\",\"STREET\")", "\"GENERAL\" -");
		Fix back = gaps.get(0).fixes().get(0);
		assertThat(back.label()).isEqualTo("把第 1 行的“列tier”改回原样");
		assertThat(new String(back.apply(after.bytes()))).isEqualTo(before.xml());
	}

	@Test
	void namesTheRulesThatFitTogetherAndWhere() {
		Dmn table = unique().in("kind", "string").in("severity", "string").out("days", "number");
		table.rule("A", "\"围挡\",\"飞线\"", "\"GENERAL\"", "2").rule("B", "\"飞线\"", "\"GENERAL\",\"SERIOUS\"", "1");

		Finding overlap = of(Kind.OVERLAP, look(table)).get(0);

		assertThat(overlap.rules()).containsExactly("Rule_A", "Rule_B");
		assertThat(overlap.title()).isEqualTo("重叠：第 1 行与第 2 行");
		assertThat(overlap.text()).isEqualTo("列kind为 飞线，列severity为 GENERAL：同时符合两行，结果不同（2；1）。每种情况只能有一行符合。");
		assertThat(overlap.severity()).isEqualTo(Severity.ERROR);
		assertThat(overlap.fixes()).extracting(Fix::label).contains("从第 1 行去掉飞线", "从第 2 行去掉GENERAL");
		String mended = new String(overlap.fixes().get(0).apply(table.bytes()));
		assertThat(mended).isEqualTo(table.xml().replace("\"围挡\",\"飞线\"", "\"围挡\""));
		assertThat(of(Kind.OVERLAP, TableFindings.of(Dmn.read("limit.dmn", mended.getBytes()).view(), WORDS)))
			.isEmpty();
	}

	@Test
	void rulesThatFitTogetherMayUnderAnyIfTheySayTheSame() {
		Dmn any = Dmn.table("limit").hit("hitPolicy=\"ANY\"").in("amount", "number").out("days", "number");
		any.rule("A", "< 5", "1.0").rule("B", "> 3", "1").rule("C", "> 4", "2");

		assertThat(of(Kind.OVERLAP, look(any))).extracting(Finding::rules)
			.containsExactly(List.of("Rule_A", "Rule_C"), List.of("Rule_B", "Rule_C"));
	}

	@Test
	void findsRulesThatEarlierOnesTake() {
		Dmn table = first().in("amount", "number").in("yes", "boolean").out("days", "number");
		table.rule("A", "<= 5", "-", "1")
			.rule("B", "> 5", "true", "2")
			.rule("C", "[1..3]", "false", "3")
			.rule("D", "< 10", "true", "4")
			.rule("E", "-", "-", "5");

		List<Finding> findings = look(table);

		assertThat(of(Kind.SUBSUMED, findings)).extracting(Finding::rules).containsExactly(List.of("Rule_C", "Rule_A"));
		assertThat(of(Kind.DEAD, findings)).extracting(Finding::rules)
			.containsExactly(List.of("Rule_D", "Rule_A", "Rule_B"));
		assertThat(of(Kind.DEAD, findings).get(0).text()).isEqualTo("在前的第 1 行、第 2 行合起来已包含此行的全部情况，此行不会再命中。");
		assertThat(of(Kind.GAP, findings)).isEmpty();
		byte[] mended = of(Kind.SUBSUMED, findings).get(0).fixes().get(0).apply(table.bytes());
		assertThat(Dmn.read("limit.dmn", mended).view().rows()).extracting(TableView.Row::id)
			.containsExactly("Rule_A", "Rule_B", "Rule_D", "Rule_E");
	}

	@Test
	void aLastRowForWhatIsUnknownIsNotDead() {
		assertThat(look(first().in("yes", "boolean")
			.out("days", "number")
			.rule("A", "true", "1")
			.rule("B", "false", "2")
			.rule("Otherwise", "-", "3"))).isEmpty();
	}

	@Test
	void aRowThatDiesByTheChangeIsAnError() {
		Dmn before = first().in("amount", "number").out("days", "number").rule("A", "< 5", "1").rule("B", "-", "2");
		Dmn after = first().in("amount", "number").out("days", "number").rule("A", "-", "1").rule("B", "-", "2");

		assertThat(TableFindings.of(after.file().view(), WORDS, before.file().view(), null))
			.extracting(Finding::kind, Finding::severity)
			.containsExactly(org.assertj.core.groups.Tuple.tuple(Kind.SUBSUMED, Severity.ERROR));
	}

	@Test
	void findsValuesThatDoNotExist() {
		List<Finding> findings = look(unique().in("severity", "string")
			.in("category", "string")
			.out("severity", "string")
			.rule("A", "\"MINOR\",\"MEDIUM\"", "\"E0101\",\"E0102\"", "\"HUGE\"")
			.rule("B", "\"GENERAL\",\"SERIOUS\"", "\"E0101\",\"E0102\"", "\"MINOR\"")
			.rule("C", "\"GENERAL\"", "\"E0999\"", "\"MINOR\""));

		assertThat(of(Kind.VALUE, findings)).extracting(Finding::text, Finding::severity)
			.containsExactly(org.assertj.core.groups.Tuple.tuple("MEDIUM 不是可用的取值。", Severity.ERROR),
					org.assertj.core.groups.Tuple.tuple("HUGE 不是可用的取值。", Severity.ERROR),
					org.assertj.core.groups.Tuple.tuple("E0999 不在现行目录中，此值不会再命中。", Severity.WARNING));
		assertThat(of(Kind.DEAD, findings)).extracting((finding) -> finding.rules().get(0)).containsExactly("Rule_C");
	}

	@Test
	void cellsThatCannotBeRightAreNamed() {
		TableView table = new TableView("t", "表", null, null, 1, 1, "FIRST", null,
				List.of(new TableView.Column("i1", "金额", "amount", "number", null),
						new TableView.Column("i2", "日期", "day", "date", null)),
				List.of(new TableView.Column("o1", "天数", "days", "number", null)),
				List.of(new TableView.Row("r1", List.of("\"5\"", "\"2026-01-01\""), List.of("\"x\""), ""),
						new TableView.Row("r2", List.of("[5..1]", "-"), List.of(""), ""),
						new TableView.Row("r3", List.of("-", "-"), List.of("1"), "")),
				false);

		assertThat(of(Kind.TYPE, TableFindings.of(table, WORDS))).extracting(Finding::title)
			.containsExactly("第 1 行：“金额”写法不对", "第 1 行：“日期”写法不对", "第 1 行：“天数”写法不对", "第 2 行：“金额”写法不对", "第 2 行：结果没有填");
	}

	@Test
	void saysWhatItDidNotLookAt() {
		List<Finding> findings = look(unique().in("amount", "number")
			.in("count", "number")
			.out("days", "number")
			.rule("A", "> count", "-", "1")
			.rule("B", "< 5", "-", "2"));

		assertThat(findings).extracting(Finding::kind).containsExactly(Kind.NOTE);
		assertThat(findings.get(0).text()).startsWith("第 1 行");
	}

	@Test
	void aTableThatLeavesTheRestToTheSharedOneIsReadWithIt() {
		Dmn own = unique().elseShared().in("severity", "string").out("days", "number").rule("A", "\"MINOR\"", "1");
		Dmn shared = unique().in("severity", "string").out("days", "number").rule("B", "\"GENERAL\"", "1");

		assertThat(look(own)).isEmpty();
		assertThat(regions(of(Kind.GAP, TableFindings.of(own.file().view(), WORDS, null, shared.file().view()))))
			.containsExactly("\"SERIOUS\"");
	}

	@Test
	void onlyWhatGoesTogetherIsAskedFor() {
		Dmn limits = unique().in("category", "string").in("condition", "string").out("days", "number");
		limits.rule("A", "\"E0101\"", "\"1\"", "1").rule("B", "\"E0102\"", "\"1\"", "1");

		// C0101 is of another class, and E0102 has no second condition
		assertThat(regions(of(Kind.GAP, look(limits.rule("C", "\"E0101\"", "\"3\"", "1"))))).isEmpty();
		Dmn missing = unique().in("category", "string").in("condition", "string").out("days", "number");
		missing.rule("A", "\"E0101\"", "\"2\"", "1").rule("B", "\"E0102\"", "\"1\"", "1");
		assertThat(regions(of(Kind.GAP, look(missing)))).containsExactly("\"E0101\" \"1\"");
	}

	@Test
	void rowsThatSayTheSameTwiceAreFoundWhereAllAnswer() {
		assertThat(look(Dmn.table("t")
			.hit("hitPolicy=\"COLLECT\"")
			.in("event", "string")
			.out("to", "string")
			.rule("A", "\"X\",\"Y\"", "\"OWNER\"")
			.rule("B", "\"Y\", \"X\"", "\"OWNER\"")
			.rule("C", "\"X\"", "\"OWNER\""))).extracting(Finding::kind, Finding::rules)
			.containsExactly(org.assertj.core.groups.Tuple.tuple(Kind.OVERLAP, List.of("Rule_A", "Rule_B")),
					org.assertj.core.groups.Tuple.tuple(Kind.NOTE, List.of()));
	}

	@Test
	void whatAColumnAllowsIsAllThereIs() {
		TableView table = new TableView("t", "表", null, null, 1, 1, "UNIQUE", null,
				List.of(new TableView.Column("i1", "来源", "source", "string", "\"A\",\"B\",\"C\""),
						new TableView.Column("i2", "分数", "score", "number", "[0..100]")),
				List.of(new TableView.Column("o1", "天数", "days", "number", null)),
				List.of(new TableView.Row("r1", List.of("\"A\",\"B\"", "<= 50"), List.of("1"), ""),
						new TableView.Row("r2", List.of("-", "> 50"), List.of("1"), ""),
						new TableView.Row("r3", List.of("\"D\"", "-"), List.of("1"), "")),
				false);
		List<Finding> findings = TableFindings.of(table, WORDS);

		assertThat(regions(of(Kind.GAP, findings))).containsExactly("\"C\" <= 50");
		assertThat(of(Kind.VALUE, findings)).extracting(Finding::title).containsExactly("第 3 行：“来源”的取值不存在");
	}

	@Test
	void aGapBecomesARowToBeFilledIn() {
		Dmn table = unique().in("severity", "string").out("days", "number");
		table.rule("A", "\"MINOR\",\"SERIOUS\"", "1");
		Fix add = of(Kind.GAP, look(table)).get(0).fixes().get(0);

		TableView mended = Dmn.read("limit.dmn", add.apply(table.bytes())).view();

		assertThat(mended.rows()).extracting(TableView.Row::inputs)
			.containsExactly(List.of("\"MINOR\",\"SERIOUS\""), List.of("\"GENERAL\""));
		assertThat(TableFindings.of(mended, WORDS)).extracting(Finding::title).containsExactly("第 2 行：结果没有填");
	}

	@Test
	void aLargeTableTakesNoSecond() {
		Dmn table = first();
		for (int column = 0; column < 7; column++) {
			table.in("in" + column, (column < 5) ? "string" : "number");
		}
		table.out("days", "number");
		java.util.Random random = new java.util.Random(7);
		for (int row = 0; row < 500; row++) {
			String[] cells = new String[8];
			for (int column = 0; column < 5; column++) {
				cells[column] = (random.nextInt(3) == 0) ? "-"
						: "\"v" + random.nextInt(20) + "\",\"v" + random.nextInt(20) + "\"";
			}
			cells[5] = (random.nextInt(3) == 0) ? "-" : ">= " + random.nextInt(100);
			cells[6] = (random.nextInt(3) == 0) ? "-"
					: "[" + random.nextInt(50) + ".." + (50 + random.nextInt(50)) + "]";
			cells[7] = "1";
			table.rule("R" + row, cells);
		}
		TableView view = table.rule("Otherwise", "-", "-", "-", "-", "-", "-", "-", "1").file().view();
		TableFindings.of(view, WORDS);
		ThreadMXBean threads = ManagementFactory.getThreadMXBean();
		long start = threads.getCurrentThreadCpuTime();

		List<Finding> findings = TableFindings.of(view, WORDS);

		assertThat((threads.getCurrentThreadCpuTime() - start) / 1_000_000).as("milliseconds").isLessThan(1000);
		assertThat(findings).extracting(Finding::kind).doesNotContain(Kind.GAP);
	}

}
