package gridcase.registry;

import java.math.BigDecimal;

/**
 * One numbered filing condition of a category with what closes it (立案条件、结案条件).
 *
 * @param place place code, or null when every place shares it
 * @param category code of the category
 * @param number number within the category, as text
 * @param filingCondition when such a case is filed
 * @param closingCondition when it may be closed
 * @param limitText the time limit in the words of the source, or null
 * @param limitValue its number, or null
 * @param limitUnit its unit as the source has it ({@code DAY_AS_WRITTEN} where it only
 * says 天), or null
 * @param handlingUnit who handles it in the words of the source, or null
 * @param supervisingUnit who supervises in the words of the source, or null
 */
public record CategoryCondition(String place, String category, String number, String filingCondition,
		String closingCondition, String limitText, BigDecimal limitValue, String limitUnit, String handlingUnit,
		String supervisingUnit) {

}
