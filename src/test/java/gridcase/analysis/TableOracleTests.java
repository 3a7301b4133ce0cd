package gridcase.analysis;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;

import gridcase.analysis.Finding.Kind;
import gridcase.policy.Dmn;
import gridcase.policy.RuleTrace;
import gridcase.policy.TableFile;
import gridcase.policy.TableView;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Random tables are asked about every point of a grid that no cell's bounds slip through.
 * What the engine answers is what the analysis must have said.
 */
class TableOracleTests {

	private static final List<String> KINDS = List.of("A", "B", "C");

	private static final Domains DOMAINS = new Domains() {

		@Override
		public Domain of(String name) {
			return name.equals("kind") ? Domain.of(KINDS) : Domain.OPEN;
		}

	};

	private static final Set<String> ONE_WINS = Set.of("FIRST", "PRIORITY");

	/** Rules that fit together are wrong, and then nothing fires. */
	private static final Set<String> OVERLAPPING = Set.of("UNIQUE", "ANY");

	/** Bounds of cells are 0 to 4; halves lie between them. */
	private static final int[] DOUBLED = { -1, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9 };

	@ParameterizedTest
	@ValueSource(strings = { "UNIQUE", "FIRST", "ANY", "PRIORITY", "COLLECT", "RULE ORDER" })
	void saysWhatAskingEveryPointShows(String hitPolicy) {
		int gaps = 0;
		int dead = 0;
		int overlaps = 0;
		int questions = 0;
		for (int seed = 0; seed < 250; seed++) {
			Random random = new Random(seed);
			Dmn dmn = Dmn.table("t")
				.hit("hitPolicy=\"%s\"".formatted(hitPolicy))
				.in("kind", "string")
				.in("amount", "number")
				.in("yes", "boolean")
				.out("days", "number", hitPolicy.equals("PRIORITY") ? "1,0" : null);
			int rows = 1 + random.nextInt(5);
			for (int row = 0; row < rows; row++) {
				dmn.rule("R" + row, kind(random), amount(random), yes(random), String.valueOf(random.nextInt(2)));
			}
			TableFile table = dmn.file();
			List<Finding> findings = TableFindings.of(table.view(), DOMAINS);
			Seen seen = Seen.of(table, hitPolicy, regions(findings), asksNull(table.view()));
			String what = hitPolicy + " " + seed + "\n" + dmn.xml() + "\n" + findings;

			assertThat(findings).as(what).noneMatch((finding) -> finding.title().startsWith("还有"));
			assertThat(seen.wrongGaps).as(what).isEmpty();
			if (ONE_WINS.contains(hitPolicy)) {
				assertThat(named(findings, Kind.DEAD, Kind.SUBSUMED)).as(what).isEqualTo(seen.dead);
			}
			else if (OVERLAPPING.contains(hitPolicy)) {
				assertThat(pairs(findings)).as(what).isEqualTo(seen.overlaps);
			}
			// a question for every row that fires for anything, and none for the others
			Set<String> fired = new HashSet<>();
			RuleQuestions.of(table, DOMAINS, ids(table))
				.forEach((rule, question) -> assertThat(table.ask(question).rules()).as(what + question)
					.contains(rule)
					.satisfies(fired::addAll));
			assertThat(fired).as(what).isEqualTo(seen.firing);
			Set<String> never = TableFindings.look(table.view(), DOMAINS, null, null).dead();
			if (OVERLAPPING.contains(hitPolicy)) {
				assertThat(never).as(what).noneMatch(fired::contains);
			}
			else {
				assertThat(never).as(what).isEqualTo(without(ids(table), fired));
			}
			questions += fired.size();
			gaps += seen.gaps;
			dead += seen.dead.size();
			overlaps += seen.overlaps.size();
		}
		assertThat(gaps).isGreaterThan(100);
		assertThat(questions).isGreaterThan(100);
		assertThat(ONE_WINS.contains(hitPolicy) ? dead : overlaps).isGreaterThan(50);
	}

	private static Set<String> ids(TableFile table) {
		return table.view().rows().stream().map(TableView.Row::id).collect(Collectors.toSet());
	}

	private static Set<String> without(Set<String> all, Set<String> some) {
		Set<String> left = new HashSet<>(all);
		left.removeAll(some);
		return left;
	}

	private static boolean[] asksNull(TableView view) {
		boolean[] asks = new boolean[3];
		view.rows().forEach((row) -> {
			for (int column = 0; column < 3; column++) {
				asks[column] |= row.inputs().get(column).contains("null");
			}
		});
		return asks;
	}

	private static String kind(Random random) {
		return switch (random.nextInt(6)) {
			case 0 -> "-";
			case 1 -> "not(\"" + KINDS.get(random.nextInt(3)) + "\")";
			case 2 -> "null";
			case 3 -> "\"" + KINDS.get(random.nextInt(3)) + "\", null";
			default -> "\"" + KINDS.get(random.nextInt(3)) + "\",\"" + KINDS.get(random.nextInt(3)) + "\"";
		};
	}

