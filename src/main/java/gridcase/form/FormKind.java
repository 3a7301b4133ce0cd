package gridcase.form;

import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import gridcase.policy.Feel;
import gridcase.policy.RuleDraft;
import gridcase.policy.RuleKind;
import gridcase.policy.RuleProblem;
import gridcase.policy.RuleType;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Forms in a release. */
@Component
class FormKind implements RuleKind {

	private final JdbcTemplate jdbc;

	private final FormCheck forms;

	private final ObjectMapper json = new ObjectMapper();

	FormKind(JdbcTemplate jdbc, Feel feel) {
		this.jdbc = jdbc;
		this.forms = new FormCheck(feel);
	}

	@Override
	public RuleType type() {
		return RuleType.FORM;
	}

	@Override
	public Optional<String> read(String place, String file, byte[] content, Consumer<RuleProblem> problems) {
		return this.forms.id(file, content, problems);
	}

	@Override
	public void check(String file, String key, byte[] content, RuleDraft draft, Consumer<RuleProblem> problems) {
		this.forms.check(file, content, draft.names(), problems);
	}

	@Override
	public Map<String, Kept> keep(String place, Map<String, byte[]> rules) {
		Map<String, Kept> kept = new HashMap<>();
		rules.keySet().forEach((id) -> {
			Integer before = this.jdbc.queryForObject("""
					select coalesce(max(u.version), 0) from policy_release_rule u
					join policy_release r on r.id = u.release_id
					where r.place is not distinct from ? and u.type = ? and u.key = ?""", Integer.class, place,
					RuleType.FORM.name(), id);
			kept.put(id, new Kept(id + ":" + UUID.randomUUID(), before + 1));
		});
		return kept;
	}

	@Override
	public Set<String> sets(byte[] content) {
		Set<String> keys = new HashSet<>();
		try {
			collect(this.json.readTree(content).path("components"), keys);
		}
		catch (IOException ex) {
			throw new IllegalStateException("a released form cannot be read", ex);
		}
		return keys;
	}

	private static void collect(JsonNode components, Set<String> keys) {
		for (JsonNode component : components) {
			if (component.path("type").asText().equals("dynamiclist")) {
				keys.add(component.path("path").asText());
				continue;
			}
			if (component.hasNonNull("key")) {
				keys.add(component.get("key").asText());
			}
			collect(component.path("components"), keys);
		}
	}

}
