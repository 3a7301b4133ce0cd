package gridcase.web;

import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.atomic.AtomicInteger;

import gridcase.clock.PlatformClock;

import org.springframework.stereotype.Component;

/** Numbers under which people and the log speak of the same failure. */
@Component
class ErrorNumbers {

	private static final DateTimeFormatter FORM = DateTimeFormatter.ofPattern("uuuuMMdd-HHmmss");

	private final AtomicInteger count = new AtomicInteger();

	private final PlatformClock clock;

	ErrorNumbers(PlatformClock clock) {
		this.clock = clock;
	}

	/** The next number, for example E-20260318-104207-1. */
	String next() {
		return "E-" + FORM.format(LocalDateTime.ofInstant(this.clock.now(), this.clock.zone())) + "-"
				+ this.count.incrementAndGet();
	}

}
