package gridcase.policy;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

import gridcase.shared.Refusal;
import gridcase.shared.Texts;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Brings rules into force: decision tables, forms and diagrams together, all of them or
 * none. A release changes what it names and nothing else. Of the releases of a rule, the
 * one with the latest effective date reached that applies to the case is in force, the
 * later release if two have the same. Nothing released is ever deleted.
 */
@Component
public class Releases {

	private static final Logger log = LoggerFactory.getLogger(Releases.class);

	private final JdbcTemplate jdbc;

	private final TransactionTemplate transaction;

	private final Map<RuleType, RuleKind> kinds;

	private final ReleaseBook book;

	private final ReleasedRules rules;

	private final ObjectProvider<ReleaseEffect> effects;

	private final Clock clock;

	Releases(JdbcTemplate jdbc, PlatformTransactionManager transactions, List<RuleKind> kinds, ReleaseBook book,
			ReleasedRules rules, ObjectProvider<ReleaseEffect> effects, Clock clock) {
		this.jdbc = jdbc;
		this.transaction = new TransactionTemplate(transactions);
		// tables and forms first: diagrams name them
		this.kinds = new EnumMap<>(kinds.stream().collect(Collectors.toMap(RuleKind::type, Function.identity())));
		this.book = book;
		this.rules = rules;
		this.effects = effects;
		this.clock = clock;
	}

	/**
	 * Releases changed or new rules.
	 * @param order what is wanted
	 * @return the release
	 * @throws ReleaseRefused with everything that is wrong; nothing is released then
	 */
	public Release release(ReleaseOrder order) {
		return this.transaction.execute((status) -> {
			lock();
			Checked checked = check(order.place(), order.files(), Map.of(), start(order));
			return inForce(add(order, checked.byType(), Map.of(), false));
		});
	}

	/**
	 * Asks what {@link #release} would refuse. Nothing is released, and a transaction
	 * that runs is not harmed.
	 * @throws ReleaseRefused with everything that is wrong
	 */
	public void check(ReleaseOrder order) {
		check(order.place(), order.files(), Map.of(), start(order));
	}

	/**
	 * Takes a release back: what was in force before it is in force again, and what it
	 * brought first is in force no longer. That is a release of its own.
	 * @param id number of the release
	 * @param appliesTo whom the former rules touch again
	 * @param by sign-in name
	 * @param note why, in a sentence
	 * @return the release that takes it back
	 * @throws ReleaseRefused if something of it was released anew since, or what is left
	 * would not work together; nothing is changed then
	 */
	public Release takeBack(long id, AppliesTo appliesTo, String by, String note) {
		return this.transaction.execute((status) -> {
			lock();
			Release old = get(id);
			Map<RuleType, Set<String>> gone = new EnumMap<>(RuleType.class);
			Map<String, byte[]> files = before(old, gone);
			Instant from = old.effectiveFrom().isAfter(now()) ? old.effectiveFrom() : null;
			ReleaseOrder order = new ReleaseOrder(old.place(), files, by, note, appliesTo, from);
			Map<RuleType, Map<String, byte[]>> again = files.isEmpty() ? Map.of()
					: check(old.place(), files, gone, start(order)).byType();
			checkWithout(old.place(), again, gone, start(order));
			return inForce(add(order, again, gone, false));
		});
	}

	/**
	 * What would be in force again if a release were taken back.
	 * @param release the release
	 * @param gone told the rules that no release held before
	 * @return content by file name
	 * @throws ReleaseRefused if something of it was released anew since
	 */
	public Map<String, byte[]> before(Release release, Map<RuleType, Set<String>> gone) {
		Map<String, byte[]> files = new TreeMap<>();
		List<RuleProblem> problems = new ArrayList<>();
		for (ReleasedRule rule : release.rules()) {
			String file = rule.key() + rule.type().ending();
			List<ReleasedRule> versions = this.book.pages().versions(rule.type(), rule.key(), rule.place());
			ReleasedRule latest = versions.get(0);
			if (latest.releaseId() != release.id()) {
				problems.add(RuleProblem.file(file, rule.key(),
						Texts.of("policy", "release.replaced", file, latest.releaseId(), latest.version())));
			}
			else if (this.kinds.get(rule.type()).hasEffect()) {
				this.kinds.get(rule.type())
					.undoing(rule, problems::add)
					.ifPresent((content) -> files.put(file, content));
			}
			else if (versions.size() > 1 && !versions.get(1).removed()) {
				files.put(file, this.rules.content(versions.get(1)));
			}
			else if (!rule.removed()) {
				gone.computeIfAbsent(rule.type(), (any) -> new TreeSet<>()).add(rule.key());
			}
		}
		if (!problems.isEmpty()) {
			throw new ReleaseRefused(problems);
		}
		return files;
	}

