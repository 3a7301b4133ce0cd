package gridcase.security;

import java.time.Duration;

import gridcase.shared.Refusal;
import gridcase.shared.Texts;

/** Somebody asks too often; nothing was done. */
public class TooManyRequests extends Refusal {

	private final long retryAfter;

	TooManyRequests(Duration wait) {
		super(Kind.TOO_MANY, words(wait));
		this.retryAfter = seconds(wait);
	}

	/** Whole seconds after which it may be tried again. */
	public long retryAfter() {
		return this.retryAfter;
	}

	private static long seconds(Duration wait) {
		return Math.max(1, wait.plusMillis(999).toSeconds());
	}

	private static String words(Duration wait) {
		long seconds = seconds(wait);
		return (seconds < 60) ? Texts.of("security", "security.tooMany.seconds", seconds)
				: Texts.of("security", "security.tooMany.minutes", (seconds + 59) / 60);
	}

}
