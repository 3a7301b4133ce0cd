package gridcase.resident;

import java.nio.charset.StandardCharsets;

import gridcase.casework.DemoTest;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.mock.web.MockMultipartFile;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockMultipartHttpServletRequestBuilder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.multipart;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.header;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

/** The page on which residents report, without a browser. */
@DemoTest
class ReportPageTests {

	@Autowired
	private MockMvc http;

	@Test
	void everyFaultIsShownAtItsFieldAndNothingTypedIsLost() throws Exception {
		String page = this.http
			.perform(page("send").param("title", "门坏了").param("address", "上地东里").param("phone", "2046").with(csrf()))
			.andExpect(status().isBadRequest())
			.andReturn()
			.getResponse()
			.getContentAsString(StandardCharsets.UTF_8);
		assertThat(page).contains("id=\"refused\"")
			.contains("href=\"#f-title\"")
			.contains("href=\"#f-description\"")
			.contains("href=\"#f-reporterPhone\"")
			.contains("href=\"#f-consent\"")
			.contains("value=\"门坏了\"")
			.contains("value=\"2046\"");
	}

	@Test
	void photosAreKeptWhileTheRestIsMended() throws Exception {
		String page = this.http
			.perform(
					page("find").file(new MockMultipartFile("files", "a.png", "image/png", Residents.PNG)).with(csrf()))
			.andExpect(status().isOk())
			.andReturn()
			.getResponse()
			.getContentAsString(StandardCharsets.UTF_8);
		String id = page.replaceAll("(?s).*name=\"photos\" value=\"([^\"]+)\".*", "$1");
		this.http.perform(Residents.from(get("/r/shangdi/photos/" + id), Residents.address()))
			.andExpect(status().isOk());
		this.http.perform(Residents.from(get("/r/xiangtan/photos/" + id), Residents.address()))
			.andExpect(status().isNotFound());
		this.http
			.perform(page("send").file(new MockMultipartFile("files", "a.html", "text/html",
					"<script>".getBytes(StandardCharsets.US_ASCII)))
				.with(csrf()))
			.andExpect(status().isBadRequest())
			.andExpect(content().string(not(containsString("name=\"photos\""))));
	}

	@Test
	void noFormIsTakenFromElsewhere() throws Exception {
		this.http.perform(page("send")).andExpect(status().isForbidden());
	}

	@Test
	void aCardLeadsToItsGrid() throws Exception {
		this.http.perform(Residents.from(get("/r/shangdi?grid=11010802200101"), Residents.address()))
			.andExpect(status().isOk())
			.andExpect(header().string("Content-Security-Policy", containsString("script-src 'self'")))
			.andExpect(header().string("Cache-Control", containsString("no-store")))
			.andExpect(content().string(containsString("value=\"11010802200101\" checked")));
		String svg = this.http.perform(Residents.from(get("/card/11010802200101/qr.svg"), Residents.address()))
			.andExpect(status().isOk())
			.andReturn()
			.getResponse()
			.getContentAsString();
		assertThat(svg).startsWith("<svg ").contains("viewBox=\"0 0 ");
	}

	private static MockMultipartHttpServletRequestBuilder page(String what) {
		String address = Residents.address();
		MockMultipartHttpServletRequestBuilder request = multipart("/r/shangdi");
		request.param("do", what).with((sent) -> {
			sent.setRemoteAddr(address);
			return sent;
		});
		return request;
	}

}
