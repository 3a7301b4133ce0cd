package gridcase.studio;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import gridcase.clock.PlatformClock;
import gridcase.policy.AppliesTo;
import gridcase.policy.ReleaseOrder;
import gridcase.policy.ReleasedRule;
import gridcase.policy.ReleasedRules;
import gridcase.policy.RuleScope;
import gridcase.policy.RuleType;
import gridcase.shared.Refusal;
import gridcase.shared.Texts;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Changes of rules in work. A draft holds whole files; every content a file ever had is
 * kept. Whoever saves names the version the change was made from, so that of two people
 * with one file the second is told instead of the first overwritten.
 */
@Component("ruleDrafts")
public class Drafts {

	private static final String SELECT_FILE = "select draft_id, name, content, base_content, base_release, base_place, base_version, "
			+ "changed_by, changed_at, version from studio_draft_file ";

	private final JdbcTemplate jdbc;

	private final ReleasedRules rules;

	private final PlatformClock clock;

	Drafts(JdbcTemplate jdbc, ReleasedRules rules, PlatformClock clock) {
		this.jdbc = jdbc;
		this.rules = rules;
		this.clock = clock;
	}

	/**
	 * Begins a draft.
	 * @param place place it is for, null for the rules of all places
	 * @param title what it is about
	 * @param by sign-in name of its author
	 */
	@Transactional
	public Draft begin(String place, String title, String by) {
		Timestamp now = Timestamp.from(now());
		Long id = this.jdbc.queryForObject("""
				insert into studio_draft
				(place, title, note, author, state, applies_to, urgent, created_at, changed_at, version)
				values (?, ?, '', ?, 'OPEN', 'NEW_CASES', false, ?, ?, 1) returning id""", Long.class, place,
				title.strip(), by, now, now);
		return get(id);
	}

	/** A draft, if there is one of that number. */
	public Optional<Draft> find(long id) {
		return this.jdbc.query("select * from studio_draft where id = ?", (row, number) -> draft(row), id)
			.stream()
			.findFirst();
	}

	/**
	 * A draft.
	 * @throws Refusal if there is none of that number
	 */
	public Draft get(long id) {
		return find(id).orElseThrow(() -> Refusal.notFound(Texts.of("studio", "studio.draft.none", id)));
	}

	/**
	 * Drafts of a place that are neither released nor given up, last changed first.
	 * @param place place code, null for those of all places
	 */
	public List<Draft> inWork(String place) {
		return this.jdbc.query("""
				select * from studio_draft where place is not distinct from ? and state not in ('RELEASED', 'DROPPED')
				order by changed_at desc, id desc""", (row, number) -> draft(row), place);
	}

	/**
	 * Names of the files of the drafts in work of a place, by number of the draft.
	 * @param place place code, null for those of all places
	 */
	Map<Long, List<String>> namesInWork(String place) {
		Map<Long, List<String>> names = new LinkedHashMap<>();
		this.jdbc.query("""
				select f.draft_id, f.name from studio_draft_file f join studio_draft d on d.id = f.draft_id
				where d.place is not distinct from ? and d.state not in ('RELEASED', 'DROPPED') order by f.name""",
				(row) -> {
					names.computeIfAbsent(row.getLong("draft_id"), (any) -> new ArrayList<>())
						.add(row.getString("name"));
				}, place);
		return names;
	}

	/**
	 * Says what a draft is about and how it is to come into force.
	 * @param draft the draft with what is new; its version is the one that was looked at
	 * @throws Refusal if somebody else changed it meanwhile, or it is no longer open
	 */
	@Transactional
	public Draft describe(Draft draft) {
		Draft now = lockOpen(draft.id());
		if (now.version() != draft.version()) {
			throw Refusal.conflict(Texts.of("studio", "studio.draft.changed", now.title()));
		}
		this.jdbc.update("""
				update studio_draft set title = ?, note = ?, applies_to = ?, effective_from = ?, urgent = ?
				where id = ?""", draft.title().strip(), draft.note().strip(), draft.appliesTo().name(),
				timestamp(draft.effectiveFrom()), draft.urgent(), draft.id());
		touch(draft.id());
		return get(draft.id());
	}

