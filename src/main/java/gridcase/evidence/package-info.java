/**
 * Proof that nothing was altered: daily signed roots over the chains of all cases, the
 * check of what is stored against them, and evidence packages that others can verify.
 */
package gridcase.evidence;
