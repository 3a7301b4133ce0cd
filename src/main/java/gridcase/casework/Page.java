package gridcase.casework;

import java.util.List;

/**
 * Part of a list.
 *
 * @param rows the rows
 * @param next cursor of the next part, or null if this is the last
 */
public record Page<T>(List<T> rows, String next) {

}
