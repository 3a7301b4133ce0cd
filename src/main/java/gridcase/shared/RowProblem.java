package gridcase.shared;

/**
 * Why one cell of a loaded file was not accepted.
 *
 * @param line line in the file, the header being line 1
 * @param column name of the column as in the header, empty if the whole row or the file
 * is meant
 * @param value what stood there, empty if nothing
 * @param reason what is wrong and what would be right, in the reader's language
 */
public record RowProblem(int line, String column, String value, String reason) {
}
