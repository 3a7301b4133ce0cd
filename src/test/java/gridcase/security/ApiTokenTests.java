package gridcase.security;

import java.time.Duration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import gridcase.casework.DemoTest;
import gridcase.clock.PlatformClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.ResultActions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.httpBasic;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.delete;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.header;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

/** Tokens for programs. */
@DemoTest
class ApiTokenTests {

	@Autowired
	private MockMvc mvc;

	@Autowired
	private PlatformClock clock;

	@Autowired
	private JdbcTemplate jdbc;

	@Autowired
	private ObjectMapper json;

	@Test
	void aTokenIsShownOnceAndKeptAsAHash() throws Exception {
		String token = create("sd.dispatcher", "{\"name\":\"对接\",\"days\":30}").get("token").asText();
		assertThat(token).startsWith("gct_").hasSizeGreaterThan(40);
		assertThat(this.jdbc.queryForList("select row_to_json(t)::text from api_token t", String.class))
			.noneMatch((row) -> row.contains(token) || row.contains(token.substring(4)));
		call(token, "/api/v1/me").andExpect(status().isOk()).andExpect(jsonPath("$.login").value("sd.dispatcher"));
		this.mvc.perform(get("/api/v1/tokens").with(httpBasic("sd.dispatcher", "gridcase")))
			.andExpect(jsonPath("$[0].name").value("对接"))
			.andExpect(jsonPath("$[0].usedAt").exists())
			.andExpect(content().string(not(containsString(token))));
	}

	@Test
	void aTokenIsGoodUntilItExpiresOrIsRevoked() throws Exception {
		JsonNode expiring = create("sd.dispatcher", "{\"name\":\"一天\",\"days\":1}");
		JsonNode revoked = create("sd.dispatcher", "{\"name\":\"收回\",\"days\":9}");
		this.mvc
			.perform(delete("/api/v1/tokens/" + revoked.at("/info/id").asText())
				.with(httpBasic("sd.dispatcher", "gridcase")))
			.andExpect(status().isNoContent());
		call(revoked.get("token").asText(), "/api/v1/me").andExpect(status().isUnauthorized())
			.andExpect(jsonPath("$.detail").value(containsString("令牌")))
			.andExpect(header().stringValues("WWW-Authenticate", hasItem(containsString("Bearer"))));
		call(expiring.get("token").asText(), "/api/v1/me").andExpect(status().isOk());
		this.clock.moveTo(this.clock.now().plus(Duration.ofHours(25)));
		call(expiring.get("token").asText(), "/api/v1/me").andExpect(status().isUnauthorized());
	}

	@Test
	void aTokenActsInItsRolesOnly() throws Exception {
		String all = create("sd.admin", "{\"name\":\"全部\",\"days\":9}").get("token").asText();
		call(all, "/api/v1/incidents").andExpect(status().isOk());
		this.mvc
			.perform(post("/api/v1/tokens").with(httpBasic("sd.admin", "gridcase"))
				.contentType(MediaType.APPLICATION_JSON)
				.content("{\"name\":\"越权\",\"days\":9,\"roles\":[\"auditor\"]}"))
			.andExpect(status().isBadRequest())
			.andExpect(jsonPath("$.errors[0].field").value("roles"));
		String dispatcher = create("sd.dispatcher", "{\"name\":\"限\",\"days\":9,\"roles\":[\"dispatcher\"]}")
			.get("token")
			.asText();
		call(dispatcher, "/api/v1/me").andExpect(jsonPath("$.roles.length()").value(1))
			.andExpect(jsonPath("$.roles[0]").value("dispatcher"));
		this.jdbc.update("update api_token set roles = '{verifier}' where name = '限'");
		call(dispatcher, "/api/v1/me").andExpect(jsonPath("$.roles.length()").value(0))
			.andExpect(jsonPath("$.pools.length()").value(0));
		this.mvc.perform(get("/api/v1/me").with(httpBasic("sd.dispatcher", "gridcase")))
			.andExpect(jsonPath("$.roles", hasItem("dispatcher")));
	}

