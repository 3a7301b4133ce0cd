package gridcase.studio;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import gridcase.policy.AppliesTo;
import gridcase.policy.ReleaseOrder;
import gridcase.policy.ReleaseRefused;
import gridcase.policy.Releases;
import gridcase.shared.Acting;
import gridcase.shared.Refusal;

import org.springframework.stereotype.Component;

/**
 * Checks a checkout as a server checks a release, by releasing it: only for a database
 * that is thrown away.
 */
@Component
class FolderCheck {

	private final Releases releases;

	FolderCheck(Releases releases) {
		this.releases = releases;
	}

	/**
	 * Releases what all places share first, then each place's own over it.
	 * @return everything that is wrong, each with its file; empty if all of it is in
	 * force now
	 */
	List<String> check(RuleFiles files) {
		List<String> problems = new ArrayList<>();
		files.owners().forEach((owner, contents) -> problems.addAll(check(owner, contents)));
		return problems;
	}

	private List<String> check(String owner, Map<String, byte[]> contents) {
		String place = owner.equals(RuleFiles.SHARED) ? null : owner;
		try {
			this.releases
				.release(new ReleaseOrder(place, contents, Acting.SYSTEM, "policy check", AppliesTo.ALL, null));
			return List.of();
		}
		catch (ReleaseRefused refused) {
			return refused.problems()
				.stream()
				.map((problem) -> RuleFiles.path(owner, problem.file())
						+ problem.toString().substring(problem.file().length()))
				.toList();
		}
		catch (Refusal refusal) {
			return List.of((place != null) ? place + ": " + refusal.getMessage() : refusal.getMessage());
		}
	}

}
