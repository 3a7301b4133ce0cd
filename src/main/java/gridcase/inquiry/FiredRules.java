package gridcase.inquiry;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import gridcase.casework.CaseFile;
import gridcase.casework.Deadline;
import gridcase.casework.RuleWords;
import gridcase.inquiry.LookBack.FiredRule;
import gridcase.policy.DecisionRecord;
import gridcase.policy.Decisions;
import gridcase.policy.Release;
import gridcase.policy.Releases;
import gridcase.policy.TableView;
import gridcase.studio.ReleaseTrail;

import org.springframework.stereotype.Component;

/** Which row decided, in words, and who put it into force and approved it. */
@Component
class FiredRules {

	private final Decisions decisions;

	private final RuleWords words;

	private final Releases releases;

	private final ReleaseTrail trail;

	FiredRules(Decisions decisions, RuleWords words, Releases releases, ReleaseTrail trail) {
		this.decisions = decisions;
		this.words = words;
		this.releases = releases;
		this.trail = trail;
	}

	/** The row of a table that decided in an action of a case. */
	Optional<FiredRule> of(CaseFile file, String table, Instant at) {
		return this.decisions.ofCase(file.caseNo())
			.stream()
			.filter((decision) -> decision.table().equals(table) && decision.at().equals(at))
			.reduce((first, second) -> second)
			.flatMap((decision) -> of(file, decision));
	}

	/** The row that set a limit. */
	Optional<FiredRule> ofLimit(CaseFile file, Deadline deadline) {
		String[] parts = deadline.rule().split(" ");
		return (parts.length < 3) ? Optional.empty()
				: this.decisions.ofCase(file.caseNo())
					.stream()
					.filter((decision) -> decision.table().equals(parts[0]) && parts[1].equals("v" + decision.version())
							&& decision.rules().contains(parts[2]))
					.reduce((first, second) -> second)
					.flatMap((decision) -> of(file, decision));
	}

	private Optional<FiredRule> of(CaseFile file, DecisionRecord decision) {
		TableView table = this.decisions.table(decision);
		return decision.rules()
			.stream()
			.findFirst()
			.flatMap((rule) -> this.words.row(table, file.place(), rule))
			.map((row) -> {
				Release release = this.releases.get(decision.releaseId());
				ReleaseTrail.Source source = this.trail.of(List.of(release.id())).get(release.id());
				return new FiredRule(table.key(), table.name(), table.place(), table.version(), row.row(), row.id(),
						row.sentence(), row.reason(), release.fromFiles(), release.fromFiles() ? null : release.by(),
						release.releasedAt(), (source != null) ? source.author() : null,
						(source != null) ? source.approvedBy() : null, (source != null) ? source.approvedAt() : null,
						source != null && source.afterFact(), (source != null) ? source.caseNo() : null);
			});
	}

}
