package gridcase.policy;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * One decision that touched a case.
 *
 * @param caseNo number of the case
 * @param element id of the diagram element that asked, or null
 * @param table key of the table
 * @param place place whose own table answered, null for the shared one
 * @param version version of the table
 * @param definitionId the engine's id of exactly that table
 * @param releaseId release it belonged to
 * @param inputs declared inputs as they were; dates and the like as ISO text
 * @param outputs rows of the answer
 * @param rules ids of the rules that fired
 * @param at the moment of the question
 */
public record DecisionRecord(String caseNo, String element, String table, String place, int version,
		String definitionId, long releaseId, Map<String, Object> inputs, List<Map<String, Object>> outputs,
		List<String> rules, Instant at) {

}
