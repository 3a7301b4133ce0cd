/**
 * What everything runs on: the database (embedded unless configured), the process
 * engine's settings, and the guards that refuse an unsafe start.
 */
package gridcase.platform;
