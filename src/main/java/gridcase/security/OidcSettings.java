package gridcase.security;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How people of an OIDC provider are told apart. The provider itself is configured by
 * {@code spring.security.oauth2.client}, its tokens for the API by
 * {@code spring.security.oauth2.resourceserver.jwt}.
 *
 * @param loginClaim the claim that holds a person's sign-in name in the registry
 * @param label words on the button of the sign-in page, or null for the usual ones
 */
@ConfigurationProperties("gridcase.oidc")
record OidcSettings(@DefaultValue("preferred_username") String loginClaim, String label) {

}
