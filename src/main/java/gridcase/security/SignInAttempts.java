package gridcase.security;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.event.EventListener;
import org.springframework.security.authentication.event.AuthenticationFailureBadCredentialsEvent;
import org.springframework.security.authentication.event.AuthenticationSuccessEvent;
import org.springframework.stereotype.Component;

/**
 * Wrong passwords in a row, by sign-in name; after {@value #MOST} the account rests for a
 * quarter of an hour. Kept in memory and by the machine's clock: moving the rehearsal
 * clock unlocks nothing.
 */
@Component
class SignInAttempts {

	static final int MOST = 5;

	static final Duration REST = Duration.ofMinutes(15);

	private static final int REMEMBERED = 10_000;

	private final Clock machine;

	private final Map<String, Failures> failures = new LinkedHashMap<>(16, 0.75f, true) {

		@Override
		protected boolean removeEldestEntry(Map.Entry<String, Failures> eldest) {
			return size() > REMEMBERED;
		}

	};

	@Autowired
	SignInAttempts() {
		this(Clock.systemUTC());
	}

	SignInAttempts(Clock machine) {
		this.machine = machine;
	}

	@EventListener
	synchronized void failed(AuthenticationFailureBadCredentialsEvent event) {
		failed(event.getAuthentication().getName());
	}

	@EventListener
	synchronized void succeeded(AuthenticationSuccessEvent event) {
		this.failures.remove(event.getAuthentication().getName());
	}

	synchronized void failed(String login) {
		int before = current(login).count();
		this.failures.put(login, new Failures(before + 1, this.machine.instant()));
	}

	synchronized boolean locked(String login) {
		return current(login).count() >= MOST;
	}

	/** How many wrong passwords are still allowed. */
	synchronized int left(String login) {
		return Math.max(0, MOST - current(login).count());
	}

	private Failures current(String login) {
		Failures known = this.failures.get(login);
		if (known == null || known.last().plus(REST).isBefore(this.machine.instant())) {
			return new Failures(0, Instant.MIN);
		}
		return known;
	}

	private record Failures(int count, Instant last) {

	}

}
