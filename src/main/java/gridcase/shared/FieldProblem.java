package gridcase.shared;

/**
 * One field that has to be mended.
 *
 * @param field key of the field
 * @param label its label as people see it
 * @param message what is wrong and what would be right
 */
public record FieldProblem(String field, String label, String message) {

}
