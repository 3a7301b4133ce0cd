package gridcase.policy.tables;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;

import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/** A decision table as its file says it, read without any engine. */
record TableFile(String place, String key, Element decision, Element table) {

	static final String DMN_13 = "https://www.omg.org/spec/DMN/20191111/MODEL/";

	static List<TableFile> all() {
		try {
			List<TableFile> files = new ArrayList<>();
			for (Resource file : new PathMatchingResourcePatternResolver()
				.getResources("classpath*:models/decisions/**/*.dmn")) {
				files.add(read(file));
			}
			return files;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * The table of a place, or the shared one.
	 * @param place the place's folder; empty means shared
	 */
	static TableFile of(String place, String key) {
		return all().stream()
			.filter((file) -> file.place().equals(place) && file.key().equals(key))
			.findAny()
			.orElseThrow(() -> new AssertionError("no file for table " + key + " of place '" + place + "'"));
	}

	private static TableFile read(Resource file) throws IOException {
		try (InputStream in = file.getInputStream()) {
			DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
			factory.setNamespaceAware(true);
			Document document = factory.newDocumentBuilder().parse(in);
			String path = file.getURL().getPath().replaceFirst(".*/models/decisions/", "");
			int folder = path.indexOf('/');
			Element decision = only(document.getDocumentElement(), "decision");
			return new TableFile((folder < 0) ? "" : path.substring(0, folder),
					path.substring(folder + 1).replace(".dmn", ""), decision, only(decision, "decisionTable"));
		}
		catch (SAXException | ParserConfigurationException ex) {
			throw new AssertionError(file + " is not readable: " + ex.getMessage(), ex);
		}
	}

	/** Input variable to type, in the order of the columns. */
	Map<String, String> inputs() {
		Map<String, String> types = new LinkedHashMap<>();
		for (Element input : children(this.table, "input")) {
			Element expression = only(input, "inputExpression");
			types.put(text(expression), expression.getAttribute("typeRef"));
		}
		return types;
	}

	/** The inputs, and those of the shared table if that one may answer. */
	Map<String, String> inputsWithShared() {
		Map<String, String> types = new LinkedHashMap<>(inputs());
		if (elseShared()) {
			types.putAll(of("", this.key).inputs());
		}
		return types;
	}

	/** Whether the shared table answers what no rule of this one does. */
	boolean elseShared() {
		return "shared".equals(this.decision.getAttributeNS("http://gridcase/dmn", "otherwise"));
	}

	/** Output name to type, in the order of the columns. */
	Map<String, String> outputs() {
		Map<String, String> types = new LinkedHashMap<>();
		for (Element output : children(this.table, "output")) {
			types.put(output.getAttribute("name"), output.getAttribute("typeRef"));
		}
		return types;
	}

	List<Element> rules() {
		return children(this.table, "rule");
	}

	List<String> ruleIds() {
		return rules().stream().map((rule) -> rule.getAttribute("id")).toList();
	}

	String name() {
		return this.place.isEmpty() ? this.key : this.place + "/" + this.key;
	}

	static Element only(Element parent, String name) {
		List<Element> found = children(parent, name);
		if (found.size() != 1) {
			throw new AssertionError(parent.getAttribute("id") + " has " + found.size() + " " + name);
		}
		return found.get(0);
	}

	static List<Element> children(Element parent, String name) {
		List<Element> found = new ArrayList<>();
		NodeList nodes = parent.getChildNodes();
		for (int i = 0; i < nodes.getLength(); i++) {
			if (nodes.item(i) instanceof Element element && name.equals(element.getLocalName())) {
				found.add(element);
			}
		}
		return found;
	}

	/** The text of a cell, expression or description. */
	static String text(Element element) {
		return element.getTextContent().strip();
	}

}
