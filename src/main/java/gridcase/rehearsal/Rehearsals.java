package gridcase.rehearsal;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

import gridcase.clock.PlatformClock;
import gridcase.evaluation.CategoryReport;
import gridcase.evaluation.LoopReport;
import gridcase.evaluation.Period;
import gridcase.evaluation.Reports;
import gridcase.evaluation.SelfHandlingReport;
import gridcase.registry.Places;
import gridcase.rehearsal.Outcome.Difference;
import gridcase.shared.Refusal;

import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Runs a place's year as its source tells it, through engine, tables and rehearsal clock,
 * and compares the figures of the reports with those of the source.
 */
@Component
public class Rehearsals {

	private final Scripts scripts;

	private final Player player;

	private final Reports reports;

	private final Places places;

	private final PlatformClock clock;

	private final JdbcClient jdbc;

	private final MessageSource messages;

	Rehearsals(Scripts scripts, Player player, Reports reports, Places places, PlatformClock clock, JdbcClient jdbc,
			MessageSource messages) {
		this.scripts = scripts;
		this.player = player;
		this.reports = reports;
		this.places = places;
		this.clock = clock;
		this.jdbc = jdbc;
		this.messages = messages;
	}

	/**
	 * Plays a story and reports.
	 * @param name name of a file {@code rehearsal/<name>.yaml} that expects figures
	 * @return figures and differences
	 * @throws Refusal if its place has cases already; nothing was done then
	 * @throws IllegalArgumentException if there is no such story
	 */
	public Outcome run(String name) {
		Script script = this.scripts.read(name);
		if (script.expect() == null) {
			throw new IllegalArgumentException("The story \"" + name + "\" expects no figures");
		}
		int present = this.jdbc.sql("select count(*) from case_file where place = ?")
			.param(script.place())
			.query(Integer.class)
			.single();
		if (present > 0) {
			throw Refusal.conflict(text("rehearsal.not-empty", placeName(script), present));
		}
		this.player.play(script);
		CategoryReport categories = this.reports.categories(script.place(), Period.EVER);
		SelfHandlingReport selfHandling = this.reports.selfHandling(script.place(), Period.EVER);
		LoopReport loops = this.reports.loops(script.place(), Period.EVER);
		List<Difference> differences = differences(script.expect(), categories, selfHandling, loops);
		return new Outcome(name, report(script, categories, selfHandling, loops, differences), differences);
	}

	private static List<Difference> differences(Script.Figures expected, CategoryReport categories,
			SelfHandlingReport selfHandling, LoopReport loops) {
		List<Difference> differences = new ArrayList<>();
		CategoryReport.Row total = categories.total();
		compare(differences, "registered", expected.registered(), total.registered());
		compare(differences, "closed", expected.closed(), total.closed());
		compare(differences, "followUp", expected.followUp(), total.followUp());
		compare(differences, "open", expected.open(), total.open());
		compare(differences, "openCases", expected.open(), categories.openCases().size());
		compare(differences, "categories", expected.categories(),
				categories.rows()
					.stream()
					.collect(Collectors.toMap(CategoryReport.Row::code, CategoryReport.Row::registered)));
		compare(differences, "micro", expected.micro(), loops.micro());
		compare(differences, "small", expected.small(), loops.small());
		compare(differences, "large", expected.large(), loops.large());
		compare(differences, "selfHandled", expected.selfHandled(), selfHandling.selfHandled());
		compare(differences, "dispatched", expected.dispatched(), selfHandling.dispatched());
		compare(differences, "ratePercent", expected.ratePercent(), selfHandling.ratePercent());
		compare(differences, "missed", expected.missed(), selfHandling.missed());
		return differences;
	}

	private static void compare(List<Difference> differences, String figure, Object expected, Object actual) {
		boolean same = (expected instanceof BigDecimal number && actual instanceof BigDecimal other)
				? number.compareTo(other) == 0 : expected == null || expected.equals(actual);
		if (!same) {
			differences.add(new Difference(figure, expected, actual));
		}
	}

	private String report(Script script, CategoryReport categories, SelfHandlingReport selfHandling, LoopReport loops,
			List<Difference> differences) {
		List<String> lines = new ArrayList<>();
		lines.add(text("rehearsal.title", script.title(), placeName(script)));
		lines.add(text("rehearsal.columns"));
		categories.rows().forEach((row) -> lines.add(row(row.name(), row)));
		lines.add(row(text("rehearsal.total"), categories.total()));
		lines.add(text("rehearsal.open", categories.total().open()));
		categories.openCases()
			.forEach((open) -> lines.add("  " + open.caseNo() + "  " + open.stageName() + "  " + open.title()));
		lines.add(text("rehearsal.loops", loops.micro(), loops.small(), loops.large(), loops.without()));
		lines.add(text("rehearsal.self-handling", selfHandling.registered(), selfHandling.selfHandled(),
				selfHandling.dispatched(), selfHandling.waiting(), selfHandling.ratePercent()));
		if (selfHandling.requiredPercent() != null) {
			lines.add(text(selfHandling.missed() ? "rehearsal.missed" : "rehearsal.met", selfHandling.ratePercent(),
					selfHandling.requiredPercent()));
		}
		differences.forEach((difference) -> lines
			.add(text("rehearsal.difference", difference.figure(), difference.expected(), difference.actual())));
		lines.add(text(differences.isEmpty() ? "rehearsal.matches" : "rehearsal.differs"));
		return String.join(System.lineSeparator(), lines);
	}

	private static String row(String name, CategoryReport.Row row) {
		return "  %5d  %5d  %5d  %5d  %5d  %5d  %s".formatted(row.registered(), row.closed(), row.followUp(),
				row.open(), row.notFiled(), row.merged(), name);
	}

	private String placeName(Script script) {
		return this.places.get(script.place(), this.clock.now()).name();
	}

	private String text(String key, Object... arguments) {
		Object[] plain = new Object[arguments.length];
		for (int i = 0; i < arguments.length; i++) {
			plain[i] = String.valueOf(arguments[i]);
		}
		boolean asked = LocaleContextHolder.getLocaleContext() != null;
		return this.messages.getMessage(key, plain,
				asked ? LocaleContextHolder.getLocale() : Locale.SIMPLIFIED_CHINESE);
	}

}
