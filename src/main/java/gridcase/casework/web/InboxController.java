package gridcase.casework.web;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

import gridcase.audit.CaseTrail;
import gridcase.casework.CaseFile;
import gridcase.casework.Cases;
import gridcase.casework.Clocks;
import gridcase.casework.Deadline;
import gridcase.casework.Drafts;
import gridcase.casework.Inbox;
import gridcase.casework.InboxCounts;
import gridcase.casework.InboxFilter;
import gridcase.casework.InboxQuery;
import gridcase.casework.InboxRow;
import gridcase.casework.InboxSettings;
import gridcase.casework.InboxSort;
import gridcase.casework.OpenTask;
import gridcase.casework.OpenTasks;
import gridcase.casework.Page;
import gridcase.casework.Teams;
import gridcase.clock.PlatformClock;
import gridcase.registry.Catalogue;
import gridcase.registry.Grid;
import gridcase.registry.Grids;
import gridcase.registry.Places;
import gridcase.registry.Tiers;
import gridcase.security.CurrentPerson;
import gridcase.shared.Refusal;
import gridcase.web.Light;

import org.springframework.http.MediaType;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import org.springframework.web.util.UriUtils;

/** The inbox: decide what to do next without opening anything. */
@Controller
@RequestMapping("/inbox")
class InboxController {

	private static final int SIZE = 30;

	private static final int MOST = 200;

	private static final List<String> STAGES = List.of("Collect", "File", "Dispatch", "Handle", "Feedback", "Verify",
			"Close", "Evaluate");

	private static final List<String> SEVERITIES = List.of("MAJOR", "SERIOUS", "GENERAL", "MINOR");

	private final Inbox inbox;

	private final InboxCounts counts;

	private final InboxSettings settings;

	private final InboxStream stream;

	private final Teams teams;

	private final Cases cases;

	private final OpenTasks tasks;

	private final CaseTrail trail;

	private final Timeline timeline;

	private final Clocks clocks;

	private final Names names;

	private final Rules rules;

	private final Catalogue catalogue;

	private final Places places;

	private final Tiers tiers;

	private final Grids grids;

	private final CasePages pages;

	private final PlatformClock clock;

	InboxController(Inbox inbox, InboxCounts counts, InboxSettings settings, InboxStream stream, Teams teams,
			Cases cases, OpenTasks tasks, CaseTrail trail, Timeline timeline, Clocks clocks, Names names, Rules rules,
			Catalogue catalogue, Places places, Tiers tiers, Grids grids, CasePages pages, PlatformClock clock) {
		this.inbox = inbox;
		this.counts = counts;
		this.settings = settings;
		this.stream = stream;
		this.teams = teams;
		this.cases = cases;
		this.tasks = tasks;
		this.trail = trail;
		this.timeline = timeline;
		this.clocks = clocks;
		this.names = names;
		this.rules = rules;
		this.catalogue = catalogue;
		this.places = places;
		this.tiers = tiers;
		this.grids = grids;
		this.pages = pages;
		this.clock = clock;
	}

	@GetMapping
	String list(CurrentPerson person, @RequestParam(required = false) String view, InboxFilter given,
			@RequestParam(defaultValue = "DUE") InboxSort sort, @RequestParam(required = false) String cursor,
			@RequestParam(defaultValue = "" + SIZE) int size,
			@RequestHeader(name = "HX-Request", required = false) String part, Model model) {
		Map<String, Integer> counts = this.counts.of(person.login());
		String shown = (view != null && Inbox.VIEWS.contains(view)) ? view
				: (counts.get("MINE") == 0 && counts.get("POOL") > 0) ? "POOL" : "MINE";
		InboxFilter filter = named(given, person);
		List<String> columns = this.settings.columns(person.login());
		Page<InboxRow> page;
		try {
			page = this.inbox
				.page(new InboxQuery(person.login(), shown, filter, sort, cursor, Math.min(MOST, Math.max(1, size))));
		}
		catch (Refusal refusal) {
			if (part != null || refusal.fields().isEmpty()) {
				throw refusal;
			}
			model.addAttribute("problem", refusal.fields().get(0));
			page = new Page<>(List.of(), null);
		}
		model.addAttribute("rows", page.rows().stream().map((row) -> line(row, person, columns)).toList());
		model.addAttribute("next", page.next());
		model.addAttribute("columns", columns);
		model.addAttribute("view", shown);
		model.addAttribute("query", query(filter, sort));
		if (part != null) {
			return "casework/inbox :: rows";
		}
		model.addAttribute("counts", counts);
		model.addAttribute("filter", filter);
		model.addAttribute("filtered", !filter.none());
		model.addAttribute("more",
				Stream.of(filter.place(), filter.grid(), filter.severity(), filter.stage(), filter.tier())
					.anyMatch((value) -> value != null && !value.isBlank()));
		model.addAttribute("sort", sort.name());
		model.addAttribute("sorts", InboxSort.values());
		model.addAttribute("windows", InboxFilter.WINDOWS);
		model.addAttribute("dueDay", filter.due() != null && filter.due().matches("\\d{4}-\\d{2}-\\d{2}"));
		model.addAttribute("stages", STAGES);
		model.addAttribute("severities", SEVERITIES);
		model.addAttribute("choices", InboxSettings.COLUMNS);
		model.addAttribute("saved", this.settings.filters(person.login()));
		model.addAttribute("heads", this.teams.heads(person.login()));
		model.addAttribute("names", this.names);
		choices(person, model);
		return "casework/inbox";
	}

