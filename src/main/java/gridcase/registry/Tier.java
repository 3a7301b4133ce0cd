package gridcase.registry;

/**
 * One step of a place's ladder of handling (层级).
 *
 * @param place place code
 * @param key its key, such as {@code STREET}
 * @param level 1 for the lowest
 * @param name its name in that place
 * @param loop {@code MICRO}, {@code SMALL}, {@code LARGE}, or null
 */
public record Tier(String place, String key, int level, String name, String loop) {

}
