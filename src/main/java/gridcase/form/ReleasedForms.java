package gridcase.form;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import com.fasterxml.jackson.databind.ObjectMapper;
import gridcase.policy.ReleasedRule;
import gridcase.policy.ReleasedRules;
import gridcase.policy.RuleScope;
import gridcase.policy.RuleType;

import org.springframework.stereotype.Component;

/** Forms as they were released. A version never changes, so it is read once. */
@Component
class ReleasedForms implements FormFiles {

	private final ReleasedRules rules;

	private final ObjectMapper json = new ObjectMapper();

	private final Map<String, FormFile> known = new ConcurrentHashMap<>();

	ReleasedForms(ReleasedRules rules) {
		this.rules = rules;
	}

	@Override
	public Optional<FormFile> find(String id, RuleScope scope) {
		return this.rules.find(RuleType.FORM, id, scope)
			.map((rule) -> this.known.computeIfAbsent(rule.definitionId(), (definition) -> read(rule)));
	}

	private FormFile read(ReleasedRule rule) {
		try {
			return FormFile.read(rule.key(), this.json.readTree(this.rules.content(rule)));
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Form " + rule.definitionId() + " cannot be read", ex);
		}
	}

}
