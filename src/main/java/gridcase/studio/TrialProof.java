package gridcase.studio;

import java.util.List;

/** Knows whether a draft was tried on past cases as it is now. */
public interface TrialProof {

	/**
	 * Whether a finished trial of exactly these contents is attached.
	 * @return false also if there is one of earlier contents
	 */
	boolean attached(Draft draft, List<DraftFile> files);

}
