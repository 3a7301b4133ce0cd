package gridcase.analysis;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;

import gridcase.shared.Texts;
import org.w3c.dom.Attr;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

/**
 * How two versions of a diagram differ, element by element. What only stands elsewhere in
 * the drawing is told apart.
 *
 * @param changes what is new, gone or other, in the order of the new drawing, what is
 * gone last
 * @param moved ids of elements that only stand elsewhere
 */
public record DiagramDiff(List<Change> changes, List<String> moved) {

	private static final String MODEL = "http://www.omg.org/spec/BPMN/20100524/MODEL";

	/** What became of an element. */
	public enum Kind {

		/** It is new. */
		ADDED,
		/** It is gone. */
		REMOVED,
		/** Something of it is another. */
		CHANGED

	}

	/**
	 * An element that is not as it was.
	 *
	 * @param kind what became of it
	 * @param id its id
	 * @param type what it is, such as {@code userTask}
	 * @param name what people call it, with its type; of a flow from where to where
	 * @param details what of it is another
	 */
	public record Change(Kind kind, String id, String type, String name, List<Detail> details) {

	}

	/**
	 * Something of an element.
	 *
	 * @param what attribute or part, in words if there are any
	 * @param before what was there, "" for nothing
	 * @param after what is there now, "" for nothing
	 */
	public record Detail(String what, String before, String after) {

	}

	/**
	 * Compares.
	 * @param old the old file
	 * @param now the new file
	 * @throws IllegalArgumentException if one cannot be read
	 */
	public static DiagramDiff of(byte[] old, byte[] now) {
		Parsed before = new Parsed(parsed(old));
		Parsed after = new Parsed(parsed(now));
		List<Change> changes = new ArrayList<>();
		after.elements.forEach((id, element) -> {
			Element was = before.elements.get(id);
			if (was == null) {
				changes.add(new Change(Kind.ADDED, id, element.getLocalName(), after.name(element), List.of()));
				return;
			}
			List<Detail> details = details(was, element);
			if (!details.isEmpty()) {
				changes.add(new Change(Kind.CHANGED, id, element.getLocalName(), after.name(element), details));
			}
		});
		before.elements.forEach((id, element) -> {
			if (!after.elements.containsKey(id)) {
				changes.add(new Change(Kind.REMOVED, id, element.getLocalName(), before.name(element), List.of()));
			}
		});
		List<String> moved = after.drawn.entrySet()
			.stream()
			.filter((drawn) -> before.drawn.containsKey(drawn.getKey())
					&& !before.drawn.get(drawn.getKey()).equals(drawn.getValue()))
			.map(Map.Entry::getKey)
			.filter((id) -> changes.stream().noneMatch((change) -> change.id().equals(id)))
			.toList();
		return new DiagramDiff(List.copyOf(changes), moved);
	}

	/** Whether both say the same and are drawn alike. */
	public boolean isEmpty() {
		return this.changes.isEmpty() && this.moved.isEmpty();
	}

