package gridcase.resident;

import java.time.Duration;

import gridcase.security.RateLimits;
import gridcase.security.RateLimits.Limit;
import jakarta.servlet.http.HttpServletRequest;

import org.springframework.stereotype.Component;

/**
 * How much one address may ask for. Generous enough for a service station where many
 * residents share one.
 */
@Component
class Visits {

	/** Looking at pages. */
	static final Limit LOOK = new Limit("resident.look", 240, Duration.ofMinutes(1));

	/** Sending reports and photos. */
	static final Limit REPORT = new Limit("resident.report", 60, Duration.ofHours(1));

	/** Asking for codes. */
	static final Limit CODE = new Limit("resident.code", 10, Duration.ofMinutes(15));

	/** Guessing at numbers, phones, codes and tokens. */
	static final Limit GUESS = new Limit("resident.guess", 20, Duration.ofMinutes(10));

	/** Doing something to one's case. */
	static final Limit ACT = new Limit("resident.act", 30, Duration.ofMinutes(10));

	/** Urging, of one case. */
	static final Limit URGE = new Limit("resident.urge", 2, Duration.ofDays(1));

	private final RateLimits limits;

	Visits(RateLimits limits) {
		this.limits = limits;
	}

	/**
	 * Counts a request of an address.
	 * @throws gridcase.security.TooManyRequests if there were too many
	 */
	void check(Limit limit, HttpServletRequest request) {
		this.limits.check(limit, RateLimits.address(request));
	}

	/** The same for a case. */
	void check(Limit limit, String caseNo) {
		this.limits.check(limit, caseNo);
	}

}
