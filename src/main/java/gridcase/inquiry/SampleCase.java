package gridcase.inquiry;

import java.time.Instant;

/**
 * A case of a sample.
 *
 * @param no its place in the draw, from 1
 * @param caseNo its number
 * @param title what it is about, or null if it is not stored any more
 * @param category its category, or null
 * @param state its state, or null
 * @param stratum what it was drawn from
 * @param verdict {@code IN_ORDER}, {@code FINDING} or null while nobody has looked
 * @param note what was noted, or null
 * @param finding number of the finding, or null
 * @param lookedBy sign-in name of who looked, or null
 * @param lookedAt when, or null
 */
public record SampleCase(int no, String caseNo, String title, String category, String state, String stratum,
		String verdict, String note, Long finding, String lookedBy, Instant lookedAt) {

}
