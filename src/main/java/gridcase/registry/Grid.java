package gridcase.registry;

/**
 * A piece of a place, from the whole district down to a building (网格).
 *
 * @param place place code
 * @param code its code, unique over all places
 * @param parent code of the grid around it, or null for the root
 * @param name its name
 * @param kind what people there call such a piece (街道, 社区, 单元网格 …)
 * @param tier key of the handling tier that sits here, or null when it is too small for
 * one
 * @param type {@code STREET_LANE}, {@code BUILDING_COURT}, {@code UNIT_SITE},
 * {@code RURAL} or {@code OTHER}
 * @param households number of households, or null when not known
 * @param path codes from the root down to this grid, each followed by a slash
 * @param note a remark, or null
 */
public record Grid(String place, String code, String parent, String name, String kind, String tier, String type,
		Integer households, String path, String note) {

}
