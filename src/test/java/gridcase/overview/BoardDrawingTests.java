package gridcase.overview;

import java.util.List;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Names on the board lose what all of them share, and never what tells them apart. */
class BoardDrawingTests {

	@ParameterizedTest(name = "{0} become {1}")
	@CsvSource(delimiter = '|', textBlock = """
			人民路街道 上林街道       | 人民路 上林
			第1网格 第2网格 第12网格   | 第1网格 第2网格 第12网格
			树村社区 八一社区         | 树村 八一
			东区 西区               | 东区 西区
			树村社区                 | 树村社区
			甲村 乙社区              | 甲村 乙社区
			""")
	void sharedEndingIsLeftOut(String names, String labels) {
		List<String> all = List.of(names.split(" "));
		int ending = BoardDrawing.ending(all);
		assertThat(all.stream().map((name) -> BoardDrawing.shortest(name, ending))).containsExactly(labels.split(" "));
	}

}
