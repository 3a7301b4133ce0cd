/**
 * What can be said of rules without asking them: gaps, overlaps and dead rows of decision
 * tables, and how two versions of a table or diagram differ. Reads files, keeps nothing.
 */
package gridcase.analysis;
