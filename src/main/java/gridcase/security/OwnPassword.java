package gridcase.security;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import gridcase.registry.StaffDirectory;
import gridcase.shared.FieldProblem;
import gridcase.shared.Refusal;
import gridcase.shared.Texts;

import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Component;

/** People set their own passwords. */
@Component
class OwnPassword {

	/** Shorter ones are guessed. */
	static final int LEAST = 10;

	/** What bcrypt looks at; more would be cut off unseen. */
	private static final int MOST_BYTES = 72;

	private final StaffDirectory staff;

	private final PasswordEncoder passwords;

	private final SignInAttempts attempts;

	OwnPassword(StaffDirectory staff, PasswordEncoder passwords, SignInAttempts attempts) {
		this.staff = staff;
		this.passwords = passwords;
		this.attempts = attempts;
	}

	/** Whether the person signs in with a password that is kept here. */
	boolean has(String login) {
		return this.staff.passwordHash(login).isPresent();
	}

	/**
	 * Changes a password. Wrong ones count like those of a sign-in.
	 * @param login whose
	 * @param current what it is
	 * @param fresh what it will be
	 * @throws Refusal naming each field that is wrong, or if there is no password here
	 */
	void change(String login, String current, String fresh) {
		Optional<String> hash = this.staff.passwordHash(login);
		if (hash.isEmpty()) {
			throw Refusal.conflict(Texts.of("security", "security.password.elsewhere"));
		}
		if (this.attempts.lockedUntil(login, null).isPresent()) {
			throw Refusal.conflict(Texts.of("security", "security.password.locked"));
		}
		List<FieldProblem> problems = new ArrayList<>();
		if (!this.passwords.matches(current, hash.get())) {
			this.attempts.failed(login, null);
			problems.add(problem("current", "wrong"));
		}
		if (fresh.length() < LEAST) {
			problems.add(problem("fresh", "short"));
		}
		else if (fresh.getBytes(StandardCharsets.UTF_8).length > MOST_BYTES) {
			problems.add(problem("fresh", "long"));
		}
		else if (fresh.equals(current) || fresh.contains(login)) {
			problems.add(problem("fresh", "same"));
		}
		if (!problems.isEmpty()) {
			throw Refusal.invalid(problems);
		}
		this.attempts.succeeded(login);
		this.staff.setPasswordHash(login, this.passwords.encode(fresh));
	}

	static FieldProblem problem(String field, String what) {
		return new FieldProblem(field, Texts.of("security", "security.password." + field),
				Texts.of("security", "security.password.problem." + what, LEAST));
	}

}