	private static Document parsed(byte[] content) {
		try {
			DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
			factory.setNamespaceAware(true);
			factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
			factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_DTD, "");
			factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_SCHEMA, "");
			return factory.newDocumentBuilder().parse(new ByteArrayInputStream(content));
		}
		catch (SAXException ex) {
			throw new IllegalArgumentException("a diagram cannot be read: " + ex.getMessage(), ex);
		}
		catch (ParserConfigurationException | IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static List<Detail> details(Element was, Element is) {
		Map<String, String> before = parts(was);
		Map<String, String> after = parts(is);
		Set<String> names = new LinkedHashSet<>(before.keySet());
		names.addAll(after.keySet());
		List<Detail> details = new ArrayList<>();
		for (String name : names) {
			String old = before.getOrDefault(name, "");
			String now = after.getOrDefault(name, "");
			if (!old.equals(now)) {
				details.add(new Detail(partWord(name), old, now));
			}
		}
		return List.copyOf(details);
	}

	/**
	 * Everything of an element that is not an element of its own in the diagram:
	 * attributes, conditions, listeners, documentation.
	 */
	private static Map<String, String> parts(Element element) {
		Map<String, String> parts = new TreeMap<>();
		parts.put("type", element.getLocalName());
		attributes(element).forEach(parts::put);
		for (Node child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
			if (child instanceof Element part && !isOwn(part)) {
				String name = part.getLocalName();
				if (name.equals("incoming") || name.equals("outgoing") || name.equals("flowNodeRef")) {
					// a flow says its ends itself
					continue;
				}
				if (name.equals("extensionElements")) {
					for (Node inner = part.getFirstChild(); inner != null; inner = inner.getNextSibling()) {
						if (inner instanceof Element extension) {
							parts.merge(extension.getLocalName(), written(extension),
									(one, other) -> one + "\n" + other);
						}
					}
				}
				else {
					parts.merge(name, written(part), (one, other) -> one + "\n" + other);
				}
			}
		}
		return parts;
	}

	private static Map<String, String> attributes(Element element) {
		Map<String, String> attributes = new TreeMap<>();
		for (int i = 0; i < element.getAttributes().getLength(); i++) {
			Attr attribute = (Attr) element.getAttributes().item(i);
			if (!XMLConstants.XMLNS_ATTRIBUTE_NS_URI.equals(attribute.getNamespaceURI())
					&& !attribute.getName().equals("id")) {
				attributes.put((attribute.getLocalName() != null) ? attribute.getLocalName() : attribute.getName(),
						attribute.getValue());
			}
		}
		return attributes;
	}

	/** An element somebody could point at in the drawing. */
	private static boolean isOwn(Element element) {
		return MODEL.equals(element.getNamespaceURI()) && element.hasAttribute("id")
				&& !element.getLocalName().endsWith("EventDefinition") && !element.getLocalName().endsWith("Expression")
				&& !Set
					.of("timeDuration", "timeDate", "timeCycle", "multiInstanceLoopCharacteristics", "laneSet",
							"standardLoopCharacteristics", "ioSpecification", "documentation")
					.contains(element.getLocalName());
	}

	/** Its attributes and content, short and in one order. */
	private static String written(Element element) {
		StringBuilder written = new StringBuilder();
		Map<String, String> attributes = attributes(element);
		written.append(String.join(", ",
				attributes.entrySet().stream().map((each) -> each.getKey() + "=" + each.getValue()).toList()));
		StringBuilder content = new StringBuilder();
		for (Node child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
			if (child instanceof Element inner) {
				content.append(content.isEmpty() ? "" : "; ")
					.append(inner.getLocalName())
					.append(' ')
					.append(written(inner));
			}
			else if ((child.getNodeType() == Node.TEXT_NODE || child.getNodeType() == Node.CDATA_SECTION_NODE)
					&& !child.getNodeValue().isBlank()) {
				content.append(child.getNodeValue().strip());
			}
		}
		if (!written.isEmpty() && !content.isEmpty()) {
			written.append(": ");
		}
		return written.append(content).toString();
	}

	private static String partWord(String name) {
		String key = "analysis.bpmn.part." + name;
		return Words.has(key) ? Texts.of("analysis", key) : name;
	}

	private static String typeWord(String type) {
		String key = "analysis.bpmn.type." + type;
		return Words.has(key) ? Texts.of("analysis", key) : type;
	}

	/** A file with its elements by id and where each is drawn. */
	private static final class Parsed {

		private final Map<String, Element> elements = new LinkedHashMap<>();

		private final Map<String, String> drawn = new LinkedHashMap<>();

		Parsed(Document document) {
			walk(document.getDocumentElement());
		}

		private void walk(Element element) {
			String drawnElement = element.getAttribute("bpmnElement");
			if (!drawnElement.isEmpty() && element.getLocalName().matches("BPMNShape|BPMNEdge")) {
				this.drawn.put(drawnElement, written(element));
				return;
			}
			if (isOwn(element) && !element.getLocalName().equals("definitions")) {
				this.elements.put(element.getAttribute("id"), element);
			}
			for (Node child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
				if (child instanceof Element inner) {
					walk(inner);
				}
			}
		}

		String name(Element element) {
			String type = typeWord(element.getLocalName());
			if (element.hasAttribute("sourceRef") && element.hasAttribute("targetRef")) {
				String named = element.getAttribute("name");
				return Texts.of("analysis", named.isEmpty() ? "analysis.bpmn.flow" : "analysis.bpmn.flow.named",
						shortName(element.getAttribute("sourceRef")), shortName(element.getAttribute("targetRef")),
						named);
			}
			String name = element.getAttribute("name");
			return Texts.of("analysis", "analysis.bpmn.element", type,
					Objects.requireNonNullElse(name.isEmpty() ? null : name, element.getAttribute("id")));
		}

		private String shortName(String id) {
			Element element = this.elements.get(id);
			String name = (element != null) ? element.getAttribute("name") : "";
			return name.isEmpty() ? ((element != null) ? typeWord(element.getLocalName()) : id) : name;
		}

	}

}
