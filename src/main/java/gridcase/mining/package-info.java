/**
 * Process mining: how cases really ran. The event log for other people's tools (XES, OCEL
 * 2.0), and figures on the diagram, by variant, by unit and over time.
 */
package gridcase.mining;
