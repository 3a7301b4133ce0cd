package gridcase.analysis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

import gridcase.policy.TableFile;
import gridcase.policy.TableView;

/**
 * Composes for each rule of a table a question that makes it fire. Every question was
 * asked of the table before it is told.
 */
public final class RuleQuestions {

	/** Guesses where cells are not understood, or there was too much to be walked. */
	private static final int GUESSES = 300;

	private static final Set<String> SEVERAL = Set.of("COLLECT", "RULE ORDER", "OUTPUT ORDER");

	private final TableFile table;

	private final TableSpace space;

	private final List<BitSet[]> boxes;

	private final BitSet exact;

	private final Map<String, Map<String, Object>> found = new LinkedHashMap<>();

	private final Domains domains;

	/** What was asked of the domains already. */
	private final Map<String, Map<String, Set<String>>> together = new HashMap<>();

	private RuleQuestions(TableFile table, Domains domains) {
		this.table = table;
		this.domains = domains;
		this.space = new TableSpace(List.of(table.view()), domains);
		this.boxes = this.space.boxes(table.view());
		this.exact = TableSpace.exact(TableSpace.cells(table.view()));
	}

	/**
	 * Composes them.
	 * @param table the table
	 * @param domains what its names can be
	 * @param rules ids of the rules that want a question; one that fires with another of
	 * them needs none of its own
	 * @return value by name, by the id of the rule, in the order of the table; without
	 * those nothing was found for
	 */
	public static Map<String, Map<String, Object>> of(TableFile table, Domains domains, Collection<String> rules) {
		RuleQuestions questions = new RuleQuestions(table, domains);
		Set<Integer> wanted = new LinkedHashSet<>();
		List<TableView.Row> rows = table.view().rows();
		for (int row = 0; row < rows.size(); row++) {
			if (rules.contains(rows.get(row).id())) {
				wanted.add(row);
			}
		}
		// what is bound to be asked rather than what can be asked at all
		questions.walk(questions.space.asked(), wanted);
		questions.walk(questions.space.whole(), wanted);
		questions.guess(wanted);
		Map<String, Map<String, Object>> inOrder = new LinkedHashMap<>();
		rows.stream()
			.map(TableView.Row::id)
			.filter(questions.found::containsKey)
			.forEach((rule) -> inOrder.put(rule, questions.found.get(rule)));
		return inOrder;
	}

	private void walk(BitSet[] within, Set<Integer> wanted) {
		if (wanted.isEmpty()) {
			return;
		}
		if (SEVERAL.contains(this.table.view().hitPolicy())) {
			for (Integer row : List.copyOf(wanted)) {
				if (wanted.contains(row)) {
					walk(within, List.of(row), wanted);
				}
			}
		}
		else {
			walk(within, Precedence.of(this.table.view()).rows(), wanted);
		}
	}

	private void walk(BitSet[] within, List<Integer> order, Set<Integer> wanted) {
		List<BitSet[]> all = new ArrayList<>(this.space.impossible());
		int first = all.size();
		BitSet sure = new BitSet();
		sure.set(0, first);
		for (int place = 0; place < order.size(); place++) {
			all.add(this.boxes.get(order.get(place)));
			sure.set(first + place, this.exact.get(order.get(place)));
		}
		Map<Integer, BitSet[]> witnesses;
		try {
			witnesses = new Cover(within, all, sure).witnesses();
		}
		catch (Cover.TooLarge ex) {
			// then they are guessed
			return;
		}
		for (int place = 0; place < order.size(); place++) {
			BitSet[] region = witnesses.get(first + place);
			if (region != null && wanted.contains(order.get(place))) {
				ask(order.get(place), region, wanted);
			}
		}
	}

	/** Always the same guesses: who looks again sees the same. */
	private void guess(Set<Integer> wanted) {
		Random random = new Random(this.boxes.size());
		for (Integer row : List.copyOf(wanted)) {
			BitSet[] box = this.boxes.get(row);
			if (Arrays.stream(box).anyMatch(BitSet::isEmpty)) {
				continue;
			}
			for (int guess = 0; guess < GUESSES && wanted.contains(row); guess++) {
				BitSet[] point = Arrays.stream(box).map((pieces) -> any(pieces, random)).toArray(BitSet[]::new);
				if (!this.space.isImpossible(point)) {
					ask(row, point, wanted);
				}
			}
		}
	}

	/**
	 * The same question with real texts where one was made up that no cell names, if the
	 * rule fires for them as well: a condition of a category that has it.
	 */
	private Map<String, Object> plausible(String rule, Map<String, Object> question, BitSet[] region) {
		List<Axis> axes = this.space.axes();
		for (int axis = 0; axis < axes.size(); axis++) {
			String name = axes.get(axis).name();
			if (!axes.get(axis).madeUp(region[axis])) {
				continue;
			}
			for (Axis other : axes) {
				for (Map.Entry<String, Set<String>> pair : together(other.name(), name).entrySet()) {
					Map<String, Object> better = new LinkedHashMap<>(question);
					better.put(other.name(), pair.getKey());
					better.put(name, pair.getValue().stream().findFirst().orElse(null));
					if (better.get(name) != null && goesTogether(better)
							&& this.table.ask(better).rules().contains(rule)) {
						return better;
					}
				}
			}
		}
		return question;
	}

	private boolean goesTogether(Map<String, Object> question) {
		return question.keySet()
			.stream()
			.allMatch((one) -> question.keySet()
				.stream()
				.filter((other) -> !other.equals(one) && question.get(other) != null)
				.allMatch((other) -> Optional.ofNullable(together(one, other).get(question.get(one)))
					.map((company) -> company.contains(question.get(other)))
					.orElse(true)));
	}

	private Map<String, Set<String>> together(String one, String other) {
		return this.together.computeIfAbsent(one + "\n" + other, (any) -> this.domains.together(one, other));
	}

	private static BitSet any(BitSet pieces, Random random) {
		BitSet one = new BitSet();
		one.set(pieces.stream().skip(random.nextInt(pieces.cardinality())).findFirst().getAsInt());
		return one;
	}

	private void ask(int row, BitSet[] region, Set<Integer> wanted) {
		Map<String, Object> question = new LinkedHashMap<>();
		List<Axis> axes = this.space.axes();
		for (int axis = 0; axis < axes.size(); axis++) {
			question.put(axes.get(axis).name(), axes.get(axis).sample(region[axis]));
		}
		TableFile.Said said = this.table.ask(question);
		String rule = this.table.view().rows().get(row).id();
		if (!said.failed() && said.rules().contains(rule)) {
			this.found.put(rule, plausible(rule, question, region));
			wanted.removeIf((other) -> said.rules().contains(this.table.view().rows().get(other).id()));
		}
	}

}
