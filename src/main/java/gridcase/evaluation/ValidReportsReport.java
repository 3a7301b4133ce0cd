package gridcase.evaluation;

import java.math.BigDecimal;
import java.util.List;

/**
 * How many of the reports that grid workers made in the period were valid: filed as a
 * case or handled on the spot, not rejected and no repetition of another.
 *
 * @param place place code
 * @param rows one per reporter, most reports first
 * @param total all of them together; reporter and name are null
 */
public record ValidReportsReport(String place, List<Row> rows, Row total) {

	/**
	 * The reports of one person.
	 *
	 * @param reporter sign-in name
	 * @param name name
	 * @param reported reports made
	 * @param valid of these, filed or handled on the spot
	 * @param notFiled of these, not filed
	 * @param merged of these, told of a case there was already
	 * @param waiting of these, not decided yet
	 * @param ratePercent valid of reported in percent, rounded half up to 0.1; null
	 * without reports
	 */
	public record Row(String reporter, String name, int reported, int valid, int notFiled, int merged, int waiting,
			BigDecimal ratePercent) {

	}

}
