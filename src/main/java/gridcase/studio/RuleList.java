package gridcase.studio;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import gridcase.clock.PlatformClock;
import gridcase.policy.Decisions;
import gridcase.policy.Release;
import gridcase.policy.ReleasedRule;
import gridcase.policy.ReleasedRules;
import gridcase.policy.Releases;
import gridcase.policy.RuleScope;
import gridcase.policy.RuleType;
import gridcase.policy.TableView;

import org.springframework.stereotype.Component;

/** The rules of a place at a glance. */
@Component
class RuleList {

	private static final int LATELY = 30;

	private static final int DAYS = 90;

	private final ReleasedRules rules;

	private final Releases releases;

	private final Decisions decisions;

	private final Drafts drafts;

	private final RuleUse use;

	private final RuleNames names;

	private final ReleaseTrail trail;

	private final PlatformClock clock;

	/** What was released never changes. */
	private final Map<String, Standing> compared = new ConcurrentHashMap<>();

	RuleList(ReleasedRules rules, Releases releases, Decisions decisions, Drafts drafts, RuleUse use, RuleNames names,
			ReleaseTrail trail, PlatformClock clock) {
		this.trail = trail;
		this.rules = rules;
		this.releases = releases;
		this.decisions = decisions;
		this.drafts = drafts;
		this.use = use;
		this.names = names;
		this.clock = clock;
	}

	/** Whose a rule is. */
	enum Standing {

		/** All places share it, and this one has none of its own. */
		SHARED,
		/** The place's own instead of the shared one. */
		OWN,
		/** The place's own rows; the shared table answers the rest. */
		OWN_ROWS,
		/** The place's own, but it says the same as the shared one. */
		SAME,
		/** The place's own; the others have no such rule. */
		ONLY_HERE

	}

	/**
	 * A rule in force for new cases.
	 *
	 * @param type what it is
	 * @param key its key
	 * @param name what it is called
	 * @param standing whose it is
	 * @param version its version
	 * @param releaseId release it belongs to
	 * @param since from when it is in force, null for ever
	 * @param by sign-in name of the person who released it
	 * @param approvedBy sign-in name of the person who approved it, null if nobody did
	 * (yet) or it came with the program
	 * @param note what the release said
	 * @param scheduled when another version comes into force, null if none is waiting
	 * @param scheduledRelease release of that
	 * @param drafts drafts in work that hold it
	 * @param rules number of rules of a table, 0 for others
	 * @param neverFired how many of these have not fired in the last 90 days
	 * @param asked30 how often the table was asked in the last 30 days
	 * @param asked90 how often in the last 90
	 */
	record Line(RuleType type, String key, String name, Standing standing, int version, long releaseId, Instant since,
			String by, String approvedBy, String note, Instant scheduled, Long scheduledRelease, List<Draft> drafts,
			int rules, int neverFired, long asked30, long asked90) {

	}

	/**
	 * All rules that apply to a new case of a place.
	 * @param place place code, null for the shared ones
	 * @return tables, then diagrams, then forms, by name
	 */
	List<Line> of(String place) {
		Instant now = this.clock.now();
		Map<Long, Release> releases = new HashMap<>();
		Stream
			.concat(this.releases.history(null).stream(),
					(place != null) ? this.releases.history(place).stream() : Stream.empty())
			.forEach((release) -> releases.put(release.id(), release));
		Map<String, List<Draft>> drafts = new HashMap<>();
		Map<Long, List<String>> held = this.drafts.namesInWork(place);
		for (Draft draft : this.drafts.inWork(place)) {
			held.getOrDefault(draft.id(), List.of())
				.forEach((name) -> drafts.computeIfAbsent(name, (any) -> new ArrayList<>()).add(draft));
		}
		Map<String, List<RuleUse.Count>> counts = this.use.all(place, LATELY, DAYS)
			.stream()
			.collect(Collectors.groupingBy((count) -> count.table() + " " + count.own()));
		Map<Long, ReleaseTrail.Source> sources = this.trail.of(List.copyOf(releases.keySet()));
		List<Line> lines = new ArrayList<>();
		for (RuleType type : new RuleType[] { RuleType.TABLE, RuleType.DIAGRAM, RuleType.FORM }) {
			this.rules.all(type, RuleScope.newCase(place, now))
				.stream()
				.map((rule) -> line(rule, releases, sources.get(rule.releaseId()), drafts,
						counts.getOrDefault(rule.key() + " " + (rule.place() != null), List.of()), now))
				.sorted(java.util.Comparator.comparing(Line::key))
				.forEach(lines::add);
		}
		return lines;
	}

