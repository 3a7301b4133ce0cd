package gridcase.analysis;

import java.io.StringReader;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

import gridcase.analysis.Finding.Kind;
import gridcase.policy.Dmn;
import gridcase.policy.RuleTrace;
import gridcase.policy.TableFile;
import org.junit.jupiter.api.Test;
import org.kie.dmn.api.core.DMNModel;
import org.kie.dmn.core.compiler.RuntimeTypeCheckOption;
import org.kie.dmn.core.internal.utils.DMNRuntimeBuilder;
import org.kie.dmn.validation.DMNValidator.Validation;
import org.kie.dmn.validation.dtanalysis.DMNDTAnalyser;
import org.kie.dmn.validation.dtanalysis.model.DTAnalysis;
import org.kie.dmn.validation.dtanalysis.model.Hyperrectangle;
import org.kie.dmn.validation.dtanalysis.model.Interval;
import org.kie.internal.io.ResourceFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Another analyser, built on other ideas, sees the same gaps and overlaps in thousands of
 * random tables: numbers in every kind of range, and texts from a list.
 */
class KieOracleTests {

	private static final int TABLES = 1000;

	/** The other analyser leaves out the last value of a list, so that has one more. */
	private static final List<String> KINDS = List.of("A", "B", "C");

	private static final List<String> LISTED = List.of("A", "B", "C", "Z");

	private static final Domains DOMAINS = new Domains() {

		@Override
		public Domain of(String name) {
			return name.equals("kind") ? Domain.of(LISTED) : Domain.OPEN;
		}

	};

	private final DMNDTAnalyser kie = new DMNDTAnalyser(List.of());

	@Test
	void seesTheSame() {
		int gaps = 0;
		int overlaps = 0;
		for (int seed = 0; seed < TABLES; seed++) {
			Random random = new Random(seed);
			List<String[]> rows = new ArrayList<>();
			for (int row = 1 + random.nextInt(5); row > 0; row--) {
				rows.add(new String[] { kind(random), amount(random), amount(random) });
			}
			Dmn dmn = Dmn.table("t")
				.hit("hitPolicy=\"UNIQUE\"")
				.in("kind", "string")
				.in("amount", "number")
				.in("days", "number")
				.out("said", "number");
			for (int row = 0; row < rows.size(); row++) {
				dmn.rule("R" + row, rows.get(row)[0], rows.get(row)[1], rows.get(row)[2], "1");
			}
			List<Finding> findings = TableFindings.of(dmn.file().view(), DOMAINS);
			if (findings.stream().anyMatch((finding) -> finding.title().startsWith("还有"))) {
				continue;
			}
			DTAnalysis other = analysed(rows);
			String what = seed + " " + rows.stream().map(List::of).toList() + "\n" + findings + "\n" + other.getGaps()
					+ "\n" + other.getOverlaps();

			assertThat(other.isError()).as(what).isFalse();
			assertThat(pairs(findings)).as(what).isEqualTo(pairs(other));
			gaps += compareGaps(findings, other, what);
			overlaps += other.getOverlaps().size();
		}
		assertThat(gaps).isGreaterThan(10_000);
		assertThat(overlaps).isGreaterThan(1000);
	}

	private static Set<Set<Integer>> pairs(List<Finding> findings) {
		Set<Set<Integer>> pairs = new HashSet<>();
		findings.stream()
			.filter((finding) -> finding.kind() == Kind.OVERLAP)
			.forEach((finding) -> pairs.add(Set.of(number(finding.rules().get(0)), number(finding.rules().get(1)))));
		return pairs;
	}

	private static int number(String rule) {
		return Integer.parseInt(rule.substring("Rule_R".length())) + 1;
	}

	/** One region may be that of three rules and more. */
	private static Set<Set<Integer>> pairs(DTAnalysis analysis) {
		Set<Set<Integer>> pairs = new HashSet<>();
		analysis.getOverlaps().forEach((overlap) -> {
			for (Integer one : overlap.getRules()) {
				for (Integer another : overlap.getRules()) {
					if (!one.equals(another)) {
						pairs.add(Set.of(one, another));
					}
				}
			}
		});
		return pairs;
	}

	/** Points between and on all bounds, the latter even numbers. */
	private static int compareGaps(List<Finding> findings, DTAnalysis other, String what) {
		List<List<String>> regions = findings.stream()
			.filter((finding) -> finding.kind() == Kind.GAP)
			.map((finding) -> finding.region().stream().map(Finding.Part::cell).toList())
			.toList();
		TableFile found = regions.isEmpty() ? null : asTable(regions);
		int gaps = 0;
		for (String kind : KINDS) {
			for (int amount = -1; amount < 10; amount++) {
				for (int days = -1; days < 10; days++) {
					Map<String, Object> point = new HashMap<>();
					point.put("kind", kind);
					point.put("amount", BigDecimal.valueOf(amount * 5L, 1));
					point.put("days", BigDecimal.valueOf(days * 5L, 1));
					boolean ours = found != null && found.trace(point).stream().anyMatch(RuleTrace::matched);
					boolean theirs = other.getGaps().stream().anyMatch((gap) -> includes(gap, point));
					if (ours != theirs) {
						// it loses gaps that are a single point wide
						boolean onBound = amount % 2 == 0 || days % 2 == 0;
						assertThat(ours && onBound).as(point + " " + what).isTrue();
					}
					gaps += ours ? 1 : 0;
				}
			}
		}
		return gaps;
	}

