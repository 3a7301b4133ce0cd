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
			sql.append((number > 0) ? " and " : " and case when ").append(text).append(" ilike :word").append(number);
			parameters.put("word" + number,
					"%" + words.get(number).replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%");
		}
		return sql.append(" then true end").toString();
	}

	/**
	 * Whether the index of terms narrows a search by words to few cases.
	 * @param parameters gets {@code words} for
	 * {@code case_text.terms @> text_terms(:words)}
	 */
	boolean few(List<String> words, Map<String, Object> parameters) {
		parameters.put("words", String.join(" ", words));
		if (this.jdbc.queryForObject("select cardinality(text_terms(:words)) = 0", parameters, Boolean.class)) {
			return false;
		}
		// terms that often come together are more than the estimate says, never fewer
		String plan = this.jdbc
			.queryForList("explain select from case_text where terms @> text_terms(:words)", parameters, String.class)
			.get(0);
		Matcher estimate = ESTIMATE.matcher(plan);
		if (!estimate.find()) {
			throw new IllegalStateException("A plan without rows: " + plan);
		}
		return Long.parseLong(estimate.group(1)) < MANY && this.jdbc
			.queryForObject("select count(*) from (select from case_text where terms @> text_terms(:words) limit "
					+ MANY + ") counted", parameters, Integer.class) < MANY;
	}

}
