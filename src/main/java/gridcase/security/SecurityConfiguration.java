package gridcase.security;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;

import gridcase.clock.PlatformClock;
import gridcase.registry.Roles;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.config.web.PathPatternRequestMatcherBuilderFactoryBean;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.access.intercept.RequestAuthorizationContext;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;
import org.springframework.security.web.authentication.www.BasicAuthenticationFilter;
import org.springframework.security.web.csrf.CsrfException;
import org.springframework.security.web.util.matcher.RequestHeaderRequestMatcher;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Doors: pages by sign-in and session, the API by HTTP Basic or a token without one. */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration implements WebMvcConfigurer {

	private static final String SIGN_IN = "/sign-in";

	private static final String[] STUDIO_READERS = { Roles.POLICY_OFFICER, Roles.POLICY_APPROVER, Roles.AUDITOR,
			Roles.DUTY_LEADER, Roles.ADMINISTRATOR };

	private static final String[] STUDIO_WRITERS = { Roles.POLICY_OFFICER, Roles.POLICY_APPROVER, Roles.ADMINISTRATOR };

	private static final RequestHeaderRequestMatcher HTMX = new RequestHeaderRequestMatcher("HX-Request");

	private final People people;

	private final PlatformClock clock;

	SecurityConfiguration(People people, PlatformClock clock) {
		this.people = people;
		this.clock = clock;
	}

	@Bean
	@Order(1)
	SecurityFilterChain api(HttpSecurity http, ProblemWriter problems, BearerTokens tokens) throws Exception {
		AuthenticationEntryPoint unknown = (request, response, ex) -> {
			response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Basic realm=\"Gridcase\", charset=\"UTF-8\"");
			response.addHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"Gridcase\"");
			if (ex instanceof SignInLocked locked) {
				problems.write(request, response, HttpStatus.UNAUTHORIZED, "security.locked", clockTime(locked));
			}
			else {
				problems.write(request, response, HttpStatus.UNAUTHORIZED,
						(ex instanceof BearerRefused) ? "security.bearer" : "security.basic");
			}
		};
		return http.securityMatcher("/api/**")
			.csrf(AbstractHttpConfigurer::disable)
			.sessionManagement((sessions) -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
			.httpBasic((basic) -> basic.authenticationEntryPoint(unknown))
			.exceptionHandling((handling) -> handling.authenticationEntryPoint(unknown)
				.accessDeniedHandler((request, response, ex) -> problems.write(request, response, HttpStatus.FORBIDDEN,
						"security.forbidden")))
			.headers(SecurityConfiguration::headers)
			.authorizeHttpRequests((requests) -> requests.dispatcherTypeMatchers(DispatcherType.ERROR)
				.permitAll()
				.requestMatchers(HttpMethod.POST, "/api/v1/rehearsal/**", "/api/v1/clock/**")
				.access(holding(Roles.ADMINISTRATOR))
				.requestMatchers(HttpMethod.POST, "/api/v1/registry/**")
				.access(keepingThePlace())
				.requestMatchers("/api/v1/registry/staff", "/api/v1/registry/absences")
				.access(keepingThePlace())
				.requestMatchers("/api/v1/personal-data/**")
				.access(keepingThePlatform())
				.requestMatchers("/api/v1/incidents/**", "/api/v1/alerts/**", "/api/v1/channels/**",
						"/api/v1/notices/*/retry", "/api/v1/people/**")
				.access(holding(Roles.ADMINISTRATOR))
				.requestMatchers(HttpMethod.POST, "/api/v1/releases/**", "/api/v1/calendars/**")
				.access(holding(Roles.ADMINISTRATOR, Roles.POLICY_OFFICER))
				.requestMatchers(HttpMethod.GET, "/api/v1/studio/**")
				.access(holding(STUDIO_READERS))
				.requestMatchers("/api/v1/studio/**")
				.access(holding(STUDIO_WRITERS))
				.anyRequest()
				.authenticated())
			.addFilterBefore(new BearerFilter(tokens, unknown), BasicAuthenticationFilter.class)
			.addFilterAfter(new ActingFilter(), AuthorizationFilter.class)
			.build();
	}

	@Bean
	@Order(2)
	SecurityFilterChain pages(HttpSecurity http, SignInAttempts attempts, OidcSignIn oidc) throws Exception {
		oidc.offer(http, SIGN_IN);
		return http
			.authorizeHttpRequests((requests) -> requests
				.dispatcherTypeMatchers(DispatcherType.ERROR, DispatcherType.FORWARD, DispatcherType.ASYNC)
				.permitAll()
				.requestMatchers(SIGN_IN, "/app/**", "/vendor/**", "/webjars/**", "/favicon.ico", "/actuator/health/**",
						"/v3/api-docs/**", "/swagger-ui/**", "/swagger-ui.html")
				.permitAll()
				.requestMatchers("/operator/**", "/rehearsal/**")
				.access(holding(Roles.ADMINISTRATOR))
				.requestMatchers(HttpMethod.GET, "/studio/**")
				.access(holding(STUDIO_READERS))
				.requestMatchers("/studio/**")
				.access(holding(STUDIO_WRITERS))
				.anyRequest()
				.authenticated())
			.formLogin((form) -> form.loginPage(SIGN_IN)
				.usernameParameter("login")
				.passwordParameter("password")
				.defaultSuccessUrl("/")
				.failureHandler(signInFailed(attempts)))
			.logout((logout) -> logout.logoutUrl("/sign-out").logoutSuccessUrl(SIGN_IN + "?out"))
			.exceptionHandling((handling) -> handling
				.defaultAuthenticationEntryPointFor((request, response, ex) -> sendToSignIn(response), HTMX)
				.accessDeniedHandler(denied()))
			.headers(SecurityConfiguration::headers)
			.addFilterAfter(new ActingFilter(), AuthorizationFilter.class)
			.build();
	}

	/** Addresses are compared as such; else each request asks for its handler twice. */
	@Bean
	PathPatternRequestMatcherBuilderFactoryBean pathPatterns() {
		return new PathPatternRequestMatcherBuilderFactoryBean();
	}

	@Bean
	PasswordEncoder passwordEncoder() {
		return new BCryptPasswordEncoder();
	}

	static void headers(HeadersConfigurer<HttpSecurity> headers) {
		headers.contentSecurityPolicy((policy) -> policy.policyDirectives(ContentPolicy.STRICT))
			.permissionsPolicyHeader((policy) -> policy
				.policy("camera=(self), geolocation=(self), microphone=(), payment=(), usb=(), browsing-topics=()"))
			.referrerPolicy((policy) -> policy.policy(
					org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy.SAME_ORIGIN));
	}

	private AuthorizationManager<RequestAuthorizationContext> holding(String... roles) {
		return (authentication, context) -> new AuthorizationDecision(
				this.people.current().map((person) -> person.has(roles)).orElse(false));
	}

	/**
	 * An administrator keeps the registries of the own place; those that all places share
	 * only the platform's own one.
	 */
	private AuthorizationManager<RequestAuthorizationContext> keepingThePlace() {
		return (authentication, context) -> new AuthorizationDecision(this.people.current()
			.filter((person) -> person.has(Roles.ADMINISTRATOR)
					&& (person.place() == null || person.place().equals(context.getRequest().getParameter("place"))))
			.isPresent());
	}

	private AuthorizationManager<RequestAuthorizationContext> keepingThePlatform() {
		return (authentication,
				context) -> new AuthorizationDecision(this.people.current()
					.filter((person) -> person.has(Roles.ADMINISTRATOR) && person.place() == null)
					.isPresent());
	}

	private AuthenticationFailureHandler signInFailed(SignInAttempts attempts) {
		return (request, response, ex) -> {
			String login = (request.getParameter("login") != null) ? request.getParameter("login") : "";
			Optional<Instant> until = (ex instanceof SignInLocked locked) ? Optional.of(locked.until())
					: attempts.lockedUntil(login, request.getRemoteAddr());
			String query = until.map((moment) -> "?locked&until=" + moment.getEpochSecond())
				.orElseGet(() -> "?error&left=" + attempts.left(login));
			response.sendRedirect(request.getContextPath() + SIGN_IN + query + "&login="
					+ URLEncoder.encode(login, StandardCharsets.UTF_8));
		};
	}

	private String clockTime(SignInLocked locked) {
		return DateTimeFormatter.ofPattern("HH:mm").format(locked.until().plusSeconds(59).atZone(this.clock.zone()));
	}

	/** A request without a valid token comes from a page whose session has ended. */
	private AccessDeniedHandler denied() {
		return (request, response, ex) -> {
			boolean expired = ex instanceof CsrfException && this.people.current().isEmpty();
			if (!expired) {
				response.sendError(HttpServletResponse.SC_FORBIDDEN);
			}
			else if (HTMX.matches(request)) {
				sendToSignIn(response);
			}
			else {
				response.sendRedirect(expired(request));
			}
		};
	}

	private static String expired(HttpServletRequest request) {
		return request.getContextPath() + SIGN_IN + "?expired";
	}

	/**
	 * Without this htmx would put the sign-in page where a part of the page was asked.
	 */
	private static void sendToSignIn(HttpServletResponse response) {
		response.setHeader("HX-Redirect", SIGN_IN + "?expired");
		response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
	}

	@Override
	public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
		resolvers.add(new CurrentPersonResolver(this.people));
	}

}
