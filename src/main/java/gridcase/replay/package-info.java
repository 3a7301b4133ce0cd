/** A case told again moment by moment, from what was stored then. */
package gridcase.replay;
