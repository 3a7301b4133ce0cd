package gridcase.studio;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

import gridcase.policy.RuleType;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Of a file that comes back from an editor, only the changed rows are written anew. */
class EditedFileTests {

	private static final String BEFORE = """
			<?xml version='1.0'?>
			<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d">
			  <decision id="a" name="甲"><decisionTable id="t" hitPolicy="FIRST">
			    <input id="in"><inputExpression id="ie" typeRef="string"><text>severity</text></inputExpression></input>
			    <output id="out" name="limit" typeRef="number"/>
			    <!-- from the notice of 2026 -->
			    <rule id="r1"><description>重大</description>
			      <inputEntry id="i1"><text>"MAJOR"</text></inputEntry><outputEntry id="o1"><text>4</text></outputEntry></rule>
			    <rule id="r2"><inputEntry id="i2"><text>-</text></inputEntry><outputEntry id="o2"><text>24</text></outputEntry></rule>
			  </decisionTable></decision>
			</definitions>
			""";

	/** The same, as an editor writes it. */
	private static final String WRITTEN = """
			<?xml version="1.0" encoding="UTF-8"?>
			<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" exporter="an editor">
			  <decision id="a" name="甲">
			    <decisionTable id="t" hitPolicy="FIRST">
			      <input id="in">
			        <inputExpression id="ie" typeRef="string">
			          <text>severity</text>
			        </inputExpression>
			      </input>
			      <output id="out" name="limit" typeRef="number" />
			      <rule id="r1">
			        <description>重大</description>
			        <inputEntry id="i1">
			          <text>"MAJOR"</text>
			        </inputEntry>
			        <outputEntry id="o1">
			          <text>4</text>
			        </outputEntry>
			      </rule>
			      <rule id="r2">
			        <inputEntry id="i2">
			          <text>-</text>
			        </inputEntry>
			        <outputEntry id="o2">
			          <text>24</text>
			        </outputEntry>
			      </rule>
			    </decisionTable>
			  </decision>
			</definitions>
			""";

	private static final String SECOND = rule("r2");

	private static final List<String> PIECES = List.of(SECOND, rule("r1"), "<text>4</text>",
			"<description>重大</description>", " name=\"limit\"",
			"<output id=\"out\" name=\"limit\" typeRef=\"number\" />");

	@Test
	void aChangedCellAndReasonAreAllThatChanges() {
		assertThat(kept(WRITTEN.replace("<text>4<", "<text>2<").replace("重大", "重大 &amp; 紧急")))
			.isEqualTo(BEFORE.replace("<text>4<", "<text>2<").replace("重大", "重大 &amp; 紧急"));
	}

	@Test
	void aNewRowStandsWhereItBelongsAsTheEditorWroteIt() {
		String added = SECOND.replace("r2", "r3").replace("i2", "i3").replace("o2", "o3");
		assertThat(kept(WRITTEN.replace(SECOND, added + SECOND)))
			.isEqualTo(BEFORE.replace("\n    <rule id=\"r2\"", "\n" + added.stripTrailing() + "\n    <rule id=\"r2\""));
	}

	@Test
	void rowsThatWereMovedOrTakenOutLeaveTheOthersAsTheyWere() {
		String first = rule("r1");
		assertThat(kept(WRITTEN.replace(first, "").replace(SECOND, SECOND + first))).contains("""
				<text>24</text></outputEntry></rule>
				    <!-- from the notice of 2026 -->
				    <rule id="r1"><description>重大</description>
				""");
		assertThat(kept(WRITTEN.replace(SECOND, ""))).isEqualTo(BEFORE.replaceFirst("\n *<rule id=\"r2.*", ""));
	}

	@Test
	void aReasonTakenOutLeavesNoEmptyOne() {
		assertThat(kept(WRITTEN.replace("        <description>重大</description>\n", "")))
			.isEqualTo(BEFORE.replace("<description>重大</description>", ""));
	}

	@Test
	void attributesAreChangedWhereTheyStand() {
		assertThat(kept(WRITTEN.replace("name=\"甲\"", "name=\"乙 &#39;1&#39;\"")
			.replace(" typeRef=\"number\"", "")
			.replace("<input id=\"in\"", "<input id=\"in\" label=\"等级\"")))
			.isEqualTo(BEFORE.replace("name=\"甲\"", "name=\"乙 '1'\"")
				.replace(" typeRef=\"number\"", "")
				.replace("<input id=\"in\"", "<input id=\"in\" label=\"等级\""));
	}

	@Test
	void otherPrefixesChangeNothingAndWhatIsNoXmlIsLeftToTheCheck() {
		String edited = WRITTEN.replace("<text>4<", "<text>2<")
			.replace("</", "</dmn:")
			.replaceAll("<(?=[a-z])", "<dmn:")
			.replace("xmlns=", "xmlns:dmn=");
		assertThat(kept(edited)).isEqualTo(BEFORE.replace("<text>4<", "<text>2<"));
		String broken = WRITTEN.replace("</definitions>", "");
		assertThat(kept(broken)).isEqualTo(broken);
		byte[] other = WRITTEN.replace("<text>4<", "<text>2<")
			.replace("UTF-8", "UTF-16")
			.getBytes(StandardCharsets.UTF_16);
		assertThat(EditedFile.inHandOf(BEFORE.getBytes(StandardCharsets.UTF_8), other)).isSameAs(other);
	}

	/** Whatever an editor does to it, the file says what the editor said. */
	@Test
	void nothingOfAnEditIsLost() {
		Random random = new Random(4);
		for (int n = 0; n < 300; n++) {
			String edited = WRITTEN;
			for (int m = random.nextInt(4); m >= 0; m--) {
				String piece = PIECES.get(random.nextInt(PIECES.size()));
				edited = random.nextBoolean() ? edited.replace(piece, "")
						: edited.replace(piece, piece + piece.replaceAll("id=\"([a-z])", "id=\"$1" + n + m));
			}
			assertThat(SameRule.same(RuleType.TABLE, kept(edited).getBytes(StandardCharsets.UTF_8),
					edited.getBytes(StandardCharsets.UTF_8)))
				.as(edited)
				.isTrue();
		}
	}

	private static String rule(String id) {
		int from = WRITTEN.indexOf("      <rule id=\"" + id);
		return WRITTEN.substring(from, WRITTEN.indexOf("</rule>\n", from) + "</rule>\n".length());
	}

	private static String kept(String edited) {
		return new String(
				EditedFile.inHandOf(BEFORE.getBytes(StandardCharsets.UTF_8), edited.getBytes(StandardCharsets.UTF_8)),
				StandardCharsets.UTF_8);
	}

}
