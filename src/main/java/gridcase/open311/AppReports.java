package gridcase.open311;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import gridcase.casework.Report;
import gridcase.clock.PlatformClock;
import gridcase.form.FormView;
import gridcase.intake.Intake;
import gridcase.registry.Category;
import gridcase.registry.GridShapes;
import gridcase.registry.Place;
import gridcase.resident.GridSearch;
import gridcase.shared.Acting;
import gridcase.shared.FieldProblem;
import gridcase.shared.Refusal;

import org.springframework.stereotype.Component;
import org.springframework.util.MultiValueMap;

/** Makes cases of what apps send. */
@Component
class AppReports {

	private static final int TITLE_SHORTEST = 4;

	private static final int TITLE_LONGEST = 60;

	private static final BigDecimal POLE = BigDecimal.valueOf(90);

	private static final BigDecimal DATE_LINE = BigDecimal.valueOf(180);

	private static final String ATTRIBUTE = "attribute[";

	private final Intake intake;

	private final ServiceList services;

	private final GridSearch grids;

	private final GridShapes shapes;

	private final PublicNumbers numbers;

	private final PlatformClock clock;

	AppReports(Intake intake, ServiceList services, GridSearch grids, GridShapes shapes, PublicNumbers numbers,
			PlatformClock clock) {
		this.intake = intake;
		this.services = services;
		this.grids = grids;
		this.shapes = shapes;
		this.numbers = numbers;
		this.clock = clock;
	}

	/**
	 * A report that was taken.
	 *
	 * @param caseNo number of its case
	 * @param grid name of the grid it was put to
	 */
	record Taken(String caseNo, String grid) {

	}

	/**
	 * Takes a report.
	 * @param place the place
	 * @param app name of the app that sends it
	 * @param input arguments as the standard names them
	 * @param key the app's own key for this report, or null
	 * @throws Refusal naming every argument to be mended; nothing was stored then
	 */
	Taken take(Place place, String app, MultiValueMap<String, String> input, String key) {
		List<FieldProblem> problems = new ArrayList<>();
		String code = text(input, "service_code");
		Category category = this.services.find(place.code(), code).orElse(null);
		if (category == null) {
			problems
				.add(code.isEmpty() ? problem("service_code", "missing") : problem("service_code", "service", code));
		}
		String description = text(input, "description");
		if (description.isEmpty()) {
			problems.add(problem("description", "missing"));
		}
		GridSearch.Found grid = grid(place, input, problems);
		Map<String, Object> values = attributes(place, code, input, problems);
		if (!problems.isEmpty()) {
			throw Refusal.invalid(problems);
		}
		values.put("title", title(category, description));
		values.put("description", description(description, text(input, "media_url")));
		values.put("category", code);
		values.put("gridCode", grid.code());
		values.put("address", address(input, grid));
		put(values, "longitude", rounded(text(input, "long")));
		put(values, "latitude", rounded(text(input, "lat")));
		put(values, "reporterName", text(input, "last_name") + text(input, "first_name"));
		put(values, "reporterPhone", text(input, "phone"));
		String caseNo = Acting.as(Acting.RESIDENT, () -> {
			try {
				return this.intake.report(new Report(place.code(), "THIRD_PARTY", null, values), "~" + app, key,
						(number) -> this.numbers.give(number, app));
			}
			catch (Refusal refusal) {
				throw (refusal.kind() == Refusal.Kind.CONFLICT) ? Refusal.conflict(Open311Api.text("key-used"))
						: refusal;
			}
		});
		return new Taken(caseNo, grid.name());
	}

	/** The most exact of what was said; the whole place where it leads nowhere nearer. */
	private GridSearch.Found grid(Place place, MultiValueMap<String, String> input, List<FieldProblem> problems) {
		String id = text(input, "address_id");
		String address = text(input, "address_string");
		String lat = text(input, "lat");
		String lon = text(input, "long");
		if (!id.isEmpty()) {
			return this.grids.find(place.code(), id).orElseGet(() -> {
				problems.add(problem("address_id", "address_id", id));
				return null;
			});
		}
		if (address.isEmpty() && (lat.isEmpty() || lon.isEmpty())) {
			problems.add(problem("address_string", "where"));
			return null;
		}
		if (!lat.isEmpty() || !lon.isEmpty()) {
			within("lat", lat, POLE, problems);
			within("long", lon, DATE_LINE, problems);
		}
		return around(place, lat, lon, problems)
			.or(() -> this.grids.search(place.code(), address, 1).stream().findFirst())
			.orElseGet(() -> this.grids.whole(place.code()));
	}

