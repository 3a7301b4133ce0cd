package gridcase.intake.web;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import gridcase.casework.TaskForms;
import gridcase.clock.PlatformClock;
import gridcase.form.FormView;
import gridcase.registry.GridShapes;
import gridcase.security.CurrentPerson;
import gridcase.shared.FieldProblem;
import gridcase.shared.Refusal;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/**
 * Reporting on the spot: the place's own form, photos first. The page sends by script and
 * keeps what it could not send; without a script it sends as a plain form, without
 * photos.
 */
@Controller
@RequestMapping("/m/report")
class PhoneReportController {

	/** Fields the page fills in itself from the photo or the phone. */
	private static final Set<String> POSITION = Set.of("longitude", "latitude");

	private static final String GRID = "gridCode";

	private final TaskForms forms;

	private final Reporting reporting;

	private final GridShapes shapes;

	private final PlatformClock clock;

	private final ObjectMapper json;

	PhoneReportController(TaskForms forms, Reporting reporting, GridShapes shapes, PlatformClock clock,
			ObjectMapper json) {
		this.forms = forms;
		this.reporting = reporting;
		this.shapes = shapes;
		this.clock = clock;
		this.json = json;
	}

	@GetMapping
	String empty(CurrentPerson person, Model model) {
		return page(person, Reporting.channelOf(person), UUID.randomUUID().toString(), Map.of(), List.of(), model);
	}

	/** The grid a position lies in, to be proposed; nothing where none is known. */
	@GetMapping("/grid")
	ResponseEntity<Around> grid(CurrentPerson person, @RequestParam double longitude, @RequestParam double latitude) {
		return this.shapes.around(this.reporting.place(person), longitude, latitude, this.clock.now())
			.map((grid) -> ResponseEntity.ok(new Around(grid.code(), grid.name())))
			.orElseGet(() -> ResponseEntity.noContent().build());
	}

	@PostMapping("/fields")
	String fields(CurrentPerson person, @RequestParam MultiValueMap<String, String> input, Model model) {
		FormView form = this.forms.report(this.reporting.place(person), Reporting.values(input), List.of());
		model.addAttribute("form", written(form));
		return "form/fields :: fields(form=${form},refresh='/m/report/fields')";
	}

	@PostMapping
	String send(CurrentPerson person, @RequestParam String channel, @RequestParam String key,
			@RequestParam MultiValueMap<String, String> input, Model model, HttpServletResponse response,
			RedirectAttributes redirect) {
		Map<String, Object> values = Reporting.values(input);
		try {
			String caseNo = this.reporting.send(person, channel, key, values);
			redirect.addFlashAttribute("flash", this.reporting.text("intake.reported", caseNo));
			return "redirect:/m/cases/" + caseNo;
		}
		catch (Refusal refusal) {
			if (refusal.kind() != Refusal.Kind.INVALID) {
				throw refusal;
			}
			response.setStatus(HttpServletResponse.SC_BAD_REQUEST);
			return page(person, channel, key, values, refusal.fields(), model);
		}
	}

	private String page(CurrentPerson person, String channel, String key, Map<String, ?> values,
			List<FieldProblem> problems, Model model) {
		String place = this.reporting.place(person);
		FormView form = this.forms.report(place, values, problems);
		List<String> own = ownGrids(form, person);
		if (values.isEmpty() && own.size() == 1) {
			// who answers for one grid need not choose it
			form = this.forms.report(place, Map.of(GRID, own.get(0)), problems);
		}
		model.addAttribute("form", written(form));
		model.addAttribute("own", own);
		model.addAttribute("photos",
				form.fields().stream().filter((field) -> "filepicker".equals(field.type())).findFirst().orElse(null));
		model.addAttribute("positioned",
				form.fields().stream().filter((field) -> POSITION.contains(field.key())).count() == POSITION.size());
		model.addAttribute("checks", checks(form));
		model.addAttribute("channel", channel);
		model.addAttribute("key", key);
		return "intake/phone-report";
	}

	/** What people write themselves; photos and position have places of their own. */
	private static FormView written(FormView form) {
		return new FormView(form.id(), form.title(), form.submit(),
				form.fields()
					.stream()
					.filter((field) -> field.key() == null || !POSITION.contains(field.key()))
					.filter((field) -> !"filepicker".equals(field.type()))
					.toList(),
				form.problems());
	}

	/** Grids the person holds a duty for, of those that may be chosen. */
	private static List<String> ownGrids(FormView form, CurrentPerson person) {
		Set<String> scopes = person.pools()
			.stream()
			.map((pool) -> pool.substring(pool.indexOf('@') + 1))
			.collect(Collectors.toSet());
		List<String> own = new ArrayList<>();
		form.fields()
			.stream()
			.filter((field) -> GRID.equals(field.key()))
			.forEach((field) -> field.options()
				.stream()
				.map((option) -> String.valueOf(option.value()))
				.filter(scopes::contains)
				.forEach(own::add));
		return own;
	}

	/** What can be checked before a report is laid aside without a network. */
	private String checks(FormView form) {
		List<Map<String, Object>> checks = new ArrayList<>();
		for (FormView.Field field : form.fields()) {
			if (field.key() != null && (field.required() || field.minLength() != null || field.maxLength() != null)) {
				Map<String, Object> check = new LinkedHashMap<>();
				check.put("key", field.key());
				check.put("label", field.label());
				check.put("required", field.required());
				check.put("minLength", field.minLength());
				check.put("maxLength", field.maxLength());
				check.put("choice", !field.options().isEmpty());
				checks.add(Collections.unmodifiableMap(check));
			}
		}
		try {
			return this.json.writeValueAsString(checks);
		}
		catch (JsonProcessingException ex) {
			throw new IllegalStateException("Texts and numbers are always written", ex);
		}
	}

	/** The grid around a position. */
	record Around(String code, String name) {

	}

}
