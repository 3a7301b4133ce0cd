package gridcase.studio;

import gridcase.policy.RuleType;

/** Where the files of a checkout are. */
final class RuleFolder {

	private RuleFolder() {
	}

	/** Folder of the rules of a kind. */
	static String of(RuleType type) {
		return switch (type) {
			case TABLE -> "decisions";
			case DIAGRAM -> "processes";
			case FORM -> "forms";
			case REGISTRY -> "registry";
		};
	}

}
