package gridcase.studio;

import gridcase.policy.TableView;

import org.springframework.stereotype.Component;

/** Tables as people read them, for other pages that show one. */
@Component
public class TableReading {

	private final RuleDomains domains;

	TableReading(RuleDomains domains) {
		this.domains = domains;
	}

	/**
	 * A table in words.
	 * @param table the table, in any version
	 * @param place place whose names are used, null for a shared table
	 */
	public ReadTable read(TableView table, String place) {
		return ReadTable.of(table, this.domains.of(place), null);
	}

	/**
	 * A value of a table in words.
	 * @param place place whose names are used
	 * @param name name of the input or output
	 * @param value the value, or null
	 * @return its words, an empty text for null
	 */
	public String value(String place, String name, Object value) {
		return ReadTable.output(this.domains.of(place), name, value);
	}

}
