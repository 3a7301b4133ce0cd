package gridcase.casework.web;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import gridcase.audit.CaseTrail;
import gridcase.casework.CaseFile;
import gridcase.casework.Cases;
import gridcase.casework.Clocks;
import gridcase.casework.Deadline;
import gridcase.casework.Inbox;
import gridcase.casework.InboxQuery;
import gridcase.casework.InboxRow;
import gridcase.casework.OpenTask;
import gridcase.casework.OpenTasks;
import gridcase.casework.Page;
import gridcase.clock.PlatformClock;
import gridcase.registry.Catalogue;
import gridcase.security.CurrentPerson;
import gridcase.web.Light;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The inbox: decide what to do next without opening anything. */
@Controller
@RequestMapping("/inbox")
class InboxController {

	private static final int SIZE = 30;

	private final Inbox inbox;

	private final Cases cases;

	private final OpenTasks tasks;

	private final CaseTrail trail;

	private final Timeline timeline;

	private final Clocks clocks;

	private final Names names;

	private final Rules rules;

	private final Catalogue catalogue;

	private final CasePages pages;

	private final PlatformClock clock;

	InboxController(Inbox inbox, Cases cases, OpenTasks tasks, CaseTrail trail, Timeline timeline, Clocks clocks,
			Names names, Rules rules, Catalogue catalogue, CasePages pages, PlatformClock clock) {
		this.inbox = inbox;
		this.cases = cases;
		this.tasks = tasks;
		this.trail = trail;
		this.timeline = timeline;
		this.clocks = clocks;
		this.names = names;
		this.rules = rules;
		this.catalogue = catalogue;
		this.pages = pages;
		this.clock = clock;
	}

	@GetMapping
	String list(CurrentPerson person, @RequestParam(required = false) String view,
			@RequestParam(defaultValue = "") String text, @RequestParam(defaultValue = "") String category,
			@RequestParam(defaultValue = "") String light, @RequestParam(required = false) String cursor,
			@RequestHeader(name = "HX-Request", required = false) String part, Model model) {
		Map<String, Integer> counts = this.inbox.counts(person.login());
		String shown = (view != null && Inbox.VIEWS.contains(view)) ? view
				: (counts.get("MINE") == 0 && counts.get("POOL") > 0) ? "POOL" : "MINE";
		Page<InboxRow> page = this.inbox
			.page(new InboxQuery(person.login(), shown, text, category, light, cursor, SIZE));
		model.addAttribute("rows", page.rows().stream().map((row) -> line(row, person)).toList());
		model.addAttribute("next", page.next());
		model.addAttribute("counts", counts);
		model.addAttribute("view", shown);
		model.addAttribute("text", text);
		model.addAttribute("category", category);
		model.addAttribute("light", light);
		if (part != null) {
			return "casework/inbox :: rows";
		}
		model.addAttribute("categories", categories(person));
		return "casework/inbox";
	}

	private Line line(InboxRow row, CurrentPerson person) {
		Light light = CasePages.light(row.remaining());
		String open = "/cases/" + row.caseNo() + ((row.taskId() != null) ? "?task=" + row.taskId() : "");
		List<String> marks = new ArrayList<>();
		if (row.leg() != null && !row.leg().isEmpty()) {
			marks.add(this.names.text("casework.mark.helper"));
		}
		if (row.actingFor() != null) {
			marks.add(this.names.text("casework.mark.actingFor", this.names.person(row.actingFor()).name()));
		}
		return new Line(row, open, light,
				(row.owner() == null) ? ""
						: row.owner().equals(person.login()) ? null : this.names.person(row.owner()).name(),
				"EMERGENCY".equals(row.urgency()) || "URGENT".equals(row.urgency())
						? this.names.word("urgency", row.urgency()) : null,
				marks, row.taskId() != null && row.assignee() == null);
	}

	private Map<String, String> categories(CurrentPerson person) {
		Map<String, String> categories = new LinkedHashMap<>();
		if (person.place() != null) {
			this.catalogue.categories(person.place(), this.clock.now())
				.forEach((category) -> categories.put(category.code(),
						this.names.category(person.place(), category.code())));
		}
		return categories;
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
	 * @param open address of the case page
	 * @param light where its clock stands, or null
	 * @param owner name of who is answerable; null if it is the reader, empty if nobody
	 * @param hot word for an urgency above the usual, or null
	 * @param marks further marks
	 * @param fresh whether it still waits to be taken
	 */
	record Line(InboxRow row, String open, Light light, String owner, String hot, List<String> marks, boolean fresh) {

	}

}
