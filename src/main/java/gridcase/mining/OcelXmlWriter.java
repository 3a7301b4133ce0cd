package gridcase.mining;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** An object-centric log as the XML of OCEL 2.0. */
class OcelXmlWriter extends OcelTextWriter {

	private final XMLStreamWriter toObjects;

	private final XMLStreamWriter toEvents;

	OcelXmlWriter(OutputStream out, Moments moments) throws IOException {
		super(out, moments);
		try {
			this.toObjects = writer(this.objects.in());
			this.toEvents = writer(this.events.in());
		}
		catch (XMLStreamException ex) {
			throw new IOException(ex);
		}
	}

	private static XMLStreamWriter writer(OutputStream out) throws XMLStreamException {
		return XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(out, StandardCharsets.UTF_8.name());
	}

	private interface Part {

		void write() throws XMLStreamException;

	}

	private static void xml(Part part) throws IOException {
		try {
			part.write();
		}
		catch (XMLStreamException ex) {
			throw new IOException(ex);
		}
	}

	@Override
	void object(LogObject object) throws IOException {
		xml(() -> write(this.toObjects, object));
	}

	@Override
	void event(LogEvent event) throws IOException {
		xml(() -> write(this.toEvents, event));
	}

	private void write(XMLStreamWriter xml, LogObject object) throws XMLStreamException {
		xml.writeCharacters("\n");
		xml.writeStartElement("object");
		xml.writeAttribute("id", object.id());
		xml.writeAttribute("type", object.type());
		xml.writeStartElement("attributes");
		for (LogObject.Value value : object.values()) {
			xml.writeStartElement("attribute");
			xml.writeAttribute("name", value.name());
			xml.writeAttribute("time", (value.since() != null) ? this.moments.text(value.since()) : Moments.BEGINNING);
			text(xml, LogTypes.OBJECTS.get(object.type()).get(value.name()), value.value());
			xml.writeEndElement();
		}
		xml.writeEndElement();
		links(xml, object.links());
		xml.writeEndElement();
	}

	private void write(XMLStreamWriter xml, LogEvent event) throws XMLStreamException {
		xml.writeCharacters("\n");
		xml.writeStartElement("event");
		xml.writeAttribute("id", event.id());
		xml.writeAttribute("type", XmlText.clean(event.type()));
		xml.writeAttribute("time", this.moments.text(event.at()));
		xml.writeStartElement("attributes");
		attribute(xml, "transition", event.transition());
		attribute(xml, "resource", event.resource());
		for (Map.Entry<String, Object> each : event.attributes().entrySet()) {
			attribute(xml, each.getKey(), each.getValue());
		}
		xml.writeEndElement();
		links(xml, event.links());
		xml.writeEndElement();
	}

	private void attribute(XMLStreamWriter xml, String name, Object value) throws XMLStreamException {
		xml.writeStartElement("attribute");
		xml.writeAttribute("name", name);
		text(xml, LogTypes.EVENT.get(name), value);
		xml.writeEndElement();
	}

	/** In XML, says the standard, truth is 1 or 0. */
	private void text(XMLStreamWriter xml, String type, Object value) throws XMLStreamException {
		xml.writeCharacters("boolean".equals(type) ? (Boolean.TRUE.equals(value) ? "1" : "0")
				: XmlText.clean(this.moments.value(value)));
	}

	private static void links(XMLStreamWriter xml, List<LogEvent.Link> links) throws XMLStreamException {
		xml.writeStartElement("objects");
		for (LogEvent.Link link : links) {
			xml.writeEmptyElement("relationship");
			xml.writeAttribute("object-id", link.object());
			xml.writeAttribute("qualifier", link.qualifier());
		}
		xml.writeEndElement();
	}

	@Override
	public void finish() throws IOException {
		try {
			this.toObjects.flush();
			this.toEvents.flush();
			XMLStreamWriter xml = writer(this.out);
			xml.writeStartDocument(StandardCharsets.UTF_8.name(), "1.0");
			xml.writeCharacters("\n");
			xml.writeStartElement("log");
			xml.writeStartElement("object-types");
			for (Map.Entry<String, Map<String, String>> type : LogTypes.OBJECTS.entrySet()) {
				type(xml, "object-type", type.getKey(), type.getValue());
			}
			xml.writeEndElement();
			xml.writeStartElement("event-types");
			for (String type : this.types) {
				type(xml, "event-type", type, LogTypes.EVENT);
			}
			xml.writeEndElement();
			xml.writeStartElement("objects");
			// ends the start tag before what was kept follows past the writer
			xml.writeCharacters("");
			xml.flush();
			this.objects.to(this.out);
			xml.writeEndElement();
			xml.writeStartElement("events");
			xml.writeCharacters("");
			xml.flush();
			this.events.to(this.out);
			xml.writeEndElement();
			xml.writeEndElement();
			xml.writeEndDocument();
			xml.flush();
		}
		catch (XMLStreamException ex) {
			throw new IOException(ex);
		}
	}

	private static void type(XMLStreamWriter xml, String element, String name, Map<String, String> attributes)
			throws XMLStreamException {
		xml.writeStartElement(element);
		xml.writeAttribute("name", XmlText.clean(name));
		xml.writeStartElement("attributes");
		for (Map.Entry<String, String> attribute : attributes.entrySet()) {
			xml.writeEmptyElement("attribute");
			xml.writeAttribute("name", attribute.getKey());
			xml.writeAttribute("type", attribute.getValue());
		}
		xml.writeEndElement();
		xml.writeEndElement();
	}

}
