package gridcase.evaluation;

import java.time.Instant;
import java.util.List;

/**
 * Where the cases registered in the period stand, by class of category. Every case is
 * counted in exactly one state, so each row and the total add up.
 *
 * @param place place code
 * @param rows one per class, by its code
 * @param total the sum of the rows
 * @param openCases the cases counted as open, by number; the first {@value #LISTED}
 */
public record CategoryReport(String place, List<Row> rows, Row total, List<OpenCase> openCases) {

	/** How many open cases are listed by name at most. */
	public static final int LISTED = 100;

	/**
	 * The cases of one class.
	 *
	 * @param code code of the class, or null in the total
	 * @param name its name, or null in the total
	 * @param registered all of them
	 * @param closed closed
	 * @param followUp handled, and being checked on the spot or with the reporter
	 * @param open neither of the two
	 * @param notFiled refused
	 * @param merged part of another case
	 */
	public record Row(String code, String name, int registered, int closed, int followUp, int open, int notFiled,
			int merged) {

	}

	/**
	 * A case that is still to be handled.
	 *
	 * @param caseNo its number
	 * @param title one line that names the matter
	 * @param className its class
	 * @param stageName name of the present stage in the place's diagram
	 * @param holder sign-in name of who has it, or null while it waits in a pool
	 * @param reportedAt when it arrived
	 * @param dueAt the deadline that runs out first, or null
	 */
	public record OpenCase(String caseNo, String title, String className, String stageName, String holder,
			Instant reportedAt, Instant dueAt) {

	}

}
