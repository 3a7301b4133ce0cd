package gridcase.casework;

import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * Finds cases by the words of their number, title and address. Words that few cases have
 * are found by the index of terms; words that many have by going through a list in its
 * order until a page is full.
 */
@Component
class WordSearch {

	/** From so many cases on words are not few. */
	private static final int MANY = 1000;

	/**
	 * Stands for itself, not for a part of a longer one: a house, a unit, the last of a
	 * case number. Zeros before it do not count.
	 */
	private static final Pattern NUMBER = Pattern.compile("[0-9]{1,2}");

	private static final Pattern ESTIMATE = Pattern.compile("rows=(\\d+)");

	private final NamedParameterJdbcTemplate jdbc;

	WordSearch(NamedParameterJdbcTemplate jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * The condition that every word is there, as a database looks at it that must not
	 * believe that hardly any row fulfils it: then it reads in the order asked for and
	 * stops when there are enough, instead of reading all and sorting.
	 * @param words the words, or none for no condition
	 * @param text expression of the text they are looked for in
	 * @param parameters gets the words
	 * @return with a leading " and", or an empty text
	 */
	static String all(List<String> words, String text, Map<String, Object> parameters) {
		if (words.isEmpty()) {
			return "";
		}
		StringBuilder sql = new StringBuilder();
		for (int number = 0; number < words.size(); number++) {
			String word = words.get(number);
			boolean itself = NUMBER.matcher(word).matches();
			sql.append((number > 0) ? " and " : " and case when ")
				.append(text)
				.append(itself ? " ~ :word" : " ilike :word")
				.append(number);
			parameters.put("word" + number, itself ? "(?<![0-9])0*" + Integer.parseInt(word) + "(?![0-9])"
					: "%" + word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%");
		}
		return sql.append(" then true end").toString();
	}

	/**
	 * The cases that have the terms of some words, if these are few; whether the words
	 * themselves are there remains to be asked.
	 * @param words the words looked for
	 * @return their numbers, or null if they are many
	 */
	String[] few(List<String> words) {
		Map<String, Object> parameters = Map.of("words", String.join(" ", words), "numbers",
				String.join(" ", words.stream().filter(NUMBER.asMatchPredicate()).toList()));
		String terms = "text_terms(:words) || text_numbers(:numbers)";
		if (this.jdbc.queryForObject("select cardinality(" + terms + ") = 0", parameters, Boolean.class)) {
			return null;
		}
		// terms that often come together are more than the estimate says, never fewer
		String found = "select case_no from case_text where terms @> (" + terms + ")";
		String plan = this.jdbc.queryForList("explain " + found, parameters, String.class).get(0);
		Matcher estimate = ESTIMATE.matcher(plan);
		if (!estimate.find()) {
			throw new IllegalStateException("A plan without rows: " + plan);
		}
		if (Long.parseLong(estimate.group(1)) >= MANY) {
			return null;
		}
		List<String> cases = this.jdbc.queryForList(found + " limit " + MANY, parameters, String.class);
		return (cases.size() < MANY) ? cases.toArray(String[]::new) : null;
	}

}
