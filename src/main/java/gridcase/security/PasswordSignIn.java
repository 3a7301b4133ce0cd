package gridcase.security;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.authentication.dao.DaoAuthenticationProvider;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.web.authentication.WebAuthenticationDetails;
import org.springframework.stereotype.Component;

/** Signing in by password, on pages and with HTTP Basic. */
@Component
class PasswordSignIn extends DaoAuthenticationProvider {

	private final SignInAttempts attempts;

	private final SignIns signIns;

	private final VerifiedPasswords verified;

	@Autowired
	PasswordSignIn(Accounts accounts, PasswordEncoder passwords, SignInAttempts attempts, SignIns signIns,
			SignInSettings settings) {
		this(accounts, passwords, attempts, signIns, new VerifiedPasswords(settings.remember(), System::nanoTime));
	}

	PasswordSignIn(Accounts accounts, PasswordEncoder passwords, SignInAttempts attempts, SignIns signIns,
			VerifiedPasswords verified) {
		super(accounts::find);
		setPasswordEncoder(passwords);
		this.attempts = attempts;
		this.signIns = signIns;
		this.verified = verified;
	}

	@Override
	public Authentication authenticate(Authentication authentication) {
		String login = authentication.getName();
		String address = (authentication.getDetails() instanceof WebAuthenticationDetails details)
				? details.getRemoteAddress() : null;
		SignInAttempts.Standing standing = this.attempts.standing(login, address);
		if (standing.lockedUntil() != null) {
			throw new SignInLocked(standing.lockedUntil());
		}
		boolean again = this.verified.knows(login, String.valueOf(authentication.getCredentials()));
		Authentication signedIn;
		try {
			signedIn = super.authenticate(authentication);
		}
		catch (BadCredentialsException ex) {
			this.attempts.failed(login, address);
			throw ex;
		}
		if (standing.failures() > 0) {
			this.attempts.succeeded(login);
		}
		if (!again) {
			this.signIns.add(login, "PASSWORD");
		}
		return signedIn;
	}

	@Override
	protected void additionalAuthenticationChecks(UserDetails account, UsernamePasswordAuthenticationToken given) {
		String password = String.valueOf(given.getCredentials());
		if (this.verified.knows(account.getUsername(), password, account.getPassword())) {
			return;
		}
		super.additionalAuthenticationChecks(account, given);
		this.verified.add(account.getUsername(), password, account.getPassword());
	}

}
