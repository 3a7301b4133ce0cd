/**
 * The case: its file, who answers for it and holds it, its deadlines and open tasks, and
 * the only code that talks to the process engine.
 */
package gridcase.casework;
