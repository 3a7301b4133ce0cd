package gridcase.studio;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

import gridcase.casework.CaseActions;
import gridcase.casework.Cases;
import gridcase.casework.Report;
import gridcase.clock.PlatformClock;
import gridcase.policy.AppliesTo;
import gridcase.policy.Release;
import gridcase.policy.Releases;
import gridcase.policy.RuleType;
import gridcase.registry.Catalogue;
import gridcase.registry.Category;
import gridcase.registry.Duties;
import gridcase.registry.Roles;
import gridcase.shared.FieldProblem;
import gridcase.shared.Refusal;
import gridcase.shared.Texts;

import org.springframework.stereotype.Component;

/** Sends drafts and roll-backs on their way: each becomes a case. */
@Component
public class Submissions {

	/** Process that a change of rules runs through. */
	static final String PROCESS = "policy-change";

	private static final String CHANNEL = "INTERNAL";

	private final Drafts drafts;

	private final DraftChanges changes;

	private final Releases releases;

	private final ReleaseTrail trail;

	private final CaseActions cases;

	private final Cases files;

	private final Catalogue catalogue;

	private final Duties duties;

	private final PlatformClock clock;

	Submissions(Drafts drafts, DraftChanges changes, Releases releases, ReleaseTrail trail, CaseActions cases,
			Cases files, Catalogue catalogue, Duties duties, PlatformClock clock) {
		this.drafts = drafts;
		this.changes = changes;
		this.releases = releases;
		this.trail = trail;
		this.cases = cases;
		this.files = files;
		this.catalogue = catalogue;
		this.duties = duties;
		this.clock = clock;
	}

	/**
	 * The open case that is a draft's way into force.
	 * @return its number, or null if there is none
	 */
	public String openCase(Draft draft) {
		return (draft.caseNo() != null && this.files.get(draft.caseNo()).open()) ? draft.caseNo() : null;
	}

	/**
	 * Sends a draft to review.
	 * @param draft the draft
	 * @param place place whose people review it: its own, or any for rules of all places
	 * @param by sign-in name of who submits it, in whose name this runs
	 * @return number of the case
	 * @throws Refusal with everything that is wrong with the draft, or because it is on
	 * its way already
	 */
	public String submit(Draft draft, String place, String by) {
		String open = openCase(draft);
		if (open != null) {
			throw Refusal.conflict(Texts.of("studio-release", "studio.submit.in-case", open));
		}
		if (draft.place() != null && !draft.place().equals(place)) {
			throw Refusal.rule(Texts.of("studio-release", "studio.submit.place", place));
		}
		this.changes.mustBeGood(draft, this.drafts.files(draft.id()));
		return open(place, draft.title(), draft.note(), by, (caseNo) -> this.drafts.runAs(draft.id(), caseNo));
	}

	/**
	 * Takes a release back, at once; somebody else approves it afterwards.
	 * @param releaseId its number
	 * @param reviewIn place whose people approve it: the release's own, or any for rules
	 * of all places
	 * @param appliesTo whom the former rules touch again; null: whom the release touched
	 * @param reason why
	 * @param by sign-in name of who orders it, in whose name this runs
	 * @return number of the case
	 * @throws Refusal if it came with the program, was taken back already, or something
	 * of it was released anew since
	 */
	public String rollBack(long releaseId, String reviewIn, AppliesTo appliesTo, String reason, String by) {
		if (reason == null || reason.isBlank()) {
			throw Refusal.invalid(List.of(new FieldProblem("reason", Texts.of("studio-release", "studio.reason"),
					Texts.of("studio-release", "studio.reason.needed"))));
		}
		Release release = this.releases.get(releaseId);
		if (release.fromFiles()) {
			throw Refusal.rule(Texts.of("studio-release", "studio.roll-back.shipped", releaseId));
		}
		this.trail.takenBackBy(releaseId).ifPresent((later) -> {
			throw Refusal.conflict(Texts.of("studio-release", "studio.roll-back.done", releaseId, later));
		});
		Map<RuleType, Set<String>> gone = new TreeMap<>();
		Map<String, byte[]> before = this.releases.before(release, gone);
		String title = Texts.own("studio-release", "studio.roll-back.title", releaseId, release.note());
		return open(reviewIn, title, reason.strip(), by, (caseNo) -> {
			Draft draft = this.drafts.begin(release.place(), title, by);
			before.forEach((name, content) -> this.drafts.save(draft.id(), name, content, 0, by));
			Draft now = this.drafts.get(draft.id());
			this.drafts.describe(new Draft(now.id(), now.place(), now.title(), reason.strip(), now.author(),
					now.state(), (appliesTo != null) ? appliesTo : release.appliesTo(), null, false, null, null,
					now.createdAt(), now.changedAt(), now.version()));
			this.trail.takeBack(draft.id(), releaseId);
			this.drafts.runAs(draft.id(), caseNo);
		});
	}

	private String open(String place, String title, String note, String by, Consumer<String> alongside) {
		Category category = this.catalogue.ofProcess(place, PROCESS, this.clock.now())
			.orElseThrow(() -> Refusal.rule(Texts.of("studio-release", "studio.submit.no-category", PROCESS)));
		Map<String, Object> values = new HashMap<>();
		values.put("title", title);
		values.put("description", note.isBlank() ? title : note);
		values.put("category", category.code());
		values.put("gridCode", this.duties.seat(by, place, Roles.POLICY_APPROVER, this.clock.now())
			.orElseThrow(() -> Refusal.rule(Texts.of("studio-release", "studio.submit.nobody", place))));
		return this.cases.open(new Report(place, CHANNEL, by, values), alongside);
	}

}
