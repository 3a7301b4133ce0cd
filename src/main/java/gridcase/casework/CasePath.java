package gridcase.casework;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The way a case took through its diagram.
 *
 * @param bpmn the diagram as BPMN 2.0 XML
 * @param passed how often each element was passed, by element id
 * @param now ids of the elements where the case is
 * @param name name of the diagram
 * @param version its version
 * @param own whether it is the place's own
 * @param steps tasks and events in the order the case first came to them
 */
public record CasePath(String bpmn, Map<String, Integer> passed, Set<String> now, String name, int version, boolean own,
		List<Step> steps) {

	/**
	 * A task or event the case came to.
	 *
	 * @param id id of the element
	 * @param name its name in the diagram
	 * @param times how often it was passed
	 * @param from when it was entered last
	 * @param until when it was left last, or null while the case is there
	 */
	public record Step(String id, String name, int times, Instant from, Instant until) {

	}

}
