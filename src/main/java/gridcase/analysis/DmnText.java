package gridcase.analysis;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The text of a table file, changed in place: what is not meant stays as it is, byte for
 * byte, whoever wrote it.
 */
public final class DmnText {

	private static final Pattern ID = Pattern.compile("\\sid\\s*=\\s*(\"[^\"]*\"|'[^']*')");

	private static final Pattern ENCODING = Pattern.compile("^\\uFEFF?<\\?xml[^>]*encoding\\s*=\\s*[\"']([^\"']*)[\"']");

	private final String text;

	private final List<Element> elements = new ArrayList<>();

	private DmnText(String text) {
		this.text = text;
		read();
	}

	/**
	 * Reads a file.
	 * @param content well-formed XML
	 * @throws IllegalArgumentException if it is not written in UTF-8
	 */
	public static DmnText of(byte[] content) {
		try {
			String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString();
			Matcher encoding = ENCODING.matcher(text);
			if (encoding.find() && !encoding.group(1).equalsIgnoreCase("UTF-8")) {
				throw new IllegalArgumentException("not UTF-8 but " + encoding.group(1));
			}
			return new DmnText(text);
		}
		catch (CharacterCodingException ex) {
			throw new IllegalArgumentException("not UTF-8", ex);
		}
	}

	/** The file without a row. */
	public byte[] without(String rule) {
		Element element = rule(rule);
		int from = element.start;
		while (from > 0 && (this.text.charAt(from - 1) == ' ' || this.text.charAt(from - 1) == '\t')) {
			from--;
		}
		if (from > 0 && this.text.charAt(from - 1) == '\n') {
			from -= (from > 1 && this.text.charAt(from - 2) == '\r') ? 2 : 1;
		}
		else {
			from = element.start;
		}
		return bytes(this.text.substring(0, from) + this.text.substring(element.end));
	}

	/** The file with another text in an input cell. */
	public byte[] withInput(String rule, int column, String cell) {
		return withCell(rule, "inputEntry", column, cell);
	}

	/** The file with another text in an output cell. */
	public byte[] withOutput(String rule, int column, String cell) {
		return withCell(rule, "outputEntry", column, cell);
	}

	private byte[] withCell(String rule, String kind, int column, String cell) {
		List<Element> cells = children(rule(rule), kind);
		if (column >= cells.size()) {
			throw new IllegalArgumentException("rule " + rule + " has no " + kind + " " + column);
		}
		List<Element> texts = children(cells.get(column), "text");
		if (texts.isEmpty()) {
			throw new IllegalArgumentException("a cell of rule " + rule + " has no text");
		}
		Element there = texts.get(0);
		if (there.contentStart == there.end) {
			// <text />
			String tag = this.text.substring(there.start, there.end);
			String name = tag.substring(1).split("[\\s/>]", 2)[0];
			return bytes(this.text.substring(0, there.start) + "<" + name + ">" + escaped(cell) + "</" + name + ">"
					+ this.text.substring(there.end));
		}
		return bytes(this.text.substring(0, there.contentStart) + escaped(cell) + this.text.substring(there.contentEnd));
	}

