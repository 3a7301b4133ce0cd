/** A report arrives (grid worker, hotline, patrol …) and becomes a case, once. */
package gridcase.intake;
