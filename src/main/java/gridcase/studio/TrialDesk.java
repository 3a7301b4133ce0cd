package gridcase.studio;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import gridcase.clock.PlatformClock;
import gridcase.policy.RuleType;
import gridcase.security.CurrentPerson;
import gridcase.shared.FieldProblem;
import gridcase.shared.Refusal;
import gridcase.shared.Texts;
import gridcase.trial.Shadow;
import gridcase.trial.Shadows;
import gridcase.trial.Trial;
import gridcase.trial.TrialOrder;
import gridcase.trial.Trials;

import org.springframework.stereotype.Component;

/** Trials and shadows of drafts, by page or API alike: looks who may, then does it. */
@Component
class TrialDesk {

	/** How far back a trial looks unless told otherwise. */
	private static final int DAYS = 30;

	private final StudioRights rights;

	private final Drafts drafts;

	private final Trials trials;

	private final Shadows shadows;

	private final PlatformClock clock;

	TrialDesk(StudioRights rights, Drafts drafts, Trials trials, Shadows shadows, PlatformClock clock) {
		this.rights = rights;
		this.drafts = drafts;
		this.trials = trials;
		this.shadows = shadows;
		this.clock = clock;
	}

	/**
	 * The days a trial is about, both included.
	 *
	 * @param from first day
	 * @param to last day
	 */
	record Days(LocalDate from, LocalDate to) {

	}

	/** The last days, today included. */
	Days usual() {
		LocalDate today = LocalDate.ofInstant(this.clock.now(), this.clock.zone());
		return new Days(today.minusDays(DAYS - 1L), today);
	}

	/**
	 * Tries tables of a draft.
	 * @param table key of the table; null for every table of the draft
	 * @param from first day, null for the usual one
	 * @param to last day, null for today
	 * @return number of each trial
	 */
	List<Long> start(CurrentPerson person, long draftId, String table, LocalDate from, LocalDate to) {
		Draft draft = this.rights.write(person, draftId);
		Map<String, byte[]> files = tables(draftId);
		List<String> tables = (table == null || table.isBlank()) ? toTry(files) : List.of(table);
		if (tables.isEmpty()) {
			throw Refusal.rule(Texts.of("trial", "trial.no-table"));
		}
		List<Long> started = new ArrayList<>();
		tables.forEach(
				(key) -> started.add(this.trials.start(order(draftId, draft.place(), key, files, from, to, person))));
		return started;
	}

	/** Tables of a draft; one that the table of limits refers to is tried with it. */
	static List<String> toTry(Map<String, byte[]> files) {
		List<String> keys = files.keySet()
			.stream()
			.map((name) -> name.substring(0, name.length() - RuleType.TABLE.ending().length()))
			.toList();
		return keys.stream().filter((key) -> !Trials.triedWith(key, keys)).toList();
	}

	/**
	 * Tries files that are in no draft, for the command line.
	 * @param place place code, null for the shared rules
	 * @param table key of the table
	 */
	long start(CurrentPerson person, String place, String table, Map<String, byte[]> files, LocalDate from,
			LocalDate to) {
		this.rights.write(person, place);
		if (files.isEmpty()) {
			throw Refusal.invalid(List.of(new FieldProblem("file", Texts.of("trial", "trial.field.file"),
					Texts.of("trial", "trial.no-file"))));
		}
		return this.trials.start(order(null, place, (table != null) ? table : "", files, from, to, person));
	}

	private TrialOrder order(Long draft, String place, String table, Map<String, byte[]> files, LocalDate from,
			LocalDate to, CurrentPerson person) {
		Days usual = usual();
		LocalDate last = (to != null) ? to : usual.to();
		LocalDate first = (from != null) ? from : last.minusDays(DAYS - 1L);
		Instant end = last.plusDays(1).atStartOfDay(this.clock.zone()).toInstant();
		return new TrialOrder(draft, place, table, files, first.atStartOfDay(this.clock.zone()).toInstant(), end,
				person.login());
	}

	/** Tables of a draft by file name. */
	Map<String, byte[]> tables(long draftId) {
		Map<String, byte[]> tables = new TreeMap<>();
		this.drafts.files(draftId)
			.stream()
			.filter((file) -> file.type() == RuleType.TABLE)
			.forEach((file) -> tables.put(file.name(), file.content()));
		return tables;
	}

	/**
	 * A trial a person may look at.
	 * @throws Refusal if there is none, or not for this person
	 */
	Trial read(CurrentPerson person, long id) {
		this.rights.read(person, (String) null);
		Trial trial = this.trials.get(id);
		if ((trial.place() != null) ? !person.belongsTo(trial.place()) : person.place() != null) {
			throw Refusal.notFound(Texts.of("trial", "trial.none", id));
		}
		return trial;
	}

	/** Stops a trial. */
	void stop(CurrentPerson person, long id) {
		this.rights.read(person, (String) null);
		if (!this.rights.mayWrite(person, person.place())) {
			throw Refusal.forbidden(Texts.of("studio", "studio.refused.role"));
		}
		this.trials.stop(read(person, id).id());
	}

	/** Whether what was tried is what the draft holds now. */
	boolean fresh(Trial trial, Map<String, byte[]> tables) {
		return trial.contentHash().equals(Trials.hash(tables));
	}

	/** Begins to ask a draft's tables beside those in force. */
	Shadow shadow(CurrentPerson person, long draftId, int days) {
		Draft draft = this.rights.write(person, draftId);
		if (draft.state() == DraftState.DROPPED) {
			throw Refusal.conflict(Texts.of("studio", "studio.draft.state.dropped", draft.title()));
		}
		return this.shadows.begin(draftId, draft.place(), tables(draftId), days, person.login());
	}

	/** Ends it before its time. */
	void endShadow(CurrentPerson person, long draftId) {
		this.rights.write(person, draftId);
		this.shadows.end(draftId);
	}

	/** Shadows of a draft, the latest first. */
	List<Shadow> shadows(CurrentPerson person, long draftId) {
		this.rights.read(person, draftId);
		return this.shadows.ofDraft(draftId);
	}

	/** Names of a draft's tables by key. */
	static Map<String, String> names(List<DraftFile> files) {
		Map<String, String> names = new LinkedHashMap<>();
		files.stream()
			.filter((file) -> file.type() == RuleType.TABLE)
			.forEach((file) -> names.put(file.key(), RuleNames.of(file.type(), file.key(), file.content())));
		return names;
	}

	/** The trial to look at: the one named, else the latest. */
	Optional<Trial> shown(List<Trial> ofDraft, Long named) {
		return ofDraft.stream().filter((trial) -> named == null || trial.id() == named).findFirst();
	}

}
