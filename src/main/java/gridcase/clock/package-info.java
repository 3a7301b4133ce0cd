/**
 * What time it is and how much of it counts: the platform's clock (which a rehearsal may
 * move), limits, and the working calendars they run on.
 */
package gridcase.clock;
