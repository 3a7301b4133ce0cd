package gridcase.oversight;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What somebody searched for goes on record without the numbers of people. */
class MaskingTests {

	@ParameterizedTest
	@CsvSource({ "13811112222,13****22", "来电 138 1111 2222 的人,来电 13****22 的人", "11010819900307123X,11****3X",
			"SD20260318-000449,SD20260318-000449", "2026-03-18,2026-03-18", "6 号楼 502,6 号楼 502", "油烟扰民,油烟扰民" })
	void masksNumbersOfPeopleOnly(String text, String masked) {
		assertThat(Masking.text(text)).isEqualTo(masked);
	}

}
