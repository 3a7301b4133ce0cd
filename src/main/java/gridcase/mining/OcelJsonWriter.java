package gridcase.mining;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;

/**
 * An object-centric log as the JSON of OCEL 2.0. Values are texts, as its schema says;
 * their types stand with the types of things and events.
 */
class OcelJsonWriter extends OcelTextWriter {

	private final JsonGenerator toObjects;

	private final JsonGenerator toEvents;

	OcelJsonWriter(OutputStream out, Moments moments) throws IOException {
		super(out, moments);
		this.toObjects = generator(this.objects.in());
		this.toEvents = generator(this.events.in());
	}

	private static JsonGenerator generator(OutputStream out) throws IOException {
		return new JsonFactory().createGenerator(out)
			.setPrettyPrinter(new MinimalPrettyPrinter(",\n"))
			.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
	}

	@Override
	void object(LogObject object) throws IOException {
		JsonGenerator json = this.toObjects;
		json.writeStartObject();
		json.writeStringField("id", object.id());
		json.writeStringField("type", object.type());
		json.writeArrayFieldStart("attributes");
		for (LogObject.Value value : object.values()) {
			json.writeStartObject();
			json.writeStringField("name", value.name());
			json.writeStringField("time",
					(value.since() != null) ? this.moments.text(value.since()) : Moments.BEGINNING);
			json.writeStringField("value", this.moments.value(value.value()));
			json.writeEndObject();
		}
		json.writeEndArray();
		links(json, object.links());
		json.writeEndObject();
	}

	@Override
	void event(LogEvent event) throws IOException {
		JsonGenerator json = this.toEvents;
		json.writeStartObject();
		json.writeStringField("id", event.id());
		json.writeStringField("type", event.type());
		json.writeStringField("time", this.moments.text(event.at()));
		json.writeArrayFieldStart("attributes");
		attribute(json, "transition", event.transition());
		attribute(json, "resource", event.resource());
		for (Map.Entry<String, Object> each : event.attributes().entrySet()) {
			attribute(json, each.getKey(), this.moments.value(each.getValue()));
		}
		json.writeEndArray();
		links(json, event.links());
		json.writeEndObject();
	}

	private static void attribute(JsonGenerator json, String name, String value) throws IOException {
		json.writeStartObject();
		json.writeStringField("name", name);
		json.writeStringField("value", value);
		json.writeEndObject();
	}

	private static void links(JsonGenerator json, List<LogEvent.Link> links) throws IOException {
		json.writeArrayFieldStart("relationships");
		for (LogEvent.Link link : links) {
			json.writeStartObject();
			json.writeStringField("objectId", link.object());
			json.writeStringField("qualifier", link.qualifier());
			json.writeEndObject();
		}
		json.writeEndArray();
	}

	@Override
	public void finish() throws IOException {
		this.toObjects.close();
		this.toEvents.close();
		JsonGenerator json = generator(this.out);
		json.setPrettyPrinter(new MinimalPrettyPrinter());
		json.writeStartObject();
		json.writeArrayFieldStart("objectTypes");
		for (Map.Entry<String, Map<String, String>> type : LogTypes.OBJECTS.entrySet()) {
			type(json, type.getKey(), type.getValue());
		}
		json.writeEndArray();
		json.writeArrayFieldStart("eventTypes");
		for (String type : this.types) {
			type(json, type, LogTypes.EVENT);
		}
		json.writeEndArray();
		json.flush();
		write(",\n\"objects\":[");
		this.objects.to(this.out);
		write("],\n\"events\":[");
		this.events.to(this.out);
		write("]}\n");
		this.out.flush();
	}

	private void write(String text) throws IOException {
		this.out.write(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
	}

	private static void type(JsonGenerator json, String name, Map<String, String> attributes) throws IOException {
		json.writeStartObject();
		json.writeStringField("name", name);
		json.writeArrayFieldStart("attributes");
		for (Map.Entry<String, String> attribute : attributes.entrySet()) {
			json.writeStartObject();
			json.writeStringField("name", attribute.getKey());
			json.writeStringField("type", attribute.getValue());
			json.writeEndObject();
		}
		json.writeEndArray();
		json.writeEndObject();
	}

}
