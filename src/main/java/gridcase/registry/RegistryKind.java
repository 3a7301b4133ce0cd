package gridcase.registry;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import gridcase.registry.Column.Type;

/** The kinds of registry files, in the order they have to be loaded. */
enum RegistryKind {

	PLACES("places", "place", Column.key("code", Type.PLACE_CODE), Column.required("name", Type.TEXT),
			Column.required("case_prefix", Type.PREFIX), Column.optional("admin_code", Type.CODE),
			Column.required("calendar", Type.CODE), Column.optional("household_limits", Type.HOUSEHOLD_LIMITS),
			Column.required("demo", Type.BOOLEAN), Column.optional("note", Type.TEXT)),

	TIERS("tiers", "tier", Column.key("tier", Type.KEY), Column.required("level", Type.INTEGER),
			Column.required("name", Type.TEXT), Column.optional("loop", Type.KEY).in("MICRO", "SMALL", "LARGE")),

	GRIDS("grids", "grid", Column.key("code", Type.CODE), Column.optional("parent", Type.CODE),
			Column.required("name", Type.TEXT), Column.required("kind", Type.TEXT),
			Column.optional("tier", Type.KEY).of("tiers"),
			Column.required("type", Type.KEY).in("STREET_LANE", "BUILDING_COURT", "UNIT_SITE", "RURAL", "OTHER"),
			Column.optional("households", Type.INTEGER), Column.optional("note", Type.TEXT)),

	SHAPES("shapes", "grid_shape", Column.key("grid", Type.CODE).of("grids"), Column.required("geometry", Type.TEXT),
			Column.required("longitude", Type.DEGREES), Column.required("latitude", Type.DEGREES)),

	UNITS("units", "unit", Column.key("code", Type.CODE), Column.required("name", Type.TEXT),
			Column.required("functions", Type.FUNCTIONS), Column.required("tier", Type.KEY).of("tiers"),
			Column.required("grid", Type.CODE).of("grids"), Column.optional("phone", Type.TEXT),
			Column.required("active", Type.BOOLEAN), Column.optional("published", Type.TEXT).in("phone")),

	WORK_GROUPS("work-groups", "work_group", Column.key("code", Type.CODE), Column.required("name", Type.TEXT),
			Column.required("unit", Type.CODE).of("units"), Column.optional("members", Type.CODES).of("units"),
			Column.optional("note", Type.TEXT)),

	STAFF("staff", "staff", Column.key("login", Type.CODE), Column.required("name", Type.TEXT),
			Column.optional("title", Type.TEXT), Column.optional("unit", Type.CODE).of("units"),
			Column.optional("phone", Type.TEXT), Column.optional("email", Type.EMAIL),
			Column.required("active", Type.BOOLEAN), Column.required("demo", Type.BOOLEAN),
			Column.optional("published", Type.TEXT).in("name", "name phone")),

	DUTIES("duties", "duty", Column.key("staff", Type.CODE).of("staff"),
			Column.key("role", Type.CODE).in(Roles.ALL.toArray(new String[0])),
			Column.optional("grid", Type.CODE).of("grids").asKey(),
			Column.optional("unit", Type.CODE).of("units").asKey(), Column.optional("since", Type.DATE).asKey(),
			Column.optional("until", Type.DATE)),

	SHIFTS("shifts", "shift", Column.key("role", Type.CODE).in(Roles.ALL.toArray(new String[0])),
			Column.optional("grid", Type.CODE).of("grids").asKey(),
			Column.optional("unit", Type.CODE).of("units").asKey(), Column.key("staff", Type.CODE).of("staff"),
			Column.key("starts", Type.DATE_TIME), Column.required("ends", Type.DATE_TIME)),

	ABSENCES("absences", "absence", Column.key("staff", Type.CODE).of("staff"), Column.key("since", Type.DATE_TIME),
			Column.required("until", Type.DATE_TIME), Column.required("substitute", Type.CODE).of("staff"),
			Column.optional("reason", Type.TEXT)),

	CATEGORIES("categories", "category", Column.key("code", Type.CODE), Column.required("class_code", Type.CODE),
			Column.required("class_name", Type.TEXT), Column.required("name", Type.TEXT),
			Column.required("kind", Type.TEXT).in("component", "event"), Column.optional("filing_condition", Type.TEXT),
			Column.optional("closing_condition", Type.TEXT), Column.optional("published", Type.BOOLEAN),
			Column.optional("process", Type.CODE), Column.optional("internal", Type.BOOLEAN)),

	CONDITIONS("conditions", "category_condition", Column.key("category", Type.CODE).of("categories"),
			Column.key("condition_no", Type.CODE), Column.required("filing_condition", Type.TEXT),
			Column.required("closing_condition", Type.TEXT), Column.optional("limit_text", Type.TEXT),
			Column.optional("limit_value", Type.DECIMAL), Column.optional("limit_unit", Type.KEY),
			Column.optional("handling_unit", Type.TEXT), Column.optional("supervising_unit", Type.TEXT));

	private final String label;

	private final String table;

	private final List<Column> columns;

	RegistryKind(String label, String table, Column... columns) {
		this.label = label;
		this.table = table;
		this.columns = List.of(columns);
	}

	static Optional<RegistryKind> find(String label) {
		return Arrays.stream(values()).filter((kind) -> kind.label.equals(label)).findFirst();
	}

	/** As in file names and addresses. */
	String label() {
		return this.label;
	}

	String table() {
		return this.table;
	}

	/** Name of the file that comes with a place. */
	String file() {
		return (this == SHAPES) ? "grids.geojson" : this.label + ".csv";
	}

	/** What its files are: {@code text/csv}, outlines {@code application/geo+json}. */
	String mediaType() {
		return (this == SHAPES) ? "application/geo+json" : "text/csv";
	}

	List<Column> columns() {
		return this.columns;
	}

	List<Column> keys() {
		return this.columns.stream().filter(Column::key).toList();
	}

	/**
	 * Whether a file belongs to one place; {@code false} only for the places themselves.
	 */
	boolean perPlace() {
		return this != PLACES;
	}

	/** Whether a file may be shared by all places. */
	boolean shareable() {
		return this == CATEGORIES || this == CONDITIONS;
	}

	/** Whether a code may be used by one place only. */
	boolean uniqueOverPlaces() {
		return this == GRIDS || this == UNITS || this == STAFF;
	}

}
