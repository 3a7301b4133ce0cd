package gridcase.policy;

import java.time.Instant;
import java.util.Map;

/**
 * What somebody wants to release.
 *
 * @param place place code; null for the shared rules
 * @param files content of changed and new rules by file name; what kind of rule one is,
 * its ending tells
 * @param by sign-in name
 * @param note what changed, in a sentence
 * @param appliesTo whom it touches
 * @param effectiveFrom from when it is in force; null for at once
 */
public record ReleaseOrder(String place, Map<String, byte[]> files, String by, String note, AppliesTo appliesTo,
		Instant effectiveFrom) {

}
