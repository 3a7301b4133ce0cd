package gridcase.clock;

/** Which calendar a place uses; answered by the registry of places. */
@FunctionalInterface
public interface CalendarOfPlace {

	/**
	 * The calendar of a place.
	 * @param place code of the place
	 * @return code of its calendar
	 */
	String calendarOf(String place);

}
