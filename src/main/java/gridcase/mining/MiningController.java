package gridcase.mining;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import gridcase.clock.PlatformClock;
import gridcase.mining.Mining.Diagram;
import gridcase.mining.Mining.Figure;
import gridcase.mining.Mining.Week;
import gridcase.mining.MiningAccess.Asked;
import gridcase.mining.MiningDesk.Chosen;
import gridcase.mining.MiningDesk.Selection;
import gridcase.registry.Catalogue;
import gridcase.registry.Category;
import gridcase.registry.Units;
import gridcase.security.CurrentPerson;
import gridcase.web.WorkingTimes;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;

/** How cases really ran, as pages (流程分析). */
@Controller
@RequestMapping("/mining")
class MiningController {

	private static final int UNITS = 12;

	private final MiningDesk desk;

	private final MiningAccess access;

	private final Mining mining;

	private final Catalogue catalogue;

	private final Units units;

	private final WorkingTimes times;

	private final PlatformClock clock;

	private final ObjectMapper json;

	MiningController(MiningDesk desk, MiningAccess access, Mining mining, Catalogue catalogue, Units units,
			WorkingTimes times, PlatformClock clock, ObjectMapper json) {
		this.desk = desk;
		this.access = access;
		this.mining = mining;
		this.catalogue = catalogue;
		this.units = units;
		this.times = times;
		this.clock = clock;
		this.json = json;
	}

	@GetMapping
	String heat(CurrentPerson person, Selection selection, @RequestParam(required = false) String diagram,
			@RequestParam(defaultValue = "times") String by, Model model) {
		Asked asked = begin(person, selection, "heat", model);
		List<Diagram> diagrams = this.mining.diagrams(asked.scope());
		model.addAttribute("sums", this.mining.sums(asked.scope()));
		model.addAttribute("diagrams", diagrams);
		model.addAttribute("by", by);
		if (!diagrams.isEmpty()) {
			Diagram shown = this.desk.diagram(diagrams, diagram);
			model.addAttribute("diagram", shown);
			model.addAttribute("elements", this.mining.heat(asked.scope(), shown.id()));
		}
		return "mining/mining";
	}

	@GetMapping("/diagram")
	@ResponseBody
	Map<String, Object> diagram(CurrentPerson person, Selection selection,
			@RequestParam(required = false) String diagram) {
		Asked asked = this.desk.choose(person, selection).asked();
		Map<String, Object> drawn = this.desk.drawn(asked.scope(),
				this.desk.diagram(this.mining.diagrams(asked.scope()), diagram));
		MiningPage page = page(asked);
		Map<String, Object> links = new LinkedHashMap<>();
		Map<String, Object> lengths = new LinkedHashMap<>();
		((List<?>) drawn.get("elements")).stream().map(Mining.Heat.class::cast).forEach((heat) -> {
			links.put(heat.element(),
					page.cases("definition", ((Diagram) drawn.get("diagram")).id(), "element", heat.element()));
			lengths.put(heat.element(), page.length(heat.totalSeconds() / Math.max(1, heat.times())));
		});
		drawn.put("links", links);
		drawn.put("lengths", lengths);
		return drawn;
	}

	@GetMapping("/variants")
	String variants(CurrentPerson person, Selection selection, Model model) {
		Asked asked = begin(person, selection, "variants", model);
		model.addAttribute("variants", this.mining.variants(asked.scope(), Mining.VARIANTS));
		return "mining/mining";
	}

	@GetMapping("/units")
	String units(CurrentPerson person, Selection selection, Model model) {
		Asked asked = begin(person, selection, "units", model);
		List<Mining.Passed> passed = this.mining.passed(asked.scope());
		model.addAttribute("passed", passed);
		model.addAttribute("matrix", MiningPage.matrix(passed, UNITS));
		return "mining/mining";
	}

	@GetMapping("/loops")
	String loops(CurrentPerson person, Selection selection, Model model) {
		Asked asked = begin(person, selection, "loops", model);
		model.addAttribute("sums", this.mining.sums(asked.scope()));
		model.addAttribute("repeats", this.mining.repeats(asked.scope()));
		model.addAttribute("loops", this.mining.loops(asked.scope()));
		return "mining/mining";
	}

