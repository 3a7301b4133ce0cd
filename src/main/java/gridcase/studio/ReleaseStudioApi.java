package gridcase.studio;

import java.util.List;
import java.util.Map;

import gridcase.casework.CaseMoves;
import gridcase.policy.AppliesTo;
import gridcase.policy.Release;
import gridcase.policy.ReleasedRule;
import gridcase.policy.Releases;
import gridcase.policy.RuleType;
import gridcase.security.CurrentPerson;
import gridcase.shared.FieldProblem;
import gridcase.shared.Refusal;
import gridcase.shared.Texts;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Review, release and roll back over REST. A review itself is a task of the case. */
@RestController
@RequestMapping("/api/v1/studio")
@Tag(name = "Rules: review and release")
class ReleaseStudioApi {

	private final Drafts drafts;

	private final DraftComments comments;

	private final Submissions submissions;

	private final Releases releases;

	private final ReleaseTrail trail;

	private final CaseMoves moves;

	private final StudioRights rights;

	ReleaseStudioApi(Drafts drafts, DraftComments comments, Submissions submissions, Releases releases,
			ReleaseTrail trail, CaseMoves moves, StudioRights rights) {
		this.drafts = drafts;
		this.comments = comments;
		this.submissions = submissions;
		this.releases = releases;
		this.trail = trail;
		this.moves = moves;
		this.rights = rights;
	}

	@PostMapping("/drafts/{id}/submit")
	@ResponseStatus(HttpStatus.CREATED)
	@Operation(summary = "Send a draft to review; the answer is the case that is its way into force",
			description = "Rules of all places name the place whose people review them.")
	CaseRef submit(@PathVariable long id, @RequestParam(required = false) String place, CurrentPerson person) {
		Draft draft = this.rights.write(person, id);
		return new CaseRef(this.submissions.submit(draft, reviewIn(draft.place(), place), person.login()));
	}

	private static String reviewIn(String own, String asked) {
		if (own != null) {
			return own;
		}
		if (asked == null || asked.isBlank()) {
			throw Refusal.invalid(List.of(new FieldProblem("place", Texts.of("studio-release", "studio.review-in"),
					Texts.of("studio-release", "studio.review-in.needed"))));
		}
		return asked;
	}

	@PostMapping("/drafts/{id}/files/{name}/rebase")
	@Operation(summary = "The file was compared with what somebody else has released meanwhile and comes after it")
	Rebased rebase(@PathVariable long id, @PathVariable String name, @RequestParam long version, CurrentPerson person) {
		this.rights.write(person, id);
		DraftFile file = this.drafts.rebase(id, name, version);
		return new Rebased(file.name(), file.version(), file.baseRelease(), file.baseVersion());
	}

	@GetMapping("/drafts/{id}/comments")
	@Operation(summary = "What was said of a draft, oldest first")
	List<DraftComment> comments(@PathVariable long id, CurrentPerson person) {
		this.rights.read(person, id);
		return this.comments.of(id);
	}

	@PostMapping("/drafts/{id}/comments")
	@ResponseStatus(HttpStatus.CREATED)
	@Operation(summary = "Say something of a draft, of a file of it, or of one row or element")
	DraftComment comment(@PathVariable long id, @RequestBody Said said, CurrentPerson person) {
		this.rights.comment(person, id);
		return this.comments.add(id, said.file(), said.element(), said.text(), person.login());
	}

	@PostMapping("/drafts/{id}/comments/{comment}/resolve")
	@Operation(summary = "Call a comment settled")
	DraftComment resolve(@PathVariable long id, @PathVariable long comment, CurrentPerson person) {
		this.rights.comment(person, id);
		return this.comments.resolve(id, comment, person.login());
	}

	@GetMapping("/releases/{id}")
	@Operation(summary = "What a release holds, who wrote and approved it, when it is in force")
	ReleaseView release(@PathVariable long id, CurrentPerson person) {
		Release release = this.releases.get(id);
		this.rights.read(person, release.place());
		return new ReleaseView(release, this.trail.of(List.of(id)).get(id));
	}

	@PostMapping("/releases/{id}/roll-back")
	@ResponseStatus(HttpStatus.CREATED)
	@Operation(summary = "Take a release back at once; somebody else approves it afterwards")
	CaseRef rollBack(@PathVariable long id, @RequestBody RollBack order, CurrentPerson person) {
		Release release = this.releases.get(id);
		this.rights.write(person, release.place());
		return new CaseRef(this.submissions.rollBack(id, reviewIn(release.place(), order.place()), order.appliesTo(),
				order.reason(), person.login()));
	}

	@GetMapping("/migrations/{id}")
	@Operation(summary = "Which open cases can move to the diagrams of a release, and why others cannot",
			description = "At most " + CaseMoves.MOST + " of each diagram at one go.")
	Map<String, List<CaseMoves.Move>> moves(@PathVariable long id, CurrentPerson person) {
		Release release = this.releases.get(id);
		this.rights.write(person, release.place());
		return release.rules()
			.stream()
			.filter((rule) -> rule.type() == RuleType.DIAGRAM && !rule.removed())
			.collect(java.util.stream.Collectors.toMap(ReleasedRule::key, this.moves::preview));
	}

	@PostMapping("/migrations/{id}/{key}")
	@Operation(summary = "Move open cases to a diagram of a release, each by itself")
	List<CaseMoves.Move> move(@PathVariable long id, @PathVariable String key, @RequestBody List<String> instances,
			CurrentPerson person) {
		Release release = this.releases.get(id);
		this.rights.write(person, release.place());
		return this.moves.move(ReleaseController.diagram(release, key), instances);
	}

	/**
	 * A case.
	 *
	 * @param caseNo its number
	 */
	record CaseRef(String caseNo) {

	}

	/**
	 * A file that has another base now.
	 *
	 * @param name file name
	 * @param version version of the file now
	 * @param baseRelease release it comes after
	 * @param baseVersion version it comes after
	 */
	record Rebased(String name, long version, Long baseRelease, Integer baseVersion) {

	}

	/**
	 * Something to say.
	 *
	 * @param file file of the draft, or null
	 * @param element row or element, or null
	 * @param text what is said
	 */
	record Said(String file, String element, String text) {

	}

	/**
	 * An order to take a release back.
	 *
	 * @param reason why
	 * @param appliesTo whom the former rules touch again; null: whom the release touched
	 * @param place for rules of all places: whose people approve it
	 */
	record RollBack(String reason, AppliesTo appliesTo, String place) {

	}

	/**
	 * A release with what stands behind it.
	 *
	 * @param release the release
	 * @param source draft, case and approval; null for one that came another way
	 */
	record ReleaseView(Release release, ReleaseTrail.Source source) {

	}

}