	/**
	 * The file with a further row whose outputs are empty.
	 * @param before id of the rule it comes before, null to come last
	 * @param inputs its input cells
	 */
	public byte[] withRow(String before, List<String> inputs) {
		Element table = this.elements.stream()
			.filter((each) -> each.name.equals("decisionTable"))
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException("no table"));
		List<Element> rules = children(table, "rule");
		int outputs = children(table, "output").size();
		Element model = rules.isEmpty() ? children(table, "output").get(0)
				: (before != null) ? rule(before) : rules.get(rules.size() - 1);
		String indent = indent(model.start);
		String prefix = prefix(model);
		String id = freshId("Rule_Gap");
		String stem = id.substring("Rule_".length());
		StringBuilder row = new StringBuilder();
		row.append("<%srule id=\"%s\">".formatted(prefix, id));
		for (int i = 0; i < inputs.size(); i++) {
			row.append("%s  <%sinputEntry id=\"In_%s_%d\"><%stext>%s</%stext></%sinputEntry>".formatted(indent, prefix,
					stem, i + 1, prefix, escaped(inputs.get(i)), prefix, prefix));
		}
		for (int i = 0; i < outputs; i++) {
			row.append("%s  <%soutputEntry id=\"Out_%s_%d\"><%stext></%stext></%soutputEntry>".formatted(indent, prefix,
					stem, i + 1, prefix, prefix, prefix));
		}
		row.append("%s</%srule>".formatted(indent, prefix));
		if (before != null) {
			return bytes(this.text.substring(0, model.start) + row + indent + this.text.substring(model.start));
		}
		Element last = rules.isEmpty() ? children(table, "output").get(outputs - 1) : model;
		return bytes(this.text.substring(0, last.end) + indent + row + this.text.substring(last.end));
	}

	/** The line break and what stands before an element on its line, if that is blank. */
	private String indent(int start) {
		int from = start;
		while (from > 0 && (this.text.charAt(from - 1) == ' ' || this.text.charAt(from - 1) == '\t')) {
			from--;
		}
		if (from == 0 || this.text.charAt(from - 1) != '\n') {
			return "";
		}
		boolean carriage = from > 1 && this.text.charAt(from - 2) == '\r';
		return (carriage ? "\r\n" : "\n") + this.text.substring(from, start);
	}

	private String prefix(Element element) {
		String tag = this.text.substring(element.start + 1).split("[\\s/>]", 2)[0];
		int colon = tag.indexOf(':');
		return (colon < 0) ? "" : tag.substring(0, colon + 1);
	}

	private String freshId(String stem) {
		Set<String> ids = new HashSet<>();
		this.elements.forEach((each) -> ids.add(each.id));
		int number = 1;
		while (ids.contains(stem + number) || ids.contains("In_" + stem.substring("Rule_".length()) + number + "_1")) {
			number++;
		}
		return stem + number;
	}

	private Element rule(String id) {
		return this.elements.stream()
			.filter((each) -> each.name.equals("rule") && id.equals(each.id))
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException("no rule " + id));
	}

	private List<Element> children(Element parent, String name) {
		return this.elements.stream().filter((each) -> each.parent == parent && each.name.equals(name)).toList();
	}

	private void read() {
		Deque<Element> open = new ArrayDeque<>();
		int at = this.text.indexOf('<');
		while (at >= 0) {
			int end;
			if (this.text.startsWith("<!--", at)) {
				end = after("-->", at + 4);
			}
			else if (this.text.startsWith("<![CDATA[", at)) {
				end = after("]]>", at + 9);
			}
			else if (this.text.startsWith("<?", at)) {
				end = after("?>", at + 2);
			}
			else if (this.text.startsWith("<!", at)) {
				throw new IllegalArgumentException("a document type");
			}
			else {
				end = tagEnd(at);
				tag(at, end, open);
			}
			at = this.text.indexOf('<', end);
		}
	}

	private void tag(int start, int end, Deque<Element> open) {
		if (this.text.charAt(start + 1) == '/') {
			Element closed = open.pop();
			closed.contentEnd = start;
			closed.end = end;
			return;
		}
		String tag = this.text.substring(start + 1, end - 1);
		String name = tag.split("[\\s/]", 2)[0];
		Matcher id = ID.matcher(tag);
		Element element = new Element(name.substring(name.indexOf(':') + 1),
				id.find() ? id.group(1).substring(1, id.group(1).length() - 1) : null, open.peek(), start, end);
		this.elements.add(element);
		if (tag.endsWith("/")) {
			element.contentEnd = end;
			element.end = end;
		}
		else {
			open.push(element);
		}
	}

	private int tagEnd(int start) {
		char quote = 0;
		for (int i = start; i < this.text.length(); i++) {
			char c = this.text.charAt(i);
			if (quote != 0) {
				quote = (c == quote) ? 0 : quote;
			}
			else if (c == '"' || c == '\'') {
				quote = c;
			}
			else if (c == '>') {
				return i + 1;
			}
		}
		throw new IllegalArgumentException("a tag without end");
	}

	private int after(String end, int from) {
		int at = this.text.indexOf(end, from);
		if (at < 0) {
			throw new IllegalArgumentException("no " + end);
		}
		return at + end.length();
	}

	private static String escaped(String text) {
		return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	/** An element and where it stands. */
	private static final class Element {

		private final String name;

		private final String id;

		private final Element parent;

		private final int start;

		private final int contentStart;

		private int contentEnd;

		private int end;

		Element(String name, String id, Element parent, int start, int contentStart) {
			this.name = name;
			this.id = id;
			this.parent = parent;
			this.start = start;
			this.contentStart = contentStart;
		}

	}

}
