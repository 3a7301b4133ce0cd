package gridcase.studio;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

import gridcase.analysis.DiagramDiff;
import gridcase.analysis.FormDiff;
import gridcase.analysis.TableDiff;
import gridcase.policy.ReleasedRule;
import gridcase.policy.ReleasedRules;
import gridcase.policy.Releases;
import gridcase.policy.RuleType;
import gridcase.policy.TableFiles;
import gridcase.policy.TableView;
import gridcase.security.CurrentPerson;
import gridcase.shared.Refusal;
import gridcase.shared.Texts;
import gridcase.studio.Comparison.Version;

import org.springframework.stereotype.Component;

/** Puts released versions of rules side by side. */
@Component
class Comparisons {

	private final Releases releases;

	private final ReleasedRules rules;

	private final TableFiles tables;

	private final StudioRights rights;

	Comparisons(Releases releases, ReleasedRules rules, TableFiles tables, StudioRights rights) {
		this.releases = releases;
		this.rules = rules;
		this.tables = tables;
		this.rights = rights;
	}

	/**
	 * Compares.
	 * @param place place that owns the rule, null for a shared one
	 * @param from number of the older version, null for the last but one
	 * @param to number of the newer version, null for the last
	 * @throws Refusal if there are no such versions, or the person may not see them
	 */
	Comparison of(CurrentPerson person, RuleType type, String key, String place, Integer from, Integer to) {
		this.rights.read(person, place);
		if (type == RuleType.REGISTRY) {
			throw Refusal.rule(Texts.of("studio-table", "studio.compare.registry"));
		}
		List<Released> all = released(type, key, place);
		List<Version> versions = all.stream().map(Released::version).toList();
		if (versions.isEmpty()) {
			throw Refusal.notFound(Texts.of("studio-table", "studio.compare.none", key));
		}
		Released newer = find(all, key, (to != null) ? to : versions.get(0).version());
		int before = all.indexOf(newer) + 1;
		Released older = find(all, key,
				(from != null) ? from : versions.get(Math.min(before, versions.size() - 1)).version());
		byte[] was = this.rules.content(older.rule());
		byte[] is = this.rules.content(newer.rule());
		String name = RuleNames.of(type, key, is);
		if (type == RuleType.DIAGRAM) {
			return new Comparison(type, key, place, name, versions, older.version(), newer.version(), null, null,
					DiagramDiff.of(was, is), null);
		}
		if (type == RuleType.FORM) {
			return new Comparison(type, key, place, name, versions, older.version(), newer.version(), null, null, null,
					FormDiff.of(was, is));
		}
		TableView now = this.tables.read(key + type.ending(), is).view();
		return new Comparison(type, key, place, name, versions, older.version(), newer.version(),
				TableDiff.of(this.tables.read(key + type.ending(), was).view(), now), now, null, null);
	}

	/** The file of a version. */
	byte[] file(CurrentPerson person, RuleType type, String key, String place, int version) {
		this.rights.read(person, place);
		return this.rules.content(find(released(type, key, place), key, version).rule());
	}

	private static Released find(List<Released> all, String key, int version) {
		return all.stream()
			.filter((each) -> each.version().version() == version)
			.findFirst()
			.orElseThrow(() -> Refusal.notFound(Texts.of("studio-table", "studio.compare.noVersion", key, version)));
	}

	private List<Released> released(RuleType type, String key, String place) {
		List<Released> all = new ArrayList<>();
		this.releases.history(place).forEach((release) -> {
			Optional<ReleasedRule> rule = release.rules()
				.stream()
				.filter((each) -> !each.removed() && each.type() == type && each.key().equals(key))
				.findFirst();
			rule.ifPresent((each) -> all.add(new Released(each,
					new Version(each.version(), release.id(), release.effectiveFrom(), release.by(), release.note()))));
		});
		all.sort(Comparator.comparing((Released each) -> each.version().version()).reversed());
		return all;
	}

	private record Released(ReleasedRule rule, Version version) {

	}

}
