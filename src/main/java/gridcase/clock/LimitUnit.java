package gridcase.clock;

/** What a limit counts. */
public enum LimitUnit {

	/** 紧急工作时: an hour, day and night. */
	URGENT_HOUR(false),
	/** 紧急工作日: twenty-four hours, day and night. */
	URGENT_DAY(false),
	/** 工作时: an hour of office time. */
	WORK_HOUR(true),
	/**
	 * 工作日: as much office time as the calendar's standard office day has, never
	 * twenty-four hours.
	 */
	WORK_DAY(true),
	/** 自然日: the same time of day, one date later. */
	CALENDAR_DAY(false);

	private final boolean officeTime;

	LimitUnit(boolean officeTime) {
		this.officeTime = officeTime;
	}

	/**
	 * Whether only office time counts.
	 * @return false if the unit runs day and night
	 */
	public boolean countsOfficeTime() {
		return this.officeTime;
	}

}
