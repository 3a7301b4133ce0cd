package gridcase.security;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

import gridcase.casework.DemoTest;
import gridcase.clock.PlatformClock;
import gridcase.registry.StaffDirectory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.mock.web.MockHttpSession;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.MvcResult;
import org.springframework.test.web.servlet.ResultActions;
import org.springframework.test.web.servlet.request.RequestPostProcessor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.httpBasic;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.header;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.redirectedUrl;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.redirectedUrlPattern;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

/** Wrong passwords, sessions, headers. */
@DemoTest
class SignInTests {

	@Autowired
	private MockMvc mvc;

	@Autowired
	private SignInAttempts attempts;

	@Autowired
	private SignIns signIns;

	@Autowired
	private StaffDirectory staff;

	@Autowired
	private Accounts accounts;

	@Autowired
	private PlatformClock clock;

	@Autowired
	private JdbcTemplate jdbc;

	@BeforeEach
	void nobodyHasTried() {
		this.jdbc.update("delete from sign_in_failure");
	}

	@Test
	void fiveWrongPasswordsAreToldAlikeWhetherThereIsSuchAnAccountOrNot() throws Exception {
		for (String login : new String[] { "ft.admin", "nobody.at.all" }) {
			for (int left = 4; left > 0; left--) {
				signIn(login, "wrong").andExpect(redirectedUrl("/sign-in?error&left=" + left + "&login=" + login));
			}
			String until = "/sign-in\\?locked&until=\\d+&login=" + login;
			signIn(login, "wrong").andExpect(header().string("Location", matchesPattern(until)));
			signIn(login, "gridcase").andExpect(header().string("Location", matchesPattern(until)));
		}
	}

	@Test
	void whoIsLockedIsToldUntilWhenAndGetsInAfterwards() throws Exception {
		for (int i = 0; i < 5; i++) {
			signIn("ft.admin", "wrong");
		}
		Instant until = this.attempts.lockedUntil("ft.admin", null).orElseThrow();
		assertThat(until).isAfter(this.clock.now());
		this.mvc.perform(get("/sign-in").param("locked", "").param("until", Long.toString(until.getEpochSecond())))
			.andExpect(content().string(containsString("暂停登录至")));
		this.mvc.perform(get("/api/v1/inbox").with(httpBasic("ft.admin", "gridcase")))
			.andExpect(status().isUnauthorized())
			.andExpect(jsonPath("$.detail").value(containsString("暂停登录至")));
		this.clock.moveTo(until.plusSeconds(1));
		signIn("ft.admin", "gridcase").andExpect(redirectedUrl("/"));
	}

	@Test
	void aRightPasswordEndsTheRowOfWrongOnes() throws Exception {
		for (int i = 0; i < 4; i++) {
			signIn("ft.admin", "wrong");
		}
		signIn("ft.admin", "gridcase").andExpect(redirectedUrl("/"));
		assertThat(this.attempts.left("ft.admin")).isEqualTo(5);
	}

	@Test
	void anAddressThatGuessesManyNamesRests() throws Exception {
		for (int i = 0; i < 50; i++) {
			signIn("guess" + i, "wrong", "203.0.113.7");
		}
		signIn("sd.dispatcher", "gridcase", "203.0.113.7")
			.andExpect(header().string("Location", containsString("?locked&until=")));
		signIn("sd.dispatcher", "gridcase", "203.0.113.8").andExpect(redirectedUrl("/"));
	}

	@Test
	void anAddressWithAWrongPasswordNowAndThenDoesNot() {
		Instant begin = this.clock.now();
		for (int i = 1; i <= 60; i++) {
			this.clock.moveTo(begin.plus(Duration.ofMinutes(1).multipliedBy(i)));
			this.attempts.failed("typo" + i, "203.0.113.9");
		}
		assertThat(this.attempts.lockedUntil("x", "203.0.113.9")).isEmpty();
	}

	@Test
	void namesAndAddressesThatWereTypedAreNotKept() throws Exception {
		signIn("my-secret-password", "x", "203.0.113.10");
		assertThat(this.jdbc.queryForList("select key from sign_in_failure", String.class)).hasSize(2)
			.allMatch((key) -> key.matches("[0-9a-f]{64}"));
	}

	@Test
	void theSessionIsAnotherOneAfterTheSignIn() throws Exception {
		MockHttpSession before = new MockHttpSession();
		String id = before.getId();
		before.setAttribute("planted", "yes");
		MvcResult signedIn = this.mvc
			.perform(post("/sign-in").session(before)
				.with(csrf())
				.param("login", "sd.aj.handler2")
				.param("password", "gridcase"))
			.andExpect(redirectedUrl("/"))
			.andReturn();
		assertThat(signedIn.getRequest().getSession(false).getId()).isNotEqualTo(id);
		assertThat(this.signIns.last(List.of("sd.aj.handler2"))).containsKey("sd.aj.handler2");
	}

