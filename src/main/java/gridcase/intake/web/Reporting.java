package gridcase.intake.web;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import gridcase.casework.Attachments;
import gridcase.casework.Report;
import gridcase.intake.Intake;
import gridcase.registry.Roles;
import gridcase.security.CurrentPerson;
import gridcase.shared.FieldProblem;
import gridcase.shared.Refusal;

import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;
import org.springframework.util.MultiValueMap;

/**
 * What the report pages have in common: a filled-in form becomes a case with its files.
 */
@Component
class Reporting {

	/** How a report may have arrived, the usual first. */
	static final List<String> CHANNELS = List.of("GRID_WORKER", "PATROL", "RESIDENT", "HOTLINE", "PETITION",
			"DEPARTMENT", "SMS", "WECHAT", "THIRD_PARTY");

	private final Intake intake;

	private final Attachments attachments;

	private final MessageSource messages;

	Reporting(Intake intake, Attachments attachments, MessageSource messages) {
		this.intake = intake;
		this.attachments = attachments;
		this.messages = messages;
	}

	/**
	 * Makes a case of what was filled in, and gives it the files that were sent ahead.
	 * @param key the sender's own key; the same one gives the same case with the same
	 * files
	 * @return number of the case
	 * @throws Refusal if a value does not fit, or the key was used for another report
	 */
	String send(CurrentPerson person, String channel, String key, Map<String, Object> values) {
		if (!CHANNELS.contains(channel)) {
			throw Refusal.invalid(List
				.of(new FieldProblem("channel", text("intake.channel"), text("intake.channel.unknown", channel))));
		}
		String caseNo = this.intake.report(new Report(place(person), channel, person.login(), values), key);
		bind(values, caseNo);
		return caseNo;
	}

	private void bind(Map<String, Object> values, String caseNo) {
		for (Object value : values.values()) {
			List<?> many = (value instanceof List<?> list) ? list : List.of(value);
			this.attachments.bind(many.stream()
				.map(String::valueOf)
				.filter((text) -> text.matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"))
				.map(UUID::fromString)
				.toList(), caseNo);
		}
	}

	/**
	 * The place a person reports for.
	 * @throws Refusal for the platform's administrator, who belongs to none
	 */
	String place(CurrentPerson person) {
		if (person.place() == null) {
			throw Refusal.forbidden(text("intake.noPlace"));
		}
		return person.place();
	}

	static String channelOf(CurrentPerson person) {
		return person.has(Roles.HOTLINE_CLERK) ? "HOTLINE"
				: person.has(Roles.GRID_WORKER, Roles.GRID_HEAD) ? "GRID_WORKER" : "DEPARTMENT";
	}

	static Map<String, Object> values(MultiValueMap<String, String> input) {
		Map<String, Object> values = new LinkedHashMap<>();
		input.forEach((name, given) -> {
			if (!name.startsWith("_") && !name.equals("channel") && !name.equals("key")) {
				values.put(name, (given.size() == 1) ? given.get(0) : List.copyOf(given));
			}
		});
		return values;
	}

	String text(String key, Object... arguments) {
		return this.messages.getMessage(key, arguments, LocaleContextHolder.getLocale());
	}

}
