package gridcase.studio;

import java.time.Instant;

import gridcase.policy.RuleType;

/**
 * A file of a draft.
 *
 * @param draftId draft it belongs to
 * @param name file name, such as {@code time-limit.dmn}
 * @param type kind of rule, by its ending
 * @param key name without ending
 * @param content the file as it will be
 * @param base the file that was in force when it was taken up, null for a new rule
 * @param baseRelease release of that, null for a new rule
 * @param basePlace place that owned it; null if it was the shared one, or for a new rule
 * @param baseVersion version of that, null for a new rule
 * @param changedBy sign-in name of the person who changed it last
 * @param changedAt when
 * @param version counts the changes of this file, from 1
 */
public record DraftFile(long draftId, String name, RuleType type, String key, byte[] content, byte[] base,
		Long baseRelease, String basePlace, Integer baseVersion, String changedBy, Instant changedAt, long version) {

}
