package gridcase.casework.process;

import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.MissingResourceException;
import java.util.Set;
import java.util.TreeSet;

import gridcase.casework.CaseRecord;
import gridcase.clock.PlatformClock;
import gridcase.notice.Notice;
import gridcase.notice.Placeholders;
import gridcase.policy.Decisions;
import gridcase.policy.Question;
import gridcase.registry.Places;
import gridcase.registry.Unit;
import gridcase.registry.Units;
import gridcase.shared.Texts;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.stereotype.Component;

/**
 * The words of a message: what the table {@code notice-text} says for its template, with
 * the case's own values, in Chinese whoever acts. The words themselves are kept with the
 * message, so the question leaves no record of its own.
 */
@Component
public class NoticeTexts {

	static final String TABLE = "notice-text";

	private static final Logger log = LoggerFactory.getLogger(NoticeTexts.class);

	private static final DateTimeFormatter THIS_YEAR = DateTimeFormatter.ofPattern("M月d日 HH:mm", Locale.CHINA);

	private static final DateTimeFormatter OTHER_YEAR = DateTimeFormatter.ofPattern("uuuu年M月d日 HH:mm", Locale.CHINA);

	private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("uuuu年M月d日", Locale.CHINA);

	/** What people wrote themselves is cut to this length in a text message. */
	private static final int LONGEST_IN_SMS = 60;

	private static final Set<String> ALWAYS = Set.of("place", "caseNo", "title", "category", "tier");

	private static final Map<String, Set<String>> OF_EVENT = Map.ofEntries(Map.entry("REPORTED", Set.of()),
			Map.entry("ASSIGNED", Set.of("task")), Map.entry("SIGNED", Set.of("unit", "stage")),
			Map.entry("HANDLED", Set.of("result", "stage")), Map.entry("CLOSED", Set.of("result", "stage")),
			Map.entry("REJECTED", Set.of("reason", "stage")), Map.entry("WARNED", Set.of("stage", "due")),
			Map.entry("BREACHED", Set.of("stage", "due")), Map.entry("ESCALATED", Set.of("stage")),
			Map.entry("DIRECT_REPORTED", Set.of("stage")), Map.entry("VACANCY", Set.of("stage")),
			Map.entry("URGED", Set.of("text", "stage")), Map.entry("EXTENDED", Set.of("stage", "due")),
			Map.entry("SUSPENDED", Set.of("until", "reason", "stage")), Map.entry("SUSPENSION_ENDED", Set.of("stage")),
			Map.entry("NOT_GRANTED", Set.of("reason", "stage")), Map.entry("HELPER_REFUSED", Set.of("unit", "stage")),
			Map.entry("EXCUSED", Set.of("reason", "stage")), Map.entry("WITHDRAWN", Set.of("reason", "stage")),
			Map.entry("VOIDED", Set.of("reason", "stage")),
			Map.entry("SEVERITY_CHANGED", Set.of("before", "after", "stage")),
			Map.entry("HANDED_DOWN", Set.of("text", "stage")), Map.entry("REOPENED", Set.of("reason", "stage")),
			Map.entry("UPHELD", Set.of("reason", "stage")), Map.entry("DIFFICULT_LISTED", Set.of("reason", "stage")),
			Map.entry("DIFFICULT_DELISTED", Set.of("reason", "stage")),
			Map.entry("MERGED", Set.of("into", "reason", "stage")),
			Map.entry("MERGED_ENDED", Set.of("into", "result", "stage")));

	private final Decisions tables;

	private final CaseTiers tiers;

	private final Units units;

	private final Places places;

	private final PlatformClock clock;

	NoticeTexts(Decisions tables, CaseTiers tiers, Units units, Places places, PlatformClock clock) {
		this.tables = tables;
		this.tiers = tiers;
		this.units = units;
		this.places = places;
		this.clock = clock;
	}

	/**
	 * The placeholders a text may name.
	 * @param event what it tells of, e.g. {@code SIGNED}
	 */
	public static Set<String> placeholders(String event) {
		Set<String> all = new TreeSet<>(ALWAYS);
		all.addAll(OF_EVENT.getOrDefault(event, Set.of()));
		return all;
	}

	/** The placeholders any text may name. */
	static Set<String> placeholders() {
		Set<String> all = new TreeSet<>(ALWAYS);
		OF_EVENT.values().forEach(all::addAll);
		return all;
	}

	/**
	 * A message in words.
	 *
	 * @param subject one line
	 * @param text what it says
	 */
	record Words(String subject, String text) {

	}

	/**
	 * Puts a message into words.
	 * @param record the case
	 * @param channel by which it is told
	 * @param template key of the text
	 * @param params what the event tells: codes and moments
	 * @throws gridcase.policy.DecisionFailed if the table has no text for the template
	 */
	Words words(CaseRecord record, String channel, String template, Map<String, ?> params) {
		Map<String, Object> text = this.tables
			.decide(Question.of(TABLE, record.place(), record.now(), Map.of("template", template)))
			.outputs();
		Map<String, String> values = values(record, params);
		String subject = fill((String) text.get("subject"), values, channel, template);
		return new Words(subject.replaceAll("\\s+", " "), fill((String) text.get("text"), values, channel, template));
	}

	private static String fill(String text, Map<String, String> values, String channel, String template) {
		if (!values.keySet().containsAll(Placeholders.in(text))) {
			log.warn("The text {} of table notice-text names what is not known: {}", template, text);
		}
		boolean shorten = channel.equals(Notice.SMS);
		return Placeholders.fill(text, values, (value) -> (shorten && value.length() > LONGEST_IN_SMS)
				? value.substring(0, LONGEST_IN_SMS) + "…" : value);
	}

	private Map<String, String> values(CaseRecord record, Map<String, ?> params) {
		Map<String, String> values = new HashMap<>();
		values.put("place", this.places.get(record.place(), record.now()).name());
		values.put("caseNo", record.caseNo());
		values.put("title", record.text("title").orElse(record.caseNo()));
		values.put("category", record.text("categoryName").orElse(""));
		values.put("tier", record.text("tier").map((key) -> this.tiers.named(record, key).name()).orElse(""));
		if (record.stageName() != null) {
			values.put("stage", record.stageName());
		}
		params.forEach((name, value) -> values.put(name, word(record, name, value.toString())));
		return values;
	}

	/** Codes and moments as people say them. */
	private String word(CaseRecord record, String name, String value) {
		return switch (name) {
			case "stage" -> step(value);
			case "tier" -> value.isEmpty() ? "" : this.tiers.named(record, value).name();
			case "unit" -> this.units.find(value, record.now()).map(Unit::name).orElse(value);
			case "due" -> moment(Instant.parse(value), record.now());
			case "before", "after" -> Texts.own("casework", "casework.severity." + value);
			case "until" -> DAY.format(LocalDate.parse(value));
			default -> value.isBlank() ? Texts.own("casework", "casework.notice.nothing") : value;
		};
	}

	private static String step(String key) {
		try {
			return Texts.own("casework", "casework.step." + key);
		}
		catch (MissingResourceException ex) {
			// a place may have steps of its own; then its word is the key
			return key;
		}
	}

	private String moment(Instant at, Instant now) {
		var local = at.atZone(this.clock.zone());
		boolean thisYear = local.getYear() == now.atZone(this.clock.zone()).getYear();
		return (thisYear ? THIS_YEAR : OTHER_YEAR).format(local);
	}

}
