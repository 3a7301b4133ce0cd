package gridcase.web;

import java.util.stream.Stream;

import gridcase.casework.DemoTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.MockMvc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItem;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.httpBasic;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.request;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

/** Bad input gets an answer that says what, where and what would be right. */
@DemoTest
class ProblemsTests {

	private static final String GOOD = "{\"place\":\"shangdi\",\"channel\":\"GRID_WORKER\",\"fields\":{}}";

	@Autowired
	private MockMvc mvc;

	@ParameterizedTest(name = "{0}: {1}")
	@CsvSource(delimiter = '|', useHeadersInDisplayName = true, quoteCharacter = '\0', textBlock = """
			body                                                    | field    | message
			{"place":"shangdi","chanel":"HOTLINE","fields":{}}      | chanel   | channel
			{"place":"shangdi","channel":"HOTLINE","fields":[1]}    | fields   | 类型不对
			{"channel":"HOTLINE","fields":{}}                       | place    | 空
			{"place":"shangdi","channel":"OWL","fields":{}}         | channel  | GRID_WORKER
			{"place":"shangdi","channel":"HOTLINE","fields":{}}     | title    | 请填写
			{"place":"shangdi","channel":"HOTLINE","fields":{"x":1}}| x        | 没有这一项
			""")
	void namesTheField(String body, String field, String message) throws Exception {
		this.mvc
			.perform(post("/api/v1/cases").with(httpBasic("sd.dispatcher", "gridcase"))
				.contentType(MediaType.APPLICATION_JSON)
				.content(body))
			.andExpect(status().isBadRequest())
			.andExpect(content().contentTypeCompatibleWith(MediaType.APPLICATION_PROBLEM_JSON))
			.andExpect(jsonPath("$.errors[?(@.field == '" + field + "')].message")
				.value(hasItem(containsString(message))));
	}

	@Test
	void namesLineAndColumnOfBrokenJson() throws Exception {
		this.mvc
			.perform(post("/api/v1/cases").with(httpBasic("sd.dispatcher", "gridcase"))
				.contentType(MediaType.APPLICATION_JSON)
				.content("{\"place\":"))
			.andExpect(status().isBadRequest())
			.andExpect(jsonPath("$.detail").value(allOf(containsString("第 1 行"), containsString("列"))));
	}

	@ParameterizedTest(name = "{0} {1} as {2}: {3}")
	@CsvSource(delimiter = '|', useHeadersInDisplayName = true, textBlock = """
			method | path                       | type             | status
			GET    | /api/v1/nothing            | application/json | 404
			GET    | /api/v1/cases/SD0          | application/json | 404
			DELETE | /api/v1/cases              | application/json | 405
			POST   | /api/v1/cases              | text/plain       | 415
			GET    | /api/v1/cases?size=many    | application/json | 400
			""")
	void speaksTheWordsOfHttp(String method, String path, String type, int status) throws Exception {
		this.mvc
			.perform(request(HttpMethod.valueOf(method), path).with(httpBasic("sd.dispatcher", "gridcase"))
				.contentType(type)
				.content(GOOD))
			.andExpect(status().is(status))
			.andExpect(content().contentTypeCompatibleWith(MediaType.APPLICATION_PROBLEM_JSON))
			.andExpect(jsonPath("$.status").value(status));
	}

	@Test
	void refusesTextOverOneMegabyte() throws Exception {
		String text = Stream.generate(() -> "字")
			.limit(400_000)
			.reduce(new StringBuilder(), StringBuilder::append, StringBuilder::append)
			.toString();
		this.mvc
			.perform(post("/api/v1/cases").with(httpBasic("sd.dispatcher", "gridcase"))
				.contentType(MediaType.APPLICATION_JSON)
				.content("{\"place\":\"shangdi\",\"channel\":\"HOTLINE\",\"fields\":{\"description\":\"" + text
						+ "\"}}"))
			.andExpect(status().isPayloadTooLarge())
			.andExpect(jsonPath("$.detail").value(containsString("1 MB")));
	}

	@Test
	void refusesABodyNobodyNeeds() throws Exception {
		this.mvc
			.perform(post("/api/v1/cases").with(httpBasic("sd.dispatcher", "gridcase"))
				.contentType(MediaType.APPLICATION_JSON)
				.content(new byte[(int) BodyLimit.MOST + 1]))
			.andExpect(status().isPayloadTooLarge());
	}

	@Test
	void describesTheApiInBothLanguages() throws Exception {
		this.mvc.perform(get("/v3/api-docs"))
			.andExpect(status().isOk())
			.andExpect(jsonPath("$.info.title").value(containsString("网格案件")))
			.andExpect(jsonPath("$.paths['/api/v1/cases'].post").exists())
			.andExpect(jsonPath("$.components.securitySchemes.basic.scheme").value("basic"));
	}

	@Test
	void numbersDifferForEveryFailure(@Autowired ErrorNumbers numbers) {
		assertThat(numbers.next()).matches("E-\\d{8}-\\d{6}-\\d+").isNotEqualTo(numbers.next());
	}

}