	/**
	 * Moves a draft on.
	 * @param id its number
	 * @param from states it may be in
	 * @param to state it will be in
	 * @throws Refusal if it is in another
	 */
	@Transactional
	public Draft move(long id, List<DraftState> from, DraftState to) {
		Draft draft = lock(id);
		if (!from.contains(draft.state())) {
			throw notNow(draft);
		}
		this.jdbc.update("update studio_draft set state = ? where id = ?", to.name(), id);
		touch(id);
		return get(id);
	}

	/** The draft whose way into force a case is. */
	public Optional<Draft> ofCase(String caseNo) {
		return this.jdbc
			.query("select * from studio_draft where case_no = ? order by id desc limit 1", (row, number) -> draft(row),
					caseNo)
			.stream()
			.findFirst();
	}

	/** Sign-in names of everybody who wrote in a draft, its author first. */
	public List<String> authors(long id) {
		return this.jdbc.queryForList("""
				select login from (
				select author login, 0 no from studio_draft where id = ?
				union all select changed_by, 1 from studio_draft_file where draft_id = ?
				union all select changed_by, 1 from studio_draft_file_past where draft_id = ?) wrote
				group by login order by min(no), login""", String.class, id, id, id);
	}

	/**
	 * Takes note that a file was compared with what is in force now and shall come after
	 * it; its content stays.
	 * @throws Refusal if somebody else saved it meanwhile, or the draft is not open
	 */
	@Transactional
	public DraftFile rebase(long id, String name, long from) {
		Draft draft = lockOpen(id);
		DraftFile file = file(id, name);
		if (file.version() != from) {
			throw Refusal.conflict(Texts.of("studio", "studio.file.changed", file.changedBy(), name, file.version()));
		}
		Optional<ReleasedRule> rule = inForce(draft.place(), file.type(), file.key());
		this.jdbc.update("""
				update studio_draft_file set base_content = ?, base_release = ?, base_place = ?, base_version = ?,
				version = version + 1 where draft_id = ? and name = ?""", rule.map(this.rules::content).orElse(null),
				rule.map(ReleasedRule::releaseId).orElse(null), rule.map(ReleasedRule::place).orElse(null),
				rule.map(ReleasedRule::version).orElse(null), id, name);
		touch(id);
		return file(id, name);
	}

	/** Notes the case that is a draft's way into force. */
	@Transactional
	public void runAs(long id, String caseNo) {
		lock(id);
		this.jdbc.update("update studio_draft set case_no = ? where id = ?", caseNo, id);
		touch(id);
	}

	/** Notes the release a draft became. */
	@Transactional
	public void released(long id, long releaseId) {
		lock(id);
		this.jdbc.update("update studio_draft set release_id = ?, state = 'RELEASED' where id = ?", releaseId, id);
		touch(id);
	}

	// --- files ---

	/** Files of a draft in the order of their names. */
	public List<DraftFile> files(long id) {
		return this.jdbc.query(SELECT_FILE + "where draft_id = ? order by name", (row, number) -> file(row), id);
	}

	/**
	 * A file of a draft.
	 * @throws Refusal if the draft has no such file
	 */
	public DraftFile file(long id, String name) {
		return this.jdbc.query(SELECT_FILE + "where draft_id = ? and name = ?", (row, number) -> file(row), id, name)
			.stream()
			.findFirst()
			.orElseThrow(() -> Refusal.notFound(Texts.of("studio", "studio.file.none", name)));
	}

