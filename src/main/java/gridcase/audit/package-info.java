/** Who did what, when, by which rule: append-only and chained by hashes. */
package gridcase.audit;
