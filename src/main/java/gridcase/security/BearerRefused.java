package gridcase.security;

import org.springframework.security.core.AuthenticationException;

/** A token that is none, is no longer good, or names nobody the platform knows. */
class BearerRefused extends AuthenticationException {

	BearerRefused(String why) {
		super(why);
	}

	BearerRefused(String why, Throwable cause) {
		super(why, cause);
	}

}
