package gridcase.studio;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import gridcase.clock.PlatformClock;
import gridcase.policy.ReleaseRefused;
import gridcase.policy.ReleasedRule;
import gridcase.policy.ReleasedRules;
import gridcase.policy.RuleScope;
import gridcase.policy.RuleType;
import gridcase.policy.TableFiles;
import gridcase.policy.TableText;
import gridcase.policy.TableView;
import gridcase.registry.Catalogue;
import gridcase.shared.FieldProblem;
import gridcase.shared.Refusal;
import gridcase.shared.Texts;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Lists of limits that other people wrote, on their way into a draft: kept while their
 * columns are being mapped, looked at row by row, taken over at once.
 */
@Component
class ListImports {

	/** How long a list waits to be taken over. */
	private static final Duration KEPT = Duration.ofDays(7);

	private static final int LONGEST_NAME = 60;

	private final JdbcTemplate jdbc;

	private final ObjectMapper json;

	private final Drafts drafts;

	private final ReleasedRules rules;

	private final TableFiles tables;

	private final TableSheet.Words words;

	private final Catalogue catalogue;

	private final PlatformClock clock;

	ListImports(JdbcTemplate jdbc, ObjectMapper json, Drafts drafts, ReleasedRules rules, TableFiles tables,
			TableSheet.Words words, Catalogue catalogue, PlatformClock clock) {
		this.jdbc = jdbc;
		this.json = json;
		this.drafts = drafts;
		this.rules = rules;
		this.tables = tables;
		this.words = words;
		this.catalogue = catalogue;
		this.clock = clock;
	}

	/**
	 * A list that is being mapped.
	 *
	 * @param id its number
	 * @param draftId draft it is for
	 * @param file name of the file
	 * @param content the file
	 * @param mapping how it is read so far
	 */
	record Kept(long id, long draftId, String file, byte[] content, ListMapping mapping) {

	}

	/**
	 * A table that takes limits.
	 *
	 * @param key its key
	 * @param name its name
	 * @param file its file in the draft, null if it is not in the draft yet
	 * @param content the file as it is
	 * @param view the table
	 */
	record Target(String key, String name, DraftFile file, byte[] content, TableView view) {

		/** Version of the file that was looked at, 0 if the draft does not have it. */
		long version() {
			return (this.file != null) ? this.file.version() : 0;
		}

	}

	/**
	 * What a list brought.
	 *
	 * @param file the table's file as it is now, null if nothing was taken over
	 * @param outcome what became of each row
	 */
	record Taken(DraftFile file, ListImport.Outcome outcome) {

	}

	// --- lists ---

	/**
	 * Keeps a list, so that its columns can be mapped.
	 * @throws Refusal if it can not be read, or no table takes limits
	 */
	@Transactional
	public Kept keep(Draft draft, String file, byte[] content, String by) {
		ForeignList list = ForeignList.read(content);
		ForeignList.Page page = list.pages()
			.stream()
			.filter((each) -> each.rows().size() > 1)
			.findFirst()
			.orElse(list.pages().get(0));
		List<Target> targets = targets(draft);
		if (targets.isEmpty()) {
			throw Refusal.rule(Texts.of("studio", "studio.list.noTable"));
		}
		Target target = targets.stream().filter((each) -> each.file() != null).findFirst().orElse(targets.get(0));
		this.jdbc.update("delete from studio_import where at < ?", Timestamp.from(this.clock.now().minus(KEPT)));
		Long id = this.jdbc.queryForObject("""
				insert into studio_import (draft_id, file, content, mapping, by_login, at)
				values (?, ?, ?, ?::jsonb, ?, ?) returning id""", Long.class, draft.id(), file, content,
				written(ListMapping.begin(page.name(), page.likelyHeader(), target.key())), by,
				Timestamp.from(this.clock.now()));
		return get(draft, id);
	}

	/**
	 * A list of a draft.
	 * @throws Refusal if there is none of that number
	 */
	Kept get(Draft draft, long id) {
		return this.jdbc.query("select * from studio_import where id = ? and draft_id = ?", this::kept, id, draft.id())
			.stream()
			.findFirst()
			.orElseThrow(() -> Refusal.notFound(Texts.of("studio", "studio.list.gone")));
	}

	/** Says how a list is to be read. */
	void map(Kept list, ListMapping mapping) {
		this.jdbc.update("update studio_import set mapping = ?::jsonb where id = ?", written(mapping), list.id());
	}

	private Kept kept(ResultSet row, int number) throws SQLException {
		return new Kept(row.getLong("id"), row.getLong("draft_id"), row.getString("file"), row.getBytes("content"),
				read(row.getString("mapping")));
	}

	// --- mappings that are kept ---

	/** Names of the mappings a place has kept. */
	List<String> mappings(Draft draft) {
		return this.jdbc.queryForList("select name from studio_import_mapping where place = ? order by name",
				String.class, owner(draft));
	}

	/**
	 * Keeps a mapping for the next list, in place of one of the same name.
	 */
	void keep(Draft draft, String name, ListMapping mapping, String by) {
		if (name.isBlank() || name.strip().length() > LONGEST_NAME) {
			throw Refusal.invalid(List.of(new FieldProblem("keepAs", Texts.of("studio", "studio.list.keepAs"),
					Texts.of("studio", "studio.list.name", LONGEST_NAME))));
		}
		this.jdbc.update("""
				insert into studio_import_mapping (place, name, mapping, by_login, at) values (?, ?, ?::jsonb, ?, ?)
				on conflict (place, name) do update
				set mapping = excluded.mapping, by_login = excluded.by_login, at = excluded.at""", owner(draft),
				name.strip(), written(mapping), by, Timestamp.from(this.clock.now()));
	}

