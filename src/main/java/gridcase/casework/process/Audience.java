package gridcase.casework.process;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import gridcase.casework.CaseRecord;
import gridcase.casework.Custody;
import gridcase.notice.Notice;
import gridcase.policy.Answer;
import gridcase.policy.Decisions;
import gridcase.policy.Question;
import gridcase.registry.Duties;
import gridcase.registry.Staff;
import gridcase.registry.StaffDirectory;

import org.springframework.stereotype.Component;

/**
 * Tells those whom the {@code notification} table names what happened, by a message in
 * the outbox.
 */
@Component
public class Audience {

	private final Decisions tables;

	private final NoticeTexts texts;

	private final StaffDirectory staff;

	private final ObjectMapper json;

	Audience(Decisions tables, NoticeTexts texts, StaffDirectory staff, ObjectMapper json) {
		this.tables = tables;
		this.texts = texts;
		this.staff = staff;
		this.json = json;
	}

	/** Tells the people a case knows: reporter, owner, holder, the operator. */
	public void tell(CaseRecord record, String event, Map<String, ?> params) {
		tell(record, event, params, Map.of());
	}

	/**
	 * Tells also people the case does not know.
	 * @param record the case
	 * @param event what happened
	 * @param params what the text names; codes and moments, which it says in words
	 * @param others sign-in names or pools of further audiences, or of others than the
	 * case knows, by audience
	 */
	public void tell(CaseRecord record, String event, Map<String, ?> params, Map<String, List<String>> others) {
		Map<String, Object> known = new HashMap<>(record.facts());
		known.put("event", event);
		Answer answer = this.tables.decide(Question.of("notification", record.place(), record.now(), known)
			.forCase(record.caseNo(), record.reportedAt(), null));
		for (Map<String, Object> row : answer.rows()) {
			String audience = (String) row.get("audience");
			String channel = (String) row.get("noticeChannel");
			String template = (String) row.get("template");
			List<String> recipients = recipients(record, audience, channel, others).toList();
			if (!recipients.isEmpty()) {
				NoticeTexts.Words words = this.texts.words(record, channel, template, params);
				recipients.forEach((recipient) -> record.tell(new Notice(record.caseNo(), record.place(), event,
						audience, channel, recipient, kind(audience, channel, recipient), template,
						params(record, params), words.subject(), words.text(), record.now())));
			}
		}
	}

	private static Notice.Kind kind(String audience, String channel, String recipient) {
		if (audience.equals("REPORTER") && !channel.equals(Notice.IN_APP)) {
			return Notice.Kind.ADDRESS;
		}
		return recipient.contains("@") ? Notice.Kind.POOL : Notice.Kind.PERSON;
	}

	private Stream<String> recipients(CaseRecord record, String audience, String channel,
			Map<String, List<String>> others) {
		if (others.containsKey(audience)) {
			return others.get(audience).stream();
		}
		return switch (audience) {
			case "REPORTER" -> reporter(record, channel).stream();
			case "OWNER" -> record.owner().map(Custody::person).stream();
			case "HOLDER" -> record.openCustody()
				.stream()
				.filter((link) -> link.kind().equals(CaseRecord.HOLDER))
				.map((link) -> (link.person() != null) ? link.person() : link.pool());
			case "OPERATOR" -> Stream.of(Duties.pool(Notice.OPERATOR, record.place()));
			default -> Stream.of();
		};
	}

	/**
	 * A text message needs a number; without one the reporter cannot be told that way.
	 * Residents leave no e-mail address.
	 */
	private Optional<String> reporter(CaseRecord record, String channel) {
		Optional<String> login = Optional.ofNullable(record.reporter());
		if (channel.equals(Notice.IN_APP)) {
			return login;
		}
		Optional<Staff> person = login.flatMap((known) -> this.staff.find(known, record.now()));
		return channel.equals(Notice.EMAIL) ? person.map(Staff::email)
				: record.text("reporterPhone").or(() -> person.map(Staff::phone));
	}

	private String params(CaseRecord record, Map<String, ?> params) {
		Map<String, Object> all = new HashMap<>(params);
		all.put("caseNo", record.caseNo());
		record.text("title").ifPresent((title) -> all.put("title", title));
		try {
			return this.json.writeValueAsString(all);
		}
		catch (JsonProcessingException ex) {
			throw new IllegalArgumentException("Not a value of JSON types: " + all, ex);
		}
	}

}
