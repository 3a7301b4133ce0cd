package gridcase.studio;

import java.nio.charset.StandardCharsets;

import gridcase.policy.RuleType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What counts as a change of a file, and what is only another way of writing it. */
class SameRuleTests {

	private static final String TABLE = """
			<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" xmlns:g="http://gridcase/dmn">
			  <decision id="a" name="甲" g:otherwise="shared"><decisionTable id="t" hitPolicy="UNIQUE">
			  <rule id="r1"><description>一</description><inputEntry id="i"><text>"A"</text></inputEntry></rule>
			  <rule id="r2"><inputEntry id="j"><text>-</text></inputEntry></rule></decisionTable></decision>
			</definitions>""";

	@ParameterizedTest
	@ValueSource(strings = { " hitPolicy=\"UNIQUE\"|", "\n  |\n\t\t", "g:otherwise|h:otherwise,xmlns:g|xmlns:h",
			"id=\"a\" name=\"甲\"|name=\"甲\" id=\"a\"",
			"<description>一</description><inputEntry id=\"i\"><text>\"A\"</text></inputEntry>|<inputEntry id=\"i\"><text>\"A\"</text></inputEntry><description>一</description>" })
	void isTheSameWrittenInAnotherWay(String changes) {
		assertThat(same(changes)).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "hitPolicy=\"UNIQUE\"|hitPolicy=\"FIRST\"", "\"A\"|\"B\"", " g:otherwise=\"shared\"|",
			"一|二", "id=\"r1\"|id=\"r9\"", "</definitions>|" })
	void isAnother(String changes) {
		assertThat(same(changes)).isFalse();
	}

	@Test
	void theOrderOfRowsCounts() {
		String first = TABLE.substring(TABLE.indexOf("<rule id=\"r1\""), TABLE.indexOf("<rule id=\"r2\""));
		String moved = TABLE.replace(first, "").replace("</decisionTable>", first + "</decisionTable>");
		assertThat(SameRule.same(RuleType.TABLE, bytes(TABLE), bytes(moved))).isFalse();
	}

	@Test
	void formsAreComparedAsJson() {
		assertThat(SameRule.same(RuleType.FORM, bytes("{\"id\":\"a\",\"n\":1}"), bytes("{ \"n\": 1, \"id\": \"a\" }")))
			.isTrue();
		assertThat(SameRule.same(RuleType.FORM, bytes("{\"id\":\"a\"}"), bytes("{\"id\":\"b\"}"))).isFalse();
	}

	private static boolean same(String changes) {
		String other = TABLE;
		for (String change : changes.split(",")) {
			String[] words = change.split("\\|", -1);
			assertThat(other).contains(words[0]);
			other = other.replace(words[0], words[1]);
		}
		return SameRule.same(RuleType.TABLE, bytes(TABLE), bytes(other));
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

}
