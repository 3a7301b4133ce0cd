/**
 * Watching the watchers: what administrators, policy staff and auditors read and do goes
 * on record, case contents are shown for a reason where the rules say so; and how long
 * cases are kept.
 */
package gridcase.oversight;