	private static String amount(Random random) {
		int one = random.nextInt(5);
		int other = random.nextInt(5);
		String open = (random.nextBoolean() ? "[" : "(") + Math.min(one, other) + ".." + Math.max(one, other)
				+ (random.nextBoolean() ? "]" : ")");
		return switch (random.nextInt(8)) {
			case 0, 1 -> "-";
			case 2 -> "< " + one;
			case 3 -> ">= " + one;
			case 4 -> open;
			case 5 -> "not(" + one + ")";
			case 6 -> "<= " + Math.min(one, other) + ", > " + Math.max(one, other);
			default -> "not(> " + one + ")";
		};
	}

	private static String yes(Random random) {
		return switch (random.nextInt(4)) {
			case 0 -> "true";
			case 1 -> "false";
			default -> "-";
		};
	}

	private static List<List<String>> regions(List<Finding> findings) {
		return findings.stream()
			.filter((finding) -> finding.kind() == Kind.GAP)
			.map((finding) -> finding.region().stream().map(Finding.Part::cell).toList())
			.toList();
	}

	private static Set<String> named(List<Finding> findings, Kind... kinds) {
		Set<String> rules = new HashSet<>();
		findings.stream()
			.filter((finding) -> Set.of(kinds).contains(finding.kind()))
			.forEach((finding) -> rules.add(finding.rules().get(0)));
		return rules;
	}

	private static Set<Set<String>> pairs(List<Finding> findings) {
		Set<Set<String>> pairs = new HashSet<>();
		findings.stream()
			.filter((finding) -> finding.kind() == Kind.OVERLAP)
			.forEach((finding) -> pairs.add(Set.copyOf(finding.rules())));
		return pairs;
	}

	/** What asking every point shows. */
	private static final class Seen {

		private final Set<String> dead = new LinkedHashSet<>();

		/** Rules that some point makes fire. */
		private final Set<String> firing = new HashSet<>();

		private final Set<Set<String>> overlaps = new HashSet<>();

		private final List<String> wrongGaps = new ArrayList<>();

		private int gaps;

		static Seen of(TableFile table, String hitPolicy, List<List<String>> regions, boolean[] asksNull) {
			Seen seen = new Seen();
			Map<String, String> outputs = new HashMap<>();
			table.view().rows().forEach((row) -> {
				seen.dead.add(row.id());
				outputs.put(row.id(), row.outputs().get(0));
			});
			TableFile found = regions.isEmpty() ? null : asTable(regions);
			for (String kind : new String[] { "A", "B", "C", null }) {
				for (int amount = -1; amount < DOUBLED.length; amount++) {
					for (Boolean yes : new Boolean[] { true, false, null }) {
						Map<String, Object> point = new HashMap<>();
						point.put("kind", kind);
						point.put("amount", (amount < 0) ? null : BigDecimal.valueOf(DOUBLED[amount] * 5L, 1));
						point.put("yes", yes);
						seen.ask(table, hitPolicy, outputs, found, point, asksNull);
					}
				}
			}
			return seen;
		}

		private void ask(TableFile table, String hitPolicy, Map<String, String> outputs, TableFile found,
				Map<String, Object> point, boolean[] asksNull) {
			List<String> fitting = table.trace(point).stream().filter(RuleTrace::matched).map(RuleTrace::rule).toList();
			if (!fitting.isEmpty()) {
				this.dead.remove(hitPolicy.equals("PRIORITY") ? best(fitting, outputs) : fitting.get(0));
			}
			TableFile.Said said = table.ask(point);
			this.firing.addAll(said.rules());
			for (String one : fitting) {
				for (String other : fitting) {
					if (!one.equals(other)
							&& (!hitPolicy.equals("ANY") || !outputs.get(one).equals(outputs.get(other)))) {
						this.overlaps.add(Set.of(one, other));
					}
				}
			}
			boolean asked = (point.get("kind") != null || asksNull[0]) && (point.get("amount") != null || asksNull[1])
					&& (point.get("yes") != null || asksNull[2]);
			if (asked) {
				boolean gap = fitting.isEmpty();
				boolean told = found != null && found.trace(point).stream().anyMatch(RuleTrace::matched);
				this.gaps += gap ? 1 : 0;
				if (gap != told) {
					this.wrongGaps.add(point + (gap ? " is a gap" : " is none"));
				}
			}
		}

		/** Ones go before noughts, then the order of the rows counts. */
		private static String best(List<String> fitting, Map<String, String> outputs) {
			return fitting.stream().filter((rule) -> outputs.get(rule).equals("1")).findFirst().orElse(fitting.get(0));
		}

		private static TableFile asTable(List<List<String>> regions) {
			Dmn dmn = Dmn.table("gaps")
				.hit("hitPolicy=\"COLLECT\"")
				.in("kind", "string")
				.in("amount", "number")
				.in("yes", "boolean")
				.out("days", "number");
			for (int region = 0; region < regions.size(); region++) {
				dmn.rule("G" + region, regions.get(region).get(0), regions.get(region).get(1),
						regions.get(region).get(2), "1");
			}
			return dmn.file();
		}

	}

}
