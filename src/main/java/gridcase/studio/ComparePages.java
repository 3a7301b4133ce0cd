package gridcase.studio;

import java.util.HashMap;
import java.util.Map;

import gridcase.analysis.DiagramDiff;
import gridcase.analysis.FormDiff;
import gridcase.analysis.TableDiff;
import gridcase.policy.RuleType;
import gridcase.security.CurrentPerson;

import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;

/** Two released versions of a rule side by side. */
@Controller
class ComparePages {

	private final Comparisons comparisons;

	private final RuleDomains domains;

	private final DraftDesk desk;

	ComparePages(Comparisons comparisons, RuleDomains domains, DraftDesk desk) {
		this.comparisons = comparisons;
		this.domains = domains;
		this.desk = desk;
	}

	@GetMapping("/studio/compare")
	String compare(CurrentPerson person, @RequestParam RuleType type, @RequestParam String key,
			@RequestParam(required = false) String place, @RequestParam(required = false) Integer from,
			@RequestParam(required = false) Integer to, @RequestParam(defaultValue = "all") String show, Model model) {
		String owner = owner(place);
		Comparison comparison = this.comparisons.of(person, type, key, owner, from, to);
		model.addAttribute("it", comparison);
		model.addAttribute("placeName", this.desk.place(owner));
		model.addAttribute("only", show.equals("only"));
		Map<String, String> names = new HashMap<>();
		comparison.versions().forEach((version) -> names.computeIfAbsent(version.by(), this.desk::name));
		model.addAttribute("names", names);
		if (comparison.table() != null) {
			model.addAttribute("table", ReadTable.of(comparison.now(), this.domains.of(owner), comparison.table(),
					java.util.List.of(), null));
		}
		return "studio/compare";
	}

	/**
	 * How two versions differ.
	 *
	 * @param from number of the older version
	 * @param to number of the newer version
	 * @param table how they differ, null if it is no table
	 * @param diagram how they differ, null if it is no diagram
	 * @param form how they differ, null if it is no form
	 */
	record Difference(int from, int to, TableDiff table, DiagramDiff diagram, FormDiff form) {

	}

	@GetMapping("/api/v1/studio/compare")
	@ResponseBody
	Difference difference(CurrentPerson person, @RequestParam RuleType type, @RequestParam String key,
			@RequestParam(required = false) String place, @RequestParam(required = false) Integer from,
			@RequestParam(required = false) Integer to) {
		Comparison comparison = this.comparisons.of(person, type, key, owner(place), from, to);
		return new Difference(comparison.from().version(), comparison.to().version(), comparison.table(),
				comparison.diagram(), comparison.form());
	}

	/** The file of a released version, as it was released. */
	@GetMapping("/api/v1/studio/released")
	@ResponseBody
	ResponseEntity<byte[]> file(CurrentPerson person, @RequestParam RuleType type, @RequestParam String key,
			@RequestParam(required = false) String place, @RequestParam int version) {
		return ResponseEntity.ok()
			.contentType((type == RuleType.FORM) ? MediaType.APPLICATION_JSON : MediaType.APPLICATION_XML)
			.body(this.comparisons.file(person, type, key, owner(place), version));
	}

	/** The same for the page that draws it. */
	@GetMapping("/studio/compare/file")
	@ResponseBody
	ResponseEntity<byte[]> drawn(CurrentPerson person, @RequestParam RuleType type, @RequestParam String key,
			@RequestParam(required = false) String place, @RequestParam int version) {
		return file(person, type, key, place, version);
	}

	private static String owner(String place) {
		return (place == null || place.isBlank() || place.equals(StudioController.ALL)) ? null : place;
	}

}
