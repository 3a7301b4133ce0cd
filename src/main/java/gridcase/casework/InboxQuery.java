package gridcase.casework;

/**
 * Which part of the inbox to show.
 *
 * @param login whose inbox
 * @param view {@code MINE} (待办), {@code POOL} (待签收), {@code OWNED} (首问), {@code WATCHED}
 * (督办) or {@code DONE} (已办)
 * @param text part of number, title or address, or null
 * @param category category code, or null
 * @param light {@code OK}, {@code WARN}, {@code OVER} or {@code PAUSED}, or null
 * @param cursor where the page before ended, or null
 * @param size rows a page, 1 to 200
 */
public record InboxQuery(String login, String view, String text, String category, String light, String cursor,
		int size) {

}
