/**
 * What people who are not signed in can do: report, follow their case and answer for the
 * result, see who is on duty for a grid.
 */
package gridcase.resident;