	/** What stays in force must not name what is gone. */
	private void checkWithout(String place, Map<RuleType, Map<String, byte[]>> again, Map<RuleType, Set<String>> gone,
			Instant from) {
		if (gone.isEmpty()) {
			return;
		}
		List<RuleProblem> problems = new ArrayList<>();
		RuleDraft draft = draft(place, again, Map.of(), gone, from);
		RuleScope scope = RuleScope.newCase(place, from);
		this.kinds.forEach((type, kind) -> this.book.pages().all(type, scope).forEach((key, rule) -> {
			boolean goes = gone.getOrDefault(type, Set.of()).contains(key) && Objects.equals(rule.place(), place);
			if (!goes && !again.getOrDefault(type, Map.of()).containsKey(key)) {
				kind.check(key + type.ending(), key, this.rules.content(rule), draft, problems::add);
			}
		}));
		if (!problems.isEmpty()) {
			throw new ReleaseRefused(problems);
		}
	}

	private Release inForce(Release release) {
		this.effects.orderedStream().forEach((effect) -> effect.check(release));
		if (release.effectiveFrom().isAfter(now())) {
			this.jdbc.update("update policy_release set effects_pending = true where id = ?", release.id());
			this.book.releasedHere();
		}
		else {
			bringAbout(release);
		}
		return release;
	}

	private void bringAbout(Release release) {
		this.effects.orderedStream().forEach((effect) -> effect.bringAbout(release));
	}

	/**
	 * Brings about what releases were waiting for whose effective date has come.
	 * @return how many releases
	 */
	public int takeEffect() {
		if (nextEffect().filter((due) -> !due.isAfter(now())).isEmpty()) {
			return 0;
		}
		return this.transaction.execute((status) -> {
			lock();
			List<Long> due = this.jdbc.queryForList(
					"update policy_release set effects_pending = false where effects_pending and effective_from <= ? returning id",
					Long.class, Timestamp.from(now()));
			// what waited for its catalogue is in force with it, for everybody at once
			this.jdbc.update("update policy_release_counter set last_effect = last_effect + 1");
			this.book.releasedHere();
			due.stream().sorted().forEach((id) -> bringAbout(history("where r.id = ?", id).iterator().next()));
			return due.size();
		});
	}

	/** When the next release takes effect that does more than change rules, if any. */
	public Optional<Instant> nextEffect() {
		return Optional
			.ofNullable(this.jdbc.queryForObject("select min(effective_from) from policy_release where effects_pending",
					Timestamp.class))
			.map(Timestamp::toInstant);
	}

	/**
	 * Tries a release out: its rules are in force inside the work, and nothing of it is
	 * left afterwards.
	 * @param order what is wanted
	 * @param work given the release as it would be
	 * @return what the work answers
	 * @throws ReleaseRefused with everything that is wrong
	 */
	public <T> T tryOut(ReleaseOrder order, Function<Release, T> work) {
		return this.transaction.execute((status) -> {
			status.setRollbackOnly();
			lock();
			Checked checked = check(order.place(), order.files(), Map.of(), start(order));
			return work.apply(add(order, checked.byType(), Map.of(), false));
		});
	}

	private Instant start(ReleaseOrder order) {
		return (order.effectiveFrom() != null) ? kept(order.effectiveFrom()) : now();
	}

	private Instant now() {
		return kept(this.clock.instant());
	}

