package gridcase.security;

import gridcase.casework.DemoTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.mock.web.MockHttpSession;
import org.springframework.test.web.servlet.MockMvc;

import static org.hamcrest.Matchers.containsString;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.httpBasic;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.request;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.header;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.redirectedUrl;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.redirectedUrlPattern;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

/** Who gets in where. */
@DemoTest
class SecurityTests {

	@Autowired
	private MockMvc mvc;

	@Test
	void pagesLeadToTheSignIn() throws Exception {
		this.mvc.perform(get("/inbox").accept(MediaType.TEXT_HTML)).andExpect(redirectedUrlPattern("**/sign-in"));
		this.mvc.perform(get("/sign-in"))
			.andExpect(status().isOk())
			.andExpect(header().string("Content-Security-Policy",
					containsString("script-src 'self'; style-src 'self'; img-src 'self' data: blob:")))
			.andExpect(content().string(containsString("登录平台")));
	}

	@Test
	void aPartOfAPageAskedForAfterTheSessionEndedSendsTheWholePageToTheSignIn() throws Exception {
		this.mvc.perform(get("/inbox/preview").param("caseNo", "X").header("HX-Request", "true"))
			.andExpect(status().isUnauthorized())
			.andExpect(header().string("HX-Redirect", "/sign-in?expired"));
		this.mvc.perform(post("/report/fields").header("HX-Request", "true"))
			.andExpect(status().isUnauthorized())
			.andExpect(header().string("HX-Redirect", "/sign-in?expired"));
		this.mvc.perform(post("/report")).andExpect(redirectedUrl("/sign-in?expired"));
	}

	@ParameterizedTest(name = "{0} signs in")
	@ValueSource(strings = { "admin", "sd.dispatcher", "sx.admin" })
	void peopleOfTheRegistryAndTheAdministratorSignIn(String login) throws Exception {
		this.mvc.perform(post("/sign-in").with(csrf()).param("login", login).param("password", "gridcase"))
			.andExpect(redirectedUrl("/"));
	}

	@Test
	void theApiAsksForBasicAndRemembersNobody() throws Exception {
		this.mvc.perform(get("/api/v1/inbox"))
			.andExpect(status().isUnauthorized())
			.andExpect(header().string("WWW-Authenticate", containsString("Basic")))
			.andExpect(content().contentTypeCompatibleWith(MediaType.APPLICATION_PROBLEM_JSON))
			.andExpect(jsonPath("$.status").value(401));
		MockHttpSession session = new MockHttpSession();
		this.mvc.perform(get("/api/v1/inbox").session(session).with(httpBasic("sd.dispatcher", "gridcase")))
			.andExpect(status().isOk());
		this.mvc.perform(get("/api/v1/inbox").session(session)).andExpect(status().isUnauthorized());
	}

	@ParameterizedTest(name = "{0} {1}: {2} gets {3}")
	@CsvSource(delimiter = '|', useHeadersInDisplayName = true, textBlock = """
			method | path                                 | login         | status
			GET    | /api/v1/incidents                    | sd.dispatcher | 403
			GET    | /api/v1/incidents                    | sd.admin      | 200
			POST   | /api/v1/clock                        | sd.dispatcher | 403
			POST   | /api/v1/registry/tiers?place=shangdi | sd.dispatcher | 403
			POST   | /api/v1/registry/tiers?place=shangdi | sd.admin      | 400
			POST   | /api/v1/releases                     | sd.c01.g1     | 403
			POST   | /api/v1/releases/preview             | sd.c01.g1     | 403
			""")
	void rolesDecideOverTheApi(String method, String path, String login, int status) throws Exception {
		this.mvc
			.perform(request(HttpMethod.valueOf(method), path).with(httpBasic(login, "gridcase"))
				.contentType("text/csv")
				.content("nonsense"))
			.andExpect(status().is(status));
	}

	@ParameterizedTest(name = "{0}: {1} gets {2}")
	@CsvSource(delimiter = '|', useHeadersInDisplayName = true, textBlock = """
			path       | login         | status
			/operator  | sd.dispatcher | 403
			/operator  | sd.admin      | 200
			/operator  | admin         | 200
			/rehearsal | sd.c01.g1     | 403
			/rehearsal | admin         | 200
			/inbox     | sd.c01.g1     | 200
			/report    | admin         | 403
			""")
	void rolesDecideOverPages(String path, String login, int status) throws Exception {
		this.mvc.perform(get(path).with(user(login))).andExpect(status().is(status));
	}

	@Test
	void aChangeWithoutTokenIsRefused() throws Exception {
		this.mvc.perform(post("/rehearsal/by").param("hours", "1").with(user("admin")))
			.andExpect(status().isForbidden());
	}

}
