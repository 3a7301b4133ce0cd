package gridcase.form;

/**
 * One choice of a field.
 *
 * @param value what is stored: a text, a boolean or a number
 * @param label what people see
 */
public record Option(Object value, String label) {

}
