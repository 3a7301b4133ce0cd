package gridcase.policy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The text of a table changes only where a change needs it. */
class TableTextTests {

	private static final String TABLE = """
			<?xml version="1.0" encoding="UTF-8"?>
			<!-- <rule id="no"/> -->
			<d:definitions xmlns:d="https://www.omg.org/spec/DMN/20191111/MODEL/"><d:decision id="t" name='a > b'>
			  <d:decisionTable id="Table">
			    <d:input id="I"/><d:output id="O"/>
			    <d:rule id="A"><d:inputEntry id="A1"><d:text>"x"</d:text></d:inputEntry><d:outputEntry id="A2"><d:text><![CDATA[1 < 2]]></d:text></d:outputEntry></d:rule>

			    <!-- of B -->
			    <d:rule  id = 'B' ><d:inputEntry id="B1"><d:text/></d:inputEntry><d:outputEntry id="B2" /></d:rule>
			  </d:decisionTable></d:decision></d:definitions>
			""";

	private static String with(TableText.Row... rows) {
		return new String(TableText.of(TABLE.getBytes(StandardCharsets.UTF_8)).with(List.of(rows)),
				StandardCharsets.UTF_8);
	}

	@Test
	void rowsAsTheyAreChangeNothing() throws IOException {
		try (Stream<Path> files = Files.walk(Path.of("decisions"))) {
			for (Path file : files.filter((each) -> each.toString().endsWith(".dmn")).toList()) {
				byte[] content = Files.readAllBytes(file);
				TableText text = TableText.of(content);
				assertThat(text.rules()).isNotEmpty();
				assertThat(text.with(text.rules().stream().map(TableText.Row::kept).toList())).isEqualTo(content);
			}
		}
		assertThat(with(TableText.Row.kept("A"), TableText.Row.kept("B"))).isEqualTo(TABLE);
	}

	@Test
	void aCellIsWrittenHoweverItStood() {
		assertThat(with(new TableText.Row("A", null, Map.of(0, "< 3"), Map.of(0, "\"a & b\""), null),
				new TableText.Row("B", null, Map.of(0, "\"y\""), Map.of(0, "5"), null)))
			.isEqualTo(TABLE.replace("\"x\"", "&lt; 3")
				.replace("<![CDATA[1 < 2]]>", "\"a &amp; b\"")
				.replace("<d:text/>", "<d:text>\"y\"</d:text>")
				.replace("<d:outputEntry id=\"B2\" />", "<d:outputEntry id=\"B2\"><d:text>5</d:text></d:outputEntry>"));
	}

	@Test
	void rowsMoveWithTheirRemarks() {
		String moved = with(TableText.Row.kept("B"), TableText.Row.kept("A"));
		assertThat(moved).hasSameSizeAs(TABLE);
		assertThat(moved.indexOf("<!-- of B -->")).isBetween(0, moved.indexOf("id=\"A\""));
		assertThat(moved.indexOf("id = 'B'")).isLessThan(moved.indexOf("id=\"A\""));
	}

	@Test
	void aNewRowIsWrittenLikeAnother() {
		assertThat(with(TableText.Row.kept("A"), TableText.Row.kept("B"),
				new TableText.Row("Rule_N1", "B", Map.of(0, "\"n\""), Map.of(0, "7"), "因为")))
			.isEqualTo(TABLE.replace("""
					<d:outputEntry id="B2" /></d:rule>
					""",
					"""
							<d:outputEntry id="B2" /></d:rule>
							    <d:rule  id = 'Rule_N1' ><d:description>因为</d:description><d:inputEntry id="In_N1_1"><d:text>"n"</d:text></d:inputEntry><d:outputEntry id="Out_N1_1"><d:text>7</d:text></d:outputEntry></d:rule>
							"""));
	}

	@Test
	void aRowThatIsNotNamedGoes() {
		assertThat(with(TableText.Row.kept("B"))).doesNotContain("id=\"A\"").contains("id = 'B'").contains("of B");
	}

	@Test
	void newIdsAreFree() {
		TableText text = TableText.of(TABLE.getBytes(StandardCharsets.UTF_8));
		String first = text.freeId();
		assertThat(first).matches("Rule_N[0-9a-z]+");
		assertThat(text.freeId()).isNotEqualTo(first);
	}

	@Test
	void otherEncodingsAreNotTornApart() {
		assertThatThrownBy(() -> TableText.of(new byte[] { '<', 'a', '>', (byte) 0xB2, (byte) 0xE2 }))
			.isInstanceOf(IllegalArgumentException.class);
	}

}
