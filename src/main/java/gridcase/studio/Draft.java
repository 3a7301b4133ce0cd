package gridcase.studio;

import java.time.Instant;

import gridcase.policy.AppliesTo;

/**
 * A change of rules in work: what will be released together.
 *
 * @param id its number
 * @param place place the rules are for, null for those of all places
 * @param title what it is about, in a few words
 * @param note what changes and why, in sentences; becomes the release's note
 * @param author sign-in name of the person who began it
 * @param state how far it is
 * @param appliesTo whom it will touch
 * @param effectiveFrom from when it is to be in force; null for the moment of release
 * @param urgent whether it is released first and approved afterwards
 * @param caseNo number of the case that its way into force is, null before it is
 * submitted
 * @param releaseId release it became, null before
 * @param createdAt when it was begun
 * @param changedAt when anything of it changed last
 * @param version counts the changes; a change names the version it was made from
 */
public record Draft(long id, String place, String title, String note, String author, DraftState state,
		AppliesTo appliesTo, Instant effectiveFrom, boolean urgent, String caseNo, Long releaseId, Instant createdAt,
		Instant changedAt, long version) {

}
