package gridcase.web;

import java.time.Instant;
import java.time.format.DateTimeFormatter;

import gridcase.clock.PlatformClock;

import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;

/** Moments as pages write them, in the platform's time zone. */
@Component
public class Times {

	private final PlatformClock clock;

	private final MessageSource messages;

	Times(PlatformClock clock, MessageSource messages) {
		this.clock = clock;
		this.messages = messages;
	}

	/** Day and time for lists, the year only when it is not this year: 03-18 11:10. */
	public String brief(Instant at) {
		if (at == null) {
			return "";
		}
		int year = at.atZone(this.clock.zone()).getYear();
		int thisYear = this.clock.now().atZone(this.clock.zone()).getYear();
		return format((year == thisYear) ? "web.time.brief" : "web.time.briefYear", at);
	}

	/** For heads: 3月18日 周三. */
	public String day(Instant at) {
		return format("web.time.day", at);
	}

	/** Hours and minutes: 10:42. */
	public String clock(Instant at) {
		return format("web.time.clock", at);
	}

	/** For {@code datetime} attributes and inputs: 2026-03-18T10:42. */
	public String iso(Instant at) {
		return (at != null) ? DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm").format(at.atZone(this.clock.zone()))
				: "";
	}

	private String format(String pattern, Instant at) {
		String text = this.messages.getMessage(pattern, null, LocaleContextHolder.getLocale());
		return DateTimeFormatter.ofPattern(text, LocaleContextHolder.getLocale()).format(at.atZone(this.clock.zone()));
	}

}
