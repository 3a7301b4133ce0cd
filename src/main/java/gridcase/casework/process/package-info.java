/**
 * The bridge between cases and the process engine: one class per service task, the names
 * diagrams use, and the listeners that keep stages, inbox and deadlines in step.
 */
package gridcase.casework.process;