	private static TableFile asTable(List<List<String>> regions) {
		Dmn dmn = Dmn.table("gaps")
			.hit("hitPolicy=\"COLLECT\"")
			.in("kind", "string")
			.in("amount", "number")
			.in("days", "number")
			.out("said", "number");
		for (int region = 0; region < regions.size(); region++) {
			List<String> cells = regions.get(region);
			dmn.rule("G" + region, cells.get(0), cells.get(1), cells.get(2), "1");
		}
		return dmn.file();
	}

	/** Edges it leaves out at the end are open. */
	private static boolean includes(Hyperrectangle gap, Map<String, Object> point) {
		List<Object> values = List.of(point.get("kind"), point.get("amount"), point.get("days"));
		for (int edge = 0; edge < gap.getEdges().size(); edge++) {
			Interval interval = gap.getEdges().get(edge);
			if (!interval.asRangeIncludes(values.get(edge))) {
				return false;
			}
		}
		return true;
	}

	private DTAnalysis analysed(List<String[]> rows) {
		StringBuilder rules = new StringBuilder();
		for (int row = 0; row < rows.size(); row++) {
			rules.append("<rule id=\"r%d\">".formatted(row));
			for (int column = 0; column < 3; column++) {
				rules.append("<inputEntry id=\"i%d_%d\"><text>%s</text></inputEntry>".formatted(row, column,
						rows.get(row)[column].replace("<", "&lt;").replace(">", "&gt;")));
			}
			rules.append("<outputEntry id=\"o%d\"><text>1</text></outputEntry></rule>".formatted(row));
		}
		String xml = """
				<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="d" namespace="urn:oracle">
				<inputData id="kind" name="kind"><variable id="vkind" name="kind" typeRef="string"/></inputData>
				<inputData id="amount" name="amount"><variable id="vamount" name="amount" typeRef="number"/></inputData>
				<inputData id="days" name="days"><variable id="vdays" name="days" typeRef="number"/></inputData>
				<decision id="t" name="t"><variable id="vt" name="t" typeRef="number"/>
				<informationRequirement id="q1"><requiredInput href="#kind"/></informationRequirement>
				<informationRequirement id="q2"><requiredInput href="#amount"/></informationRequirement>
				<informationRequirement id="q3"><requiredInput href="#days"/></informationRequirement>
				<decisionTable id="table" hitPolicy="UNIQUE">
				<input id="in1"><inputExpression id="e1" typeRef="string"><text>kind</text></inputExpression><inputValues id="iv"><text>"A","B","C","Z"</text></inputValues></input>
				<input id="in2"><inputExpression id="e2" typeRef="number"><text>amount</text></inputExpression></input>
				<input id="in3"><inputExpression id="e3" typeRef="number"><text>days</text></inputExpression></input>
				<output id="out" typeRef="number"/>
				%s</decisionTable></decision></definitions>"""
			.formatted(rules);
		DMNModel model = DMNRuntimeBuilder.fromDefaults()
			.setOption(new RuntimeTypeCheckOption(true))
			.buildConfiguration()
			.fromResources(List.of(ResourceFactory.newReaderResource(new StringReader(xml))))
			.getOrElseThrow(IllegalStateException::new)
			.getModels()
			.get(0);
		return this.kie.analyse(model, EnumSet.of(Validation.ANALYZE_DECISION_TABLE)).get(0);
	}

	private static String kind(Random random) {
		return switch (random.nextInt(4)) {
			case 0 -> "-";
			case 1 -> "not(\"" + KINDS.get(random.nextInt(3)) + "\")";
			default -> {
				int one = random.nextInt(3);
				int other = random.nextInt(3);
				yield (one == other) ? "\"" + KINDS.get(one) + "\""
						: "\"" + KINDS.get(one) + "\",\"" + KINDS.get(other) + "\"";
			}
		};
	}

	private static String amount(Random random) {
		int one = random.nextInt(5);
		int other = (one + 1 + random.nextInt(4)) % 5;
		return switch (random.nextInt(7)) {
			case 0 -> "-";
			case 1 -> "< " + one;
			case 2 -> "<= " + one;
			case 3 -> "> " + one;
			case 4 -> ">= " + one;
			case 5 -> String.valueOf(one);
			default -> (random.nextBoolean() ? "[" : "(") + Math.min(one, other) + ".." + Math.max(one, other)
					+ (random.nextBoolean() ? "]" : ")");
		};
	}

}
