package gridcase.casework.process;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import gridcase.notice.Placeholders;
import gridcase.policy.TableAudit;
import gridcase.shared.Texts;

import org.springframework.stereotype.Component;

/** Texts of messages name only what a case knows. */
@Component
class NoticeTextAudit implements TableAudit {

	@Override
	public String table() {
		return NoticeTexts.TABLE;
	}

	@Override
	public Map<String, String> problems(Map<String, String> outputs) {
		Set<String> known = NoticeTexts.placeholders();
		Map<String, String> problems = new TreeMap<>();
		outputs.forEach((name, cell) -> {
			Set<String> unknown = Placeholders.in(cell);
			unknown.removeAll(known);
			if (!unknown.isEmpty()) {
				problems.put(name, Texts.of("casework", "casework.notice.placeholder", String.join(", ", unknown),
						String.join(", ", known)));
			}
		});
		return problems;
	}

}
