package gridcase.casework;

import java.time.Instant;

import gridcase.audit.CaseEvent;

/**
 * Events, people and codes in the words of the case page, for other pages that tell of
 * cases.
 */
public interface CaseWords {

	/**
	 * A rule that decided.
	 *
	 * @param text table, version and row, e.g. 办理时限 v7 · 第 5 行
	 * @param table key of the table
	 * @param version its version, or null if it is not known
	 * @param rule id of the row, or null if it is not known
	 * @param words the row as a sentence, or an empty text
	 */
	record Chip(String text, String table, String version, String rule, String words) {

	}

	/**
	 * What an event says.
	 *
	 * @param state {@code info}, {@code warn}, {@code over}, or an empty text
	 * @param text what happened, as a sentence
	 * @param why reason given in words, or null
	 * @param chip the rule that decided, or null
	 */
	record Sentence(String state, String text, String why, Chip chip) {

	}

	/** An event of a case as a sentence. */
	Sentence sentence(CaseFile file, CaseEvent event);

	/**
	 * A rule as limits keep it: table, version and row, separated by spaces.
	 * @param place place of the case
	 * @param rule the rule, e.g. {@code time-limit-e01 v3 Rule_E0102_1}
	 * @param at when it decided
	 */
	Chip rule(String place, String rule, Instant at);

	/**
	 * The word for a code, e.g. of kind {@code state}; the code itself if there is none.
	 */
	String word(String kind, Object code);

	/** Who a pool {@code role@scope} is, e.g. 派遣员，上地街道. */
	String pool(String pool);

	/** 消防安全 › 楼道堆物. */
	String category(String place, String code);

}
