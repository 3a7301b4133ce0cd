package gridcase.studio;

import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import gridcase.clock.LimitUnit;
import gridcase.security.CurrentPerson;
import gridcase.shared.Refusal;
import gridcase.shared.Texts;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/**
 * A list of limits of other people: upload, map its columns, look at each row, take over.
 */
@Controller
@RequestMapping("/studio/drafts/{id}/import")
class ListImportController {

	/** Rows of one kind that are shown. */
	static final int SHOWN = 200;

	private static final String INPUT = "in.";

	private static final String FIXED = "fix.";

	private static final String UNIT = "unit.";

	private final ListImports imports;

	private final DraftDesk desk;

	private final StudioRights rights;

	ListImportController(ListImports imports, DraftDesk desk, StudioRights rights) {
		this.imports = imports;
		this.desk = desk;
		this.rights = rights;
	}

	@GetMapping
	String begin(CurrentPerson person, @PathVariable long id, Model model) {
		Draft draft = this.rights.read(person, id);
		this.desk.head(draft, person, model);
		return "studio/import-begin";
	}

	@PostMapping
	String upload(CurrentPerson person, @PathVariable long id, @RequestParam MultipartFile file, Model model,
			HttpServletResponse response) throws IOException {
		Draft draft = this.rights.write(person, id);
		try {
			String name = String.valueOf(file.getOriginalFilename());
			ListImports.Kept list = this.imports.keep(draft, name.substring(name.lastIndexOf('/') + 1), file.getBytes(),
					person.login());
			return "redirect:/studio/drafts/" + id + "/import/" + list.id();
		}
		catch (Refusal refusal) {
			response.setStatus(HttpStatus.UNPROCESSABLE_ENTITY.value());
			this.desk.head(draft, person, model);
			model.addAttribute("message", refusal.getMessage());
			return "studio/import-begin";
		}
	}

	@GetMapping("/{list}")
	String look(CurrentPerson person, @PathVariable long id, @PathVariable long list, Model model) {
		Draft draft = this.rights.read(person, id);
		return page(person, draft, this.imports.get(draft, list), model);
	}

	private String page(CurrentPerson person, Draft draft, ListImports.Kept kept, Model model) {
		ForeignList list = ForeignList.read(kept.content());
		ListMapping mapping = kept.mapping();
		List<ListImports.Target> targets = this.imports.targets(draft);
		ListImports.Target target = this.imports.target(draft, mapping.table());
		ForeignList.Page page = list.page(mapping.sheet()).orElse(list.pages().get(0));
		ListImport.Outcome outcome = this.imports.look(draft, kept.file(), list, mapping, target);
		Set<String> units = new TreeSet<>(outcome.unitWords());
		units.addAll(mapping.units().keySet());
		this.desk.head(draft, person, model);
		model.addAttribute("list", kept);
		model.addAttribute("mapping", mapping);
		model.addAttribute("pages", list.pages());
		model.addAttribute("targets", targets);
		model.addAttribute("target", target);
		model.addAttribute("version", target.version());
		model.addAttribute("columns", page.columns(mapping.header()));
		model.addAttribute("sample", page.rows().stream().skip(mapping.header()).limit(3).toList());
		model.addAttribute("outcome", outcome);
		model.addAttribute("groups", groups(outcome));
		model.addAttribute("taking", outcome.count(ListImport.Fate.NEW) + outcome.count(ListImport.Fate.CHANGED));
		model.addAttribute("shown", SHOWN);
		model.addAttribute("units", units);
		model.addAttribute("found", new LinkedHashSet<>(outcome.unitWords()));
		model.addAttribute("unitCodes", Arrays.stream(LimitUnit.values()).map(Enum::name).toList());
		model.addAttribute("kept", this.imports.mappings(draft));
		model.addAttribute("warns",
				target.view().outputs().stream().anyMatch((column) -> column.name().equals("warnPercent")));
		return "studio/import";
	}

