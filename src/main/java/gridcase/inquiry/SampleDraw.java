package gridcase.inquiry;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How samples are drawn, so that anybody can draw them again: each case of the list gets
 * the SHA-256 of {@code seed:caseNo} (UTF-8) as its lot; the smallest lots, compared as
 * hexadecimal text, are drawn. Of strata each gets its share of the size, rounded down;
 * what is left goes one by one to the largest remainders, of equal ones to the stratum
 * that comes first by name. If there are no more strata than cases to be drawn, a stratum
 * that got none takes one from whichever has most, of equal ones the first by name.
 */
final class SampleDraw {

	private SampleDraw() {
	}

	/**
	 * A case that could be drawn.
	 *
	 * @param caseNo its number
	 * @param stratum what it belongs to; the same for all if there are no strata
	 */
	record Entry(String caseNo, String stratum) {

	}

	/**
	 * Draws.
	 * @param population every case once
	 * @param seed what is mixed into the lots
	 * @param size how many; more than there are draws all
	 * @return what was drawn, stratum by stratum, within each the smallest lot first
	 */
	static List<Entry> draw(Collection<Entry> population, String seed, int size) {
		Map<String, List<Entry>> strata = new TreeMap<>();
		population.forEach((entry) -> strata.computeIfAbsent(entry.stratum(), (name) -> new ArrayList<>()).add(entry));
		Map<String, Integer> shares = shares(strata, Math.min(size, population.size()), population.size());
		List<Entry> drawn = new ArrayList<>();
		strata.forEach((name, entries) -> entries.stream()
			.map((entry) -> Map.entry(lot(seed, entry.caseNo()), entry))
			.sorted(Map.Entry.comparingByKey())
			.limit(shares.get(name))
			.forEach((lot) -> drawn.add(lot.getValue())));
		return drawn;
	}

	private static Map<String, Integer> shares(Map<String, List<Entry>> strata, int size, int all) {
		Map<String, Integer> shares = new TreeMap<>();
		strata.forEach((name, entries) -> shares.put(name, (int) ((long) size * entries.size() / Math.max(1, all))));
		List<String> byRemainder = strata.keySet()
			.stream()
			.sorted(Comparator.comparingLong((String name) -> (long) size * strata.get(name).size() % Math.max(1, all))
				.reversed()
				.thenComparing(Comparator.naturalOrder()))
			.toList();
		int left = size - shares.values().stream().mapToInt(Integer::intValue).sum();
		byRemainder.subList(0, left).forEach((name) -> shares.merge(name, 1, Integer::sum));
		if (strata.size() <= size) {
			shares.keySet().stream().filter((name) -> shares.get(name) == 0).toList().forEach((name) -> {
				String most = shares.entrySet()
					.stream()
					.max(Map.Entry.<String, Integer>comparingByValue()
						.thenComparing(Map.Entry.<String, Integer>comparingByKey().reversed()))
					.orElseThrow()
					.getKey();
				shares.merge(most, -1, Integer::sum);
				shares.put(name, 1);
			});
		}
		return shares;
	}

	/** The lot of a case, as lower-case hexadecimal text. */
	static String lot(String seed, String caseNo) {
		return HexFormat.of().formatHex(sha256((seed + ":" + caseNo).getBytes(StandardCharsets.UTF_8)));
	}

	static byte[] sha256(byte[] content) {
		try {
			return MessageDigest.getInstance("SHA-256").digest(content);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every Java platform has SHA-256", ex);
		}
	}

}