	/** The database keeps microseconds, and would round up into the future. */
	private static Instant kept(Instant moment) {
		return moment.truncatedTo(ChronoUnit.MICROS);
	}

	/**
	 * Releases those of the files that came with the program which differ from the ones
	 * that came last. The first release of a place is in force from ever. A rule that was
	 * released on the running server meanwhile stays unless its own file has changed.
	 */
	Optional<Release> releaseFiles(String place, Map<String, byte[]> files, String by) {
		return this.transaction.execute((status) -> {
			lock();
			Map<String, String> shipped = shipped(place);
			Map<String, byte[]> changed = new TreeMap<>(files);
			changed.entrySet().removeIf((file) -> hash(file.getValue()).equals(shipped.get(file.getKey())));
			Map<RuleType, Set<String>> gone = new EnumMap<>(RuleType.class);
			shipped.keySet()
				.stream()
				.filter((file) -> !files.containsKey(file))
				.forEach((file) -> RuleType.ofFile(file)
					.ifPresent((type) -> gone.computeIfAbsent(type, (any) -> new TreeSet<>()).add(type.stem(file))));
			if (changed.isEmpty() && gone.isEmpty()) {
				return Optional.empty();
			}
			boolean first = this.jdbc.queryForObject(
					"select count(*) from policy_release where place is not distinct from ?", Integer.class,
					place) == 0;
			ReleaseOrder order = new ReleaseOrder(place, changed, by, Texts.of("policy", "release.fromFiles"),
					AppliesTo.ALL, first ? Instant.EPOCH : now());
			Checked checked = changed.isEmpty() ? new Checked(Map.of()) : check(place, changed, gone, start(order));
			warnOfReplaced(place, checked.byType(), gone);
			return Optional.of(add(order, checked.byType(), gone, true));
		});
	}

	/** Hash of what came with the program last, by file name. */
	private Map<String, String> shipped(String place) {
		Map<String, String> shipped = new TreeMap<>();
		this.jdbc.query("""
				select distinct on (u.type, u.key) u.type, u.key, u.sha256 from policy_release_rule u
				join policy_release r on r.id = u.release_id
				where r.place is not distinct from ? and r.from_files
				order by u.type, u.key, r.id desc""", (row) -> {
			if (row.getString("sha256") != null) {
				shipped.put(row.getString("key") + RuleType.valueOf(row.getString("type")).ending(),
						row.getString("sha256"));
			}
		}, place);
		return shipped;
	}

	private void warnOfReplaced(String place, Map<RuleType, Map<String, byte[]>> changed,
			Map<RuleType, Set<String>> gone) {
		RuleScope now = RuleScope.newCase(place, now());
		Set<Long> fromFiles = new HashSet<>(
				this.jdbc.queryForList("select id from policy_release where from_files", Long.class));
		for (RuleType type : RuleType.values()) {
			Set<String> keys = new TreeSet<>(changed.getOrDefault(type, Map.of()).keySet());
			keys.addAll(gone.getOrDefault(type, Set.of()));
			Map<String, ReleasedRule> inForce = this.book.pages().all(type, now);
			keys.stream()
				.map(inForce::get)
				.filter((rule) -> rule != null && Objects.equals(rule.place(), place)
						&& !fromFiles.contains(rule.releaseId()))
				.forEach((rule) -> log.warn(
						"{} {} of {} was released on the server as version {} (release {}); its file in the program has changed since and replaces it",
						type, rule.key(), (place != null) ? place : "all places", rule.version(), rule.releaseId()));
		}
	}

	/** One release after the other; also keeps several starting nodes apart. */
	private void lock() {
		this.jdbc.queryForObject("select last_release from policy_release_counter for update", Long.class);
	}

	// --- checking ---