	/**
	 * Takes a rule up into a draft, as it is in force for new cases of its place. One
	 * that is in the draft already stays as it is.
	 * @throws Refusal if there is no such rule, or the draft is not open
	 */
	@Transactional
	public DraftFile take(long id, RuleType type, String key, String by) {
		Draft draft = lockOpen(id);
		String name = key + type.ending();
		ReleasedRule rule = inForce(draft.place(), type, key)
			.orElseThrow(() -> Refusal.notFound(Texts.of("studio", "studio.file.none", name)));
		byte[] content = this.rules.content(rule);
		int taken = this.jdbc.update(
				"""
						insert into studio_draft_file
						(draft_id, name, content, base_content, base_release, base_place, base_version, changed_by, changed_at, version)
						values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing""",
				id, name, content, content, rule.releaseId(), rule.place(), rule.version(), by, Timestamp.from(now()),
				nextVersion(id, name));
		if (taken > 0) {
			touch(id);
		}
		return file(id, name);
	}

	/**
	 * Saves a file, or adds one: beside what is in force under its name, if anything is.
	 * @param id draft
	 * @param name file name
	 * @param content the file as it is to be
	 * @param from version it was made from; 0 for a file the draft does not have
	 * @param by sign-in name
	 * @throws Refusal if somebody else saved it meanwhile, the draft is not open, or the
	 * name is not that of a rule
	 */
	@Transactional
	public DraftFile save(long id, String name, byte[] content, long from, String by) {
		Draft draft = lockOpen(id);
		RuleType type = RuleType.ofFile(name)
			.orElseThrow(() -> Refusal.rule(Texts.of("studio", "studio.file.ending", name)));
		List<DraftFile> there = this.jdbc.query(SELECT_FILE + "where draft_id = ? and name = ?",
				(row, number) -> file(row), id, name);
		if (there.isEmpty() && from == 0) {
			String key = name.substring(0, name.length() - type.ending().length());
			if (inForce(draft.place(), type, key).isPresent()) {
				take(id, type, key, by);
			}
			else {
				this.jdbc.update("""
						insert into studio_draft_file (draft_id, name, content, changed_by, changed_at, version)
						values (?, ?, ?, ?, ?, ?)""", id, name, content, by, Timestamp.from(now()),
						nextVersion(id, name));
				touch(id);
				return file(id, name);
			}
		}
		else if (there.isEmpty()) {
			throw Refusal.conflict(Texts.of("studio", "studio.file.gone", name));
		}
		else if (there.get(0).version() != from) {
			throw Refusal.conflict(
					Texts.of("studio", "studio.file.changed", there.get(0).changedBy(), name, there.get(0).version()));
		}
		keepPast(id, name);
		this.jdbc.update("""
				update studio_draft_file set content = ?, changed_by = ?, changed_at = ?, version = version + 1
				where draft_id = ? and name = ?""", content, by, Timestamp.from(now()), id, name);
		touch(id);
		return file(id, name);
	}

	/**
	 * A content a file once had.
	 *
	 * @param name file name
	 * @param version its number
	 * @param changedBy sign-in name of the person who wrote it
	 * @param changedAt when
	 */
	public record Past(String name, long version, String changedBy, Instant changedAt) {

	}

	/** Earlier contents of the files of a draft, of those taken out too, newest first. */
	public List<Past> past(long id) {
		return this.jdbc.query("""
				select name, version, changed_by, changed_at from studio_draft_file_past
				where draft_id = ? order by name, version desc""", (row, number) -> new Past(row.getString("name"),
				row.getLong("version"), row.getString("changed_by"), row.getTimestamp("changed_at").toInstant()), id);
	}

	/**
	 * What a file held in a version.
	 * @throws Refusal if the draft never had such a version
	 */
	public byte[] past(long id, String name, long version) {
		return this.jdbc
			.queryForList("select content from studio_draft_file_past where draft_id = ? and name = ? and version = ?",
					byte[].class, id, name, version)
			.stream()
			.findFirst()
			.orElseThrow(() -> Refusal.notFound(Texts.of("studio", "studio.file.noVersion", name, version)));
	}

