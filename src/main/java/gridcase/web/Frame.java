package gridcase.web;

import java.time.Instant;
import java.util.Optional;

import gridcase.clock.PlatformClock;
import gridcase.clock.WorkingCalendar;
import gridcase.clock.WorkingCalendars;
import gridcase.security.CurrentPerson;
import gridcase.security.People;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;

/** What stands around every page: who, where, what time it is for the platform. */
@Component
class Frame {

	private final People people;

	private final PlatformClock clock;

	private final WorkingCalendars calendars;

	private final ObjectProvider<InboxCount> inbox;

	private final ObjectProvider<UnreadCount> unread;

	private final MessageSource messages;

	private final Times times;

	private final boolean demo;

	Frame(People people, PlatformClock clock, WorkingCalendars calendars, ObjectProvider<InboxCount> inbox,
			ObjectProvider<UnreadCount> unread, MessageSource messages, Times times,
			@Value("${gridcase.demo.enabled}") boolean demo) {
		this.people = people;
		this.clock = clock;
		this.calendars = calendars;
		this.inbox = inbox;
		this.unread = unread;
		this.messages = messages;
		this.times = times;
		this.demo = demo;
	}

	/**
	 * The frame of the page that is being written.
	 *
	 * @param person who is signed in, or null
	 * @param waiting number of tasks waiting for that person, or null
	 * @param unread number of messages that person has not read, or null
	 * @param now the platform's time
	 * @param office whether office hours run and until when, or null
	 * @param rehearsal whether the clock may be moved
	 * @param demo whether invented places and people are loaded
	 */
	record View(CurrentPerson person, Integer waiting, Integer unread, Instant now, String office, boolean rehearsal,
			boolean demo) {

	}

	View view() {
		Optional<CurrentPerson> person = this.people.current();
		Instant now = this.clock.now();
		Integer waiting = person.map((known) -> {
			InboxCount count = this.inbox.getIfAvailable();
			return (count != null) ? count.waitingFor(known.login()) : null;
		}).orElse(null);
		Integer news = person.map((known) -> {
			UnreadCount count = this.unread.getIfAvailable();
			return (count != null) ? count.unreadOf(known) : null;
		}).orElse(null);
		return new View(person.orElse(null), waiting, news, now, person.map((known) -> office(known, now)).orElse(null),
				this.clock.rehearsal(), this.demo);
	}

	private String office(CurrentPerson person, Instant now) {
		if (person.place() == null) {
			return null;
		}
		WorkingCalendar calendar = this.calendars.forPlace(person.place());
		if (calendar.isOpen(now)) {
			return text("web.office.open", this.times.clock(calendar.nextClosing(now)));
		}
		return text("web.office.closed", this.times.brief(calendar.nextOpening(now)));
	}

	private String text(String key, Object... arguments) {
		return this.messages.getMessage(key, arguments, LocaleContextHolder.getLocale());
	}

}
