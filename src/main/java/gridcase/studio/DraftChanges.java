package gridcase.studio;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import gridcase.casework.RuleChanges;
import gridcase.clock.PlatformClock;
import gridcase.policy.Release;
import gridcase.policy.Releases;
import gridcase.policy.RuleProblem;
import gridcase.policy.RuleType;
import gridcase.registry.Duties;
import gridcase.registry.Roles;
import gridcase.shared.Acting;
import gridcase.shared.Refusal;
import gridcase.shared.Texts;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Moves drafts as the diagram of their case says. */
@Component
class DraftChanges implements RuleChanges {

	private final Drafts drafts;

	private final Releases releases;

	private final ReleaseTrail trail;

	private final Overtaken overtaken;

	private final ObjectProvider<DraftGate> gates;

	private final ObjectProvider<TrialProof> trials;

	private final Duties duties;

	private final PlatformClock clock;

	DraftChanges(Drafts drafts, Releases releases, ReleaseTrail trail, Overtaken overtaken,
			ObjectProvider<DraftGate> gates, ObjectProvider<TrialProof> trials, Duties duties, PlatformClock clock) {
		this.drafts = drafts;
		this.releases = releases;
		this.trail = trail;
		this.overtaken = overtaken;
		this.gates = gates;
		this.trials = trials;
		this.duties = duties;
		this.clock = clock;
	}

	@Override
	public Submitted submit(String caseNo) {
		Draft draft = draft(caseNo);
		List<DraftFile> files = this.drafts.files(draft.id());
		boolean rollsBack = this.trail.takesBack(draft.id()).isPresent();
		if (!rollsBack) {
			mustBeGood(draft, files);
		}
		this.drafts.move(draft.id(), List.of(DraftState.OPEN), DraftState.SUBMITTED);
		Set<String> authors = new LinkedHashSet<>(this.drafts.authors(draft.id()));
		authors.add(Acting.current());
		Map<String, Object> facts = new HashMap<>();
		facts.put("draftId", draft.id());
		facts.put("subjectPage", "/studio/drafts/" + draft.id());
		facts.put("changeRollsBack", rollsBack);
		facts.put("changeUrgent", draft.urgent());
		facts.put("changeTables", files.stream().filter((file) -> file.type() == RuleType.TABLE).count());
		facts.put("trialAttached", trialAttached(draft, files).orElse(null));
		facts.put("authorApproves",
				this.duties.rolesOf(Acting.current(), this.clock.now()).contains(Roles.POLICY_APPROVER));
		return new Submitted(facts, List.copyOf(authors));
	}

	/**
	 * Looks whether anything is wrong with a draft.
	 * @throws Refusal with everything that is
	 */
	void mustBeGood(Draft draft, List<DraftFile> files) {
		if (files.isEmpty()) {
			throw Refusal.rule(Texts.of("studio-release", "studio.submit.empty"));
		}
		if (draft.urgent() && files.stream()
			.anyMatch((file) -> file.type() == RuleType.REGISTRY && file.key().equals(RegistryRules.CALENDAR))) {
			throw Refusal.rule(Texts.of("studio-release", "studio.registry.urgent"));
		}
		this.overtaken.words(draft).ifPresent((words) -> {
			throw Refusal.conflict(words);
		});
		this.releases.check(this.drafts.order(draft, Acting.current()));
		List<RuleProblem> problems = new ArrayList<>();
		this.gates.orderedStream().forEach((gate) -> problems.addAll(gate.objections(draft, files)));
		if (!problems.isEmpty()) {
			throw Refusal.rule(Texts.of("studio-release", "studio.submit.problems", problems.size()) + "\n"
					+ problems.stream().map(RuleProblem::toString).collect(Collectors.joining("\n")));
		}
	}

	/** Empty where nothing here can try drafts. */
	Optional<Boolean> trialAttached(Draft draft, List<DraftFile> files) {
		List<TrialProof> proofs = this.trials.orderedStream().toList();
		return proofs.isEmpty() ? Optional.empty()
				: Optional.of(proofs.stream().anyMatch((proof) -> proof.attached(draft, files)));
	}

	@Override
	public void reopen(String caseNo) {
		Draft draft = draft(caseNo);
		this.trail.reopened(draft.id());
		this.drafts.move(draft.id(), List.of(DraftState.SUBMITTED, DraftState.APPROVED, DraftState.OPEN),
				DraftState.OPEN);
	}

	@Override
	public Instant approve(String caseNo) {
		Draft draft = draft(caseNo);
		this.drafts.move(draft.id(), List.of(DraftState.SUBMITTED), DraftState.APPROVED);
		this.trail.approved(draft.id(), Acting.current());
		return draft.effectiveFrom();
	}

	@Override
	public Released release(String caseNo, boolean afterFact) {
		Draft draft = draft(caseNo);
		Optional<Long> takesBack = this.trail.takesBack(draft.id());
		Optional<String> others = takesBack.isPresent() ? Optional.empty() : this.overtaken.words(draft);
		if (others.isPresent()) {
			return new Released(null, others.get());
		}
		Release release = takesBack
			.map((former) -> this.releases.takeBack(former, draft.appliesTo(), draft.author(), note(draft)))
			.orElseGet(() -> this.releases.release(this.drafts.order(draft, draft.author())));
		this.drafts.released(draft.id(), release.id());
		this.trail.released(release.id(), draft.id(), afterFact, takesBack.orElse(null));
		return new Released(release.id(), null);
	}

	@Override
	public void ratify(String caseNo) {
		this.trail.approved(draft(caseNo).id(), Acting.current());
	}

	@Override
	public long rollBack(String caseNo) {
		Draft draft = draft(caseNo);
		Release back = this.releases.takeBack(draft.releaseId(), draft.appliesTo(), Acting.current(),
				Texts.own("studio-release", "studio.roll-back.note", draft.releaseId(), draft.title()));
		this.trail.released(back.id(), draft.id(), false, draft.releaseId());
		return back.id();
	}

	private static String note(Draft draft) {
		return draft.note().isBlank() ? draft.title() : draft.note();
	}

	private Draft draft(String caseNo) {
		return this.drafts.ofCase(caseNo)
			.orElseThrow(() -> Refusal.notFound(Texts.of("studio-release", "studio.case.no-draft", caseNo)));
	}

}