	/**
	 * Takes a file out of a draft: the rule stays as it is in force.
	 * @throws Refusal if somebody else saved it meanwhile, or the draft is not open
	 */
	@Transactional
	public void remove(long id, String name, long from) {
		lockOpen(id);
		DraftFile file = file(id, name);
		if (file.version() != from) {
			throw Refusal.conflict(Texts.of("studio", "studio.file.changed", file.changedBy(), name, file.version()));
		}
		keepPast(id, name);
		this.jdbc.update("delete from studio_draft_file where draft_id = ? and name = ?", id, name);
		touch(id);
	}

	/**
	 * What a draft would release.
	 * @param draft the draft
	 * @param by who releases
	 */
	public ReleaseOrder order(Draft draft, String by) {
		Map<String, byte[]> files = new LinkedHashMap<>();
		files(draft.id()).forEach((file) -> files.put(file.name(), file.content()));
		Instant from = draft.effectiveFrom();
		String note = draft.note().isBlank() ? draft.title() : draft.note();
		return new ReleaseOrder(draft.place(), files, by, note, draft.appliesTo(),
				(from != null && from.isBefore(now())) ? null : from);
	}

	/** A name may be taken out and come again: its versions go on. */
	private long nextVersion(long id, String name) {
		return this.jdbc.queryForObject(
				"select coalesce(max(version), 0) + 1 from studio_draft_file_past where draft_id = ? and name = ?",
				Long.class, id, name);
	}

	private void keepPast(long id, String name) {
		this.jdbc.update("""
				insert into studio_draft_file_past (draft_id, name, version, content, changed_by, changed_at)
				select draft_id, name, version, content, changed_by, changed_at
				from studio_draft_file where draft_id = ? and name = ?""", id, name);
	}

	private Optional<ReleasedRule> inForce(String place, RuleType type, String key) {
		return this.rules.find(type, key, RuleScope.newCase(place, now()));
	}

	private Draft lock(long id) {
		this.jdbc.queryForList("select id from studio_draft where id = ? for update", id);
		return get(id);
	}

	/** Says why a draft in its state cannot be changed that way. */
	private static Refusal notNow(Draft draft) {
		return Refusal.conflict(Texts.of("studio",
				"studio.draft.state." + draft.state().name().toLowerCase(Locale.ROOT), draft.title()));
	}

	private Draft lockOpen(long id) {
		Draft draft = lock(id);
		if (draft.state() != DraftState.OPEN) {
			throw notNow(draft);
		}
		return draft;
	}

	private void touch(long id) {
		this.jdbc.update("update studio_draft set changed_at = ?, version = version + 1 where id = ?",
				Timestamp.from(now()), id);
	}

	private Instant now() {
		return this.clock.now().truncatedTo(ChronoUnit.MICROS);
	}

	private static Timestamp timestamp(Instant moment) {
		return (moment != null) ? Timestamp.from(moment) : null;
	}

	private static Instant instant(Timestamp moment) {
		return (moment != null) ? moment.toInstant() : null;
	}

	private static Draft draft(ResultSet row) throws SQLException {
		return new Draft(row.getLong("id"), row.getString("place"), row.getString("title"), row.getString("note"),
				row.getString("author"), DraftState.valueOf(row.getString("state")),
				AppliesTo.valueOf(row.getString("applies_to")), instant(row.getTimestamp("effective_from")),
				row.getBoolean("urgent"), row.getString("case_no"), row.getObject("release_id", Long.class),
				instant(row.getTimestamp("created_at")), instant(row.getTimestamp("changed_at")),
				row.getLong("version"));
	}

	private static DraftFile file(ResultSet row) throws SQLException {
		String name = row.getString("name");
		RuleType type = RuleType.ofFile(name).orElseThrow();
		return new DraftFile(row.getLong("draft_id"), name, type,
				name.substring(0, name.length() - type.ending().length()), row.getBytes("content"),
				row.getBytes("base_content"), row.getObject("base_release", Long.class), row.getString("base_place"),
				row.getObject("base_version", Integer.class), row.getString("changed_by"),
				instant(row.getTimestamp("changed_at")), row.getLong("version"));
	}

}
