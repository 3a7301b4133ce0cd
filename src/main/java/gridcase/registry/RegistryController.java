package gridcase.registry;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import gridcase.shared.LoadRefused;
import gridcase.shared.Refusal;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.tags.Tag;

import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Registries over REST: read them, load a file. */
@RestController
@RequestMapping("/api/v1/registry")
@Tag(name = "Registries", description = "Places, tiers, grids, units, people, duties and the case catalogue")
class RegistryController {

	private final RegistryLoader loader;

	private final RegistryStore store;

	private final MessageSource messages;

	RegistryController(RegistryLoader loader, RegistryStore store, MessageSource messages) {
		this.loader = loader;
		this.store = store;
		this.messages = messages;
	}

	@GetMapping
	@Operation(summary = "Kinds of registries with the columns of their files, in the order they have to be loaded")
	List<KindView> kinds() {
		return Arrays.stream(RegistryKind.values()).map(KindView::of).toList();
	}

	@GetMapping("/{kind}")
	@Operation(summary = "Rows of one kind that hold on a day",
			description = "Without place: the places themselves, or the catalogue every place shares.")
	List<Map<String, Object>> read(@PathVariable String kind, @RequestParam(required = false) String place,
			@RequestParam(required = false) LocalDate at) {
		return this.loader.read(kind(kind), place, (at != null) ? at : this.store.today());
	}

	@PostMapping(path = "/{kind}", consumes = "text/csv")
	@Operation(summary = "Load a CSV file, all of it or nothing",
			description = "A changed row is closed and opened anew from the given day (today if none is given). "
					+ "With complete=true the file names all rows there are, and others are closed.",
			requestBody = @io.swagger.v3.oas.annotations.parameters.RequestBody(
					content = @Content(mediaType = "text/csv", examples = @ExampleObject("""
							tier,level,name,loop
							COMMUNITY,1,社区网格,MICRO
							STREET,2,街道,SMALL
							"""))))
	LoadReport load(@PathVariable String kind, @RequestParam(required = false) String place,
			@RequestParam(required = false) LocalDate from, @RequestParam(defaultValue = "false") boolean complete,
			@RequestBody byte[] content) {
		return this.loader.load(csv(kind), place, (from != null) ? from : this.store.today(), complete, content);
	}

	@PostMapping(path = "/shapes", consumes = { "application/geo+json", MediaType.APPLICATION_JSON_VALUE })
	@Operation(summary = "Load the outlines of grids, all of them or nothing",
			description = "GeoJSON (RFC 7946): a FeatureCollection of Polygons or MultiPolygons in WGS 84, longitude first; "
					+ "the property code names the grid. Every faulty feature is named.",
			requestBody = @io.swagger.v3.oas.annotations.parameters.RequestBody(content = @Content(
					mediaType = "application/geo+json",
					examples = @ExampleObject("""
							{"type": "FeatureCollection", "features": [
							{"type": "Feature", "properties": {"code": "11010802200101"}, "geometry": {"type": "Polygon",
							"coordinates": [[[116.30, 40.03], [116.31, 40.03], [116.31, 40.04], [116.30, 40.03]]]}}]}
							"""))))
	LoadReport loadShapes(@RequestParam String place, @RequestParam(required = false) LocalDate from,
			@RequestParam(defaultValue = "false") boolean complete, @RequestBody byte[] content) {
		return this.loader.load(RegistryKind.SHAPES, place, (from != null) ? from : this.store.today(), complete,
				content);
	}

	@GetMapping(path = "/shapes", produces = "application/geo+json")
	@Operation(summary = "The outlines of a place's grids that hold on a day, as GeoJSON")
	String shapes(@RequestParam String place, @RequestParam(required = false) LocalDate at) {
		return this.store.day((at != null) ? at : this.store.today()).shapesOfPlace.getOrDefault(place, List.of())
			.stream()
			.map((shape) -> "{\"type\":\"Feature\",\"properties\":{\"code\":\"" + shape.grid() + "\"},\"geometry\":"
					+ shape.geometry() + "}")
			.collect(Collectors.joining(",\n", "{\"type\":\"FeatureCollection\",\"features\":[\n", "\n]}\n"));
	}

	@ExceptionHandler
	ProblemDetail refused(LoadRefused refused) {
		ProblemDetail problem = ProblemDetail.forStatusAndDetail(HttpStatus.BAD_REQUEST,
				text("registry.refused", refused.problems().size()));
		problem.setProperty("rows", refused.problems());
		return problem;
	}

	private RegistryKind csv(String label) {
		RegistryKind kind = kind(label);
		if (kind == RegistryKind.SHAPES) {
			throw new Refusal(Refusal.Kind.INVALID, text("registry.problem.shape.csv", kind.mediaType()));
		}
		return kind;
	}

	private RegistryKind kind(String label) {
		return RegistryKind.find(label)
			.orElseThrow(() -> Refusal.notFound(text("registry.problem.kind", label,
					Arrays.stream(RegistryKind.values()).map(RegistryKind::label).collect(Collectors.joining(", ")))));
	}

	private String text(String code, Object... arguments) {
		return this.messages.getMessage(code, arguments, LocaleContextHolder.getLocale());
	}

	/**
	 * How a file has to look.
	 *
	 * @param kind kind of registry
	 * @param mediaType what its files are
	 * @param perPlace whether a file belongs to one place
	 * @param columns columns of the file; of outlines those of the registry
	 */
	record KindView(String kind, String mediaType, boolean perPlace, List<ColumnView> columns) {

		static KindView of(RegistryKind kind) {
			return new KindView(kind.label(), kind.mediaType(), kind.perPlace(),
					kind.columns()
						.stream()
						.map((column) -> new ColumnView(column.name(), column.required(), column.key(), column.target(),
								column.choices()))
						.toList());
		}

	}

	/**
	 * How a column has to look.
	 *
	 * @param name its name
	 * @param required whether it may not be empty
	 * @param key whether it tells rows apart
	 * @param codesOf the registry whose codes it names, or null
	 * @param choices the only words it may hold; empty: any
	 */
	record ColumnView(String name, boolean required, boolean key, String codesOf, List<String> choices) {

	}

}
