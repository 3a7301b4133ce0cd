package gridcase.casework.process;

import java.util.List;
import java.util.Map;

import gridcase.casework.CaseRecord;
import gridcase.registry.Tier;
import gridcase.registry.Tiers;

import org.springframework.stereotype.Component;

/** Moves a case along its place's ladder of tiers. */
@Component
public class CaseTiers {

	private final Tiers tiers;

	CaseTiers(Tiers tiers) {
		this.tiers = tiers;
	}

	/** The tier a case is at. */
	Tier of(CaseRecord record) {
		return this.tiers.get(record.place(), record.text("tier").orElseThrow(), record.now());
	}

	/** Puts the case at a tier of its place. */
	public void put(CaseRecord record, Tier tier) {
		boolean moved = record.text("tier").isPresent() && !record.text("tier").get().equals(tier.key());
		record.set("tier", tier.key());
		record.set("tierLevel", tier.level());
		record.set("topTier", this.tiers.above(record.place(), tier.key(), record.now()).isEmpty());
		record.set("loop", tier.loop());
		if (moved) {
			record.event("TIER_CHANGED", null, Map.of("tier", tier.key(), "name", tier.name()));
		}
	}

	/** A tier by its key, {@code TOP} for the highest. */
	Tier named(CaseRecord record, String key) {
		return key.equals("TOP") ? this.tiers.top(record.place(), record.now())
				: this.tiers.get(record.place(), key, record.now());
	}

	/** The tier above, or the same one at the top. */
	Tier above(CaseRecord record, Tier tier) {
		return this.tiers.above(record.place(), tier.key(), record.now()).orElse(tier);
	}

	/** Keys of the tiers from the case's own to the top. */
	List<String> upwards(CaseRecord record) {
		int level = of(record).level();
		return this.tiers.ladder(record.place(), record.now())
			.stream()
			.filter((tier) -> tier.level() >= level)
			.map(Tier::key)
			.toList();
	}

	/** Tiers strictly between two levels. */
	List<Tier> between(CaseRecord record, int below, int above) {
		return this.tiers.ladder(record.place(), record.now())
			.stream()
			.filter((tier) -> tier.level() > below && tier.level() < above)
			.toList();
	}

	List<Tier> ladder(CaseRecord record) {
		return this.tiers.ladder(record.place(), record.now());
	}

}
