package gridcase.casework;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import gridcase.casework.process.ModelLint;
import gridcase.clock.PlatformClock;
import gridcase.policy.ReleasedRules;
import gridcase.policy.Releases;
import gridcase.policy.RuleDraft;
import gridcase.policy.RuleKind;
import gridcase.policy.RuleProblem;
import gridcase.policy.RuleScope;
import gridcase.policy.RuleType;

import org.springframework.stereotype.Component;

/** Everything there is to say of a diagram before it is released, element by element. */
@Component
public class DiagramLint {

	private final RuleKind diagrams;

	private final Releases releases;

	private final ReleasedRules rules;

	private final PlatformClock clock;

	DiagramLint(List<RuleKind> kinds, Releases releases, ReleasedRules rules, PlatformClock clock) {
		this.diagrams = kinds.stream().filter((kind) -> kind.type() == RuleType.DIAGRAM).findFirst().orElseThrow();
		this.releases = releases;
		this.rules = rules;
		this.clock = clock;
	}

	/**
	 * Something found.
	 *
	 * @param error whether it keeps the diagram from being released; else it is worth a
	 * second look
	 * @param element id of the element, null for the file as a whole
	 * @param name what people call that element, null if it has no name
	 * @param message what is wrong and what would be right
	 */
	public record Finding(boolean error, String element, String name, String message) {

	}

	/**
	 * Looks at a diagram among the files it would be released with.
	 * @param place place code, null for the shared rules
	 * @param file name of the diagram's file
	 * @param content what is in it
	 * @param files the other files, content by name
	 * @return errors first
	 */
	public List<Finding> findings(String place, String file, byte[] content, Map<String, byte[]> files) {
		List<RuleProblem> errors = new ArrayList<>();
		List<RuleProblem> warnings = new ArrayList<>();
		this.diagrams.read(place, file, content, errors::add).ifPresent((key) -> {
			RuleDraft draft = this.releases.outlook(place, with(files, file, content));
			this.diagrams.check(file, key, content, draft, errors::add);
			new ModelLint((form) -> form(place, form, files)).look(file, content, warnings::add);
		});
		List<Finding> findings = new ArrayList<>();
		errors.forEach((problem) -> findings.add(finding(true, problem)));
		warnings.forEach((problem) -> findings.add(finding(false, problem)));
		return findings.stream().distinct().toList();
	}

	private static Finding finding(boolean error, RuleProblem problem) {
		return new Finding(error, problem.element(), problem.name(), problem.message());
	}

	private static Map<String, byte[]> with(Map<String, byte[]> files, String file, byte[] content) {
		Map<String, byte[]> all = new java.util.LinkedHashMap<>(files);
		all.put(file, content);
		return all;
	}

	private Optional<byte[]> form(String place, String form, Map<String, byte[]> files) {
		byte[] own = files.get(form + RuleType.FORM.ending());
		if (own != null) {
			return Optional.of(own);
		}
		Instant now = this.clock.now();
		return this.rules.find(RuleType.FORM, form, RuleScope.newCase(place, now)).map(this.rules::content);
	}

}
