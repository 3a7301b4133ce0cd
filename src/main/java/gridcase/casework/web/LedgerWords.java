package gridcase.casework.web;

import java.math.BigDecimal;
import java.time.Instant;

import gridcase.casework.Ledger;
import gridcase.casework.RuleWords;
import gridcase.privacy.PersonalData;
import gridcase.privacy.PersonalKind;
import gridcase.web.WorkingTimes;

import org.springframework.stereotype.Component;

/** Values of a book as people read them. */
@Component
class LedgerWords {

	private final Names names;

	private final RuleWords words;

	private final PersonalData personal;

	private final WorkingTimes times;

	LedgerWords(Names names, RuleWords words, PersonalData personal, WorkingTimes times) {
		this.names = names;
		this.words = words;
		this.personal = personal;
		this.times = times;
	}

	/**
	 * A value of a column.
	 * @param column the column
	 * @param place place code
	 * @param value what the row has, or null
	 * @return a text, a number or a moment; an empty text for null
	 */
	Object of(Ledger.Column column, String place, Object value) {
		if (value == null) {
			return "";
		}
		if (column.personal() != null) {
			return PersonalKind.find(column.personal()).orElseThrow().mask(this.personal.open(value.toString()));
		}
		if (column.words() != null) {
			String said = this.names.word(column.words(), value);
			return said.equals(value.toString()) ? this.words.value(place, column.words(), value) : said;
		}
		if (column.as() != null) {
			return as(column.as(), place, value);
		}
		if (value instanceof Boolean yes) {
			return this.names.text(yes ? "casework.yes" : "casework.no");
		}
		return (value instanceof Number || value instanceof Instant) ? value : value.toString();
	}

	private Object as(String form, String place, Object value) {
		return switch (form) {
			case "person" -> this.names.person(value.toString()).name();
			case "pool" -> {
				Names.Label pool = this.names.pool(value.toString());
				yield (pool.duty() != null) ? pool.duty() + " " + pool.name() : pool.name();
			}
			case "unit" -> this.names.unit(value);
			case "grid" -> this.names.grid(value.toString());
			case "category" -> this.names.category(place, value.toString());
			case "duration" -> this.times.minutes(place, new BigDecimal(value.toString()).longValue() / 60);
			default -> throw new IllegalStateException("was checked when it was read: " + form);
		};
	}

}
