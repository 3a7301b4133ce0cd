package gridcase.casework.web;

import java.time.Instant;

import gridcase.audit.CaseEvent;
import gridcase.casework.CaseFile;
import gridcase.casework.CaseWords;

import org.springframework.stereotype.Component;

/** The words of the timeline. */
@Component
class PlainCaseWords implements CaseWords {

	private final Timeline timeline;

	private final Names names;

	private final Rules rules;

	PlainCaseWords(Timeline timeline, Names names, Rules rules) {
		this.timeline = timeline;
		this.names = names;
		this.rules = rules;
	}

	@Override
	public Sentence sentence(CaseFile file, CaseEvent event) {
		Timeline.Entry entry = this.timeline.entry(file, event);
		return new Sentence(entry.state(), entry.text(), entry.why(),
				(entry.rule() != null) ? chip(entry.rule()) : null);
	}

	private static Chip chip(Rules.Chip rule) {
		return new Chip(rule.text(), rule.table(), rule.version(), rule.rule(), rule.words());
	}

	@Override
	public Chip rule(String place, String rule, Instant at) {
		return chip(this.rules.of(place, rule, at));
	}

	@Override
	public String word(String kind, Object code) {
		return this.names.word(kind, code);
	}

	@Override
	public String pool(String pool) {
		Names.Label label = this.names.pool(pool);
		return this.names.text("casework.pool", label.name(), label.duty());
	}

	@Override
	public String category(String place, String code) {
		return this.names.category(place, code);
	}

}
