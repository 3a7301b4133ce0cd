package gridcase.registry;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import org.springframework.stereotype.Component;

/** The ladder of handling tiers of each place. */
@Component
public class Tiers {

	private final RegistryStore store;

	Tiers(RegistryStore store) {
		this.store = store;
	}

	/** Tiers of a place, lowest first; empty for an unknown place. */
	public List<Tier> ladder(String place, Instant at) {
		return this.store.at(at).ladders.getOrDefault(place, List.of());
	}

	public Optional<Tier> find(String place, String key, Instant at) {
		return ladder(place, at).stream().filter((tier) -> tier.key().equals(key)).findFirst();
	}

	/**
	 * Reads a tier.
	 * @throws NotInRegistry when the place has no tier with this key
	 */
	public Tier get(String place, String key, Instant at) {
		return find(place, key, at).orElseThrow(() -> new NotInRegistry(RegistryKind.TIERS, place + "/" + key, at));
	}

	/** The tier above, or empty at the top. */
	public Optional<Tier> above(String place, String key, Instant at) {
		int level = get(place, key, at).level();
		return ladder(place, at).stream().filter((tier) -> tier.level() == level + 1).findFirst();
	}

	/**
	 * The highest tier of a place.
	 * @throws NotInRegistry when the place has no tiers
	 */
	public Tier top(String place, Instant at) {
		List<Tier> ladder = ladder(place, at);
		if (ladder.isEmpty()) {
			throw new NotInRegistry(RegistryKind.TIERS, place, at);
		}
		return ladder.get(ladder.size() - 1);
	}

}
