package gridcase.casework;

/**
 * Which cases to list, newest first.
 *
 * @param login on whose behalf; only what that person may see
 * @param place place code, or null for all that the person may see
 * @param text part of number, title or address, or null
 * @param state {@code OPEN}, {@code CLOSED} …, or null
 * @param stage canonical stage key, or null
 * @param category category or class code, or null
 * @param list {@code SUSPENDED} (挂账) or {@code DIFFICULT} (疑难) for cases on that list
 * now, or null for all
 * @param cursor where the page before ended, or null
 * @param size rows a page, 1 to 200
 */
public record CaseQuery(String login, String place, String text, String state, String stage, String category,
		String list, String cursor, int size) {

}
