/**
 * Figures for the places: computed from the stored cases each time they are asked for.
 */
package gridcase.evaluation;
