package gridcase.evaluation;

import java.util.List;

/**
 * What the units did with the cases registered in the period.
 *
 * @param place place code
 * @param rows one per unit that signed for a case or passed one on, busiest first
 */
public record UnitReport(String place, List<Row> rows) {

	/**
	 * The cases of one unit.
	 *
	 * @param unit code of the unit
	 * @param name its name
	 * @param led cases it had in hand as the lead
	 * @param helped cases it helped with
	 * @param closed of the cases it led, how many are closed
	 * @param breached of the cases it led, in how many a limit was breached, excused or
	 * not
	 * @param excused of those, in how many every breach has been excused
	 * @param refused how often it refused to sign (推诿), with what reason ever
	 * @param passedOn how often it handed a case on or back after it had signed
	 * @param workingMinutes office time its people had them in hand, as far as handed on
	 */
	public record Row(String unit, String name, int led, int helped, int closed, int breached, int excused, int refused,
			int passedOn, long workingMinutes) {

	}

}