	private Checked check(String place, Map<String, byte[]> files, Map<RuleType, Set<String>> gone, Instant from) {
		List<RuleProblem> problems = new ArrayList<>();
		Map<RuleType, Map<String, byte[]>> byType = new EnumMap<>(RuleType.class);
		Map<RuleType, Map<String, String>> fileOf = new EnumMap<>(RuleType.class);
		Map<RuleType, Set<String>> present = new EnumMap<>(RuleType.class);
		if (files.isEmpty()) {
			problems.add(RuleProblem.file("-", null, Texts.of("policy", "release.none")));
		}
		new TreeMap<>(files).forEach((file, content) -> {
			Optional<RuleType> type = RuleType.ofFile(file).filter(this.kinds::containsKey);
			if (type.isEmpty()) {
				problems.add(RuleProblem.file(file, null, Texts.of("policy", "release.ending")));
				return;
			}
			Set<String> keys = present.computeIfAbsent(type.get(), (any) -> new TreeSet<>());
			// what cannot be read is there all the same: nobody else need complain of it
			keys.add(type.get().stem(file));
			this.kinds.get(type.get()).read(place, file, content, problems::add).ifPresent((key) -> {
				keys.add(key);
				String twin = fileOf.computeIfAbsent(type.get(), (any) -> new TreeMap<>()).putIfAbsent(key, file);
				if (twin != null) {
					problems.add(RuleProblem.file(file, key, Texts.of("policy", "release.twice", twin, file)));
				}
				byType.computeIfAbsent(type.get(), (any) -> new TreeMap<>()).put(key, content);
			});
		});
		RuleDraft draft = draft(place, byType, present, gone, from);
		byType.forEach((type, rules) -> rules.forEach((key, content) -> this.kinds.get(type)
			.check(fileOf.get(type).get(key), key, content, draft, problems::add)));
		if (!problems.isEmpty()) {
			throw new ReleaseRefused(problems);
		}
		return new Checked(byType);
	}

	/**
	 * What would be in force for a new case of a place with files that need not be
	 * without fault: what cannot be read is there, and sets nothing.
	 * @param place place code, null for the shared rules
	 * @param files content by file name
	 */
	public RuleDraft outlook(String place, Map<String, byte[]> files) {
		Map<RuleType, Map<String, byte[]>> byType = new EnumMap<>(RuleType.class);
		Map<RuleType, Set<String>> present = new EnumMap<>(RuleType.class);
		files.forEach((file, content) -> RuleType.ofFile(file).filter(this.kinds::containsKey).ifPresent((type) -> {
			present.computeIfAbsent(type, (any) -> new TreeSet<>()).add(type.stem(file));
			this.kinds.get(type).read(place, file, content, (problem) -> {
			}).ifPresent((key) -> byType.computeIfAbsent(type, (any) -> new TreeMap<>()).put(key, content));
		}));
		return draft(place, byType, present, Map.of(), now());
	}

	/** What the release changes, over what a case reported then would find. */
	private RuleDraft draft(String place, Map<RuleType, Map<String, byte[]>> changed,
			Map<RuleType, Set<String>> present, Map<RuleType, Set<String>> gone, Instant from) {
		RuleScope scope = RuleScope.newCase(place, from.isBefore(now()) ? now() : from);
		Map<RuleType, Map<String, ReleasedRule>> inForce = new EnumMap<>(RuleType.class);
		Map<RuleType, Set<String>> keys = new EnumMap<>(RuleType.class);
		for (RuleType type : RuleType.values()) {
			inForce.put(type, new TreeMap<>(this.book.pages().all(type, scope)));
			gone.getOrDefault(type, Set.of()).forEach((key) -> withoutOwn(inForce.get(type), type, key, scope));
			keys.put(type, new TreeSet<>(inForce.get(type).keySet()));
			keys.get(type).addAll(present.getOrDefault(type, Set.of()));
		}
		return new RuleDraft(place, keys, changed, () -> {
			Set<String> names = new HashSet<>();
			this.kinds.forEach((type, kind) -> {
				names.addAll(kind.alwaysSet());
				Map<String, byte[]> own = changed.getOrDefault(type, Map.of());
				own.values().forEach((content) -> names.addAll(kind.sets(content)));
				inForce.get(type)
					.values()
					.stream()
					.filter((rule) -> !own.containsKey(rule.key()))
					.forEach((rule) -> names.addAll(kind.sets(this.rules.content(rule))));
			});
			return names;
		});
	}

