package gridcase.inquiry;

import java.time.Instant;

import gridcase.casework.CaseWords;
import gridcase.clock.PlatformClock;
import gridcase.clock.WorkingTimeText;
import gridcase.registry.StaffDirectory;
import gridcase.registry.Units;
import gridcase.shared.Acting;
import gridcase.shared.Texts;

import java.time.Duration;

import org.springframework.stereotype.Component;

/** What people, units and codes are called on the pages of this module. */
@Component
public class InquiryNames {

	private static final Duration NO_DAYS = Duration.ofDays(3650);

	private final StaffDirectory staff;

	private final Units units;

	private final CaseWords words;

	private final WorkingTimeText times;

	private final PlatformClock clock;

	InquiryNames(StaffDirectory staff, Units units, CaseWords words, WorkingTimeText times, PlatformClock clock) {
		this.staff = staff;
		this.units = units;
		this.words = words;
		this.times = times;
		this.clock = clock;
	}

	/** Name of a person as it was at a moment. */
	public String person(String login, Instant at) {
		if (login == null) {
			return "";
		}
		return switch (login) {
			case Acting.SYSTEM -> Texts.of("casework", "casework.system");
			case Acting.RESIDENT -> Texts.of("casework", "casework.resident");
			default -> this.staff.find(login, at)
				.or(() -> this.staff.find(login, this.clock.now()))
				.map((person) -> person.name())
				.orElse(login);
		};
	}

	public String person(String login) {
		return person(login, this.clock.now());
	}

	public String unit(String code) {
		return (code == null || code.isEmpty()) ? ""
				: this.units.find(code, this.clock.now()).map((unit) -> unit.name()).orElse(code);
	}

	/** Who had it: a person (for whom), else the pool it waited in, else nobody. */
	public String holder(LookBack.Hand hand, Instant at) {
		if (hand == null) {
			return Texts.of("inquiry", "inquiry.nobody");
		}
		if (hand.person() == null) {
			return this.words.pool(hand.pool());
		}
		return (hand.actingFor() == null) ? person(hand.person(), at) : Texts.of("casework", "casework.event.actedFor",
				person(hand.person(), at), person(hand.actingFor(), at));
	}

	/** A person by sign-in name, or a pool {@code role@scope}. */
	public String whoever(String loginOrPool) {
		return loginOrPool.contains("@") ? this.words.pool(loginOrPool) : person(loginOrPool);
	}

	public String word(String kind, Object code) {
		return this.words.word(kind, code);
	}

	public String category(String place, String code) {
		return this.words.category(place, code);
	}

	/** A length of working time, for example 15 时 32 分. */
	public String time(long seconds) {
		return this.times.length(Duration.ofSeconds(seconds), NO_DAYS);
	}

	/** A word of this module. */
	public String text(String key, Object... arguments) {
		return Texts.of("inquiry", key, arguments);
	}

}
