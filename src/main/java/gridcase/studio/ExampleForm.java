package gridcase.studio;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import gridcase.analysis.Cell;
import gridcase.policy.TableView;
import gridcase.shared.FieldProblem;
import gridcase.shared.Refusal;
import gridcase.shared.Texts;

/**
 * What somebody is writing as an example: what is asked, and rows of what has to be
 * answered, as texts.
 *
 * @param replaces number of the example it stands instead of, null for a new one
 * @param inputs one text per input column, "" for unknown
 * @param outputs rows of one text per output column
 * @param rule id of the rule expected to fire, "" if any may
 * @param note what it is about
 */
record ExampleForm(Long replaces, List<String> inputs, List<List<String>> outputs, String rule, String note) {

	private static final int LONGEST_NOTE = 200;

	private static final int MOST_ROWS = 20;

	static ExampleForm blank(TableView table) {
		return new ExampleForm(null, table.inputs().stream().map((column) -> "").toList(),
				List.of(table.outputs().stream().map((column) -> "").toList()), "", "");
	}

	/** For a row: values that fit its cells, as far as that is plain. */
	static ExampleForm forRow(TableView table, TableView.Row row) {
		return new ExampleForm(null, row.inputs().stream().map(ExampleForm::fitting).toList(),
				List.of(row.outputs().stream().map(ExampleForm::plain).toList()), row.id(), "");
	}

	private static String fitting(String cell) {
		Cell read = Cell.of(cell);
		if (read.form() != Cell.Form.PLAIN || read.negated()) {
			return "";
		}
		Cell.Item item = read.items().get(0);
		Object value = item.from();
		if (item.isValue()) {
			return (value == Cell.NULL) ? "" : String.valueOf(value);
		}
		if (item.from() instanceof BigDecimal from) {
			return (item.fromIn() ? from : from.add(BigDecimal.ONE)).toPlainString();
		}
		if (item.to() instanceof BigDecimal to) {
			return (item.toIn() ? to : to.subtract(BigDecimal.ONE)).toPlainString();
		}
		return "";
	}

	private static String plain(String cell) {
		return Cell.literal(cell).filter((value) -> value != Cell.NULL).map(String::valueOf).orElse("");
	}

	static ExampleForm of(TableView table, Example example) {
		return new ExampleForm(example.id(),
				table.inputs().stream().map((column) -> shown(example.inputs().get(column.name()))).toList(),
				rows(table, example.outputs()), (example.rule() != null) ? example.rule() : "", example.note());
	}

	static List<List<String>> rows(TableView table, List<Map<String, Object>> rows) {
		return rows.stream()
			.map((row) -> table.outputs().stream().map((column) -> shown(row.get(column.name()))).toList())
			.toList();
	}

	static String shown(Object value) {
		return (value == null) ? "" : (value instanceof Number number)
				? new BigDecimal(number.toString()).stripTrailingZeros().toPlainString() : value.toString();
	}

	/**
	 * Reads what was sent: {@code in0 in1 …} and {@code out0_0 out0_1 …}, with the number
	 * of rows.
	 */
	static ExampleForm read(TableView table, Function<String, String> sent) {
		List<String> inputs = new ArrayList<>();
		for (int column = 0; column < table.inputs().size(); column++) {
			inputs.add(text(sent.apply("in" + column)));
		}
		int rows = Math.min(MOST_ROWS, number(text(sent.apply("rows"))));
		List<List<String>> outputs = new ArrayList<>();
		for (int row = 0; row < rows; row++) {
			List<String> cells = new ArrayList<>();
			for (int column = 0; column < table.outputs().size(); column++) {
				cells.add(text(sent.apply("out" + row + "_" + column)));
			}
			outputs.add(cells);
		}
		String replaces = text(sent.apply("replaces"));
		return new ExampleForm(replaces.isEmpty() ? null : Long.valueOf(number(replaces)), inputs, outputs,
				text(sent.apply("rule")), text(sent.apply("note")));
	}

	private static String text(String sent) {
		return (sent != null) ? sent.strip() : "";
	}

	private static int number(String text) {
		return text.matches("\\d{1,9}") ? Integer.parseInt(text) : 0;
	}

	/**
	 * What is asked, as values.
	 * @throws Refusal with every text that is none of its column's type
	 */
	Map<String, Object> inputValues(TableView table) {
		List<FieldProblem> problems = new ArrayList<>();
		Map<String, Object> values = new LinkedHashMap<>();
		for (int column = 0; column < table.inputs().size(); column++) {
			TableView.Column input = table.inputs().get(column);
			values.put(input.name(), value(this.inputs.get(column), input, "in" + column, problems));
		}
		refuse(problems);
		return values;
	}

	/**
	 * What has to be answered, as values.
	 * @throws Refusal with every text that is none of its column's type
	 */
	List<Map<String, Object>> outputValues(TableView table) {
		List<FieldProblem> problems = new ArrayList<>();
		List<Map<String, Object>> rows = new ArrayList<>();
		for (int row = 0; row < this.outputs.size(); row++) {
			Map<String, Object> values = new LinkedHashMap<>();
			for (int column = 0; column < table.outputs().size(); column++) {
				TableView.Column output = table.outputs().get(column);
				String text = this.outputs.get(row).get(column);
				// an empty text and nothing look alike in a form; tables say the former
				values.put(output.name(), text.isEmpty() && "string".equals(output.type()) ? ""
						: value(text, output, "out" + row + "_" + column, problems));
			}
			rows.add(values);
		}
		if (this.note.length() > LONGEST_NOTE) {
			problems.add(new FieldProblem("note", Texts.of("studio-table", "studio.example.note"),
					Texts.of("studio-table", "studio.example.note.long", LONGEST_NOTE)));
		}
		refuse(problems);
		return rows;
	}

	private static void refuse(List<FieldProblem> problems) {
		if (!problems.isEmpty()) {
			throw Refusal.invalid(problems);
		}
	}

	private static Object value(String text, TableView.Column column, String field, List<FieldProblem> problems) {
		if (text.isEmpty()) {
			return null;
		}
		String type = (column.type() != null) ? column.type() : "string";
		boolean right = switch (type) {
			case "number" -> text.matches("-?\\d{1,15}(\\.\\d{1,10})?");
			case "boolean" -> text.equals("true") || text.equals("false");
			case "date" -> text.matches("\\d{4}-\\d{2}-\\d{2}");
			default -> true;
		};
		if (!right) {
			problems.add(new FieldProblem(field, column.label(),
					Texts.of("studio-table", "studio.example.type." + type, text)));
			return null;
		}
		return switch (type) {
			case "number" -> new BigDecimal(text);
			case "boolean" -> Boolean.valueOf(text);
			default -> text;
		};
	}

}