	private Line line(ReleasedRule rule, Map<Long, Release> releases, ReleaseTrail.Source source,
			Map<String, List<Draft>> drafts, List<RuleUse.Count> counts, Instant now) {
		TableView table = (rule.type() == RuleType.TABLE)
				? this.decisions.table(rule.key(), rule.place(), rule.version()).orElse(null) : null;
		Release release = releases.get(rule.releaseId());
		Release next = releases.values()
			.stream()
			.filter((each) -> each.effectiveFrom().isAfter(now) && Objects.equals(each.place(), rule.place())
					&& each.rules()
						.stream()
						.anyMatch((other) -> other.type() == rule.type() && other.key().equals(rule.key())))
			.min(java.util.Comparator.comparing(Release::effectiveFrom))
			.orElse(null);
		Set<String> fired = counts.stream().map(RuleUse.Count::rule).collect(Collectors.toSet());
		RuleUse.Count asked = counts.stream().filter((count) -> count.rule().isEmpty()).findFirst().orElse(null);
		int never = (table != null) ? (int) table.rows().stream().filter((row) -> !fired.contains(row.id())).count()
				: 0;
		return new Line(rule.type(), rule.key(), (table != null) ? table.name() : this.names.of(rule),
				standing(rule, table, now), rule.version(), rule.releaseId(),
				rule.effectiveFrom().equals(Instant.EPOCH) ? null : rule.effectiveFrom(),
				(release != null) ? release.by() : null, (source != null) ? source.approvedBy() : null,
				(release != null) ? release.note() : null, (next != null) ? next.effectiveFrom() : null,
				(next != null) ? next.id() : null, drafts.getOrDefault(rule.key() + rule.type().ending(), List.of()),
				(table != null) ? table.rows().size() : 0, never, (asked != null) ? asked.lately() : 0,
				(asked != null) ? asked.times() : 0);
	}

	private Standing standing(ReleasedRule rule, TableView table, Instant now) {
		if (rule.place() == null) {
			return Standing.SHARED;
		}
		ReleasedRule shared = this.rules.find(rule.type(), rule.key(), RuleScope.newCase(null, now)).orElse(null);
		if (shared == null) {
			return Standing.ONLY_HERE;
		}
		if (table != null && table.elseShared()) {
			return Standing.OWN_ROWS;
		}
		return this.compared.computeIfAbsent(
				rule.type() + " " + rule.key() + " " + rule.releaseId() + " " + shared.releaseId(),
				(any) -> Arrays.equals(this.rules.content(rule), this.rules.content(shared)) ? Standing.SAME
						: Standing.OWN);
	}

	/**
	 * A row of a table and how often it fired.
	 *
	 * @param row its number, from 1
	 * @param id id of the rule
	 * @param reason why it is there
	 * @param fired30 how often it fired in the last 30 days
	 * @param fired90 how often in the last 90
	 */
	record RowUse(int row, String id, String reason, long fired30, long fired90) {

	}

	/** How often each row of a table in force fired; empty if there is no such table. */
	List<RowUse> rows(String place, String key) {
		TableView table = this.decisions.table(key, place, this.clock.now()).orElse(null);
		if (table == null) {
			return List.of();
		}
		Map<String, Long> short30 = this.use.of(place, key, LATELY);
		Map<String, Long> long90 = this.use.of(place, key, DAYS);
		List<RowUse> rows = new ArrayList<>();
		for (TableView.Row row : table.rows()) {
			rows.add(new RowUse(rows.size() + 1, row.id(), row.reason(), short30.getOrDefault(row.id(), 0L),
					long90.getOrDefault(row.id(), 0L)));
		}
		return rows;
	}

}
