package gridcase.policy;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The text of a table's file, changed as little as a change needs: what is not named
 * stays byte for byte, whoever wrote it.
 */
public final class TableText {

	private static final SecureRandom RANDOM = new SecureRandom();

	private final String text;

	private final List<Rule> rules = new ArrayList<>();

	/** Where the first rule may begin: behind the last column. */
	private final int start;

	private final Set<String> ids = new HashSet<>();

	private TableText(String text) {
		this.text = text;
		XmlElement root = XmlElement.read(text);
		root.collectIds(this.ids);
		XmlElement table = root.first("decisionTable");
		int end = table.openEnd();
		for (XmlElement child : table.children()) {
			if (child.name().equals("rule")) {
				this.rules.add(new Rule(end, child));
			}
			end = child.end();
		}
		this.start = this.rules.isEmpty() ? end : this.rules.get(0).from;
	}

	/**
	 * Reads a file that {@link TableFiles} can read.
	 * @param content the file, in UTF-8
	 * @throws IllegalArgumentException if it is not in UTF-8 or not such a file
	 */
	public static TableText of(byte[] content) {
		String text = new String(content, StandardCharsets.UTF_8);
		if (!Arrays.equals(text.getBytes(StandardCharsets.UTF_8), content)) {
			throw new IllegalArgumentException("not UTF-8");
		}
		return new TableText(text);
	}

	/** Ids of the rules in their order. */
	public List<String> rules() {
		return this.rules.stream().map((rule) -> rule.id).toList();
	}

	/**
	 * Which cell of a rule an id means.
	 * @param rule id of the rule
	 * @param cell id of the cell
	 * @return number of its column, inputs first, from 0; -1 if the rule has no such cell
	 */
	public int column(String rule, String cell) {
		for (Rule each : this.rules) {
			if (each.id.equals(rule)) {
				List<XmlElement> cells = new ArrayList<>(each.element.children("inputEntry"));
				cells.addAll(each.element.children("outputEntry"));
				return cells.stream().map((entry) -> String.valueOf(entry.attribute("id"))).toList().indexOf(cell);
			}
		}
		return -1;
	}

	/**
	 * An id that nothing in the file has, for a new rule.
	 */
	public String freeId() {
		String id;
		do {
			id = "Rule_N" + Integer.toString(RANDOM.nextInt(60_466_176, Integer.MAX_VALUE), 36);
		}
		while (!this.ids.add(id));
		return id;
	}

	/**
	 * The file with these rows, in this order, and no others.
	 * @param rows what the rows are to be; of an unchanged one not a byte changes
	 * @return the new file; the same bytes if nothing changes
	 */
	public byte[] with(List<Row> rows) {
		Map<String, Rule> byId = new LinkedHashMap<>();
		this.rules.forEach((rule) -> byId.put(rule.id, rule));
		StringBuilder changed = new StringBuilder(this.text.length() + 1000).append(this.text, 0, this.start);
		for (Row row : rows) {
			Rule kept = byId.get(row.id());
			if (kept != null) {
				changed.append(kept.with(row, false));
			}
			else {
				changed.append(byId.get(row.like()).with(row, true));
			}
		}
		int behind = this.rules.isEmpty() ? this.start : this.rules.get(this.rules.size() - 1).to;
		return changed.append(this.text, behind, this.text.length()).toString().getBytes(StandardCharsets.UTF_8);
	}

	private static String escaped(String text) {
		return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
	}

	/**
	 * A row as it is to be.
	 *
	 * @param id id of the rule, one of the file's or a new one
	 * @param like for a new rule the id of the rule it is written like, else null
	 * @param inputs new texts of input cells by number of the column, from 0; of a new
	 * rule all of them
	 * @param outputs new texts of output cells
	 * @param reason new reason, null to leave it
	 */
	public record Row(String id, String like, Map<Integer, String> inputs, Map<Integer, String> outputs,
			String reason) {

		/** A row of the file as it is. */
		public static Row kept(String id) {
			return new Row(id, null, Map.of(), Map.of(), null);
		}

	}

