package gridcase.analysis;

import java.util.Map;
import java.util.Set;

/** What the names of tables can be, and what people call their values. */
public interface Domains {

	/** Nothing is known of any name. */
	Domains NONE = new Domains() {

		@Override
		public Domain of(String name) {
			return Domain.OPEN;
		}

	};

	/**
	 * What a name can be.
	 * @param name input or output
	 * @return {@link Domain#OPEN} if nothing is known
	 */
	Domain of(String name);

	/**
	 * What people call a value.
	 * @param name input or output
	 * @param value text, number, date or truth value
	 */
	default String word(String name, Object value) {
		return String.valueOf(value);
	}

	/**
	 * Which texts of one name go with those of another, such as the numbered conditions
	 * with a category.
	 * @param name the one
	 * @param other the other
	 * @return texts of the other by text of the one; empty if all go together
	 */
	default Map<String, Set<String>> together(String name, String other) {
		return Map.of();
	}

}
