package gridcase.shared;

/**
 * A row of a decision table, cited.
 *
 * @param table key of the table
 * @param name its name
 * @param place place whose own table it is, or null for the shared one
 * @param version version of the table
 * @param row number of the row, from 1
 * @param id id of the row
 * @param words the row as a sentence
 */
public record RuleCited(String table, String name, String place, int version, int row, String id, String words) {

}
