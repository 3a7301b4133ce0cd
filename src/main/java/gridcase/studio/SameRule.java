package gridcase.studio;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;

import com.fasterxml.jackson.databind.ObjectMapper;
import gridcase.policy.RuleType;
import org.w3c.dom.Attr;
import org.w3c.dom.Element;
import org.w3c.dom.NamedNodeMap;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

/**
 * Whether two files say the same, however they are written: editors indent in their own
 * way, name prefixes anew, leave defaults out and keep elements of one kind together.
 */
final class SameRule {

	private static final ObjectMapper JSON = new ObjectMapper();

	private static final String DMN = "https://www.omg.org/spec/DMN/20191111/MODEL/";

	private static final String BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL";

	private static final String DRAWING = "http://www.omg.org/spec/BPMN/20100524/DI";

	/**
	 * What counts is the order of the arrows themselves, not where they are named and
	 * drawn.
	 */
	static final List<String> UNORDERED = List.of(BPMN + " incoming", BPMN + " outgoing", DRAWING + " BPMNShape",
			DRAWING + " BPMNEdge");

	/** What a missing attribute means. */
	private static final Map<String, String> DEFAULTS = Map.of("decisionTable hitPolicy", "UNIQUE",
			"decisionTable preferredOrientation", "Rule-as-Row", "boundaryEvent cancelActivity", "true",
			"startEvent isInterrupting", "true", "multiInstanceLoopCharacteristics isSequential", "false",
			"subProcess triggeredByEvent", "false");

	private SameRule() {
	}

	/**
	 * Compares two files.
	 * @return false also if one of them cannot be read
	 */
	static boolean same(RuleType type, byte[] one, byte[] other) {
		if (Arrays.equals(one, other) || type == RuleType.REGISTRY) {
			return Arrays.equals(one, other);
		}
		try {
			return (type == RuleType.FORM) ? JSON.readTree(one).equals(JSON.readTree(other))
					: shape(one).equals(shape(other));
		}
		catch (IOException | SAXException ex) {
			return false;
		}
	}

	/**
	 * The whole of an XML file in one form.
	 * @throws SAXException if it is no XML
	 */
	static Shape shape(byte[] content) throws IOException, SAXException {
		return shape(root(content));
	}

	/**
	 * Reads an XML file.
	 * @throws SAXException if it is no XML
	 */
	static Element root(byte[] content) throws IOException, SAXException {
		try {
			DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
			factory.setNamespaceAware(true);
			factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
			var builder = factory.newDocumentBuilder();
			builder.setErrorHandler(null);
			return builder.parse(new ByteArrayInputStream(content)).getDocumentElement();
		}
		catch (ParserConfigurationException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * An element.
	 *
	 * @param name namespace and local name
	 * @param attributes by namespace and local name
	 * @param text what stands in it
	 * @param children those of one name in their order
	 */
	record Shape(String name, Map<String, String> attributes, String text, Map<String, List<Shape>> children) {

	}

	/** An element of an XML file in one form. */
	static Shape shape(Element element) {
		Map<String, String> attributes = new TreeMap<>();
		NamedNodeMap given = element.getAttributes();
		for (int i = 0; i < given.getLength(); i++) {
			Attr attribute = (Attr) given.item(i);
			if (!"http://www.w3.org/2000/xmlns/".equals(attribute.getNamespaceURI())) {
				attributes.put(name(attribute), value(element, attribute));
			}
		}
		String model = String.valueOf(element.getNamespaceURI());
		if (model.equals(DMN) || model.equals(BPMN)) {
			DEFAULTS.forEach((where, value) -> {
				String[] words = where.split(" ");
				if (words[0].equals(element.getLocalName())) {
					attributes.putIfAbsent(words[1], value);
				}
			});
		}
		// the editors write their own name into a file
		attributes.remove("exporter");
		attributes.remove("exporterVersion");
		StringBuilder text = new StringBuilder();
		Map<String, List<Shape>> children = new TreeMap<>();
		for (Node child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
			if (child instanceof Element inner) {
				Shape shape = shape(inner);
				children.computeIfAbsent(shape.name(), (any) -> new ArrayList<>()).add(shape);
			}
			else if (child.getNodeType() == Node.TEXT_NODE || child.getNodeType() == Node.CDATA_SECTION_NODE) {
				text.append(child.getNodeValue());
			}
		}
		for (String kind : UNORDERED) {
			if (children.containsKey(kind)) {
				children.get(kind)
					.sort(Comparator.comparing((Shape each) -> each.text())
						.thenComparing((each) -> each.attributes().getOrDefault("bpmnElement", "")));
			}
		}
		return new Shape(model + " " + element.getLocalName(), attributes,
				text.toString().replace("\r\n", "\n").strip(), children);
	}

	private static String name(Node attribute) {
		return (attribute.getNamespaceURI() == null) ? attribute.getLocalName()
				: attribute.getNamespaceURI() + " " + attribute.getLocalName();
	}

	/**
	 * Types are names with a prefix, whatever the prefix; numbers of a drawing have many
	 * forms.
	 */
	private static String value(Element element, Attr attribute) {
		String value = attribute.getValue();
		if ("http://www.w3.org/2001/XMLSchema-instance".equals(attribute.getNamespaceURI()) && value.contains(":")) {
			String prefix = value.substring(0, value.indexOf(':'));
			return Objects.requireNonNullElse(element.lookupNamespaceURI(prefix), prefix) + " "
					+ value.substring(value.indexOf(':') + 1);
		}
		return value.matches("-?\\d+\\.0+") ? value.substring(0, value.indexOf('.')) : value;
	}

}
