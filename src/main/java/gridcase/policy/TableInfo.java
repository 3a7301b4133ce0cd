package gridcase.policy;

/**
 * A table in a list.
 *
 * @param key key of the table
 * @param name its name
 * @param place place that owns it, null for the shared one
 * @param version version in force
 * @param releaseId release it belongs to
 * @param hitPolicy hit policy
 * @param rules number of rules
 */
public record TableInfo(String key, String name, String place, int version, long releaseId, String hitPolicy,
		int rules) {

}
