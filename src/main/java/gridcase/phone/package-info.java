/**
 * What the phone pages share: large type, the way back to a lost connection, what is kept
 * on the phone. The pages themselves belong to the modules whose data they show.
 */
package gridcase.phone;
