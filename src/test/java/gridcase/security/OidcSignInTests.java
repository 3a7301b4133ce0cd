package gridcase.security;

import java.net.CookieManager;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.ObjectMapper;
import gridcase.casework.DemoTest;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.mock.web.MockHttpSession;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.MvcResult;
import org.springframework.test.web.servlet.request.RequestPostProcessor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.redirectedUrl;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

/** Signing in at a real OIDC provider, and calling the API with its tokens. */
@DemoTest
class OidcSignInTests {

	private static final String PROVIDER = OidcServer.start();

	private static final RequestPostProcessor ON_THE_PLATFORM = (request) -> {
		request.setServerName("127.0.0.1");
		return request;
	};

	@Autowired
	private MockMvc mvc;

	@Autowired
	private ObjectMapper json;

	@Autowired
	private JdbcTemplate jdbc;

	@DynamicPropertySource
	static void configured(DynamicPropertyRegistry settings) {
		String registration = "spring.security.oauth2.client.registration.provider.";
		settings.add("spring.security.oauth2.client.provider.provider.issuer-uri", () -> PROVIDER);
		settings.add(registration + "client-id", () -> OidcServer.CLIENT);
		settings.add(registration + "client-secret", () -> OidcServer.SECRET);
		settings.add(registration + "scope", () -> "openid,profile");
		settings.add("spring.security.oauth2.resourceserver.jwt.issuer-uri", () -> PROVIDER);
		settings.add("spring.security.oauth2.resourceserver.jwt.audiences", () -> OidcServer.CLIENT);
	}

	@Test
	void aPersonOfTheRegistrySignsInAtTheProvider() throws Exception {
		this.mvc.perform(get("/sign-in"))
			.andExpect(content().string(containsString("href=\"/oauth2/authorization/provider\"")))
			.andExpect(content().string(containsString("统一身份认证登录")));
		MockHttpSession session = new MockHttpSession();
		String before = session.getId();
		this.mvc.perform(get("/cases").session(session).accept("text/html").with(ON_THE_PLATFORM));
		MvcResult back = comeBack(session, "sd.dispatcher");
		assertThat(back.getResponse().getRedirectedUrl()).as("on to where the person wanted to go").contains("/cases");
		assertThat(session.getId()).as("session is another one").isNotEqualTo(before);
		this.mvc.perform(get("/account").session(session))
			.andExpect(status().isOk())
			.andExpect(content().string(containsString("sd.dispatcher")));
		assertThat(this.jdbc.queryForObject("select way from sign_in where login = 'sd.dispatcher'", String.class))
			.isEqualTo("OIDC");
	}

	@Test
	void whomTheRegistryDoesNotKnowIsToldSo() throws Exception {
		MockHttpSession session = new MockHttpSession();
		MvcResult back = comeBack(session, "somebody.else");
		assertThat(back.getResponse().getRedirectedUrl()).isEqualTo("/sign-in?unknown");
		this.mvc.perform(get("/sign-in").param("unknown", "").session(session))
			.andExpect(content().string(containsString("本平台没有您的人员登记")));
		this.mvc.perform(get("/account").session(session).accept("text/html")).andExpect(status().is3xxRedirection());
	}

	@Test
	void anAnswerNobodyAskedForSignsNobodyIn() throws Exception {
		this.mvc
			.perform(get("/login/oauth2/code/provider").param("code", "made-up")
				.param("state", "made-up")
				.with(ON_THE_PLATFORM))
			.andExpect(redirectedUrl("/sign-in?provider"));
	}

