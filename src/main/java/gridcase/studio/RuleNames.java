package gridcase.studio;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

import com.fasterxml.jackson.databind.ObjectMapper;
import gridcase.policy.ReleasedRule;
import gridcase.policy.ReleasedRules;
import gridcase.policy.RuleType;

import org.springframework.stereotype.Component;

/** What rules are called by the people who drew and wrote them. */
@Component
class RuleNames {

	private static final XMLInputFactory XML = factory();

	private static final ObjectMapper JSON = new ObjectMapper();

	private final ReleasedRules rules;

	/** What was released never changes. */
	private final Map<String, String> known = new ConcurrentHashMap<>();

	RuleNames(ReleasedRules rules) {
		this.rules = rules;
	}

	String of(ReleasedRule rule) {
		return this.known.computeIfAbsent(rule.releaseId() + " " + rule.type() + " " + rule.key(),
				(any) -> of(rule.type(), rule.key(), this.rules.content(rule)));
	}

	/**
	 * Name in a file: of its decision, its process, its form.
	 * @return the key if the file has none or cannot be read
	 */
	static String of(RuleType type, String key, byte[] content) {
		String name = switch (type) {
			case TABLE -> attribute(content, "decision");
			case DIAGRAM -> attribute(content, "process");
			case FORM -> title(content);
			case REGISTRY -> RegistryRules.name(key);
		};
		return (name == null || name.isBlank()) ? key : name;
	}

	private static String attribute(byte[] content, String element) {
		try {
			XMLStreamReader reader = XML.createXMLStreamReader(new ByteArrayInputStream(content));
			while (reader.hasNext()) {
				if (reader.next() == XMLStreamConstants.START_ELEMENT && reader.getLocalName().equals(element)) {
					return reader.getAttributeValue(null, "name");
				}
			}
		}
		catch (XMLStreamException ex) {
			// a draft may hold what cannot be read yet: its key names it, and its check
			// says what is wrong
			return null;
		}
		return null;
	}

	private static String title(byte[] content) {
		try {
			return JSON.readTree(content).path("gridcase").path("title").asText(null);
		}
		catch (IOException ex) {
			return null;
		}
	}

	private static XMLInputFactory factory() {
		XMLInputFactory factory = XMLInputFactory.newFactory();
		factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
		factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
		return factory;
	}

}