	/** The shared rule comes to light where the place's own goes. */
	private void withoutOwn(Map<String, ReleasedRule> inForce, RuleType type, String key, RuleScope scope) {
		Optional<ReleasedRule> shared = (scope.place() != null)
				? this.book.pages().find(type, key, new RuleScope(null, scope.reportedAt(), scope.at()))
				: Optional.empty();
		shared.ifPresentOrElse((rule) -> inForce.put(key, rule), () -> inForce.remove(key));
	}

	// --- keeping ---

	private Release add(ReleaseOrder order, Map<RuleType, Map<String, byte[]>> byType, Map<RuleType, Set<String>> gone,
			boolean fromFiles) {
		Instant now = now();
		Instant from = start(order);
		Long id = this.jdbc.queryForObject("""
				insert into policy_release
				(place, from_files, applies_to, released_at, effective_from, released_by, note)
				values (?, ?, ?, ?, ?, ?, ?) returning id""", Long.class, order.place(), fromFiles,
				order.appliesTo().name(), Timestamp.from(now), Timestamp.from(from), order.by(), order.note());
		List<Object[]> rows = new ArrayList<>();
		byType.forEach((type, rules) -> {
			Map<String, RuleKind.Kept> kept = this.kinds.get(type).keep(order.place(), rules);
			rules.forEach((key, content) -> rows.add(new Object[] { id, type.name(), key, kept.get(key).definitionId(),
					kept.get(key).version(), content, hash(content) }));
		});
		gone.forEach((type, keys) -> keys
			.forEach((key) -> rows.add(new Object[] { id, type.name(), key, null, 0, null, null })));
		this.jdbc.batchUpdate("insert into policy_release_rule "
				+ "(release_id, type, key, definition_id, version, content, sha256) values (?, ?, ?, ?, ?, ?, ?)",
				rows);
		this.jdbc.update("update policy_release_counter set last_release = ?", id);
		this.book.releasedHere();
		return history("where r.id = ?", id).iterator().next();
	}

	/**
	 * A release.
	 * @throws Refusal if there is none of that number
	 */
	public Release get(long id) {
		return history("where r.id = ?", id).stream()
			.findFirst()
			.orElseThrow(() -> Refusal.notFound(Texts.of("policy", "release.unknown", id)));
	}

	/**
	 * Releases of a place, newest first.
	 * @param place place code; null for the shared rules
	 */
	public List<Release> history(String place) {
		return List.copyOf(history("where r.place is not distinct from ?", place));
	}

	private Collection<Release> history(String condition, Object value) {
		Map<Long, Release> releases = new LinkedHashMap<>();
		this.jdbc.query("""
				select r.*, u.type, u.key, u.version, u.definition_id
				from policy_release r left join policy_release_rule u on u.release_id = r.id
				%s order by r.id desc, u.type, u.key""".formatted(condition), (row) -> {
			Release release = releases.get(row.getLong("id"));
			if (release == null) {
				release = new Release(row.getLong("id"), row.getString("place"), row.getBoolean("from_files"),
						AppliesTo.valueOf(row.getString("applies_to")), row.getTimestamp("released_at").toInstant(),
						row.getTimestamp("effective_from").toInstant(), row.getString("released_by"),
						row.getString("note"), new ArrayList<>());
				releases.put(release.id(), release);
			}
			if (row.getString("type") != null) {
				release.rules().add(ReleaseBook.rule(row));
			}
		}, value);
		return releases.values();
	}

	/**
	 * The files of a release.
	 * @param release a release of {@link #history(String)}
	 * @return content by file name
	 */
	public Map<String, byte[]> files(Release release) {
		Map<String, byte[]> files = new HashMap<>();
		release.rules()
			.stream()
			.filter((rule) -> !rule.removed())
			.forEach((rule) -> files.put(rule.key() + rule.type().ending(), this.rules.content(rule)));
		return files;
	}

	private static String hash(byte[] content) {
		try {
			return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** Rules without a fault, by kind and key. */
	private record Checked(Map<RuleType, Map<String, byte[]>> byType) {

	}

}
