package gridcase.studio;

import java.util.HashMap;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Limits in the words of real lists. */
class LimitWordsTests {

	@ParameterizedTest(name = "{0} is {1} {2}")
	@CsvSource(delimiter = '|', useHeadersInDisplayName = true, textBlock = """
			text         | value | unit
			2紧急工作时  | 2     | URGENT_HOUR
			5工作日      | 5     | WORK_DAY
			4 个工作时   | 4     | WORK_HOUR
			１０工作日   | 10    | WORK_DAY
			0.5工作日    | 0.5   | WORK_DAY
			30自然日     | 30    | CALENDAR_DAY
			""")
	void aNumberWithAStandardUnitIsALimit(String text, String value, String unit) {
		LimitWords limit = LimitWords.of(text, ListMapping.STANDARD);
		assertThat(limit.problem()).isNull();
		assertThat(limit.value()).isEqualByComparingTo(value);
		assertThat(limit.unit()).isEqualTo(unit);
	}

	@ParameterizedTest(name = "{0} is no limit: {1}")
	@CsvSource(delimiter = '|', useHeadersInDisplayName = true, textBlock = """
			text               | why
			种植季节15工作日   | 前面还有“种植季节”
			1紧急工作时制止    | 后面还有“制止”
			2紧急工作日        | 单位“紧急工作日”没有说明
			1天                | 单位“天”没有说明
			4小时              | 单位“小时”没有说明
			3天内              | 后面还有“内”
			2~3工作日          | 不是一个数加一个单位
			15                 | 没有单位
			0工作日            | 应大于 0
			20000工作日        | 应大于 0
			即时               | 不是一个数加一个单位
			5工作日3工作时     | 不是一个数加一个单位
			""")
	void whateverSaysMoreOrLessIsNotGuessed(String text, String why) {
		LimitWords limit = LimitWords.of(text, ListMapping.STANDARD);
		assertThat(limit.problem()).contains(why).contains(text);
		assertThat(limit.value()).isNull();
		assertThat(limit.unit()).isNull();
	}

	@Test
	void anEmptyLimitAndOneWithALineBreakAreNotGuessed() {
		assertThat(LimitWords.of("", ListMapping.STANDARD).problem()).isEqualTo("没有写时限");
		assertThat(LimitWords.of(" \n", ListMapping.STANDARD).problem()).isEqualTo("没有写时限");
		assertThat(LimitWords.of("1工作日\n3工作日", ListMapping.STANDARD).problem()).contains("分成几行").contains("1工作日⏎3工作日");
	}

	@Test
	void aUnitMeansWhatSomebodySaidItMeans() {
		Map<String, String> units = new HashMap<>(ListMapping.STANDARD);
		units.put("天", "WORK_DAY");
		assertThat(LimitWords.of("3天", units).unit()).isEqualTo("WORK_DAY");
		assertThat(LimitWords.unitWord("3天")).contains("天");
		assertThat(LimitWords.unitWord("2紧急工作日")).contains("紧急工作日");
		assertThat(LimitWords.unitWord("1紧急工作时制止")).isEmpty();
		assertThat(LimitWords.of("3", "天", units).value()).isEqualByComparingTo("3");
		assertThat(LimitWords.of("三", "天", units).problem()).contains("不是一个数");
		assertThat(LimitWords.of("3", "", units).problem()).contains("没有单位");
	}

}
