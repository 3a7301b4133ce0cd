package gridcase.casework;

import gridcase.audit.CaseEvent;

/**
 * Events, people and codes in the words of the case page, for other pages that tell of
 * cases.
 */
public interface CaseWords {

	/**
	 * What an event says.
	 *
	 * @param state {@code info}, {@code warn}, {@code over}, or an empty text
	 * @param text what happened, as a sentence
	 * @param why reason given in words, or null
	 * @param chip table, version and row that decided, e.g. 办理时限 v7 · 第 5 行, or null
	 * @param table key of that table, or null
	 * @param version its version, or null
	 * @param rule id of the row, or null
	 */
	record Sentence(String state, String text, String why, String chip, String table, String version, String rule) {

	}

	/** An event of a case as a sentence. */
	Sentence sentence(CaseFile file, CaseEvent event);

	/**
	 * The word for a code, e.g. of kind {@code state}; the code itself if there is none.
	 */
	String word(String kind, Object code);

	/** Who a pool {@code role@scope} is, e.g. 派遣员，上地街道. */
	String pool(String pool);

	/** 消防安全 › 楼道堆物. */
	String category(String place, String code);

}
