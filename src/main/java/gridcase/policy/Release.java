package gridcase.policy;

import java.time.Instant;

/**
 * A set of tables that came into force together.
 *
 * @param id its number; a later release has a greater one
 * @param place place it is for, null for the shared tables
 * @param deploymentId the engine's id of the set
 * @param contentHash SHA-256 of the files, hexadecimal
 * @param fromFiles whether it came with the program, and not from the running product
 * @param releasedAt when it was made
 * @param effectiveFrom from when it is in force
 * @param by sign-in name of the person who released it
 * @param note what changed, in a sentence
 */
public record Release(long id, String place, String deploymentId, String contentHash, boolean fromFiles,
		Instant releasedAt, Instant effectiveFrom, String by, String note) {

}
