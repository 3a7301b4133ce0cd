package gridcase.studio;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import gridcase.clock.LimitUnit;
import gridcase.clock.PlatformClock;
import gridcase.clock.WorkingCalendar;
import gridcase.clock.WorkingCalendars;
import gridcase.clock.WorkingTimeText;
import gridcase.registry.Catalogue;
import gridcase.registry.Category;
import gridcase.registry.Unit;
import gridcase.registry.Units;
import gridcase.shared.Texts;
import gridcase.trial.Counts;
import gridcase.trial.Trial;
import gridcase.trial.TrialCase;
import gridcase.trial.TrialGroup;
import gridcase.trial.TrialSum;
import gridcase.trial.Trials;

import org.springframework.stereotype.Component;

/** A trial as people read it. */
@Component
class TrialView {

	/** Longest chart; the table has every line. */
	private static final int CHARTED = 8;

	private final Trials trials;

	private final TrialWords words;

	private final WorkingCalendars calendars;

	private final WorkingTimeText times;

	private final Units units;

	private final Catalogue catalogue;

	private final PlatformClock clock;

	private final ObjectMapper json;

	TrialView(Trials trials, TrialWords words, WorkingCalendars calendars, WorkingTimeText times, Units units,
			Catalogue catalogue, PlatformClock clock, ObjectMapper json) {
		this.trials = trials;
		this.words = words;
		this.calendars = calendars;
		this.times = times;
		this.units = units;
		this.catalogue = catalogue;
		this.clock = clock;
		this.json = json;
	}

	/**
	 * A group with its words.
	 *
	 * @param group the group
	 * @param title what the rule is for
	 * @param rows which rows
	 * @param before what was said
	 * @param after what would be said; for a failing group why nothing is
	 * @param samples what was asked, for a failing group
	 */
	record Group(TrialGroup group, String title, String rows, String before, String after, List<String> samples) {

	}

	/**
	 * A decision with its words.
	 *
	 * @param line the decision
	 * @param used time used, empty without a deadline
	 * @param light {@code ok}, {@code over}, or null without a deadline
	 * @param result 超 4 时 10 分
	 * @param also whether it was breached then too
	 */
	record Line(TrialCase line, String used, String light, String result, boolean also) {

	}

	/**
	 * Consequences for one unit or category.
	 *
	 * @param name its name
	 * @param counts figures
	 */
	record Sum(String name, Counts counts) {

	}

	List<Group> groups(Trial trial) {
		TrialWords.Tried tried = this.words.tried(trial.place(), this.trials.files(trial.id()));
		return this.trials.groups(trial.id()).stream().map((group) -> {
			TrialWords.Said said = tried.said(group);
			return group.failing()
					? new Group(group, Texts.of("trial", fault(group.fault())), said.rows(), said.before(),
							group.message(), tried.samples(group))
					: new Group(group, said.title(), said.rows(), said.before(), said.after(), List.of());
		}).toList();
	}

	/** Key of the words for why there is no answer. */
	static String fault(String fault) {
		return "trial.fault." + fault;
	}

	List<Line> lines(List<TrialCase> cases) {
		return cases.stream().map(this::line).toList();
	}

	private Line line(TrialCase line) {
		if (line.limitUnit() == null) {
			return new Line(line, "", null, "", false);
		}
		Instant now = this.clock.now();
		WorkingCalendar calendar = this.calendars.forPlace(line.place());
		String result = this.times.remaining(calendar, LimitUnit.valueOf(line.limitUnit()), now,
				Duration.ofSeconds(line.leftSeconds()), line.breachedAfter());
		return new Line(line,
				this.times.length(Duration.ofSeconds(Math.max(0, line.usedSeconds())), Duration.ofDays(36_500)),
				line.breachedAfter() ? "over" : "ok", result, line.breachedAfter() && line.breachedBefore());
	}

	List<Sum> units(Trial trial) {
		return this.trials.units(trial.id()).stream().map((sum) -> new Sum(unit(sum), sum.counts())).toList();
	}

	private String unit(TrialSum sum) {
		return sum.key().isEmpty() ? Texts.of("trial", "trial.no-unit")
				: this.units.find(sum.key(), this.clock.now()).map(Unit::name).orElse(sum.key());
	}

	List<Sum> categories(Trial trial) {
		return this.trials.categories(trial.id())
			.stream()
			.map((sum) -> new Sum(sum.key().isEmpty() ? Texts.of("trial", "trial.no-category")
					: this.catalogue.find(sum.place(), sum.key(), this.clock.now())
						.map(Category::name)
						.orElse(sum.key()),
					sum.counts()))
			.toList();
	}

	/** Figures of the chart: names with breaches before and after. */
	String chart(List<Sum> sums) {
		List<Map<String, Object>> bars = new ArrayList<>();
		sums.stream()
			.filter((sum) -> sum.counts().breachedBefore() + sum.counts().breachedAfter() > 0)
			.limit(CHARTED)
			.forEach((sum) -> {
				Map<String, Object> bar = new LinkedHashMap<>();
				bar.put("name", sum.name());
				bar.put("before", sum.counts().breachedBefore());
				bar.put("after", sum.counts().breachedAfter());
				bars.add(bar);
			});
		try {
			return this.json.writeValueAsString(bars);
		}
		catch (JsonProcessingException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
