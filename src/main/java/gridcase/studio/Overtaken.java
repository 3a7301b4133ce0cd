package gridcase.studio;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

import gridcase.clock.PlatformClock;
import gridcase.policy.ReleasedRule;
import gridcase.policy.ReleasedRules;
import gridcase.policy.Releases;
import gridcase.policy.RuleScope;
import gridcase.shared.Texts;

import org.springframework.stereotype.Component;

/**
 * Finds files of a draft that somebody else has released since the draft took them up.
 * They are never overwritten: who wrote the draft compares all three first.
 */
@Component
class Overtaken {

	private final Drafts drafts;

	private final ReleasedRules rules;

	private final Releases releases;

	private final PlatformClock clock;

	Overtaken(Drafts drafts, ReleasedRules rules, Releases releases, PlatformClock clock) {
		this.drafts = drafts;
		this.rules = rules;
		this.releases = releases;
		this.clock = clock;
	}

	/**
	 * A file that has another base now.
	 *
	 * @param name file name
	 * @param baseVersion version the draft was made from, null if there was none
	 * @param now what was released since
	 */
	record File(String name, Integer baseVersion, ReleasedRule now) {

	}

	/** The files, in the order of their names. */
	List<File> of(Draft draft) {
		List<File> overtaken = new ArrayList<>();
		for (DraftFile file : this.drafts.files(draft.id())) {
			since(draft, file).ifPresent((rule) -> overtaken.add(new File(file.name(), file.baseVersion(), rule)));
		}
		return overtaken;
	}

	/** What is in force now, or will be, and was not when the draft took the file up. */
	private Optional<ReleasedRule> since(Draft draft, DraftFile file) {
		long base = (file.baseRelease() != null) ? file.baseRelease() : 0;
		Stream<ReleasedRule> inForce = this.rules
			.find(file.type(), file.key(), RuleScope.newCase(draft.place(), this.clock.now()))
			.stream();
		Stream<ReleasedRule> scheduled = this.rules.versions(file.type(), file.key(), draft.place())
			.stream()
			.filter((rule) -> rule.releaseId() > base && rule.effectiveFrom().isAfter(this.clock.now()));
		return Stream.concat(inForce, scheduled)
			.filter((rule) -> !Objects.equals(rule.releaseId(), file.baseRelease()))
			.findFirst();
	}

	/** The same in words, empty if there are none. */
	Optional<String> words(Draft draft) {
		List<String> said = of(draft).stream()
			.map((file) -> Texts.own("studio-release", "studio.overtaken", file.name(),
					(file.baseVersion() != null) ? file.baseVersion() : "—", file.now().version(),
					file.now().releaseId(), this.releases.get(file.now().releaseId()).note()))
			.toList();
		return said.isEmpty() ? Optional.empty() : Optional.of(String.join("；", said));
	}

}
