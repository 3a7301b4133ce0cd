package gridcase.inquiry;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;

import gridcase.inquiry.SampleDraw.Entry;
import org.junit.jupiter.api.Test;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

/** Samples come out again from seed and list, whoever draws. */
class SampleDrawTests {

	@Test
	void theSmallestLotsAreDrawn() throws Exception {
		List<Entry> population = population(Map.of("", 300));
		TreeMap<String, String> lots = new TreeMap<>();
		for (Entry entry : population) {
			byte[] lot = MessageDigest.getInstance("SHA-256")
				.digest(("2026-spring:" + entry.caseNo()).getBytes(StandardCharsets.UTF_8));
			lots.put(HexFormat.of().formatHex(lot), entry.caseNo());
		}

		assertThat(SampleDraw.draw(population, "2026-spring", 25)).extracting(Entry::caseNo)
			.containsExactlyElementsOf(lots.values().stream().limit(25).toList());
	}

	@Test
	void theOrderOfTheListIsOfNoAccountAndTheSeedIs() {
		List<Entry> population = population(Map.of("A", 70, "B", 30));
		List<Entry> shuffled = new ArrayList<>(population);
		Collections.shuffle(shuffled, new Random(1));

		assertThat(SampleDraw.draw(shuffled, "one", 20)).isEqualTo(SampleDraw.draw(population, "one", 20));
		assertThat(SampleDraw.draw(population, "two", 20)).isNotEqualTo(SampleDraw.draw(population, "one", 20));
	}

	@Test
	void strataGetTheirShareAndNoneIsLeftOut() {
		assertThat(drawn(Map.of("A", 70, "B", 20, "C", 10), 10))
			.containsExactlyInAnyOrderEntriesOf(Map.of("A", 7L, "B", 2L, "C", 1L));
		assertThat(drawn(Map.of("A", 50, "B", 30, "C", 20), 7)).as("3.5, 2.1, 1.4: the largest remainder first")
			.containsExactlyInAnyOrderEntriesOf(Map.of("A", 4L, "B", 2L, "C", 1L));
		assertThat(drawn(Map.of("A", 50, "B", 50), 3)).as("of equal remainders the first by name")
			.containsExactlyInAnyOrderEntriesOf(Map.of("A", 2L, "B", 1L));
		assertThat(drawn(Map.of("A", 9970, "B", 20, "C", 10), 10)).as("a rare stratum is looked at too")
			.containsExactlyInAnyOrderEntriesOf(Map.of("A", 8L, "B", 1L, "C", 1L));
		assertThat(drawn(Map.of("A", 98, "B", 1, "C", 1), 2)).as("more strata than cases: by share alone")
			.containsExactlyInAnyOrderEntriesOf(Map.of("A", 2L));
	}

	@Test
	void moreThanThereAreDrawsAll() {
		assertThat(SampleDraw.draw(population(Map.of("A", 3, "B", 2)), "x", 50)).hasSize(5);
	}

	private static Map<String, Long> drawn(Map<String, Integer> strata, int size) {
		return SampleDraw.draw(population(strata), "seed", size)
			.stream()
			.collect(groupingBy(Entry::stratum, counting()));
	}

	private static List<Entry> population(Map<String, Integer> strata) {
		List<Entry> population = new ArrayList<>();
		strata.forEach((name, count) -> IntStream.range(0, count)
			.forEach((number) -> population.add(new Entry("X" + name + "-" + number, name))));
		return population;
	}

}
