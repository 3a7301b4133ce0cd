package gridcase.studio;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

import gridcase.casework.RuleChoices;
import gridcase.clock.PlatformClock;
import gridcase.policy.TableView;

import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;

/**
 * The workbook of a table: where what stands in it. Its words are Chinese, as the tables
 * themselves are, whoever reads it.
 */
final class TableSheet {

	/** Sheet with the rules. */
	static final String RULES = "规则";

	/** Sheet that says how to fill in. */
	static final String HELP = "说明";

	/** Hidden sheet with the choices. */
	static final String CODES = "codes";

	/** Hidden sheet that says of what the workbook is. */
	static final String ORIGIN = "gridcase";

	/** Row with the name of the table. */
	static final int TITLE_ROW = 0;

	/** Hidden row with the technical names. */
	static final int NAME_ROW = 1;

	/** Row with the labels. */
	static final int LABEL_ROW = 2;

	/** First row with a rule. */
	static final int FIRST_ROW = 3;

	/** Technical name of the hidden column with the ids of the rules. */
	static final String ID = "#id";

	/** Technical name of the column with the reasons. */
	static final String REASON = "#reason";

	private static final String INPUT = "in";

	private static final String OUTPUT = "out";

	private final TableView view;

	private final List<CellWords> inputs;

	private final List<CellWords> outputs;

	private TableSheet(TableView view, List<CellWords> inputs, List<CellWords> outputs) {
		this.view = view;
		this.inputs = inputs;
		this.outputs = outputs;
	}

	TableView view() {
		return this.view;
	}

	List<CellWords> inputs() {
		return this.inputs;
	}

	List<CellWords> outputs() {
		return this.outputs;
	}

	/** All columns with cells, inputs first. */
	List<CellWords> columns() {
		List<CellWords> all = new ArrayList<>(this.inputs);
		all.addAll(this.outputs);
		return all;
	}

	/** Technical names of the columns with cells, inputs first; all different. */
	List<String> names() {
		List<String> names = new ArrayList<>();
		for (int i = 0; i < this.inputs.size(); i++) {
			names.add(INPUT + (i + 1) + ":" + this.inputs.get(i).column().name());
		}
		for (int i = 0; i < this.outputs.size(); i++) {
			names.add(OUTPUT + (i + 1) + ":" + this.outputs.get(i).column().name());
		}
		return names;
	}

	/** What is kept of a rule, by its id. */
	Optional<TableView.Row> row(String id) {
		return this.view.rows().stream().filter((row) -> row.id().equals(id)).findFirst();
	}

	/**
	 * What the workbook is of.
	 *
	 * @param table key of the table
	 * @param place place the draft is for, "" for all places
	 * @param draft number of the draft
	 * @param version version of the file in the draft
	 * @param sha256 hash of the file
	 */
	record Origin(String table, String place, long draft, long version, String sha256) {

		private static final String FORM = "1";

		Map<String, String> entries() {
			Map<String, String> entries = new LinkedHashMap<>();
			entries.put("form", FORM);
			entries.put("table", this.table);
			entries.put("place", this.place);
			entries.put("draft", Long.toString(this.draft));
			entries.put("version", Long.toString(this.version));
			entries.put("sha256", this.sha256);
			return entries;
		}

		/** Reads it; empty if it is none or of another form. */
		static Optional<Origin> of(Map<String, String> entries) {
			if (!FORM.equals(entries.get("form"))
					|| !entries.keySet().containsAll(Set.of("table", "place", "draft", "version", "sha256"))
					|| !entries.get("draft").matches("\\d{1,18}") || !entries.get("version").matches("\\d{1,18}")) {
				return Optional.empty();
			}
			return Optional
				.of(new Origin(entries.get("table"), entries.get("place"), Long.parseLong(entries.get("draft")),
						Long.parseLong(entries.get("version")), entries.get("sha256")));
		}

	}

	/** Knows the words of a table. */
	@Component
	static class Words {

		private final RuleChoices choices;

		private final PlatformClock clock;

		Words(RuleChoices choices, PlatformClock clock) {
			this.choices = choices;
			this.clock = clock;
		}

		/**
		 * A table as it stands in a workbook.
		 * @param place place of the draft, null for all places
		 */
		TableSheet of(TableView view, String place) {
			return inChinese(() -> {
				List<CellWords> inputs = new ArrayList<>();
				for (int i = 0; i < view.inputs().size(); i++) {
					int column = i;
					inputs.add(words(view.inputs().get(i), false, place,
							view.rows().stream().map((row) -> row.inputs().get(column)).toList()));
				}
				List<CellWords> outputs = new ArrayList<>();
				for (int i = 0; i < view.outputs().size(); i++) {
					int column = i;
					outputs.add(words(view.outputs().get(i), true, place,
							view.rows().stream().map((row) -> row.outputs().get(column)).toList()));
				}
				return new TableSheet(view, inputs, outputs);
			});
		}

		private CellWords words(TableView.Column column, boolean output, String place, List<String> used) {
			return new CellWords(column, output, this.choices.of(place, column.name(), this.clock.now()), used);
		}

		private static <T> T inChinese(Supplier<T> work) {
			var before = LocaleContextHolder.getLocaleContext();
			LocaleContextHolder.setLocale(Locale.SIMPLIFIED_CHINESE);
			try {
				return work.get();
			}
			finally {
				LocaleContextHolder.setLocaleContext(before);
			}
		}

	}

	/** Column letters of Excel. */
	static String letters(int column) {
		StringBuilder letters = new StringBuilder();
		for (int rest = column; rest >= 0; rest = rest / 26 - 1) {
			letters.insert(0, (char) ('A' + rest % 26));
		}
		return letters.toString();
	}

	/** Where a cell is, as people say it. */
	static String address(String sheet, int row, int column) {
		return sheet + "!" + letters(column) + (row + 1);
	}

}