	@GetMapping("/time")
	String time(CurrentPerson person, Selection selection, Model model) throws JsonProcessingException {
		Asked asked = begin(person, selection, "time", model);
		List<Week> weeks = this.mining.weeks(asked.scope());
		List<Object> columns = new ArrayList<>(new TreeSet<>(weeks.stream().map(Week::week).toList()));
		Map<String, Map<Object, Week>> rows = new LinkedHashMap<>();
		this.mining.stages(asked.scope()).forEach((stage) -> rows.put(stage.name(), new LinkedHashMap<>()));
		weeks.forEach(
				(week) -> rows.computeIfAbsent(week.stage(), (stage) -> new LinkedHashMap<>()).put(week.week(), week));
		rows.values().removeIf(Map::isEmpty);
		model.addAttribute("stages", this.mining.stages(asked.scope()));
		model.addAttribute("weeks", columns);
		model.addAttribute("rows", rows);
		List<Map<String, Object>> series = new ArrayList<>();
		rows.forEach((stage, ofStage) -> {
			List<Object> values = new ArrayList<>();
			columns.forEach((week) -> values
				.add(ofStage.containsKey(week) ? Math.round(ofStage.get(week).seconds() / 360.0) / 10.0 : null));
			series.add(Map.of("name", stage, "values", values));
		});
		model.addAttribute("chart", this.json
			.writeValueAsString(Map.of("weeks", columns.stream().map(Object::toString).toList(), "series", series)));
		return "mining/mining";
	}

	@GetMapping("/compare")
	String compare(CurrentPerson person, Selection selection, @RequestParam(required = false) String otherPlace,
			@RequestParam(required = false) java.time.LocalDate otherFrom,
			@RequestParam(required = false) java.time.LocalDate otherTo,
			@RequestParam(required = false) String otherCategory, Model model) {
		Asked asked = begin(person, selection, "compare", model);
		Chosen other = this.desk.other(person, asked, new Selection(otherPlace, otherFrom, otherTo, otherCategory));
		model.addAttribute("behind", (int) model.getAttribute("behind") + other.behind());
		model.addAttribute("other", other.asked());
		model.addAttribute("otherPage", page(other.asked()));
		model.addAttribute("comparison", this.mining.compare(asked.scope(), other.asked().scope()));
		model.addAttribute("otherCategories", categories(other.asked()));
		return "mining/mining";
	}

	@GetMapping("/export")
	String export(CurrentPerson person, Selection selection, Model model) {
		Asked asked = begin(person, selection, "export", model);
		model.addAttribute("sums", this.mining.sums(asked.scope()));
		model.addAttribute("formats", ExportFormat.values());
		return "mining/mining";
	}

	@GetMapping("/cases")
	String cases(CurrentPerson person, Selection selection, Figure figure,
			@RequestParam(name = "page", defaultValue = "1") int number, Model model) {
		Asked asked = begin(person, selection, "cases", model);
		model.addAttribute("cases", this.desk.cases(person, asked, figure, number));
		model.addAttribute("figure", figure);
		model.addAttribute("number", Math.max(1, number));
		model.addAttribute("pages", Mining.PAGE);
		return "mining/mining";
	}

	private Asked begin(CurrentPerson person, Selection selection, String view, Model model) {
		Chosen chosen = this.desk.choose(person, selection);
		Asked asked = chosen.asked();
		model.addAttribute("view", view);
		model.addAttribute("asked", asked);
		model.addAttribute("behind", chosen.behind());
		model.addAttribute("places", this.access.places(person));
		model.addAttribute("categories", categories(asked));
		model.addAttribute("mine", page(asked));
		return asked;
	}

	private MiningPage page(Asked asked) {
		return new MiningPage(asked, this.units, this.times, this.clock.now());
	}

	/** Categories of a place by the name of their class. */
	private Map<String, List<Category>> categories(Asked asked) {
		Map<String, List<Category>> classes = new LinkedHashMap<>();
		this.catalogue.categories(asked.place().code(), this.clock.now())
			.stream()
			.filter((category) -> !category.internal())
			.forEach((category) -> classes.computeIfAbsent(category.className(), (name) -> new ArrayList<>())
				.add(category));
		return classes;
	}

}
