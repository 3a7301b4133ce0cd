package gridcase.security;

import java.util.List;
import java.util.Set;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.oauth2.client.oidc.userinfo.OidcUserRequest;
import org.springframework.security.oauth2.client.oidc.userinfo.OidcUserService;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.oidc.user.DefaultOidcUser;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.security.web.authentication.SavedRequestAwareAuthenticationSuccessHandler;
import org.springframework.stereotype.Component;

/**
 * Signing in at an OIDC provider, where one is configured. Who is let in the registry
 * says, not the provider: a name it does not hold gets a page that says so.
 */
@Component
@EnableConfigurationProperties(OidcSettings.class)
public class OidcSignIn {

	private static final String UNKNOWN = "unknown_login";

	private final ClientRegistrationRepository registrations;

	private final People people;

	private final SignIns signIns;

	private final OidcSettings settings;

	private final OidcUserService users = new OidcUserService();

	OidcSignIn(ObjectProvider<ClientRegistrationRepository> registrations, People people, SignIns signIns,
			OidcSettings settings) {
		this.registrations = registrations.getIfAvailable();
		this.people = people;
		this.signIns = signIns;
		this.settings = settings;
	}

	/**
	 * A provider one may sign in at.
	 *
	 * @param path where the way to it begins
	 * @param label words for the button, or null for the usual ones
	 */
	public record Provider(String path, String label) {

	}

	/** The providers there are; none unless configured. */
	public List<Provider> providers() {
		if (!(this.registrations instanceof Iterable<?> known)) {
			return List.of();
		}
		List<Provider> providers = new java.util.ArrayList<>();
		known.forEach((each) -> providers.add(new Provider(
				"/oauth2/authorization/" + ((ClientRegistration) each).getRegistrationId(), this.settings.label())));
		return providers;
	}

	void offer(HttpSecurity http, String signInPage) throws Exception {
		if (this.registrations == null) {
			return;
		}
		SavedRequestAwareAuthenticationSuccessHandler onward = new SavedRequestAwareAuthenticationSuccessHandler();
		http.oauth2Login((login) -> login.loginPage(signInPage)
			.userInfoEndpoint((user) -> user.oidcUserService(this::person))
			.successHandler((request, response, signedIn) -> {
				this.signIns.add(signedIn.getName(), "OIDC");
				onward.onAuthenticationSuccess(request, response, signedIn);
			})
			.failureHandler((request, response, ex) -> {
				boolean unknown = ex instanceof OAuth2AuthenticationException failed
						&& UNKNOWN.equals(failed.getError().getErrorCode());
				response.sendRedirect(request.getContextPath() + signInPage + (unknown ? "?unknown" : "?provider"));
			}));
	}

	private OidcUser person(OidcUserRequest request) {
		OidcUser user = this.users.loadUser(request);
		String login = user.getClaimAsString(this.settings.loginClaim());
		if (login == null || this.people.find(login).isEmpty()) {
			throw new OAuth2AuthenticationException(
					new OAuth2Error(UNKNOWN, "The registry does not know the person", null));
		}
		return new DefaultOidcUser(Set.of(new SimpleGrantedAuthority(Accounts.SIGNED_IN)), user.getIdToken(),
				user.getUserInfo(), this.settings.loginClaim());
	}

}
