package gridcase.security;

import java.time.Instant;

import org.springframework.security.authentication.LockedException;

/** Too many wrong passwords: nobody signs in by that name, or from there, for a while. */
class SignInLocked extends LockedException {

	private final Instant until;

	SignInLocked(Instant until) {
		super("No sign-in before " + until);
		this.until = until;
	}

	Instant until() {
		return this.until;
	}

}
