package gridcase.studio;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

import gridcase.policy.RuleType;
import gridcase.trial.Trial;
import gridcase.trial.Trials;

import org.springframework.stereotype.Component;

/**
 * A draft has been tried when each of its tables has, as it is now, over a whole period.
 * Diagrams and forms cannot be tried on the past; a draft of nothing else needs none.
 */
@Component
class AttachedTrials implements TrialProof {

	private final Trials trials;

	AttachedTrials(Trials trials) {
		this.trials = trials;
	}

	@Override
	public boolean attached(Draft draft, List<DraftFile> files) {
		Map<String, byte[]> tables = new TreeMap<>();
		files.stream()
			.filter((file) -> file.type() == RuleType.TABLE)
			.forEach((file) -> tables.put(file.name(), file.content()));
		Set<String> tried = this.trials.attached(draft.id(), tables)
			.stream()
			.map(Trial::table)
			.collect(Collectors.toSet());
		return tried.containsAll(TrialDesk.toTry(tables));
	}

}