	@Test
	void aTokenMakesNoTokens() throws Exception {
		String token = create("sd.dispatcher", "{\"name\":\"甲\",\"days\":9}").get("token").asText();
		this.mvc
			.perform(post("/api/v1/tokens").header("Authorization", "Bearer " + token)
				.contentType(MediaType.APPLICATION_JSON)
				.content("{\"name\":\"乙\",\"days\":9}"))
			.andExpect(status().isForbidden());
	}

	@ParameterizedTest
	@ValueSource(strings = { "gct_nonsense", "eyJhbGciOiJub25lIn0.eyJwcmVmZXJyZWRfdXNlcm5hbWUiOiJhZG1pbiJ9.", "x" })
	void whatIsNoTokenLetsNobodyIn(String token) throws Exception {
		call(token, "/api/v1/me").andExpect(status().isUnauthorized());
	}

	@Test
	void thePageMakesShowsOnceAndRevokes() throws Exception {
		String page = this.mvc
			.perform(
					post("/account/tokens").with(user("sx.admin")).with(csrf()).param("name", "报表").param("days", "30"))
			.andExpect(status().isOk())
			.andExpect(header().string("Cache-Control", "no-store"))
			.andReturn()
			.getResponse()
			.getContentAsString();
		String token = page.replaceAll("(?s).*(gct_[A-Za-z0-9_-]+).*", "$1");
		call(token, "/api/v1/me").andExpect(jsonPath("$.login").value("sx.admin"));
		this.mvc.perform(get("/account").with(user("sx.admin")))
			.andExpect(content().string(containsString("报表")))
			.andExpect(content().string(not(containsString(token))));
		this.mvc
			.perform(post("/account/tokens").with(user("sx.admin")).with(csrf()).param("name", "").param("days", "0"))
			.andExpect(status().isBadRequest())
			.andExpect(content().string(containsString("请写明用途")));
	}

	@Test
	void administratorsSeeAndUnlockTheirOwnPeople() throws Exception {
		for (int i = 0; i < 5; i++) {
			this.mvc.perform(post("/sign-in").with(csrf()).param("login", "sd.verifier").param("password", "wrong"));
		}
		this.mvc.perform(get("/operator/people").with(user("sd.admin")))
			.andExpect(content().string(containsString("锁定至")));
		this.mvc.perform(get("/operator/people").param("text", "admin").with(user("sd.admin")))
			.andExpect(content().string(not(containsString("sx.admin"))));
		this.mvc.perform(get("/operator/people").param("text", "sd.dispatcher").with(user("sd.admin")))
			.andExpect(status().isOk())
			.andExpect(content().string(containsString("/operator/people/sd.dispatcher")));
		this.mvc.perform(get("/operator/people/sx.admin").with(user("sd.admin"))).andExpect(status().isNotFound());
		this.mvc.perform(get("/operator/people/sd.dispatcher").with(user("sd.admin"))).andExpect(status().isOk());
		this.mvc.perform(get("/operator/people").param("place", "shanxi").param("text", "sx.admin").with(user("admin")))
			.andExpect(content().string(containsString("sx.admin")));
		this.mvc.perform(post("/api/v1/people/sd.dispatcher/unlock").with(httpBasic("sd.dispatcher", "gridcase")))
			.andExpect(status().isForbidden());
	}

	private JsonNode create(String login, String wanted) throws Exception {
		return this.json.readTree(this.mvc
			.perform(post("/api/v1/tokens").with(httpBasic(login, "gridcase"))
				.contentType(MediaType.APPLICATION_JSON)
				.content(wanted))
			.andExpect(status().isCreated())
			.andExpect(header().string("Cache-Control", "no-store"))
			.andReturn()
			.getResponse()
			.getContentAsString());
	}

	private ResultActions call(String token, String path) throws Exception {
		return this.mvc.perform(get(path).header("Authorization", "Bearer " + token));
	}

}