	/** The grid the position lies in, if there is one and outlines are loaded. */
	private Optional<GridSearch.Found> around(Place place, String lat, String lon, List<FieldProblem> problems) {
		if (lat.isEmpty() || lon.isEmpty() || !problems.isEmpty()) {
			return Optional.empty();
		}
		return this.shapes.around(place.code(), Double.parseDouble(lon), Double.parseDouble(lat), this.clock.now())
			.flatMap((grid) -> this.grids.find(place.code(), grid.code()));
	}

	/** As exact as a report's form takes it: a millimetre. */
	private static String rounded(String degrees) {
		return degrees.isEmpty() ? degrees
				: new BigDecimal(degrees).setScale(8, RoundingMode.HALF_UP).stripTrailingZeros().toPlainString();
	}

	private static void within(String name, String value, BigDecimal most, List<FieldProblem> problems) {
		try {
			if (new BigDecimal(value).abs().compareTo(most) > 0) {
				problems.add(problem(name, "number", name, value));
			}
		}
		catch (NumberFormatException ex) {
			problems.add(problem(name, "number", name, value));
		}
	}

	/** Coordinates stay with the case in any event. */
	private static String address(MultiValueMap<String, String> input, GridSearch.Found grid) {
		String lat = text(input, "lat");
		String lon = text(input, "long");
		String address = text(input, "address_string");
		String said = address.isEmpty() ? grid.name() : address;
		return (lat.isEmpty() || lon.isEmpty()) ? said : Open311Api.text("coordinates", said, lat, lon);
	}

	private Map<String, Object> attributes(Place place, String code, MultiValueMap<String, String> input,
			List<FieldProblem> problems) {
		Map<String, Object> values = new LinkedHashMap<>();
		List<FormView.Field> fields = this.services.fields(place.code(), Map.of("category", code));
		// what the form presets holds unless something else is said
		fields.stream()
			.filter((field) -> !field.values().isEmpty())
			.forEach((field) -> values.put(field.key(), field.value()));
		input.forEach((name, given) -> {
			if (name.startsWith(ATTRIBUTE)) {
				String attribute = name.substring(ATTRIBUTE.length(), Math.max(ATTRIBUTE.length(), name.indexOf(']')));
				if (fields.stream().noneMatch((field) -> Objects.equals(field.key(), attribute))) {
					problems.add(problem(name, "attribute"));
				}
				else {
					values.put(attribute, (given.size() == 1) ? given.get(0) : given);
				}
			}
		});
		return values;
	}

	/** The first sentence; where that says too little, with the service before it. */
	private static String title(Category category, String description) {
		String sentence = description.split("[\\n。！？!?；;]", 2)[0].strip();
		String title = (sentence.length() >= TITLE_SHORTEST) ? sentence : category.name() + "：" + description;
		return (title.length() <= TITLE_LONGEST) ? title : title.substring(0, TITLE_LONGEST - 1) + "…";
	}

	/** Nothing is fetched from there: whoever handles the case may look. */
	private static String description(String description, String mediaUrl) {
		return Stream.of(description, mediaUrl.isEmpty() ? "" : Open311Api.text("media", mediaUrl))
			.filter((part) -> !part.isEmpty())
			.collect(Collectors.joining("\n"));
	}

	private static void put(Map<String, Object> values, String name, String value) {
		if (!value.isEmpty()) {
			values.put(name, value);
		}
	}

	private static String text(MultiValueMap<String, String> input, String name) {
		String value = input.getFirst(name);
		return (value != null) ? value.strip() : "";
	}

	private static FieldProblem problem(String field, String key, Object... values) {
		return new FieldProblem(field, field, Open311Api.text(key, values));
	}

}
