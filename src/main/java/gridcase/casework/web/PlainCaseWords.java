package gridcase.casework.web;

import gridcase.audit.CaseEvent;
import gridcase.casework.CaseFile;
import gridcase.casework.CaseWords;

import org.springframework.stereotype.Component;

/** The words of the timeline. */
@Component
class PlainCaseWords implements CaseWords {

	private final Timeline timeline;

	private final Names names;

	PlainCaseWords(Timeline timeline, Names names) {
		this.timeline = timeline;
		this.names = names;
	}

	@Override
	public Sentence sentence(CaseFile file, CaseEvent event) {
		Timeline.Entry entry = this.timeline.entry(file, event);
		Rules.Chip rule = entry.rule();
		return (rule == null) ? new Sentence(entry.state(), entry.text(), entry.why(), null, null, null, null)
				: new Sentence(entry.state(), entry.text(), entry.why(), rule.text(), rule.table(), rule.version(),
						rule.rule());
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
