package gridcase.evidence;

import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Checks signed roots: what they say, who signed it, and that each follows the one
 * before.
 */
final class RootsCheck {

	private RootsCheck() {
	}

	/**
	 * Checks one root by itself.
	 * @return what it says, or empty if that cannot be read
	 */
	static Optional<RootStatement> root(SignedRoot root, Function<String, Optional<PublicKey>> keys,
			Consumer<Fault> faults) {
		RootStatement statement;
		try {
			statement = RootStatement.parse(root.statement());
		}
		catch (IllegalArgumentException ex) {
			faults.accept(new Fault(FaultKind.ROOT_CHANGED, name(root.no()), null, "statement"));
			return Optional.empty();
		}
		if (statement.no() != root.no() || !statement.day().equals(root.day()) || statement.leaves() != root.leaves()
				|| !Digests.hex(statement.root()).equals(root.root()) || !statement.keyId().equals(root.keyId())
				|| !statement.takenAt().equals(root.takenAt())) {
			faults.accept(new Fault(FaultKind.ROOT_CHANGED, name(root.no()), null, "columns"));
		}
		Optional<PublicKey> key = keys.apply(statement.keyId());
		if (key.isEmpty()) {
			faults.accept(new Fault(FaultKind.KEY_UNKNOWN, name(root.no()), null, statement.keyId()));
		}
		else if (!signed(root, key.get())) {
			faults.accept(new Fault(FaultKind.SIGNATURE_WRONG, name(root.no()), null, statement.keyId()));
		}
		return Optional.of(statement);
	}

	static boolean signed(SignedRoot root, PublicKey key) {
		try {
			return Ed25519.verify(key, root.statement().getBytes(StandardCharsets.UTF_8),
					Base64.getDecoder().decode(root.signature()));
		}
		catch (IllegalArgumentException ex) {
			return false;
		}
	}

	/** Checks that roots follow one another without a gap, from the first on. */
	static void row(List<SignedRoot> roots, Consumer<Fault> faults) {
		long expected = 1;
		byte[] previous = Digests.START;
		for (SignedRoot root : roots) {
			for (; expected < root.no(); expected++) {
				faults.accept(new Fault(FaultKind.ROOT_MISSING, name(expected), null, ""));
				previous = null;
			}
			try {
				RootStatement statement = RootStatement.parse(root.statement());
				if (previous != null && !Arrays.equals(statement.previous(), previous)) {
					faults.accept(new Fault(FaultKind.ROOT_CHANGED, name(root.no()), null, "previous"));
				}
			}
			catch (IllegalArgumentException ex) {
				// said already, and what follows it does not name it
				previous = null;
			}
			previous = RootStatement.hash(root.statement());
			expected = root.no() + 1;
		}
	}

	static String name(long no) {
		return "root " + no;
	}

}
