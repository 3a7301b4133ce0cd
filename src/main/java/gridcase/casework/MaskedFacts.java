package gridcase.casework;

import java.io.IOException;
import java.util.Map;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import gridcase.privacy.PersonalData;

import org.springframework.beans.factory.annotation.Autowired;

/** Facts as they leave the platform: personal data masked, whoever asks. */
class MaskedFacts extends JsonSerializer<Map<String, Object>> {

	private final PersonalData personal;

	/** For writers that know no beans (YAML): nothing of a sealed value is shown. */
	MaskedFacts() {
		this(null);
	}

	@Autowired
	MaskedFacts(PersonalData personal) {
		this.personal = personal;
	}

	@Override
	public void serialize(Map<String, Object> facts, JsonGenerator json, SerializerProvider provider)
			throws IOException {
		json.writeStartObject();
		for (Map.Entry<String, Object> fact : facts.entrySet()) {
			Object value = PersonalData.isSealed(fact.getValue()) ? masked(fact.getValue().toString())
					: fact.getValue();
			if (value != null) {
				provider.defaultSerializeField(fact.getKey(), value, json);
			}
		}
		json.writeEndObject();
	}

	private String masked(String sealed) {
		return (this.personal != null) ? this.personal.masked(sealed) : "***";
	}

}
