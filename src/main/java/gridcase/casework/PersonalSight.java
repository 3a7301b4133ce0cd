package gridcase.casework;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import gridcase.audit.Access;
import gridcase.audit.AccessLog;
import gridcase.casework.process.Steps;
import gridcase.clock.PlatformClock;
import gridcase.policy.Answer;
import gridcase.policy.Decisions;
import gridcase.policy.Question;
import gridcase.privacy.PersonalData;
import gridcase.security.CurrentPerson;
import gridcase.shared.FieldProblem;
import gridcase.shared.Refusal;
import gridcase.shared.Texts;

import org.springframework.stereotype.Component;

/**
 * What a person sees of the personal data of a case. The table {@code personal-sight}
 * says so; of several roles the one that sees most counts.
 */
@Component
public class PersonalSight {

	private static final int LEAST_REASON = 4;

	private static final int MOST_REASON = 200;

	private final Standings standings;

	private final CaseRecords records;

	private final Steps steps;

	private final Decisions tables;

	private final PersonalData personal;

	private final AccessLog log;

	private final PlatformClock clock;

	PersonalSight(Standings standings, CaseRecords records, Steps steps, Decisions tables, PersonalData personal,
			AccessLog log, PlatformClock clock) {
		this.standings = standings;
		this.records = records;
		this.steps = steps;
		this.tables = tables;
		this.personal = personal;
		this.log = log;
		this.clock = clock;
	}

	/** How a value is shown, from least to most. */
	public enum Sight {

		/** Masked, whatever the person says. */
		MASKED,
		/** Masked until the person says why, which goes on record. */
		ON_REASON,
		/** In clear. */
		CLEAR

	}

	/**
	 * A personal value of a case as a person sees it.
	 *
	 * @param field the fact's name, e.g. {@code reporterPhone}
	 * @param kind what it is, e.g. {@code phone}
	 * @param value the value, masked unless the sight is clear
	 * @param sight how it is shown
	 * @param why the table's words
	 */
	public record Line(String field, String kind, String value, Sight sight, String why) {

		/** Whether the person may see it for a reason. */
		public boolean onReason() {
			return this.sight == Sight.ON_REASON;
		}

	}

	/** The personal data of a case, in the order of their names. */
	public List<Line> of(CaseFile file, CurrentPerson person) {
		List<Line> lines = new ArrayList<>();
		Set<String> standings = null;
		for (Map.Entry<String, Object> fact : new TreeMap<>(file.facts()).entrySet()) {
			if (PersonalData.isSealed(fact.getValue())) {
				standings = (standings != null) ? standings : this.standings.of(file, person.login());
				lines.add(line(file, person, standings, fact.getKey(), fact.getValue().toString()));
			}
		}
		return lines;
	}

	private Line line(CaseFile file, CurrentPerson person, Set<String> standings, String field, String sealed) {
		String kind = this.personal.kind(sealed).key();
		Sight most = null;
		String why = null;
		for (Answer answer : answers(file, person, standings, kind)) {
			Sight sight = Sight.valueOf((String) answer.outputs().get("sight"));
			if (most == null || sight.compareTo(most) > 0) {
				most = sight;
				why = (String) answer.outputs().get("sightReason");
			}
		}
		return new Line(field, kind, (most == Sight.CLEAR) ? this.personal.open(sealed) : this.personal.masked(sealed),
				most, why);
	}

	/** Whether a person sees who looked at the personal data of a case, and why. */
	public boolean seesLog(CaseFile file, CurrentPerson person) {
		return answers(file, person, Set.of("NONE"), "other").stream()
			.anyMatch((answer) -> Boolean.TRUE.equals(answer.outputs().get("sightLog")));
	}

	private List<Answer> answers(CaseFile file, CurrentPerson person, Set<String> standings, String kind) {
		Set<String> roles = person.roles().isEmpty() ? Set.of("") : person.roles();
		Instant now = this.clock.now();
		List<Answer> answers = new ArrayList<>();
		for (String standing : standings) {
			for (String role : roles) {
				Map<String, Object> inputs = new HashMap<>(file.facts());
				inputs.put("standing", standing);
				inputs.put("role", role);
				inputs.put("personalKind", kind);
				answers.add(this.tables
					.decide(Question.of("personal-sight", file.place(), now, inputs).reportedAt(file.reportedAt())));
			}
		}
		return answers;
	}

	/**
	 * Shows a value to a person who says why; that goes on record.
	 * @param file the case, as the person may see it
	 * @param person who asks
	 * @param field the fact's name
	 * @param reason why, in words
	 * @return the value in clear
	 * @throws Refusal if the case has no such value, the table refuses it to the person
	 * or there is no reason
	 */
	public Line unmask(CaseFile file, CurrentPerson person, String field, String reason) {
		Line line = of(file, person).stream()
			.filter((each) -> each.field().equals(field))
			.findFirst()
			.orElseThrow(() -> Refusal.notFound(Texts.of("casework", "casework.personal.none")));
		String said = (reason != null) ? reason.strip() : "";
		if (line.sight() == Sight.MASKED) {
			throw Refusal.forbidden(Texts.of("casework", "casework.personal.refused", line.why()));
		}
		if (said.length() < LEAST_REASON || said.length() > MOST_REASON) {
			throw Refusal.invalid(List.of(new FieldProblem("reason", Texts.of("casework", "casework.personal.reason"),
					Texts.of("casework", "casework.personal.noReason", LEAST_REASON, MOST_REASON))));
		}
		return this.steps.run(() -> {
			CaseRecord record = this.records.open(file.caseNo());
			record.event("UNMASKED", null, Map.of("field", field, "kind", line.kind(), "reason", said));
			this.log.record(new Access(person.login(), file.place(), "PERSONAL_SHOWN", "case", file.caseNo(), Map
				.of("field", field, "kind", line.kind(), "roles", String.join(",", new TreeSet<>(person.roles()))),
					said));
			String clear = this.personal.open(record.text(field).orElseThrow());
			return new Line(field, line.kind(), clear, Sight.CLEAR, line.why());
		});
	}

}
