package gridcase.registry;

/**
 * A jurisdiction that runs the platform (辖区).
 *
 * @param code its code, also the tenant of its diagrams and tables
 * @param name its name
 * @param casePrefix what its case numbers begin with
 * @param adminCode administrative code, or null
 * @param calendar code of its working calendar
 * @param householdLimits how many households a grid of each type may have, such as
 * {@code RURAL:100-300}, separated by spaces, or null
 * @param demo whether it was invented for demonstration
 * @param note a remark, or null
 */
public record Place(String code, String name, String casePrefix, String adminCode, String calendar,
		String householdLimits, boolean demo, String note) {

}