	/** A piece of the text and what stands there instead. */
	private record Edit(int from, int to, String text) {

	}

	/** A rule with the white space and remarks before it. */
	private final class Rule {

		private final int from;

		private final int to;

		private final String id;

		private final XmlElement element;

		Rule(int from, XmlElement element) {
			this.from = from;
			this.to = element.end();
			this.element = element;
			this.id = element.attribute("id");
		}

		private String with(Row row, boolean copy) {
			List<Edit> edits = new ArrayList<>();
			List<XmlElement> inputs = this.element.children("inputEntry");
			List<XmlElement> outputs = this.element.children("outputEntry");
			row.inputs().forEach((column, text) -> edits.add(cell(inputs.get(column), text)));
			row.outputs().forEach((column, text) -> edits.add(cell(outputs.get(column), text)));
			if (row.reason() != null) {
				edits.add(reason(row.reason()));
			}
			int begin = this.from;
			if (copy) {
				newIds(row.id(), inputs, outputs, edits);
				begin = this.element.start();
				while (begin > this.from && Character.isWhitespace(TableText.this.text.charAt(begin - 1))) {
					begin--;
				}
			}
			edits.sort(Comparator.comparingInt(Edit::from));
			StringBuilder changed = new StringBuilder();
			int at = begin;
			for (Edit edit : edits) {
				changed.append(TableText.this.text, at, edit.from()).append(edit.text());
				at = edit.to();
			}
			return changed.append(TableText.this.text, at, this.to).toString();
		}

		private Edit cell(XmlElement entry, String text) {
			return entry.children("text").stream().findFirst().map((cell) -> inner(cell, text)).orElseGet(() -> {
				String name = entry.prefix() + "text";
				return inside(entry, "<" + name + ">" + escaped(text) + "</" + name + ">");
			});
		}

		private Edit reason(String reason) {
			return this.element.children("description")
				.stream()
				.findFirst()
				.map((description) -> inner(description, reason))
				.orElseGet(() -> {
					String name = this.element.prefix() + "description";
					int first = this.element.children().isEmpty() ? this.element.openEnd()
							: this.element.children().get(0).start();
					return new Edit(this.element.openEnd(), this.element.openEnd(),
							TableText.this.text.substring(this.element.openEnd(), first) + "<" + name + ">"
									+ escaped(reason) + "</" + name + ">");
				});
		}

		private Edit inner(XmlElement element, String text) {
			return element.empty() ? inside(element, escaped(text))
					: new Edit(element.openEnd(), element.closeStart(), escaped(text));
		}

		/** Puts something into an element that may be an empty tag. */
		private Edit inside(XmlElement element, String xml) {
			if (!element.empty()) {
				return new Edit(element.openEnd(), element.openEnd(), xml);
			}
			int slash = TableText.this.text.lastIndexOf('/', element.openEnd());
			while (Character.isWhitespace(TableText.this.text.charAt(slash - 1))) {
				slash--;
			}
			return new Edit(slash, element.openEnd(), ">" + xml + "</" + element.qualified() + ">");
		}

		private void newIds(String id, List<XmlElement> inputs, List<XmlElement> outputs, List<Edit> edits) {
			String stem = id.substring(id.indexOf('_') + 1);
			edits.add(newId(this.element, id));
			for (int i = 0; i < inputs.size(); i++) {
				edits.add(newId(inputs.get(i), "In_" + stem + "_" + (i + 1)));
			}
			for (int i = 0; i < outputs.size(); i++) {
				edits.add(newId(outputs.get(i), "Out_" + stem + "_" + (i + 1)));
			}
		}

		private Edit newId(XmlElement element, String id) {
			int[] place = element.attributePlace("id");
			if (place != null) {
				return new Edit(place[0], place[1], id);
			}
			int behind = element.start() + 1 + element.qualified().length();
			return new Edit(behind, behind, " id=\"" + id + "\"");
		}

	}

}
