package gridcase.form;

import java.util.Optional;

import gridcase.policy.RuleScope;

/** Where form files come from. */
interface FormFiles {

	/**
	 * The form of that id that applies.
	 * @return empty if there is none
	 */
	Optional<FormFile> find(String id, RuleScope scope);

}
