package gridcase.casework.web;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import gridcase.audit.CaseEvent;
import gridcase.casework.CaseFile;
import gridcase.shared.Acting;
import gridcase.web.Times;

import org.springframework.stereotype.Component;

/** Tells the events of a case in plain words, newest first. */
@Component
class Timeline {

	private final Names names;

	private final Rules rules;

	private final Times times;

	private final ObjectMapper json = new ObjectMapper();

	Timeline(Names names, Rules rules, Times times) {
		this.names = names;
		this.rules = rules;
		this.times = times;
	}

	/**
	 * One sentence of the timeline.
	 *
	 * @param at when
	 * @param state {@code info}, {@code warn}, {@code over}, or an empty text
	 * @param text what happened
	 * @param why reason given in words, or null
	 * @param rule the rule that decided, or null
	 */
	record Entry(Instant at, String state, String text, String why, Rules.Chip rule) {

	}

	/**
	 * Tells the events.
	 * @param file the case
	 * @param events its events, oldest first
	 * @param all whether decisions and limits are told too
	 */
	List<Entry> of(CaseFile file, List<CaseEvent> events, boolean all) {
		return of(file, events, all, false);
	}

	/**
	 * Tells the events.
	 * @param file the case
	 * @param events its events, oldest first
	 * @param all whether decisions and limits are told too
	 * @param log whether it is told who looked at personal data
	 */
	List<Entry> of(CaseFile file, List<CaseEvent> events, boolean all, boolean log) {
		List<Entry> entries = new ArrayList<>();
		for (CaseEvent event : events) {
			boolean detail = switch (event.kind()) {
				case "DECIDED", "DEADLINE_SET", "TIER_CHANGED", "UNITS_ASSIGNED", "ARCHIVED", "SCORED",
						"DEADLINE_MOVED" ->
					true;
				case "CLAIMED", "RESULT_REPORTED" -> true;
				case "HANDED" -> handsOver(read(event.data()));
				default -> false;
			};
			if ((all || !detail) && (log || !event.kind().equals("UNMASKED"))) {
				entries.add(entry(file, event));
			}
		}
		Collections.reverse(entries);
		return entries;
	}

	/** Work that moved by itself, for no reason anybody gave. */
	private static boolean handsOver(JsonNode data) {
		return "HOLDER".equals(text(data, "kind")) && !data.has("reasonCode") && !data.has("reasonText");
	}

	Entry entry(CaseFile file, CaseEvent event) {
		JsonNode data = read(event.data());
		String who = Acting.SYSTEM.equals(event.actor()) ? this.names.text("casework.system")
				: this.names.person(event.actor()).name();
		if (data.has("actedFor")) {
			who = this.names.text("casework.event.actedFor", who, person(data, "actedFor"));
		}
		return entry(file, event, data, who);
	}

