package gridcase.trial;

/**
 * A trial has ended, in whatever way; told in the transaction that says so.
 *
 * @param trial the trial as it is now
 */
public record TrialEnded(Trial trial) {

}
