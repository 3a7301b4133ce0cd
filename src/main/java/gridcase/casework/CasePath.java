package gridcase.casework;

import java.util.Map;
import java.util.Set;

/**
 * The way a case took through its diagram.
 *
 * @param bpmn the diagram as BPMN 2.0 XML
 * @param passed how often each element was passed, by element id
 * @param now ids of the elements where the case is
 */
public record CasePath(String bpmn, Map<String, Integer> passed, Set<String> now) {

}