	@Test
	void theApiTakesTheProvidersTokens() throws Exception {
		String token = token("sd.dispatcher");
		this.mvc.perform(get("/api/v1/me").header("Authorization", "Bearer " + token))
			.andExpect(status().isOk())
			.andExpect(jsonPath("$.login").value("sd.dispatcher"));
		this.mvc.perform(get("/api/v1/incidents").header("Authorization", "Bearer " + token))
			.andExpect(status().isForbidden());
		this.mvc.perform(get("/api/v1/me").header("Authorization", "Bearer " + token("somebody.else")))
			.andExpect(status().isUnauthorized());
		String[] parts = token.split("\\.");
		String forged = parts[0] + "."
				+ Base64.getUrlEncoder()
					.withoutPadding()
					.encodeToString(new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8)
						.replace("sd.dispatcher", "admin")
						.getBytes(StandardCharsets.UTF_8))
				+ "." + parts[2];
		this.mvc.perform(get("/api/v1/me").header("Authorization", "Bearer " + forged))
			.andExpect(status().isUnauthorized());
	}

	private MvcResult comeBack(MockHttpSession session, String login) throws Exception {
		String away = this.mvc.perform(get("/oauth2/authorization/provider").session(session).with(ON_THE_PLATFORM))
			.andExpect(status().is3xxRedirection())
			.andReturn()
			.getResponse()
			.getRedirectedUrl();
		assertThat(away).startsWith(PROVIDER + "/oauth2/authorize");
		URI back = atTheProvider(away, login);
		return this.mvc.perform(get("/login/oauth2/code/provider").session(session)
			.with(ON_THE_PLATFORM)
			.params(org.springframework.util.CollectionUtils.toMultiValueMap(query(back).entrySet()
				.stream()
				.collect(Collectors.toMap(Map.Entry::getKey, (each) -> List.of(each.getValue()))))))
			.andReturn();
	}

	private URI atTheProvider(String address, String login) throws Exception {
		HttpClient browser = HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
		HttpResponse<Void> signedIn = browser.send(HttpRequest.newBuilder(URI.create(PROVIDER + "/login"))
			.header("Content-Type", "application/x-www-form-urlencoded")
			.POST(HttpRequest.BodyPublishers.ofString("username=" + login + "&password=" + OidcServer.PASSWORD))
			.build(), HttpResponse.BodyHandlers.discarding());
		assertThat(signedIn.headers().firstValue("Location")).as("signed in at the provider")
			.hasValueSatisfying((to) -> assertThat(to).doesNotContain("error"));
		HttpResponse<String> answer = browser.send(HttpRequest.newBuilder(URI.create(address)).build(),
				HttpResponse.BodyHandlers.ofString());
		assertThat(answer.statusCode()).as(answer.body()).isEqualTo(302);
		URI back = URI.create(answer.headers().firstValue("Location").orElseThrow());
		assertThat(back.toString()).startsWith(OidcServer.BACK + "?").doesNotContain("error=");
		return back;
	}

	private String token(String login) throws Exception {
		String back = URLEncoder.encode(OidcServer.BACK, StandardCharsets.UTF_8);
		String code = query(atTheProvider(PROVIDER + "/oauth2/authorize?response_type=code&scope=openid&client_id="
				+ OidcServer.CLIENT + "&redirect_uri=" + back, login))
			.get("code");
		HttpResponse<String> answer = HttpClient.newHttpClient()
			.send(HttpRequest.newBuilder(URI.create(PROVIDER + "/oauth2/token"))
				.header("Authorization", basic(OidcServer.CLIENT, OidcServer.SECRET))
				.header("Content-Type", "application/x-www-form-urlencoded")
				.POST(HttpRequest.BodyPublishers
					.ofString("grant_type=authorization_code&code=" + code + "&redirect_uri=" + back))
				.build(), HttpResponse.BodyHandlers.ofString());
		assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
		return this.json.readTree(answer.body()).get("access_token").asText();
	}

	private static Map<String, String> query(URI address) {
		return Stream.of(address.getRawQuery().split("&"))
			.map((pair) -> pair.split("=", 2))
			.collect(Collectors.toMap((pair) -> pair[0], (pair) -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
	}

	private static String basic(String name, String password) {
		return "Basic " + Base64.getEncoder().encodeToString((name + ":" + password).getBytes(StandardCharsets.UTF_8));
	}

}