	/** Lines by what becomes of them, those left out first. */
	private static Map<ListImport.Fate, List<ListImport.Line>> groups(ListImport.Outcome outcome) {
		Map<ListImport.Fate, List<ListImport.Line>> groups = new LinkedHashMap<>();
		for (ListImport.Fate fate : List.of(ListImport.Fate.LEFT, ListImport.Fate.CHANGED, ListImport.Fate.NEW,
				ListImport.Fate.SAME)) {
			List<ListImport.Line> lines = outcome.lines().stream().filter((line) -> line.fate() == fate).toList();
			if (!lines.isEmpty()) {
				groups.put(fate, lines);
			}
		}
		return groups;
	}

	/** Says how the columns are to be read, perhaps to be kept for the next list. */
	@PostMapping("/{list}")
	String map(CurrentPerson person, @PathVariable long id, @PathVariable long list,
			@RequestParam MultiValueMap<String, String> form, RedirectAttributes redirect) {
		Draft draft = this.rights.write(person, id);
		ListImports.Kept kept = this.imports.get(draft, list);
		String use = first(form, "use");
		ListMapping mapping = use.isEmpty() ? mapping(form)
				: this.imports.mapping(draft, use, ForeignList.read(kept.content()), kept.mapping());
		this.imports.target(draft, mapping.table());
		this.imports.map(kept, mapping);
		if (!first(form, "keepAs").isEmpty()) {
			this.imports.keep(draft, first(form, "keepAs"), mapping, person.login());
			redirect.addFlashAttribute("flash", Texts.of("studio", "studio.list.kept", first(form, "keepAs")));
		}
		return "redirect:/studio/drafts/" + id + "/import/" + list;
	}

	private static ListMapping mapping(MultiValueMap<String, String> form) {
		Map<String, String> inputs = new LinkedHashMap<>();
		Map<String, String> units = new LinkedHashMap<>();
		form.forEach((name, values) -> {
			if (name.startsWith(INPUT)) {
				String said = values.get(0);
				inputs.put(name.substring(INPUT.length()), said.equals(ListMapping.FIXED)
						? said + first(form, FIXED + name.substring(INPUT.length())) : said);
			}
			else if (name.startsWith(UNIT)) {
				units.put(name.substring(UNIT.length()), values.get(0));
			}
		});
		String header = first(form, "header");
		return new ListMapping(first(form, "sheet"), header.matches("[1-9]\\d{0,4}") ? Integer.parseInt(header) : 1,
				first(form, "table"), inputs, first(form, "classColumn"), first(form, "limit"), first(form, "value"),
				first(form, "unit"), units, first(form, "warnPercent"), first(form, "note"),
				form.containsKey("change"));
	}

	private static String first(MultiValueMap<String, String> form, String name) {
		String value = form.getFirst(name);
		return (value != null) ? value.strip() : "";
	}

	/** Takes over every row that is a rule. */
	@PostMapping("/{list}/take")
	String take(CurrentPerson person, @PathVariable long id, @PathVariable long list, @RequestParam long version,
			RedirectAttributes redirect) {
		Draft draft = this.rights.write(person, id);
		ListImports.Kept kept = this.imports.get(draft, list);
		ListImports.Taken taken = this.imports.take(draft, kept.file(), ForeignList.read(kept.content()),
				kept.mapping(), version, person.login());
		if (taken.file() == null) {
			redirect.addFlashAttribute("flash", Texts.of("studio", "studio.list.taken.nothing"));
			return "redirect:/studio/drafts/" + id + "/import/" + list;
		}
		this.imports.forget(kept);
		ListImport.Outcome outcome = taken.outcome();
		redirect.addFlashAttribute("flash",
				Texts.of("studio", "studio.list.taken", outcome.count(ListImport.Fate.NEW),
						outcome.count(ListImport.Fate.CHANGED), outcome.count(ListImport.Fate.SAME),
						outcome.count(ListImport.Fate.LEFT)));
		return "redirect:/studio/drafts/" + id + "/tables/" + kept.mapping().table();
	}

}