	private Entry entry(CaseFile file, CaseEvent event, JsonNode data, String who) {
		return switch (event.kind()) {
			case "REPORTED" -> entry(event, "info", who, this.names.word("channel", text(data, "channel")));
			case "STAGE_ENTERED" -> entry(event, "", text(data, "name"));
			case "COMPLETED" -> new Entry(event.at(), "info", told(event, who, text(data, "task")), words(data), null);
			case "CLAIMED", "RELEASED" -> entry(event, "", who, text(data, "task"));
			case "SIGNED" -> entry(event, "info", who, this.names.unit(text(data, "unit")));
			case "HANDED" -> handed(event, data);
			case "DECIDED" -> decided(file, event, data);
			case "DEADLINE_SET" -> new Entry(event.at(), "",
					told(event, stage(data), this.times.brief(Instant.parse(text(data, "due"))), limit(data)), null,
					this.rules.of(file.place(), text(data, "rule"), event.at()));
			case "WARNED" -> entry(event, "warn", stage(data), this.times.brief(Instant.parse(text(data, "due"))));
			case "BREACHED" -> new Entry(event.at(), "over",
					told(event, stage(data), this.times.brief(Instant.parse(text(data, "due")))), null,
					this.rules.of(file.place(), text(data, "rule"), event.at()));
			case "RETURNED" -> new Entry(event.at(), "warn", told(event, this.names.unit(text(data, "unit")), who,
					this.names.word("reason", text(data, "reasonCode"))), text(data, "reasonText"), null);
			case "DISPUTED" -> new Entry(event.at(), "warn", told(event, this.names.unit(text(data, "unit")), who,
					this.names.word("reason", text(data, "reasonCode"))), text(data, "reasonText"), null);
			case "HANDED_ON" -> new Entry(event.at(), "warn", told(event, this.names.unit(text(data, "from")),
					this.names.unit(text(data, "to")), who, this.names.word("reason", text(data, "reasonCode"))),
					text(data, "reasonText"), null);
			case "REWORK_ORDERED" -> new Entry(event.at(), "warn", told(event, who), text(data, "reason"), null);
			case "TAKEN_OVER" -> entry(event, "over", person(data, "superior"),
					this.names.tier(file.place(), text(data, "tier")), trigger(data));
			case "SUPERVISED" -> entry(event, "over", person(data, "superior"),
					this.names.tier(file.place(), text(data, "tier")), trigger(data));
			case "UNITS_ASSIGNED" -> entry(event, "", this.names.unit(text(data, "lead")));
			case "TIER_CHANGED", "TIER_TOLD" -> entry(event, "", text(data, "name"));
			case "CLOSED" -> entry(event, "info", this.names.word("state", text(data, "state")),
					this.names.word("outcome", text(data, "outcome")));
			case "UNMASKED" -> new Entry(event.at(), "warn",
					told(event, who, this.names.text("casework.personal.kind." + text(data, "kind"))),
					text(data, "reason"), null);
			case "COMMENTED" -> new Entry(event.at(), "", told(event, who), text(data, "text"), null);
			case "TASK_MOVED" -> new Entry(event.at(), "warn", told(event, text(data, "task"), pool(text(data, "to"))),
					this.names.word("reason", text(data, "reasonCode")), null);
			case "TASK_ASSIGNED" -> new Entry(event.at(), "info",
					told(event, who, text(data, "task"), person(data, "to")), text(data, "reason"), null);
			case "URGED" -> new Entry(event.at(), "warn", told(event, who), text(data, "text"), null);
			case "OPERATOR_ALERTED" -> new Entry(event.at(), "over", told(event, who), text(data, "message"), null);
			case "TURN_BEGUN" -> new Entry(event.at(), "info", told(event, who, text(data, "name")), words(data), null);
			case "DEADLINE_MOVED" -> new Entry(event.at(), "info",
					this.names.text("casework.event.DEADLINE_MOVED." + text(data, "why"), stage(data),
							this.times.brief(Instant.parse(text(data, "due")))),
					null, this.rules.of(file.place(), text(data, "rule"), event.at()));
			case "SEVERITY_CHANGED" ->
				new Entry(event.at(), "warn", told(event, who, this.names.word("severity", text(data, "before")),
						this.names.word("severity", text(data, "after"))), text(data, "reason"), null);
			case "HANDED_DOWN" ->
				new Entry(event.at(), "warn", told(event, who, text(data, "name")), text(data, "reason"), null);
			case "FOLLOWED_UP" -> new Entry(event.at(), "info",
					told(event, who, this.names.word("satisfaction", text(data, "satisfaction"))), text(data, "reason"),
					null);
			case "MERGED_IN" -> entry(event, "info", text(data, "caseNo"), text(data, "title"));
			case "MERGED_ENDED" -> entry(event, "info", text(data, "into"));
			case "BREACH_EXCUSED" ->
				new Entry(event.at(), "info", told(event, stage(data)), text(data, "reason"), null);
			case "EXTENSION_LAPSED", "SUSPENSION_ENDED" -> entry(event, "info", who);
			case "WITHDRAWN", "VOIDED", "REOPENED", "SUSPENDED", "EXTENDED", "DIFFICULT_LISTED", "DIFFICULT_DELISTED",
					"UPHELD", "NOT_GRANTED" ->
				new Entry(event.at(), "info", told(event, who), text(data, "reason"), null);
			default -> new Entry(event.at(), "", told(event, who), text(data, "reason"), null);
		};
	}

