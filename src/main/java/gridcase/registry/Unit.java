package gridcase.registry;

import java.util.List;

/**
 * A department, work group or team that handles cases (单位).
 *
 * @param place place code
 * @param code its code, unique over all places
 * @param name its name
 * @param functions what it is there for, the main function first; {@code *} at the end:
 * also everything nobody else of its tier is there for
 * @param tier key of the tier it works at
 * @param grid code of the part of the place it serves, with everything below
 * @param phone its telephone, or null
 * @param active whether it takes cases at present
 * @param phonePublished whether residents may be told its telephone
 */
public record Unit(String place, String code, String name, List<String> functions, String tier, String grid,
		String phone, boolean active, boolean phonePublished) {

}
