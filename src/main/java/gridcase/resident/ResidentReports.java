package gridcase.resident;

import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import gridcase.casework.Attachments;
import gridcase.casework.Report;
import gridcase.casework.TaskForms;
import gridcase.clock.PlatformClock;
import gridcase.form.Forms;
import gridcase.intake.Intake;
import gridcase.policy.RuleScope;
import gridcase.registry.Place;
import gridcase.registry.Places;
import gridcase.security.RateLimits;
import gridcase.shared.Acting;
import gridcase.shared.FieldProblem;
import gridcase.shared.Refusal;
import gridcase.shared.Texts;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Takes what residents report; checked by the place's own report form. */
@Component
public class ResidentReports {

	/** Most photos of one report. */
	public static final int MOST_PHOTOS = 6;

	/** The words a resident agrees to now; a change of the words is a new version. */
	static final String CONSENT = "2026-05";

	private static final String FORM = "report-case";

	/** Asked of people who know the rules, not of residents: the form's own preset. */
	private static final List<String> PRESET = List.of("severity", "urgency");

	private static final Duration UNBOUND = Duration.ofDays(1);

	private final Intake intake;

	private final TaskForms taskForms;

	private final Forms forms;

	private final Attachments attachments;

	private final PhoneCodes codes;

	private final GridSearch grids;

	private final Places places;

	private final Tracking tracking;

	private final RateLimits limits;

	private final PlatformClock clock;

	private final JdbcTemplate jdbc;

	ResidentReports(Intake intake, TaskForms taskForms, Forms forms, Attachments attachments, PhoneCodes codes,
			GridSearch grids, Places places, Tracking tracking, RateLimits limits, PlatformClock clock,
			JdbcTemplate jdbc) {
		this.intake = intake;
		this.taskForms = taskForms;
		this.forms = forms;
		this.attachments = attachments;
		this.codes = codes;
		this.grids = grids;
		this.places = places;
		this.tracking = tracking;
		this.limits = limits;
		this.clock = clock;
		this.jdbc = jdbc;
	}

	/**
	 * What a resident gets for a report.
	 *
	 * @param caseNo number of the case
	 * @param token opens the case for whoever has it
	 */
	public record Receipt(String caseNo, String token) {

	}

	/**
	 * A place residents report to.
	 * @throws Refusal if there is none
	 */
	public Place place(String code) {
		return this.places.find(code, this.clock.now())
			.orElseThrow(() -> Refusal.notFound(Texts.of("resident", "resident.refused.place", code)));
	}

	/**
	 * Makes a case of a resident's report.
	 * @param place place code
	 * @param report what the resident told
	 * @param key the sender's own key for this report, or null
	 * @return case number and token, the earlier ones if the key is known
	 * @throws Refusal naming every field to be mended; nothing was stored then
	 */
	public Receipt take(String place, ResidentReport report, String key) {
		place(place);
		Map<String, Object> values = values(place, report);
		List<FieldProblem> problems = new ArrayList<>(problems(place, values));
		if (report.photos().size() > MOST_PHOTOS) {
			problems.add(problem("photos", "resident.refused.photos", MOST_PHOTOS));
		}
		String phone = Phones.plain(report.phone());
		if (phone.isEmpty()) {
			problems.removeIf((problem) -> problem.field().equals("reporterPhone"));
			problems.add(problem("reporterPhone", "resident.refused.phone"));
		}
		boolean proven = false;
		if (!phone.isEmpty() && this.codes.possible()) {
			proven = this.codes.proves(report.codeId(), PhoneCodes.REPORT, phone, report.code());
			if (!proven) {
				problems.add(problem("code", "resident.refused.code"));
			}
		}
		if (!report.consent()) {
			problems.add(problem("consent", "resident.refused.consent"));
		}
		if (!problems.isEmpty()) {
			throw Refusal.invalid(problems);
		}
		boolean phoneProven = proven;
		String caseNo = report(new Report(place, "RESIDENT", null, values), key, report.photos(), (number) -> this.jdbc
			.update("insert into resident_report (case_no, source, consent, consented_at, phone_proven) values (?, 'PAGE', ?, ?, ?)",
					number, CONSENT, Timestamp.from(this.clock.now()), phoneProven));
		return new Receipt(caseNo, this.tracking.token(caseNo));
	}

	private String report(Report report, String key, List<UUID> photos, java.util.function.Consumer<String> alongside) {
		return Acting.as(Acting.RESIDENT, () -> {
			try {
				return this.intake.report(report, Acting.RESIDENT, key, (caseNo) -> {
					alongside.accept(caseNo);
					this.attachments.bind(photos, caseNo);
				});
			}
			catch (Refusal refusal) {
				// the words for people of the platform name the other case
				throw (refusal.kind() == Refusal.Kind.CONFLICT)
						? Refusal.conflict(Texts.of("resident", "resident.refused.key")) : refusal;
			}
		});
	}

