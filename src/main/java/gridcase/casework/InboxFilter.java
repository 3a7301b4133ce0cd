package gridcase.casework;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Stream;

import gridcase.shared.FieldProblem;
import gridcase.shared.Refusal;
import gridcase.shared.Texts;

/**
 * What is left out of a list. Every part may be null or blank: it leaves out nothing
 * then.
 *
 * @param text words, all of which stand in number, title or address
 * @param place place code
 * @param grid code of a grid; those within it count too
 * @param category category code
 * @param severity severity code
 * @param stage canonical key of the case's present stage, such as {@code Handle}
 * @param light {@code OK}, {@code WARN}, {@code OVER} or {@code PAUSED}
 * @param tier key of the handling tier the case is at
 * @param due {@code OVERDUE}, {@code TODAY}, {@code THREE_DAYS} (today and the two days
 * after), or a day ({@code 2026-03-18}): due before it ends
 */
public record InboxFilter(String text, String place, String grid, String category, String severity, String stage,
		String light, String tier, String due) {

	/** Leaves out nothing. */
	public static final InboxFilter NONE = new InboxFilter(null, null, null, null, null, null, null, null, null);

	/** The named windows of the deadline. */
	public static final List<String> WINDOWS = List.of("OVERDUE", "TODAY", "THREE_DAYS");

	/** The lights. */
	public static final List<String> LIGHTS = List.of("OVER", "WARN", "OK", "PAUSED");

	/** Whether nothing is left out. */
	public boolean none() {
		return Stream
			.of(this.text, this.place, this.grid, this.category, this.severity, this.stage, this.light, this.tier,
					this.due)
			.allMatch((part) -> part == null || part.isBlank());
	}

	/** The words looked for. */
	List<String> words() {
		return words(this.text);
	}

	/** Words of a search, at most eight. */
	static List<String> words(String text) {
		return (text == null) ? List.of()
				: Stream.of(text.trim().split("[\\s\u3000]+")).filter((word) -> !word.isEmpty()).limit(8).toList();
	}

	/** Rank of the light as {@code light_rank} has it, or null. */
	Integer rank() {
		if (this.light == null || this.light.isBlank()) {
			return null;
		}
		int rank = LIGHTS.indexOf(this.light);
		if (rank < 0) {
			throw new Refusal(Refusal.Kind.INVALID, Texts.of("casework", "casework.refused.light", this.light),
					List.of(new FieldProblem("light", Texts.of("casework", "casework.label.light"),
							Texts.of("casework", "casework.refused.light-known"))));
		}
		return rank;
	}

	/**
	 * From when to when the deadline has to be, or null for any.
	 * @throws Refusal if there is no such window
	 */
	Window window(Instant now, ZoneId zone) {
		if (this.due == null || this.due.isBlank()) {
			return null;
		}
		LocalDate today = now.atZone(zone).toLocalDate();
		return switch (this.due) {
			case "OVERDUE" -> new Window(Instant.EPOCH, now);
			case "TODAY" -> new Window(now, begin(today.plusDays(1), zone));
			case "THREE_DAYS" -> new Window(now, begin(today.plusDays(3), zone));
			default -> new Window(Instant.EPOCH, begin(day().plusDays(1), zone));
		};
	}

	private LocalDate day() {
		try {
			return LocalDate.parse(this.due);
		}
		catch (DateTimeException ex) {
			throw new Refusal(Refusal.Kind.INVALID, Texts.of("casework", "casework.refused.due", this.due),
					List.of(new FieldProblem("due", Texts.of("casework", "casework.inbox.due"),
							Texts.of("casework", "casework.refused.due-known", WINDOWS))));
		}
	}

	private static Instant begin(LocalDate day, ZoneId zone) {
		return day.atStartOfDay(zone).toInstant();
	}

	/**
	 * A stretch of time.
	 *
	 * @param from its beginning, inclusive
	 * @param to its end, exclusive
	 */
	record Window(Instant from, Instant to) {

	}

}
