package gridcase.registry;

/**
 * One kind of case (案件类别).
 *
 * @param place place code, or null when every place shares it
 * @param code its code
 * @param classCode code of its class
 * @param className name of its class
 * @param name its name
 * @param kind {@code component} or {@code event}
 * @param filingCondition when such a case is filed, or null when its numbered conditions
 * say so
 * @param closingCondition when it may be closed, or null when its numbered conditions say
 * so
 * @param published whether anybody may see that there is such a case, where and how far
 * it is
 * @param process key of the diagram its cases run through, null for the loop of all cases
 * @param internal whether it is a matter of the house itself: nobody reports one, and
 * boards, ledgers and reports count none
 */
public record Category(String place, String code, String classCode, String className, String name, String kind,
		String filingCondition, String closingCondition, boolean published, String process, boolean internal) {

}
