package gridcase.policy;

import java.io.InputStream;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * What the engine's parser loses: whether a hit policy was written, the whole description
 * of a rule, how many things the file decides, and whether the shared table answers what
 * no rule of this one does.
 */
final class TableScan {

	/** Of the attributes Gridcase adds to a table. */
	static final String NAMESPACE = "http://gridcase/dmn";

	private static final String OTHERWISE = "otherwise";

	private static final String SHARED = "shared";

	private final Set<String> withHitPolicy = new HashSet<>();

	private final Map<String, String> descriptions = new HashMap<>();

	private final Set<String> outputs = new HashSet<>();

	private int services;

	private boolean elseShared;

	private TableScan() {
	}

	static TableScan of(InputStream file) throws XMLStreamException {
		XMLInputFactory factory = XMLInputFactory.newInstance();
		factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
		factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
		XMLStreamReader xml = factory.createXMLStreamReader(file);
		TableScan scan = new TableScan();
		String owner = null;
		while (xml.hasNext()) {
			int event = xml.next();
			if (event == XMLStreamConstants.DTD) {
				throw new XMLStreamException("DOCTYPE", xml.getLocation());
			}
			if (event != XMLStreamConstants.START_ELEMENT) {
				continue;
			}
			String id = xml.getAttributeValue(null, "id");
			switch (xml.getLocalName()) {
				case "decisionService" -> scan.services++;
				case "decisionTable" -> {
					if (xml.getAttributeValue(null, "hitPolicy") != null) {
						scan.withHitPolicy.add(id);
					}
				}
				case "decision" -> {
					owner = id;
					scan.elseShared = SHARED.equals(xml.getAttributeValue(NAMESPACE, OTHERWISE));
				}
				case "rule" -> owner = id;
				case "output" -> {
					owner = null;
					if (xml.getAttributeValue(null, "name") != null) {
						scan.outputs.add(xml.getAttributeValue(null, "name"));
					}
				}
				case "description" -> {
					if (owner != null) {
						scan.descriptions.put(owner, xml.getElementText().strip());
						owner = null;
					}
				}
				default -> owner = null;
			}
		}
		return scan;
	}

	boolean saysHitPolicy(String tableId) {
		return this.withHitPolicy.contains(tableId);
	}

	/** The whole description of a decision or rule, "" if none. */
	String description(String id) {
		return this.descriptions.getOrDefault(id, "");
	}

	/** Names of the output columns. */
	Set<String> outputs() {
		return this.outputs;
	}

	int services() {
		return this.services;
	}

	/**
	 * Whether the decision says {@code gridcase:otherwise="shared"}.
	 */
	boolean elseShared() {
		return this.elseShared;
	}

}
