package gridcase.oversight;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import gridcase.clock.PlatformClock;
import gridcase.policy.Answer;
import gridcase.policy.Decisions;
import gridcase.policy.Question;
import gridcase.security.CurrentPerson;

import org.springframework.stereotype.Component;

/**
 * What the table {@code case-sight} says. Of several roles and standings the one that
 * sees most counts; one that is watched is enough to be watched. Answers are kept for a
 * few seconds, as every request asks.
 */
@Component
class CaseSight {

	private static final Set<String> NO_ROLE = Set.of("");

	private static final long KEPT = Duration.ofSeconds(5).toNanos();

	/** More answers than there are places, standings, roles and kinds of things. */
	private static final int MOST = 20_000;

	private final Decisions tables;

	private final PlatformClock clock;

	private final Map<Asked, Said> said = new ConcurrentHashMap<>();

	CaseSight(Decisions tables, PlatformClock clock) {
		this.tables = tables;
		this.clock = clock;
	}

	/** How something is seen, from least to most. */
	enum Sight {

		/** Not at all. */
		REFUSED,
		/** For a reason, which goes on record. */
		ON_REASON,
		/** As it is. */
		OPEN

	}

	/**
	 * An answer.
	 *
	 * @param sight how it is seen
	 * @param watched whether it goes on record
	 * @param minutes how long a reason counts
	 * @param why the table's words
	 */
	record Verdict(Sight sight, boolean watched, int minutes, String why) {

		Verdict with(Verdict other) {
			Verdict most = (other.sight().compareTo(this.sight) > 0) ? other : this;
			return new Verdict(most.sight(), this.watched || other.watched(), most.minutes(), most.why());
		}

	}

	private record Asked(String place, String standing, String role, String about) {

	}

	private record Said(Verdict verdict, long at) {

	}

	/**
	 * Asks for a person.
	 * @param person who
	 * @param standings what the person has to do with it
	 * @param about what it is about
	 */
	Verdict of(CurrentPerson person, Collection<String> standings, String about) {
		Collection<String> roles = person.roles().isEmpty() ? NO_ROLE : person.roles();
		Verdict verdict = null;
		for (String standing : standings) {
			for (String role : roles) {
				Verdict one = ask(new Asked(person.place(), standing, role, about));
				verdict = (verdict != null) ? verdict.with(one) : one;
			}
		}
		return Objects.requireNonNull(verdict);
	}

	private Verdict ask(Asked asked) {
		long now = System.nanoTime();
		Said known = this.said.get(asked);
		if (known != null && now - known.at() < KEPT) {
			return known.verdict();
		}
		if (this.said.size() > MOST) {
			this.said.clear();
		}
		Answer answer = this.tables.decide(Question.of("case-sight", asked.place(), this.clock.now(),
				Map.of("standing", asked.standing(), "role", asked.role(), "subjectKind", asked.about())));
		Map<String, Object> outputs = answer.outputs();
		Verdict verdict = new Verdict(Sight.valueOf((String) outputs.get("caseSight")),
				Boolean.TRUE.equals(outputs.get("watched")), ((Number) outputs.get("reasonMinutes")).intValue(),
				(String) outputs.get("caseSightReason"));
		this.said.put(asked, new Said(verdict, now));
		return verdict;
	}

}
