package gridcase.security;

import java.util.Optional;

import gridcase.registry.StaffDirectory;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UsernameNotFoundException;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Component;

/**
 * Accounts are the people of the registry, and {@code admin} with a configured password.
 */
@Component
class Accounts {

	/** What everybody may who is signed in; all else follows from duties. */
	static final String SIGNED_IN = "SIGNED_IN";

	private final People people;

	private final StaffDirectory staff;

	private final String adminHash;

	Accounts(People people, StaffDirectory staff, PasswordEncoder passwords,
			@Value("${gridcase.admin-password}") String adminPassword) {
		this.people = people;
		this.staff = staff;
		this.adminHash = passwords.encode(adminPassword);
	}

	/**
	 * The account of a person.
	 * @throws UsernameNotFoundException if nobody signs in by that name
	 */
	UserDetails find(String login) {
		Optional<String> hash = People.ADMIN.equals(login) ? Optional.of(this.adminHash)
				: this.staff.passwordHash(login);
		if (hash.isEmpty() || this.people.find(login).isEmpty()) {
			throw new UsernameNotFoundException(login);
		}
		return User.withUsername(login).password(hash.get()).authorities(SIGNED_IN).build();
	}

}
