package gridcase.policy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Writes a decision table as dmn-js saves it. */
public final class Dmn {

	private static final Feel FEEL = new Feel();

	private final String key;

	private String hitPolicy = "";

	private final StringBuilder columns = new StringBuilder();

	private final List<String> rules = new ArrayList<>();

	private String otherwise = "";

	private int inputs;

	private int column;

	private Dmn(String key) {
		this.key = key;
	}

	public static Dmn table(String key) {
		return new Dmn(key);
	}

	/** Attributes as they stand in the file, none for the default. */
	public Dmn hit(String attributes) {
		this.hitPolicy = " " + attributes;
		return this;
	}

	/** What no rule answers is left to the shared table. */
	public Dmn elseShared() {
		this.otherwise = " xmlns:gridcase=\"http://gridcase/dmn\" gridcase:otherwise=\"shared\"";
		return this;
	}

	public Dmn in(String expression, String type) {
		this.inputs++;
		this.columns
			.append("""
					<input id="Input_%d" label="列%s"><inputExpression id="Expression_%d" typeRef="%s"><text>%s</text></inputExpression></input>
					"""
				.formatted(++this.column, escaped(expression), this.column, type, escaped(expression)));
		return this;
	}

	public Dmn out(String name, String type) {
		return out(name, type, null);
	}

	public Dmn out(String name, String type, String values) {
		this.columns.append("""
				<output id="Output_%d" label="%s" name="%s" typeRef="%s">%s</output>
				""".formatted(++this.column, name, name, type,
				(values == null) ? "" : "<outputValues id=\"Values_%d\"><text>%s</text></outputValues>"
					.formatted(this.column, escaped(values))));
		return this;
	}

	/** A rule whose id is {@code Rule_<name>}; its reason is the name. */
	public Dmn rule(String name, String... cells) {
		StringBuilder rule = new StringBuilder(
				"<rule id=\"Rule_%s\"><description>%s</description>\n".formatted(name, name));
		for (int i = 0; i < cells.length; i++) {
			String element = (i < this.inputs) ? "inputEntry" : "outputEntry";
			rule.append("<%s id=\"Cell_%s_%d\"><text>%s</text></%s>\n".formatted(element, name, i, escaped(cells[i]),
					element));
		}
		this.rules.add(rule.append("</rule>\n").toString());
		return this;
	}

	public String xml() {
		return """
				<?xml version="1.0" encoding="UTF-8"?>
				<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" xmlns:dmndi="https://www.omg.org/spec/DMN/20191111/DMNDI/" xmlns:dc="http://www.omg.org/spec/DMN/20180521/DC/" xmlns:biodi="http://bpmn.io/schema/dmn/biodi/2.0" id="Definitions_1" name="表" namespace="http://gridcase/decisions">
				<decision id="%s" name="表 %s"%s><decisionTable id="Table_%s"%s>
				%s%s</decisionTable></decision>
				<dmndi:DMNDI><dmndi:DMNDiagram><dmndi:DMNShape dmnElementRef="%s"><dc:Bounds height="80" width="180" x="160" y="100" /></dmndi:DMNShape></dmndi:DMNDiagram></dmndi:DMNDI>
				</definitions>
				"""
			.formatted(this.key, this.key, this.otherwise, this.key, this.hitPolicy, this.columns,
					String.join("", this.rules), this.key);
	}

	public String key() {
		return this.key;
	}

	public byte[] bytes() {
		return xml().getBytes(StandardCharsets.UTF_8);
	}

	/** The table, to be asked. */
	public TableFile file() {
		return read(this.key + ".dmn", bytes());
	}

	/** Reads tables without a platform around. */
	public static TableFile read(String name, byte[] content) {
		return new TableFiles(FEEL).read(name, content);
	}

	private static String escaped(String text) {
		return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
	}

}
