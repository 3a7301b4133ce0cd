package gridcase.policy;

import java.io.ByteArrayInputStream;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

import javax.xml.stream.XMLStreamException;

import org.springframework.stereotype.Component;

/** Decision tables in a release. A table stands on its own: reading it checks all. */
@Component
class TableKind implements RuleKind {

	private final DecisionEngine engine;

	private final TableReader reader;

	TableKind(DecisionEngine engine, Feel feel, List<TableAudit> audits) {
		this.engine = engine;
		this.reader = new TableReader(feel, audits);
	}

	@Override
	public RuleType type() {
		return RuleType.TABLE;
	}

	@Override
	public Optional<String> read(String place, String file, byte[] content, Consumer<RuleProblem> problems) {
		try {
			return Optional.of(this.reader.check(file, content, place == null));
		}
		catch (ReleaseRefused refused) {
			refused.problems().forEach(problems);
			return Optional.empty();
		}
	}

	@Override
	public void check(String file, String key, byte[] content, RuleDraft draft, Consumer<RuleProblem> problems) {
		// read says it all
	}

	@Override
	public Map<String, Kept> keep(String place, Map<String, byte[]> rules) {
		Map<String, byte[]> files = new TreeMap<>();
		rules.forEach((key, content) -> files.put(key + RuleType.TABLE.ending(), content));
		return this.engine.deploy((place != null) ? "policy " + place : "policy", place, files);
	}

	@Override
	public Set<String> sets(byte[] content) {
		try {
			return new HashSet<>(TableScan.of(new ByteArrayInputStream(content)).outputs());
		}
		catch (XMLStreamException ex) {
			throw new IllegalStateException("a released table cannot be read", ex);
		}
	}

}