	@Test
	void everyPageSaysWhatABrowserMayDoWithIt() throws Exception {
		this.mvc.perform(get("/inbox").secure(true).with(user("sd.dispatcher")))
			.andExpect(
					header().string("Content-Security-Policy", containsString("script-src 'self'; style-src 'self'")))
			.andExpect(header().string("Content-Security-Policy", containsString("frame-ancestors 'none'")))
			.andExpect(header().string("X-Content-Type-Options", "nosniff"))
			.andExpect(header().string("Referrer-Policy", "same-origin"))
			.andExpect(header().string("Permissions-Policy", containsString("camera=(self), geolocation=(self)")))
			.andExpect(header().string("Strict-Transport-Security", containsString("max-age=")))
			.andExpect(header().string("Cache-Control", containsString("no-store")));
		this.mvc.perform(get("/inbox").with(user("sd.dispatcher")))
			.andExpect(header().doesNotExist("Strict-Transport-Security"));
		this.mvc.perform(get("/api/v1/inbox").with(httpBasic("sd.dispatcher", "gridcase")))
			.andExpect(header().string("X-Content-Type-Options", "nosniff"));
	}

	@Test
	void aPasswordThatWasRightAMomentAgoIsNotHashedAgainUntilItIsChanged() {
		AtomicLong nanos = new AtomicLong();
		AtomicLong hashed = new AtomicLong();
		BCryptPasswordEncoder bcrypt = new BCryptPasswordEncoder(4);
		PasswordEncoder counting = new PasswordEncoder() {

			@Override
			public String encode(CharSequence password) {
				return bcrypt.encode(password);
			}

			@Override
			public boolean matches(CharSequence password, String hash) {
				hashed.incrementAndGet();
				return bcrypt.matches(password, hash);
			}

		};
		this.staff.setPasswordHash("ft.admin", bcrypt.encode("first"));
		PasswordSignIn signIn = new PasswordSignIn(this.accounts, counting, this.attempts, this.signIns,
				new VerifiedPasswords(Duration.ofMinutes(1), nanos::get));
		for (int i = 0; i < 5; i++) {
			assertThat(signIn.authenticate(given("first")).isAuthenticated()).isTrue();
		}
		assertThat(hashed).hasValue(1);

		nanos.addAndGet(Duration.ofMinutes(2).toNanos());
		signIn.authenticate(given("first"));
		assertThat(hashed).as("after a minute").hasValue(2);

		this.staff.setPasswordHash("ft.admin", bcrypt.encode("second"));
		assertThatExceptionOfType(BadCredentialsException.class).isThrownBy(() -> signIn.authenticate(given("first")));
		assertThat(signIn.authenticate(given("second")).isAuthenticated()).isTrue();
		this.staff.setPasswordHash("ft.admin", bcrypt.encode("gridcase"));
	}

	@Test
	void whoKnowsTheirPasswordChangesIt() throws Exception {
		String hash = this.staff.passwordHash("sd.jc.handler").orElseThrow();
		try {
			change("gridcase", "a-much-better-one", "a-much-better-one").andExpect(redirectedUrl("/account"));
			signIn("sd.jc.handler", "a-much-better-one").andExpect(redirectedUrl("/"));
			signIn("sd.jc.handler", "gridcase").andExpect(redirectedUrlPattern("/sign-in?error*"));
		}
		finally {
			this.staff.setPasswordHash("sd.jc.handler", hash);
		}
	}

	@ParameterizedTest
	@CsvSource({ "wrong, a-much-better-one, a-much-better-one, 与现用密码不符", "gridcase, short, short, 太短",
			"gridcase, a-much-better-one, a-much-better-two, 两次输入的新密码不一致",
			"gridcase, my-sd.jc.handler-1, my-sd.jc.handler-1, 含有账号名" })
	void whatIsWrongWithANewPasswordIsSaidAndNothingChanges(String current, String fresh, String again, String says)
			throws Exception {
		String hash = this.staff.passwordHash("sd.jc.handler").orElseThrow();
		change(current, fresh, again).andExpect(status().isBadRequest())
			.andExpect(content().string(containsString(says)))
			.andExpect(content().string(not(containsString("a-much-better"))));
		assertThat(this.staff.passwordHash("sd.jc.handler")).contains(hash);
	}

	@Test
	void guessesOfThePresentPasswordAreCounted() throws Exception {
		for (int i = 0; i < 5; i++) {
			change("guess" + i, "a-much-better-one", "a-much-better-one").andExpect(status().isBadRequest());
		}
		change("gridcase", "a-much-better-one", "a-much-better-one").andExpect(status().isConflict());
	}

	private ResultActions change(String current, String fresh, String again) throws Exception {
		return this.mvc.perform(post("/account/password").with(csrf())
			.with(user("sd.jc.handler"))
			.param("current", current)
			.param("fresh", fresh)
			.param("again", again));
	}

	private static Authentication given(String password) {
		return UsernamePasswordAuthenticationToken.unauthenticated("ft.admin", password);
	}

	private org.springframework.test.web.servlet.ResultActions signIn(String login, String password) throws Exception {
		return signIn(login, password, "127.0.0.1");
	}

	private org.springframework.test.web.servlet.ResultActions signIn(String login, String password, String address)
			throws Exception {
		RequestPostProcessor from = (request) -> {
			request.setRemoteAddr(address);
			return request;
		};
		return this.mvc
			.perform(post("/sign-in").with(csrf()).with(from).param("login", login).param("password", password));
	}

}
