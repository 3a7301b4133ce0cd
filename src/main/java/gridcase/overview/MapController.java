package gridcase.overview;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import gridcase.casework.Remaining;
import gridcase.clock.PlatformClock;
import gridcase.overview.MapReader.Asked;
import gridcase.overview.Surroundings.CaseLine;
import gridcase.registry.Catalogue;
import gridcase.registry.Place;
import gridcase.security.ContentPolicy;
import gridcase.security.CurrentPerson;
import gridcase.web.Light;
import jakarta.servlet.http.HttpServletResponse;
import org.locationtech.jts.geom.Envelope;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;

/** The map page: the map itself, what was clicked, and all of it as text. */
@Controller
@RequestMapping("/map")
class MapController {

	private static final int LISTED = 12;

	private final MapReader reader;

	private final CaseMap map;

	private final GridCells cells;

	private final Surroundings surroundings;

	private final OverviewPlaces places;

	private final Catalogue catalogue;

	private final MapSettings settings;

	private final PlatformClock clock;

	MapController(MapReader reader, CaseMap map, GridCells cells, Surroundings surroundings, OverviewPlaces places,
			Catalogue catalogue, MapSettings settings, PlatformClock clock) {
		this.reader = reader;
		this.map = map;
		this.cells = cells;
		this.surroundings = surroundings;
		this.places = places;
		this.catalogue = catalogue;
		this.settings = settings;
		this.clock = clock;
	}

	@GetMapping
	String show(CurrentPerson person, Asked asked, @RequestParam(required = false) String grid,
			@RequestParam(name = "case", required = false) String caseNo, Model model, HttpServletResponse response) {
		Place place = this.places.choose(person, asked.place());
		chosen(person, grid, caseNo, model);
		list(person, asked, model);
		model.addAttribute("places", this.places.of(person));
		model.addAttribute("place", place);
		model.addAttribute("asked", asked);
		model.addAttribute("lightKeys", MapQuery.LIGHTS);
		model.addAttribute("stageKeys", MapQuery.STAGES);
		model.addAttribute("classes", classes(place.code()));
		Envelope extent = this.cells.extent(place.code());
		model.addAttribute("extent", extent.isNull() ? null
				: extent.getMinX() + "," + extent.getMinY() + "," + extent.getMaxX() + "," + extent.getMaxY());
		model.addAttribute("settings", this.settings);
		if (this.settings.origin() != null) {
			response.setHeader(ContentPolicy.HEADER, ContentPolicy.withImagesFrom(this.settings.origin()));
		}
		return "overview/map";
	}

	/** What was clicked; nothing yet is no mistake. */
	private void chosen(CurrentPerson person, String grid, String caseNo, Model model) {
		model.addAttribute("pages", this);
		model.addAttribute("panel", null);
		model.addAttribute("spot", null);
		if (caseNo != null && !caseNo.isBlank()) {
			model.addAttribute("spot", this.surroundings.around(person, caseNo));
		}
		else if (grid != null && !grid.isBlank()) {
			model.addAttribute("panel", this.surroundings.grid(person, grid));
		}
	}

	@GetMapping("/panel")
	String panel(CurrentPerson person, @RequestParam(required = false) String grid,
			@RequestParam(name = "case", required = false) String caseNo, Model model) {
		chosen(person, grid, caseNo, model);
		return "overview/map :: panel";
	}

	@GetMapping("/list")
	String list(CurrentPerson person, Asked asked, Model model) {
		MapQuery query = this.reader.query(person, asked);
		Viewport view = this.reader.viewport(query.place(), asked);
		boolean part = asked.box() != null && !asked.box().isBlank();
		CaseMap.Counted counted = this.map.count(query, view);
		List<MapView.Cell> grids = this.cells.cells(query.place(), view, counted.byGrid(), false)
			.stream()
			.filter((cell) -> cell.lights().total() > 0)
			.sorted(Comparator.comparing((MapView.Cell cell) -> -cell.lights().over())
				.thenComparing((cell) -> -cell.lights().warn())
				.thenComparing((cell) -> -cell.lights().total())
				.thenComparing(MapView.Cell::code))
			.toList();
		Lights seen = counted.clusters().stream().map(MapView.Cluster::lights).reduce(Lights.NONE, Lights::plus);
		model.addAttribute("pages", this);
		model.addAttribute("total", counted.all());
		model.addAttribute("unplaced", counted.unplaced());
		model.addAttribute("seen", part ? seen : counted.all());
		model.addAttribute("grids", grids.stream().limit(LISTED).toList());
		model.addAttribute("moreGrids", Math.max(0, grids.size() - LISTED));
		model.addAttribute("lines",
				this.surroundings.lines(query.place(), this.map.list(query, part ? view : null, LISTED), null));
		model.addAttribute("filtered", query.light() != null || query.category() != null || query.stage() != null);
		return "overview/map :: list";
	}

	@GetMapping("/view")
	@ResponseBody
	MapView view(CurrentPerson person, Asked asked) {
		return this.reader.view(person, asked);
	}

	/** Classes of the categories a place can report, by code. */
	private Map<String, String> classes(String place) {
		Map<String, String> classes = new LinkedHashMap<>();
		this.catalogue.categories(place, this.clock.now())
			.forEach((category) -> classes.putIfAbsent(category.classCode(), category.className()));
		return classes;
	}

	/** What is left of a limit, as lists show it; null without one. */
	public Light light(CaseLine line) {
		Remaining left = line.remaining();
		return (left != null) ? Light.of(left.light(), left.text(), left.usedPercent(), left.warnPercent()) : null;
	}

	/** A stored light as pages call it. */
	public String state(String stored) {
		return Light.of(stored, "", 0, 100).state();
	}

}
