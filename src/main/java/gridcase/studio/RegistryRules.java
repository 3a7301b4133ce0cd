package gridcase.studio;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import gridcase.clock.CalendarLoader;
import gridcase.policy.Release;
import gridcase.policy.ReleaseEffect;
import gridcase.policy.ReleasedRule;
import gridcase.policy.ReleasedRules;
import gridcase.policy.RuleDraft;
import gridcase.policy.RuleKind;
import gridcase.policy.RuleProblem;
import gridcase.policy.RuleType;
import gridcase.registry.CatalogueFiles;
import gridcase.shared.LoadRefused;
import gridcase.shared.RowProblem;
import gridcase.shared.Texts;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The catalogue and the holidays as part of a release: {@code categories.csv},
 * {@code conditions.csv} and {@code calendar.csv}. They are loaded when the release takes
 * effect, in its transaction; deadlines follow a new calendar as they always do. What
 * they replace is kept, so that it can be put back.
 */
@Component
class RegistryRules implements RuleKind, ReleaseEffect {

	/** The file of the holidays. */
	static final String CALENDAR = "calendar";

	private static final int MOST_NAMED = 8;

	private static final Set<String> KEYS = Stream.concat(CatalogueFiles.KEYS.stream(), Stream.of(CALENDAR))
		.collect(Collectors.toUnmodifiableSet());

	private final CatalogueFiles catalogue;

	private final CalendarLoader calendars;

	private final ReleasedRules rules;

	private final JdbcTemplate jdbc;

	private final TransactionTemplate apart;

	RegistryRules(CatalogueFiles catalogue, CalendarLoader calendars, ReleasedRules rules, JdbcTemplate jdbc,
			PlatformTransactionManager transactions) {
		this.catalogue = catalogue;
		this.calendars = calendars;
		this.rules = rules;
		this.jdbc = jdbc;
		this.apart = new TransactionTemplate(transactions);
		this.apart.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
	}

	/** What a file is called; one that is none is called by its key. */
	static String name(String key) {
		return KEYS.contains(key) ? Texts.of("studio-release", "studio.registry." + key + ".name") : key;
	}

	// --- a kind of rules ---

	@Override
	public RuleType type() {
		return RuleType.REGISTRY;
	}

	@Override
	public Optional<String> read(String place, String file, byte[] content, Consumer<RuleProblem> problems) {
		String key = file.substring(file.lastIndexOf('/') + 1, file.length() - RuleType.REGISTRY.ending().length());
		if (!KEYS.contains(key)) {
			problems.accept(RuleProblem.file(file, key, Texts.of("studio-release", "studio.registry.name")));
			return Optional.empty();
		}
		if (key.equals(CALENDAR) && place != null) {
			problems.accept(RuleProblem.file(file, key, Texts.of("studio-release", "studio.registry.calendar")));
			return Optional.empty();
		}
		return Optional.of(key);
	}

	@Override
	public void check(String file, String key, byte[] content, RuleDraft draft, Consumer<RuleProblem> problems) {
		try {
			if (key.equals(CALENDAR)) {
				// a try of its own: what it undoes is not the release
				this.apart.executeWithoutResult((status) -> {
					status.setRollbackOnly();
					this.calendars.previewDays(CalendarLoader.text(content), CalendarLoader.NATIONAL_DAYS);
				});
			}
			else {
				this.catalogue.check(draft.place(), draft.changed(RuleType.REGISTRY), key);
			}
		}
		catch (LoadRefused refused) {
			refused.problems().forEach((row) -> problems.accept(problem(file, key, row)));
		}
	}

	private static RuleProblem problem(String file, String key, RowProblem row) {
		return new RuleProblem(file, key, null, Texts.of("studio-release", "studio.registry.row", row.line()),
				row.column().isEmpty() ? null : row.column(), row.value().isEmpty() ? null : row.value(), row.reason());
	}

	@Override
	public Map<String, Kept> keep(String place, Map<String, byte[]> files) {
		Map<String, Kept> kept = new HashMap<>();
		files.keySet().forEach((key) -> {
			Integer last = this.jdbc.queryForObject(
					"""
							select coalesce(max(u.version), 0) from policy_release_rule u join policy_release r on r.id = u.release_id
							where u.type = 'REGISTRY' and u.key = ? and r.place is not distinct from ?""",
					Integer.class, key, place);
			int version = last + 1;
			kept.put(key, new Kept("registry:" + ((place != null) ? place : "") + ":" + key + ":" + version, version));
		});
		return kept;
	}

	@Override
	public Set<String> sets(byte[] content) {
		return Set.of();
	}

	@Override
	public boolean hasEffect() {
		return true;
	}

	@Override
	public Optional<byte[]> undoing(ReleasedRule rule, Consumer<RuleProblem> problems) {
		String file = rule.key() + RuleType.REGISTRY.ending();
		List<byte[]> kept = this.jdbc.query(
				"select content from studio_registry_before where release_id = ? and key = ?",
				(row, number) -> row.getBytes(1), rule.releaseId(), rule.key());
		if (kept.isEmpty() || kept.get(0) == null) {
			problems.accept(RuleProblem.file(file, rule.key(), Texts.of("studio-release",
					kept.isEmpty() ? "studio.registry.not-yet" : "studio.registry.first-year", file)));
			return Optional.empty();
		}
		byte[] content = this.rules.content(rule);
		List<String> changed = rule.key().equals(CALENDAR)
				? this.calendars.changedSince(CalendarLoader.text(content), CalendarLoader.NATIONAL_DAYS)
				: this.catalogue.changedSince(rule.place(), rule.key(), content);
		if (!changed.isEmpty()) {
			problems.accept(RuleProblem.file(file, rule.key(), Texts.of("studio-release", "studio.registry.changed",
					file,
					String.join(Texts.of("analysis", "analysis.list"), changed.stream().limit(MOST_NAMED).toList()))));
			return Optional.empty();
		}
		return Optional.of(kept.get(0));
	}

	// --- what it brings about ---

	@Override
	public void check(Release release) {
		// every file was checked as a rule
	}

	@Override
	public void bringAbout(Release release) {
		Map<String, byte[]> files = new TreeMap<>();
		release.rules()
			.stream()
			.filter((rule) -> rule.type() == RuleType.REGISTRY)
			.forEach((rule) -> files.put(rule.key(), this.rules.content(rule)));
		if (files.isEmpty()) {
			return;
		}
		files.forEach((key, content) -> this.jdbc.update(
				"insert into studio_registry_before (release_id, key, content) values (?, ?, ?)", release.id(), key,
				key.equals(CALENDAR)
						? this.calendars.undoing(CalendarLoader.text(content), CalendarLoader.NATIONAL_DAYS)
							.orElse(null)
						: this.catalogue.undoing(release.place(), key, content)));
		byte[] holidays = files.remove(CALENDAR);
		if (holidays != null) {
			this.calendars.loadDays(CalendarLoader.text(holidays), CalendarLoader.NATIONAL_DAYS);
		}
		this.catalogue.load(release.place(), files);
	}

}
