package gridcase.oversight;

import java.io.Serializable;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import gridcase.clock.PlatformClock;
import gridcase.shared.FieldProblem;
import gridcase.shared.Refusal;
import gridcase.shared.Texts;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;

import org.springframework.stereotype.Component;

/**
 * Why somebody reads what is shown for a reason only: said with the request itself, or
 * once for a thing and a while in a session.
 */
@Component
class Reasons {

	/** Header that carries a reason, in UTF-8 and percent-encoded. */
	static final String HEADER = "Access-Reason";

	/** Parameter that does. */
	static final String PARAMETER = "reason";

	static final int LEAST = 4;

	static final int MOST = 200;

	private static final String KEPT = Reasons.class.getName();

	private final PlatformClock clock;

	Reasons(PlatformClock clock) {
		this.clock = clock;
	}

	/** A reason, and when it was said. */
	record Given(String reason, Instant at) implements Serializable {

	}

	/**
	 * The reason a request comes with.
	 * @param request the request
	 * @param subject what it is about
	 * @param minutes for how long one said before counts; a request that changes
	 * something may rest on any of the session
	 * @return empty if there is none, or only one too short or too long
	 */
	Optional<String> of(HttpServletRequest request, String subject, int minutes) {
		Optional<String> said = Optional.ofNullable(request.getHeader(HEADER))
			.map(Reasons::decoded)
			.or(() -> Optional.ofNullable(request.getParameter(PARAMETER)))
			.map(String::strip)
			.filter(Reasons::fits);
		return said.or(() -> {
			Given given = kept(request.getSession(false)).get(subject);
			boolean counts = given != null
					&& (!reads(request) || given.at().plus(Duration.ofMinutes(minutes)).isAfter(this.clock.now()));
			return counts ? Optional.of(given.reason()) : Optional.empty();
		});
	}

	/**
	 * Keeps a reason for the session.
	 * @throws Refusal if it is too short or too long
	 */
	void keep(HttpSession session, String subject, String reason) {
		String said = (reason != null) ? reason.strip() : "";
		if (!fits(said)) {
			throw needed();
		}
		Map<String, Given> kept = new HashMap<>(kept(session));
		kept.put(subject, new Given(said, this.clock.now()));
		session.setAttribute(KEPT, kept);
	}

	private static String decoded(String header) {
		try {
			return URLDecoder.decode(header.replace("+", "%2B"), StandardCharsets.UTF_8);
		}
		catch (IllegalArgumentException ex) {
			throw needed();
		}
	}

	static boolean reads(HttpServletRequest request) {
		return request.getMethod().equals("GET") || request.getMethod().equals("HEAD");
	}

	/** There must be a reason. */
	static Refusal needed() {
		return Refusal.invalid(List.of(new FieldProblem(PARAMETER, Texts.of("oversight", "oversight.reason"),
				Texts.of("oversight", "oversight.reason.needed", LEAST, MOST, HEADER))));
	}

	private static boolean fits(String said) {
		return said.length() >= LEAST && said.length() <= MOST;
	}

	@SuppressWarnings("unchecked")
	private static Map<String, Given> kept(HttpSession session) {
		Object kept = (session != null) ? session.getAttribute(KEPT) : null;
		return (kept != null) ? (Map<String, Given>) kept : Map.of();
	}

}