	/**
	 * A place's form filled in by somebody who is not asked for what only people of the
	 * platform know.
	 */
	private Map<String, Object> values(String place, ResidentReport report) {
		Map<String, Object> values = new LinkedHashMap<>();
		put(values, "title", report.title());
		put(values, "description", report.description());
		put(values, "category", report.category());
		put(values, "gridCode", report.gridCode());
		put(values, "address", report.address());
		put(values, "reporterName", report.name());
		put(values, "reporterPhone", Phones.plain(report.phone()));
		if (!report.photos().isEmpty()) {
			values.put("photos", report.photos().stream().map(UUID::toString).toList());
		}
		presets(place, values);
		if (!values.containsKey("gridCode") && values.containsKey("address")) {
			this.grids.search(place, report.address(), 1)
				.stream()
				.findFirst()
				.ifPresent((found) -> values.put("gridCode", found.code()));
		}
		return values;
	}

	private void presets(String place, Map<String, Object> values) {
		this.taskForms.report(place, Map.of(), List.of())
			.fields()
			.stream()
			.filter((field) -> PRESET.contains(field.key()) && !field.values().isEmpty())
			.forEach((field) -> values.put(field.key(), field.value()));
	}

	private static void put(Map<String, Object> values, String name, String value) {
		if (value != null && !value.isBlank()) {
			values.put(name, value.strip());
		}
	}

	private List<FieldProblem> problems(String place, Map<String, Object> values) {
		RuleScope scope = RuleScope.newCase(place, this.clock.now());
		try {
			this.forms.validate(FORM, scope, values, Map.of(), this.taskForms.options(FORM, scope, null, values));
			return List.of();
		}
		catch (Refusal refusal) {
			if (refusal.kind() != Refusal.Kind.INVALID) {
				throw refusal;
			}
			return refusal.fields()
				.stream()
				.map((field) -> new FieldProblem(field.field(), label(field.field(), field.label()), field.message()))
				.toList();
		}
	}

	private static FieldProblem problem(String field, String key, Object... values) {
		return new FieldProblem(field, label(field, field), Texts.of("resident", key, values));
	}

	/** What the page calls a field, else what the place's form calls it. */
	private static String label(String field, String otherwise) {
		return switch (field) {
			case "title", "description", "category", "gridCode", "address", "reporterName", "reporterPhone", "photos",
					"code", "consent" ->
				Texts.of("resident", "resident.field." + field);
			default -> otherwise;
		};
	}

	/**
	 * Sends a code to a phone that is to be named in a report.
	 * @return what to name with the code
	 * @throws Refusal if the number is none, or text messages do not leave the platform
	 */
	public UUID sendCode(String place, String phone) {
		Place known = place(place);
		if (!this.codes.possible()) {
			throw Refusal.rule(Texts.of("resident", "resident.refused.no-sms"));
		}
		String plain = Phones.plain(phone);
		if (plain.isEmpty()) {
			throw Refusal.invalid(List.of(problem("reporterPhone", "resident.refused.phone")));
		}
		this.limits.check(PhoneCodes.PER_PHONE, plain);
		return this.codes.send(PhoneCodes.REPORT, plain, plain, place, known.name());
	}

	/** Whether a report needs a code that was sent to its phone. */
	public boolean needsCode() {
		return this.codes.possible();
	}

	/**
	 * Keeps a photo of a report that is still being written, for a day.
	 * @throws Refusal if it is no photo
	 */
	public Attachments.Info addPhoto(String place, String caseNo, String name, byte[] content) {
		place(place);
		return Acting.as(Acting.RESIDENT, () -> {
			this.attachments.forgetUnbound(Acting.RESIDENT, this.clock.now().minus(UNBOUND));
			return this.attachments.addPicture(caseNo, place, name, content);
		});
	}

	/**
	 * A photo of a report that is still being written.
	 * @throws Refusal if there is none
	 */
	Attachments.Info ownPhoto(String place, UUID id) {
		Attachments.Info info = this.attachments.get(id);
		Instant since = this.clock.now().minus(UNBOUND);
		if (info.caseNo() != null || !info.place().equals(place) || !Acting.RESIDENT.equals(info.uploadedBy())
				|| info.uploadedAt().isBefore(since)) {
			throw Refusal.notFound(Texts.of("resident", "resident.refused.photo"));
		}
		return info;
	}

}
