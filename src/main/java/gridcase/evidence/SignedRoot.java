package gridcase.evidence;

import java.time.Instant;
import java.time.LocalDate;

/**
 * A daily root as it is stored.
 *
 * @param no number, from 1 without gaps
 * @param day the day it is of
 * @param takenAt when it was taken
 * @param leaves how many leaves its tree has
 * @param root root of the tree, hexadecimal
 * @param keyId name of the key it is signed with
 * @param statement exactly what is signed
 * @param signature Ed25519 over the statement in UTF-8, Base64
 */
public record SignedRoot(long no, LocalDate day, Instant takenAt, long leaves, String root, String keyId,
		String statement, String signature) {

}
