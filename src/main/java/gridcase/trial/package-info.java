/**
 * Tries changed tables on decisions that were taken: on those of a past period, with what
 * it would have meant for deadlines, and beside the tables in force as time goes on.
 * Nothing of a case is touched.
 */
package gridcase.trial;
