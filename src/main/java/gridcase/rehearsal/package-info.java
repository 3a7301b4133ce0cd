/**
 * Stories played through the real platform on the rehearsal clock: the demo cases of the
 * first start, and runs that end with their figures checked.
 */
package gridcase.rehearsal;
