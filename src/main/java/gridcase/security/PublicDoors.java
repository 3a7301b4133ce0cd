package gridcase.security;

import java.util.Collection;
import java.util.List;
import java.util.function.Function;

import gridcase.shared.Acting;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;

/**
 * Doors of the public addresses: no sign-in and no session, so that any node answers.
 * What is changed there is on record as done by a resident.
 */
@Configuration(proxyBeanMethods = false)
class PublicDoors {

	@Bean
	@Order(-2)
	SecurityFilterChain publicMachines(HttpSecurity http, List<PublicPaths> paths) throws Exception {
		return open(http, patterns(paths, PublicPaths::machines)).csrf(AbstractHttpConfigurer::disable).build();
	}

	@Bean
	@Order(-1)
	SecurityFilterChain publicPages(HttpSecurity http, List<PublicPaths> paths) throws Exception {
		return open(http, patterns(paths, PublicPaths::pages))
			.csrf((csrf) -> csrf.csrfTokenRepository(new CookieCsrfTokenRepository()))
			.build();
	}

	private static HttpSecurity open(HttpSecurity http, String[] patterns) throws Exception {
		return http.securityMatcher(patterns)
			.sessionManagement((sessions) -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
			.anonymous((anonymous) -> anonymous.principal(Acting.RESIDENT))
			.headers(SecurityConfiguration::headers)
			.authorizeHttpRequests((requests) -> requests.anyRequest().permitAll())
			.addFilterAfter(new ActingFilter(), AuthorizationFilter.class);
	}

	private static String[] patterns(List<PublicPaths> paths, Function<PublicPaths, List<String>> part) {
		return paths.stream().map(part).flatMap(Collection::stream).toArray(String[]::new);
	}

}
