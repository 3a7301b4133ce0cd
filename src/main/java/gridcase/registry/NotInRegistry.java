package gridcase.registry;

import java.time.Instant;

/** Something was asked for by a code the registry does not know at that moment. */
public class NotInRegistry extends RuntimeException {

	NotInRegistry(RegistryKind kind, String code, Instant at) {
		super("No " + kind.label() + " '" + code + "' in the registry at " + at);
	}

}
