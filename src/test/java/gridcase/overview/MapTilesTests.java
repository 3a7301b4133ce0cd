package gridcase.overview;

import gridcase.casework.DemoTest;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.web.servlet.MockMvc;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.header;

/** A tile server is let in on the map alone. */
@DemoTest
@TestPropertySource(properties = { "gridcase.map.tiles=https://{s}.tiles.example.cn/{z}/{x}/{y}.png",
		"gridcase.map.attribution=示例地图" })
class MapTilesTests {

	@Autowired
	private MockMvc http;

	@Test
	void onlyTheMapLoadsTiles() throws Exception {
		this.http.perform(get("/map").with(user("sd.leader")))
			.andExpect(header().string("Content-Security-Policy",
					containsString("img-src 'self' data: blob: https://*.tiles.example.cn;")))
			.andExpect(header().string("Content-Security-Policy", containsString("style-src 'self';")))
			.andExpect(content().string(containsString("示例地图")));
		this.http.perform(get("/reports").with(user("sd.leader")))
			.andExpect(header().string("Content-Security-Policy", not(containsString("tiles.example.cn"))));
	}

}
