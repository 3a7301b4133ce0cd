package gridcase.studio;

import java.util.List;

import gridcase.policy.RuleProblem;

/**
 * Keeps a draft from its review as long as something is wrong with it, beside what
 * engines would refuse. Every bean of this kind is asked at each submission.
 */
public interface DraftGate {

	/**
	 * What has to be mended first.
	 * @return all of it, empty if nothing
	 */
	List<RuleProblem> objections(Draft draft, List<DraftFile> files);

}
