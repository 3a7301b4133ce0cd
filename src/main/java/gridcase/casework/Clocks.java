package gridcase.casework;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import gridcase.clock.LimitUnit;
import gridcase.clock.PlatformClock;
import gridcase.clock.WorkingCalendar;
import gridcase.clock.WorkingCalendars;
import gridcase.clock.WorkingTimeText;

import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * Tells what is left of limits: the one place where that is computed, for pages and API
 * alike. The light is the stored one and not guessed from the time.
 */
@Component
public class Clocks {

	private final NamedParameterJdbcTemplate jdbc;

	private final WorkingCalendars calendars;

	private final WorkingTimeText texts;

	private final PlatformClock clock;

	Clocks(NamedParameterJdbcTemplate jdbc, WorkingCalendars calendars, WorkingTimeText texts, PlatformClock clock) {
		this.jdbc = jdbc;
		this.calendars = calendars;
		this.texts = texts;
		this.clock = clock;
	}

	/**
	 * What is left of a limit now.
	 * @param place place code
	 * @param deadline a limit that is not done
	 */
	public Remaining of(String place, Deadline deadline) {
		WorkingCalendar calendar = this.calendars.forPlace(place);
		Instant now = this.clock.now();
		Duration left = deadline.left(now, calendar);
		String light = deadline.light();
		long used = (deadline.budgetSeconds() - left.toSeconds()) * 100 / Math.max(1, deadline.budgetSeconds());
		return new Remaining(light, deadline.limitUnit(), left.toSeconds(),
				this.texts.remaining(calendar, LimitUnit.valueOf(deadline.limitUnit()), now, left,
						light.equals("OVER")),
				(int) Math.max(0, Math.min(100, used)), deadline.warnPercent(),
				(deadline.pausedAt() != null) ? null : deadline.dueAt());
	}

	/** What is left for each of these cases that has a limit. */
	public Map<String, Remaining> ofCases(Collection<CaseFile> files) {
		Map<String, List<Deadline>> open = open(files.stream().map(CaseFile::caseNo).toList());
		return files.stream()
			.filter((file) -> file.light() != null && open.containsKey(file.caseNo()))
			.collect(Collectors.toMap(CaseFile::caseNo, (file) -> of(file.place(),
					Deadline.next(open.get(file.caseNo())).orElse(open.get(file.caseNo()).get(0)))));
	}

	/**
	 * The same for cases of one place of which only the number is known.
	 * @param place place code
	 * @param caseNos numbers of cases
	 */
	public Map<String, Remaining> ofPlace(String place, Collection<String> caseNos) {
		return open(caseNos).entrySet()
			.stream()
			.collect(Collectors.toMap(Map.Entry::getKey,
					(open) -> of(place, Deadline.next(open.getValue()).orElse(open.getValue().get(0)))));
	}

	/** Open limits of some cases, by case. */
	Map<String, List<Deadline>> open(Collection<String> caseNos) {
		if (caseNos.isEmpty()) {
			return Map.of();
		}
		record Of(String caseNo, Deadline deadline) {
		}
		return this.jdbc
			.query("select * from deadline where case_no in (:cases) and done_at is null order by case_no, no",
					Map.of("cases", caseNos),
					(row, number) -> new Of(row.getString("case_no"), Cases.deadline(row, number)))
			.stream()
			.collect(Collectors.groupingBy(Of::caseNo, Collectors.mapping(Of::deadline, Collectors.toList())));
	}

}