	private void choices(CurrentPerson person, Model model) {
		Map<String, String> categories = new LinkedHashMap<>();
		Map<String, String> known = new LinkedHashMap<>();
		if (person.place() != null) {
			this.catalogue.categories(person.place(), this.clock.now())
				.forEach((category) -> categories.put(category.code(),
						this.names.category(person.place(), category.code())));
			this.tiers.ladder(person.place(), this.clock.now()).forEach((tier) -> known.put(tier.key(), tier.name()));
		}
		model.addAttribute("categories", categories);
		model.addAttribute("tiers", known);
		model.addAttribute("places", (person.place() != null) ? List.of() : this.places.all(this.clock.now()));
	}

	/** A grid may be written by its name; the code is what the list asks for. */
	private InboxFilter named(InboxFilter given, CurrentPerson person) {
		String grid = given.grid();
		if (grid == null || grid.isBlank() || person.place() == null
				|| this.grids.find(grid.trim(), this.clock.now()).isPresent()) {
			return given;
		}
		String code = this.grids.ofPlace(person.place(), this.clock.now())
			.stream()
			.filter((each) -> each.name().equals(grid.trim()))
			.map(Grid::code)
			.findFirst()
			.orElse(grid.trim());
		return new InboxFilter(given.text(), given.place(), code, given.category(), given.severity(), given.stage(),
				given.light(), given.tier(), given.due());
	}

	/** The list's address without view and cursor. */
	private static String query(InboxFilter filter, InboxSort sort) {
		Map<String, String> values = new LinkedHashMap<>();
		values.put("text", filter.text());
		values.put("place", filter.place());
		values.put("grid", filter.grid());
		values.put("category", filter.category());
		values.put("severity", filter.severity());
		values.put("stage", filter.stage());
		values.put("light", filter.light());
		values.put("tier", filter.tier());
		values.put("due", filter.due());
		values.put("sort", (sort != InboxSort.DUE) ? sort.name() : null);
		List<String> parts = new ArrayList<>();
		values.forEach((name, value) -> {
			if (value != null && !value.isBlank()) {
				parts.add(name + "=" + UriUtils.encode(value, StandardCharsets.UTF_8));
			}
		});
		return String.join("&", parts);
	}

	private Line line(InboxRow row, CurrentPerson person, List<String> columns) {
		List<String> marks = new ArrayList<>();
		if (row.leg() != null && !row.leg().isEmpty()) {
			marks.add(this.names.text("casework.mark.helper"));
		}
		if (row.actingFor() != null) {
			marks.add(this.names.text("casework.mark.actingFor", this.names.person(row.actingFor()).name()));
		}
		Map<String, String> cells = new LinkedHashMap<>();
		for (String column : columns) {
			switch (column) {
				case "CATEGORY" -> cells.put(column, this.names.category(row.place(), row.category()));
				case "GRID" -> cells.put(column, grid(row.gridPath()));
				case "SEVERITY" -> cells.put(column, this.names.word("severity", row.severity()));
				case "WHO" -> cells.put(column, this.names.holder(row.assignee(), row.pool()).name());
				default -> cells.put(column, null);
			}
		}
		return new Line(row, key(row), open(row), CasePages.light(row.remaining()),
				(row.owner() == null) ? ""
						: row.owner().equals(person.login()) ? null : this.names.person(row.owner()).name(),
				"EMERGENCY".equals(row.urgency()) || "URGENT".equals(row.urgency())
						? this.names.word("urgency", row.urgency()) : null,
				marks, cells, row.taskId() != null && row.draft() == null && row.assignee() == null);
	}

