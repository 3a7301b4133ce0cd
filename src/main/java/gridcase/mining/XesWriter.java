package gridcase.mining;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** An event log as IEEE 1849-2016 has it: one trace a case. */
class XesWriter implements LogWriter {

	private static final String[][] EXTENSIONS = { { "Concept", "concept" }, { "Lifecycle", "lifecycle" },
			{ "Time", "time" }, { "Organizational", "org" }, { "Identity", "identity" } };

	private static final Map<String, String> STANDARD = Map.of("role", "org:role", "group", "org:group");

	private final XMLStreamWriter xml;

	private final Moments moments;

	XesWriter(OutputStream out, Moments moments, String name, Instant from, Instant to) throws IOException {
		this.moments = moments;
		try {
			this.xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(out, StandardCharsets.UTF_8.name());
			this.xml.writeStartDocument(StandardCharsets.UTF_8.name(), "1.0");
			this.xml.writeCharacters("\n");
			this.xml.writeStartElement("log");
			this.xml.writeAttribute("xes.version", "1849.2016");
			this.xml.writeAttribute("xes.features", "");
			for (String[] extension : EXTENSIONS) {
				empty("extension", "name", extension[0], "prefix", extension[1], "uri",
						"http://www.xes-standard.org/" + extension[1] + ".xesext");
			}
			this.xml.writeStartElement("global");
			this.xml.writeAttribute("scope", "trace");
			attribute("string", "concept:name", "");
			attribute("id", "identity:id", new UUID(0, 0).toString());
			this.xml.writeEndElement();
			this.xml.writeStartElement("global");
			this.xml.writeAttribute("scope", "event");
			attribute("string", "concept:name", "");
			attribute("string", "lifecycle:transition", "complete");
			attribute("date", "time:timestamp", Moments.BEGINNING);
			attribute("string", "org:resource", "");
			attribute("id", "identity:id", new UUID(0, 0).toString());
			this.xml.writeEndElement();
			empty("classifier", "name", "Activity", "scope", "event", "keys", "concept:name");
			empty("classifier", "name", "ActivityAndTransition", "scope", "event", "keys",
					"concept:name lifecycle:transition");
			empty("classifier", "name", "Resource", "scope", "event", "keys", "org:resource");
			attribute("string", "concept:name", name);
			attribute("string", "lifecycle:model", "standard");
			attribute("date", "from", moments.text(from));
			attribute("date", "to", moments.text(to));
		}
		catch (XMLStreamException ex) {
			throw new IOException(ex);
		}
	}

	@Override
	public void write(String caseNo, Map<String, Object> attributes, Instant reportedAt, Instant closedAt,
			List<LogEvent> events, List<LogObject> objects) throws IOException {
		try {
			this.xml.writeCharacters("\n");
			this.xml.writeStartElement("trace");
			attribute("string", "concept:name", caseNo);
			attribute("id", "identity:id", id(caseNo));
			attribute("date", "reported", this.moments.text(reportedAt));
			if (closedAt != null) {
				attribute("date", "closed", this.moments.text(closedAt));
			}
			for (Map.Entry<String, Object> each : attributes.entrySet()) {
				attribute(each.getKey(), each.getValue());
			}
			for (LogEvent event : events) {
				event(event);
			}
			this.xml.writeEndElement();
		}
		catch (XMLStreamException ex) {
			throw new IOException(ex);
		}
	}

	private void event(LogEvent event) throws XMLStreamException {
		this.xml.writeStartElement("event");
		attribute("string", "concept:name", event.activity());
		attribute("string", "lifecycle:transition", event.transition());
		attribute("date", "time:timestamp", this.moments.text(event.at()));
		attribute("string", "org:resource", event.resource());
		if (event.task() != null) {
			attribute("string", "concept:instance", event.task());
		}
		attribute("id", "identity:id", id(event.id()));
		for (Map.Entry<String, Object> each : event.attributes().entrySet()) {
			attribute(STANDARD.getOrDefault(each.getKey(), each.getKey()), each.getValue());
		}
		this.xml.writeEndElement();
	}

	/** The standard wants a UUID; the same thing has the same one in every log. */
	private static String id(String of) {
		return UUID.nameUUIDFromBytes(of.getBytes(StandardCharsets.UTF_8)).toString();
	}

	private void attribute(String key, Object value) throws XMLStreamException {
		String type = (value instanceof Instant) ? "date"
				: (value instanceof Boolean) ? "boolean" : (value instanceof Integer || value instanceof Long) ? "int"
						: (value instanceof Number) ? "float" : "string";
		attribute(type, key, this.moments.value(value));
	}

	private void attribute(String type, String key, String value) throws XMLStreamException {
		empty(type, "key", key, "value", XmlText.clean(value));
	}

	private void empty(String element, String... attributes) throws XMLStreamException {
		this.xml.writeEmptyElement(element);
		for (int at = 0; at < attributes.length; at += 2) {
			this.xml.writeAttribute(attributes[at], attributes[at + 1]);
		}
	}

	@Override
	public void finish() throws IOException {
		try {
			this.xml.writeEndElement();
			this.xml.writeEndDocument();
			this.xml.flush();
		}
		catch (XMLStreamException ex) {
			throw new IOException(ex);
		}
	}

	@Override
	public void close() {
		// the stream belongs to whoever gave it
	}

}
