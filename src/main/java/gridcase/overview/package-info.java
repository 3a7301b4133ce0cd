/**
 * What is where and how it stands: the map and the command board of a place, counted by
 * the database from the cases as they are stored.
 */
package gridcase.overview;
