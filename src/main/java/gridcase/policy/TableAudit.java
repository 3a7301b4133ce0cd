package gridcase.policy;

import java.util.Map;

/**
 * What the module that asks a table demands of it beyond its form. A table that does not
 * fit is not released.
 */
public interface TableAudit {

	/** Key of the table it is about. */
	String table();

	/**
	 * What is wrong with a rule's answer.
	 * @param outputs output cells as written, by output name
	 * @return what would be right, by output name; empty if all is well
	 */
	Map<String, String> problems(Map<String, String> outputs);

}
