package gridcase.security;

import java.util.List;
import java.util.Set;

import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.authority.SimpleGrantedAuthority;

/** A program signed in by a token for a person. */
class BearerSignedIn extends AbstractAuthenticationToken {

	private final String login;

	private final transient Set<String> roles;

	BearerSignedIn(String login, Set<String> roles) {
		super(List.of(new SimpleGrantedAuthority(Accounts.SIGNED_IN)));
		this.login = login;
		this.roles = roles;
		setAuthenticated(true);
	}

	/** The only roles of the person the token is good for; null: all of them. */
	Set<String> roles() {
		return this.roles;
	}

	@Override
	public Object getCredentials() {
		return "";
	}

	@Override
	public Object getPrincipal() {
		return this.login;
	}

}
