package gridcase.registry;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import org.springframework.stereotype.Component;

/** The places that run on this platform. */
@Component
public class Places {

	private final RegistryStore store;

	Places(RegistryStore store) {
		this.store = store;
	}

	public Optional<Place> find(String code, Instant at) {
		return Optional.ofNullable(this.store.at(at).places.get(code));
	}

	/**
	 * Reads a place.
	 * @throws NotInRegistry when there is none with this code
	 */
	public Place get(String code, Instant at) {
		return find(code, at).orElseThrow(() -> new NotInRegistry(RegistryKind.PLACES, code, at));
	}

	public List<Place> all(Instant at) {
		return List.copyOf(this.store.at(at).places.values());
	}

}
