package gridcase.casework;

import java.time.Instant;

/**
 * A stage of a case as its place's diagram draws and names it.
 *
 * @param id id of the diagram element
 * @param key canonical key
 * @param name name in the diagram
 * @param state {@code DONE}, {@code NOW} or {@code AHEAD}
 * @param since when the case last entered it, or null
 * @param until when it left it, or null
 */
public record StageView(String id, String key, String name, String state, Instant since, Instant until) {

}
