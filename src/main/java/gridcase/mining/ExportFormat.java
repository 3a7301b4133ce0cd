package gridcase.mining;

/** How an event log is written. */
public enum ExportFormat {

	/** IEEE 1849-2016. */
	XES("xes", "application/xml"),
	/** OCEL 2.0 as JSON. */
	OCEL_JSON("jsonocel", "application/json"),
	/** OCEL 2.0 as XML. */
	OCEL_XML("xmlocel", "application/xml"),
	/** OCEL 2.0 as a SQLite database. */
	OCEL_SQLITE("sqlite", "application/vnd.sqlite3");

	private final String suffix;

	private final String mediaType;

	ExportFormat(String suffix, String mediaType) {
		this.suffix = suffix;
		this.mediaType = mediaType;
	}

	/** What file names end with. */
	public String suffix() {
		return this.suffix;
	}

	/** Its media type. */
	public String mediaType() {
		return this.mediaType;
	}

}
