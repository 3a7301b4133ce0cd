package gridcase.security;

import java.util.Set;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.stereotype.Component;

/**
 * Whom a token of a call speaks for: the platform's own tokens, and those of the OIDC
 * provider where one is configured ({@code spring.security.oauth2.resourceserver.jwt}).
 */
@Component
class BearerTokens {

	private final ApiTokens tokens;

	private final People people;

	private final ObjectProvider<JwtDecoder> provider;

	private final OidcSettings settings;

	BearerTokens(ApiTokens tokens, People people, ObjectProvider<JwtDecoder> provider, OidcSettings settings) {
		this.tokens = tokens;
		this.people = people;
		this.provider = provider;
		this.settings = settings;
	}

	/**
	 * Checks a token.
	 * @throws BearerRefused if nobody is let in by it
	 */
	BearerSignedIn signIn(String token) {
		if (token.startsWith(ApiTokens.PREFIX)) {
			ApiToken known = this.tokens.use(token).orElseThrow(() -> new BearerRefused("unknown or no longer good"));
			return person(known.login(), known.roles().isEmpty() ? null : Set.copyOf(known.roles()));
		}
		JwtDecoder decoder = this.provider.getIfAvailable();
		if (decoder == null) {
			throw new BearerRefused("not a token of the platform, and no provider is configured");
		}
		try {
			Jwt jwt = decoder.decode(token);
			return person(jwt.getClaimAsString(this.settings.loginClaim()), null);
		}
		catch (JwtException ex) {
			throw new BearerRefused(ex.getMessage(), ex);
		}
	}

	/** People who left are kept out whatever they hold in their hands. */
	private BearerSignedIn person(String login, Set<String> roles) {
		if (login == null || this.people.find(login).isEmpty()) {
			throw new BearerRefused("the token names nobody the platform knows");
		}
		return new BearerSignedIn(login, roles);
	}

}
