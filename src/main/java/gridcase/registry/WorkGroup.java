package gridcase.registry;

import java.util.List;

/**
 * Units that act together (工作组).
 *
 * @param place place code
 * @param code its code
 * @param name its name
 * @param unit code of the unit that acts for the group
 * @param members codes of the member units
 * @param note a remark, or null
 */
public record WorkGroup(String place, String code, String name, String unit, List<String> members, String note) {

}
