package gridcase.form;

import java.util.Map;

/** Evaluates the FEEL conditions of form files. */
interface Conditions {

	boolean holds(String expression, Map<String, Object> context);

}
