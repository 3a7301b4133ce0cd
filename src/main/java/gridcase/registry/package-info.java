/**
 * Who and what exists: places, tiers, grids, units, people and their duties, the case
 * catalogue. Every row holds from a day to a day; files load it, nothing overwrites it.
 * Knows nothing of engines.
 */
package gridcase.registry;
