package gridcase.overview;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/** Where tiles may come from is read from their address. */
class MapSettingsTests {

	@ParameterizedTest(name = "{0} lets images from {1}")
	@CsvSource({ "https://tiles.example.cn/{z}/{x}/{y}.png, https://tiles.example.cn",
			"https://{s}.tiles.example.cn/{z}/{x}/{y}.png?key=a, https://*.tiles.example.cn",
			"http://10.0.0.5:8090/t/{z}/{y}/{x}, http://10.0.0.5:8090" })
	void originIsSchemeHostAndPort(String tiles, String origin) {
		assertThat(new MapSettings(tiles, null, null).origin()).isEqualTo(origin);
	}

	@Test
	void withoutTilesThereIsNoOrigin() {
		assertThat(new MapSettings(null, null, null).origin()).isNull();
		assertThat(new MapSettings(" ", null, null).origin()).isNull();
	}

	@Test
	void anAddressThatIsNoneIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> new MapSettings("{z}/{x}/{y}.png", null, null).origin())
			.withMessageContaining("gridcase.map.tiles");
	}

}
