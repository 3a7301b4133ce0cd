package gridcase.casework;

/**
 * Which part of the inbox to show.
 *
 * @param login whose inbox
 * @param view {@code MINE} (待办), {@code POOL} (待签收), {@code OWNED} (首问), {@code WATCHED}
 * (督办), {@code DONE} (已办, the last one first whatever the order) or {@code DRAFTS} (草稿,
 * likewise)
 * @param filter what is left out
 * @param sort the order
 * @param cursor where the page before ended, or null; good for the same view, filter and
 * order only
 * @param size rows a page, 1 to 200
 */
public record InboxQuery(String login, String view, InboxFilter filter, InboxSort sort, String cursor, int size) {

	/**
	 * By deadline, with the filters used most.
	 * @param text part of number, title or address, or null
	 * @param category category code, or null
	 * @param light {@code OK}, {@code WARN}, {@code OVER} or {@code PAUSED}, or null
	 */
	public InboxQuery(String login, String view, String text, String category, String light, String cursor, int size) {
		this(login, view, new InboxFilter(text, null, null, category, null, null, light, null, null), InboxSort.DUE,
				cursor, size);
	}

}