	/** What was done to the limits of a case, in words, by number of the limit. */
	Map<Integer, List<String>> limits(List<CaseEvent> events) {
		Map<Instant, String> reasons = new HashMap<>();
		events.stream()
			.filter((event) -> event.kind().equals("EXTENDED") || event.kind().equals("SUSPENDED"))
			.forEach((event) -> reasons.put(event.at(), text(read(event.data()), "reason")));
		Map<Integer, List<String>> notes = new HashMap<>();
		for (CaseEvent event : events) {
			JsonNode data = read(event.data());
			String note = switch (event.kind()) {
				case "DEADLINE_MOVED" -> this.names.text("casework.limit.moved." + text(data, "why"),
						this.times.brief(Instant.parse(text(data, "dueBefore"))),
						this.times.brief(Instant.parse(text(data, "due"))), this.times.brief(event.at()));
				case "BREACH_EXCUSED" -> this.names.text("casework.limit.excused", this.times.brief(event.at()));
				default -> null;
			};
			if (note != null) {
				String reason = event.kind().equals("BREACH_EXCUSED") ? text(data, "reason") : reasons.get(event.at());
				notes.computeIfAbsent(data.path("no").asInt(), (no) -> new ArrayList<>())
					.add((reason == null || reason.isBlank() || "RESUMED".equals(text(data, "why"))) ? note
							: this.names.text("casework.limit.because", note, reason));
			}
		}
		return notes;
	}

	private Entry handed(CaseEvent event, JsonNode data) {
		String to = data.has("person") ? this.names.person(text(data, "person")).name()
				: data.has("pool") ? pool(text(data, "pool")) : "";
		String unit = this.names.unit(text(data, "unit"));
		String key = "casework.event.HANDED." + text(data, "kind");
		return new Entry(event.at(), "OWNER".equals(text(data, "kind")) ? "info" : "", this.names.text(key, to, unit),
				data.has("reasonText") ? text(data, "reasonText")
						: data.has("reasonCode") ? this.names.word("reason", text(data, "reasonCode")) : null,
				null);
	}

	private String pool(String pool) {
		Names.Label label = this.names.pool(pool);
		return this.names.text("casework.pool", label.name(), label.duty());
	}

	private Entry decided(CaseFile file, CaseEvent event, JsonNode data) {
		List<String> fired = new ArrayList<>();
		data.path("rules").forEach((rule) -> fired.add(rule.asText()));
		Rules.Chip chip = this.rules.of(file.place(), text(data, "table"), text(data, "version"), fired, event.at());
		return new Entry(event.at(), "", this.names.text("casework.event.DECIDED", chip.reason()), null, chip);
	}

	/** The words somebody wrote in a form, whatever form it was. */
	private static String words(JsonNode data) {
		for (String name : List.of("resultText", "reasonText", "verifyText", "filingReason", "dispatchNote",
				"commandNote", "closingText", "decisionText", "analysisText", "secondLookText", "followUpText",
				"resumeText")) {
			String text = text(data.path("values"), name);
			if (text != null && !text.isBlank()) {
				return text;
			}
		}
		return null;
	}

	private String stage(JsonNode data) {
		return this.names.word("step", text(data, "stage"));
	}

	private String limit(JsonNode data) {
		return this.names.text("clock.limit." + text(data, "unit"), text(data, "value"));
	}

	private String trigger(JsonNode data) {
		return this.names.word("trigger", text(data, "trigger"));
	}

	private String person(JsonNode data, String name) {
		String login = text(data, name);
		return (login != null) ? this.names.person(login).name() : "";
	}

	private Entry entry(CaseEvent event, String state, Object... arguments) {
		return new Entry(event.at(), state, told(event, arguments), null, null);
	}

	private String told(CaseEvent event, Object... arguments) {
		return this.names.text("casework.event." + event.kind(), arguments);
	}

	private static String text(JsonNode data, String name) {
		JsonNode value = data.get(name);
		return (value == null || value.isNull()) ? null : value.asText();
	}

	private JsonNode read(String data) {
		try {
			return this.json.readTree(data);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