	private String grid(String path) {
		return (path == null) ? "" : this.names.grid(path.substring(path.lastIndexOf('/', path.length() - 2) + 1,
				path.endsWith("/") ? path.length() - 1 : path.length()));
	}

	private static String key(InboxRow row) {
		return Stream.of(row.draft(), row.taskId(), row.caseNo()).filter(Objects::nonNull).findFirst().orElseThrow();
	}

	private static String open(InboxRow row) {
		if (row.draft() != null) {
			if (row.draft().equals(Drafts.REPORT)) {
				return "/report";
			}
			if (row.draft().startsWith("turn:")) {
				String[] parts = row.draft().split(":", 3);
				return "/cases/" + parts[1] + "/turns/" + parts[2];
			}
			return "/cases/" + row.caseNo() + "?task=" + row.draft();
		}
		return "/cases/" + row.caseNo() + ((row.taskId() != null) ? "?task=" + row.taskId() : "");
	}

	/** Tells an open page that counts or rows have changed. */
	@GetMapping(path = "/stream", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
	SseEmitter stream(CurrentPerson person) {
		return this.stream.listen(person.login());
	}

	@PostMapping("/columns")
	String columns(CurrentPerson person, @RequestParam(name = "column", required = false) List<String> columns,
			@RequestParam(defaultValue = "") String back) {
		this.settings.columns(person.login(), (columns != null) ? columns : List.of());
		return back(back);
	}

	@PostMapping("/filters")
	String save(CurrentPerson person, @RequestParam String name, @RequestParam(defaultValue = "") String query,
			@RequestParam(defaultValue = "") String back, RedirectAttributes redirect) {
		this.settings.save(person.login(), name, query);
		redirect.addFlashAttribute("flash", this.names.text("casework.inbox.filterSaved", name));
		return back(back);
	}

	@PostMapping("/filters/forget")
	String forget(CurrentPerson person, @RequestParam String name, @RequestParam(defaultValue = "") String back) {
		this.settings.forget(person.login(), name);
		return back(back);
	}

	/** Back to the list as it was; the query can lead nowhere else. */
	private static String back(String query) {
		return "redirect:/inbox" + (query.isBlank() ? "" : "?" + query.replaceAll("[\\r\\n{}]", ""));
	}

	/** Names of grids that contain some letters, for the field of the filter. */
	@GetMapping("/grids")
	String grids(CurrentPerson person, @RequestParam(defaultValue = "") String grid, Model model) {
		model.addAttribute("grids",
				(person.place() == null || grid.isBlank()) ? List.of()
						: this.grids.ofPlace(person.place(), this.clock.now())
							.stream()
							.filter((each) -> each.name().contains(grid.trim()) || each.code().startsWith(grid.trim()))
							.limit(20)
							.toList());
		return "casework/inbox :: grids";
	}

	@GetMapping("/preview")
	String preview(CurrentPerson person, @RequestParam String caseNo, @RequestParam(required = false) String task,
			Model model) {
		CaseFile file = this.pages.file(caseNo, person);
		Deadline deadline = Deadline.next(this.cases.deadlines(caseNo)).orElse(null);
		model.addAttribute("file", file);
		model.addAttribute("names", this.names);
		if (deadline != null) {
			model.addAttribute("deadline", deadline);
			model.addAttribute("light", CasePages.light(this.clocks.of(file.place(), deadline)));
			model.addAttribute("limit", this.pages.limit(deadline));
			model.addAttribute("rule", this.rules.of(file.place(), deadline.rule(), deadline.startedAt()));
		}
		OpenTask open = this.tasks.ofCase(caseNo)
			.stream()
			.filter((candidate) -> candidate.taskId().equals(task))
			.findFirst()
			.orElse(null);
		model.addAttribute("task", open);
		model.addAttribute("photos", this.pages.photos(caseNo));
		model.addAttribute("events", this.timeline.of(file, this.trail.of(caseNo), false).stream().limit(5).toList());
		return "casework/preview";
	}

	/**
	 * A line of the list.
	 *
	 * @param row what it is about
	 * @param key tells lines apart
	 * @param open address of the page it leads to
	 * @param light where its clock stands, or null
	 * @param owner name of who is answerable; null if it is the reader, empty if nobody
	 * @param hot word for an urgency above the usual, or null
	 * @param marks further marks
	 * @param cells texts of the columns chosen, null where the column is more than text
	 * @param fresh whether it still waits to be taken
	 */
	record Line(InboxRow row, String key, String open, Light light, String owner, String hot, List<String> marks,
			Map<String, String> cells, boolean fresh) {

	}

}
