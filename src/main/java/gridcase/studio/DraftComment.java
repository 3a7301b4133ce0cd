package gridcase.studio;

import java.time.Instant;

/**
 * Something said of a draft.
 *
 * @param id its number
 * @param draftId the draft
 * @param file file of the draft it is about, null for the draft as a whole
 * @param element id of the row, cell or element it is about, null for the whole file
 * @param text what is said
 * @param by sign-in name of who said it
 * @param at when
 * @param resolvedBy sign-in name of who called it settled, null while it is open
 * @param resolvedAt when
 */
public record DraftComment(long id, long draftId, String file, String element, String text, String by, Instant at,
		String resolvedBy, Instant resolvedAt) {

	/** Whether it still waits for an answer. */
	public boolean open() {
		return this.resolvedAt == null;
	}

}