	/**
	 * A mapping that was kept, for a list whose sheet it may not name.
	 * @throws Refusal if there is none of that name
	 */
	ListMapping mapping(Draft draft, String name, ForeignList list, ListMapping now) {
		ListMapping kept = this.jdbc
			.query("select mapping from studio_import_mapping where place = ? and name = ?",
					(row, number) -> read(row.getString("mapping")), owner(draft), name)
			.stream()
			.findFirst()
			.orElseThrow(() -> Refusal.notFound(Texts.of("studio", "studio.list.noMapping", name)));
		boolean sameSheet = list.page(kept.sheet()).isPresent();
		return new ListMapping(sameSheet ? kept.sheet() : now.sheet(), kept.header(), kept.table(), kept.inputs(),
				kept.classColumn(), kept.limit(), kept.value(), kept.unit(), kept.units(), kept.warnPercent(),
				kept.note(), kept.change());
	}

	private static String owner(Draft draft) {
		return Objects.requireNonNullElse(draft.place(), "");
	}

	private String written(ListMapping mapping) {
		try {
			return this.json.writeValueAsString(mapping);
		}
		catch (JsonProcessingException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Reads a mapping.
	 * @throws Refusal if it is none
	 */
	ListMapping read(String mapping) {
		try {
			return this.json.readValue(mapping, ListMapping.class);
		}
		catch (JsonProcessingException ex) {
			throw Refusal.invalid(List.of(new FieldProblem("mapping", "mapping",
					Texts.of("studio", "studio.list.mapping", ex.getOriginalMessage()))));
		}
	}

	// --- tables ---

	/** Tables of a draft and those in force that take limits; the draft's first. */
	List<Target> targets(Draft draft) {
		Map<String, Target> targets = new LinkedHashMap<>();
		this.drafts.files(draft.id())
			.stream()
			.filter((file) -> file.type() == RuleType.TABLE)
			.forEach((file) -> target(file.key(), file, file.content())
				.ifPresent((target) -> targets.put(file.key(), target)));
		for (ReleasedRule rule : this.rules.all(RuleType.TABLE, RuleScope.newCase(draft.place(), this.clock.now()))) {
			if (!targets.containsKey(rule.key())) {
				target(rule.key(), null, this.rules.content(rule))
					.ifPresent((target) -> targets.put(rule.key(), target));
			}
		}
		return List.copyOf(targets.values());
	}

	private Optional<Target> target(String key, DraftFile file, byte[] content) {
		try {
			TableView view = this.tables.read(key + RuleType.TABLE.ending(), content).view();
			return ListImport.takes(view) ? Optional.of(new Target(key, view.name(), file, content, view))
					: Optional.empty();
		}
		catch (ReleaseRefused ex) {
			// a draft may hold what cannot be read yet; its own page says what is wrong
			return Optional.empty();
		}
	}

	Target target(Draft draft, String key) {
		return targets(draft).stream()
			.filter((target) -> target.key().equals(key))
			.findFirst()
			.orElseThrow(() -> Refusal.rule(Texts.of("studio", "studio.list.target", key)));
	}

	// --- reading ---

	/** What would become of each row of a list. */
	ListImport.Outcome look(Draft draft, String file, ForeignList list, ListMapping mapping, Target target) {
		ForeignList.Page page = list.page(mapping.sheet())
			.orElseThrow(() -> Refusal.rule(Texts.of("studio", "studio.list.noSheet", mapping.sheet())));
		return new ListImport(mapping, page, this.words.of(target.view(), draft.place()), this.catalogue, draft.place(),
				this.clock.now(), file)
			.read();
	}

	/**
	 * Takes a list over: all rows that are rules at once.
	 * @param version version of the table's file that was looked at, 0 if it was not in
	 * the draft
	 * @throws Refusal if somebody else changed it meanwhile, or the mapping is not
	 * complete
	 */
	@Transactional
	public Taken take(Draft draft, String name, ForeignList list, ListMapping mapping, long version, String by) {
		Target target = target(draft, mapping.table());
		if (target.version() != version) {
			throw Refusal.conflict((target.file() != null)
					? Texts.of("studio", "studio.file.changed", target.file().changedBy(), target.file().name(),
							target.file().version())
					: Texts.of("studio", "studio.file.gone", target.key() + RuleType.TABLE.ending()));
		}
		ListImport.Outcome outcome = look(draft, name, list, mapping, target);
		if (!outcome.problems().isEmpty()) {
			throw Refusal.invalid(outcome.problems()
				.stream()
				.map((problem) -> new FieldProblem("mapping", Texts.of("studio", "studio.list.columns"), problem))
				.toList());
		}
		if (outcome.count(ListImport.Fate.NEW) + outcome.count(ListImport.Fate.CHANGED) == 0) {
			return new Taken(null, outcome);
		}
		DraftFile file = (target.file() != null) ? target.file()
				: this.drafts.take(draft.id(), RuleType.TABLE, target.key(), by);
		byte[] content = ListImport.applied(outcome.lines(), target.view(), TableText.of(file.content()));
		// what was read for certain still has to be a table
		this.tables.read(file.name(), content);
		return new Taken(this.drafts.save(draft.id(), file.name(), content, file.version(), by), outcome);
	}

	/** Forgets a list that was taken over. */
	void forget(Kept list) {
		this.jdbc.update("delete from studio_import where id = ?", list.id());
	}

}
