package gridcase.open311;

import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;

/**
 * Writes documents as JSON or XML, as the specification lays both out: a list is an array
 * of objects, or an element with one element for each.
 */
@Component
class Documents {

	static final String JSON = "json";

	static final String XML = "xml";

	/** What a part of a list is called in XML. */
	private static final Map<String, String> PARTS = Map.of("services", "service", "service_requests", "request",
			"errors", "error", "attributes", "attribute", "values", "value", "endpoints", "endpoint", "formats",
			"format");

	private final XMLOutputFactory factory = XMLOutputFactory.newDefaultFactory();

	/** Absent is written as empty, not left out: clients look for every name. */
	private final ObjectMapper json = new ObjectMapper().setSerializationInclusion(JsonInclude.Include.ALWAYS);

	/**
	 * A list.
	 * @param name of the list in XML
	 */
	ResponseEntity<byte[]> list(String format, HttpStatusCode status, String name, List<Map<String, Object>> parts) {
		return answer(format, status, name, parts);
	}

	/**
	 * A single object.
	 * @param name of the object in XML
	 */
	ResponseEntity<byte[]> one(String format, HttpStatusCode status, String name, Map<String, Object> object) {
		return answer(format, status, name, object);
	}

	private ResponseEntity<byte[]> answer(String format, HttpStatusCode status, String name, Object value) {
		boolean xml = format.equals(XML);
		return ResponseEntity.status(status)
			.contentType(new MediaType(xml ? MediaType.TEXT_XML : MediaType.APPLICATION_JSON, StandardCharsets.UTF_8))
			.body((xml ? xml(name, value) : json(value)).getBytes(StandardCharsets.UTF_8));
	}

	private String json(Object value) {
		try {
			return this.json.writeValueAsString(value);
		}
		catch (JsonProcessingException ex) {
			throw new IllegalArgumentException("Not a value of JSON types: " + value, ex);
		}
	}

	private String xml(String name, Object value) {
		StringWriter text = new StringWriter();
		try {
			XMLStreamWriter writer = this.factory.createXMLStreamWriter(text);
			writer.writeStartDocument("utf-8", "1.0");
			write(writer, name, value);
			writer.writeEndDocument();
			writer.close();
		}
		catch (XMLStreamException ex) {
			throw new IllegalArgumentException("Cannot be written as XML: " + value, ex);
		}
		return text.toString();
	}

	private static void write(XMLStreamWriter writer, String name, Object value) throws XMLStreamException {
		writer.writeStartElement(name);
		if (value instanceof List<?> list) {
			for (Object part : list) {
				write(writer, PARTS.get(name), part);
			}
		}
		else if (value instanceof Map<?, ?> map) {
			for (Map.Entry<?, ?> entry : map.entrySet()) {
				write(writer, entry.getKey().toString(), entry.getValue());
			}
		}
		else if (value != null) {
			writer.writeCharacters(legal(value.toString()));
		}
		writer.writeEndElement();
	}

	/** Some characters cannot stand in XML at all, however they are written. */
	private static String legal(String text) {
		return text.replaceAll("[^\\x09\\x0A\\x0D\\x20-\\uD7FF\\uE000-\\uFFFD\\x{10000}-\\x{10FFFF}]", "\uFFFD");
	}

}
