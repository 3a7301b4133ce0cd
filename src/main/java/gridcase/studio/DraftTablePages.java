package gridcase.studio;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import gridcase.analysis.Fix;
import gridcase.policy.DecisionRecord;
import gridcase.policy.TableFile;
import gridcase.policy.TableView;
import gridcase.security.CurrentPerson;
import gridcase.shared.FieldProblem;
import gridcase.shared.Refusal;
import gridcase.shared.Texts;
import jakarta.servlet.http.HttpServletRequest;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/**
 * A table of a draft: to be read, with what is wrong in it, what changed, its examples.
 */
@Controller
@RequestMapping("/studio/drafts/{id}/tables/{key}")
class DraftTablePages {

	private static final int DAYS = 90;

	private final DraftTables tables;

	private final DraftDesk desk;

	private final StudioRights rights;

	private final RuleDomains domains;

	private final RuleUse use;

	DraftTablePages(DraftTables tables, DraftDesk desk, StudioRights rights, RuleDomains domains, RuleUse use) {
		this.tables = tables;
		this.desk = desk;
		this.rights = rights;
		this.domains = domains;
		this.use = use;
	}

	/**
	 * An example as it is shown.
	 *
	 * @param id its number
	 * @param asked what is asked, in words
	 * @param expected the expected answer, in words
	 * @param said what the table answers, in words
	 * @param passes whether that is the expected one
	 * @param rows numbers of the rows that fired
	 * @param rule id of the first of them, or null
	 * @param note what it is about
	 * @param composed whether it was composed and confirmed
	 */
	record ExampleLine(long id, String asked, String expected, String said, boolean passes, List<Integer> rows,
			String rule, String note, boolean composed) {

	}

	/**
	 * A decision that may be taken over.
	 *
	 * @param caseNo number of its case
	 * @param at when it was taken
	 * @param rule id of the first rule that fired, "" if none did
	 * @param asked what was asked, in words
	 * @param said what was answered, in words
	 */
	record DecisionLine(String caseNo, Instant at, String rule, String asked, String said) {

	}

	@GetMapping
	String show(CurrentPerson person, @PathVariable long id, @PathVariable String key,
			@RequestParam(defaultValue = "changes") String show, @RequestParam(required = false) String row,
			@RequestParam(required = false) Long example, Model model) {
		FileCheck check = this.tables.check(person, id, key);
		ExampleForm form = null;
		if (check.view() != null) {
			form = form(check, row, example);
		}
		return page(person, id, check, show, form, List.of(), row != null || example != null, model);
	}

	private static ExampleForm form(FileCheck check, String row, Long example) {
		if (example != null) {
			return check.examples()
				.stream()
				.filter((run) -> run.example().id() == example)
				.findFirst()
				.map((run) -> ExampleForm.of(check.view(), run.example()))
				.orElseThrow(() -> Refusal.notFound(Texts.of("studio-table", "studio.example.none", example)));
		}
		return check.view()
			.rows()
			.stream()
			.filter((each) -> each.id().equals(row))
			.findFirst()
			.map((each) -> ExampleForm.forRow(check.view(), each))
			.orElseGet(() -> ExampleForm.blank(check.view()));
	}

	private String page(CurrentPerson person, long id, FileCheck check, String show, ExampleForm form,
			List<FieldProblem> problems, boolean writing, Model model) {
		Draft draft = this.rights.read(person, id);
		this.desk.head(draft, person, model);
		RuleDomains.Now words = this.domains.of(draft.place());
		model.addAttribute("key", check.file().key());
		model.addAttribute("file", check.file());
		model.addAttribute("check", check);
		model.addAttribute("stepNotes",
				Map.of("check",
						(check.blocking() > 0) ? Texts.of("studio-table", "studio.check.blocking", check.blocking())
								: Texts.of("studio-table", "studio.check.clean")));
		model.addAttribute("problems", problems);
		if (check.view() == null) {
			return "studio/table";
		}
		boolean changes = !show.equals("plain") && check.diff() != null && !check.diff().isEmpty();
		Map<String, Long> fired = this.use.of(draft.place(), check.view().key(), DAYS);
		ReadTable table = ReadTable.of(check.view(), words, changes ? check.diff() : null, check.findings(), fired);
		model.addAttribute("table", table);
		model.addAttribute("changes", changes);
		Map<String, String> looks = new HashMap<>();
		check.findings().forEach((finding) -> looks.put(finding.key(), ReadTable.look(finding)));
		model.addAttribute("looks", looks);
		model.addAttribute("only", show.equals("only"));
		model.addAttribute("numbers", table.numbers());
		// what fails is seen first
		List<ExampleLine> lines = lines(check, words, table.numbers());
		lines.sort(Comparator.comparing(ExampleLine::passes));
		model.addAttribute("examples", lines);
		model.addAttribute("passing", check.examples().stream().filter(ExampleRun::passes).count());
		model.addAttribute("recent", recent(draft, check, words));
		model.addAttribute("form", form);
		model.addAttribute("writing", writing || !problems.isEmpty());
		Map<String, Map<String, String>> choices = new HashMap<>();
		check.view().inputs().forEach((column) -> choices.put(column.name(), words.choices(column.name())));
		check.view().outputs().forEach((column) -> choices.put(column.name(), words.choices(column.name())));
		model.addAttribute("choices", choices);
		return "studio/table";
	}

	private List<ExampleLine> lines(FileCheck check, RuleDomains.Now words, Map<String, Integer> numbers) {
		List<ExampleLine> lines = new ArrayList<>();
		for (ExampleRun run : check.examples()) {
			TableFile.Said said = run.said();
			List<Integer> rows = said.rules().stream().map(numbers::get).toList();
			lines.add(new ExampleLine(run.example().id(), asked(check.view(), words, run.example().inputs()),
					answer(check.view(), words, run.example().outputs()),
					said.failed() ? said.message() : answer(check.view(), words, said.rows()), run.passes(), rows,
					said.rules().isEmpty() ? null : said.rules().get(0), run.example().note(),
					run.example().origin() == ExampleOrigin.COMPOSED));
		}
		return lines;
	}

	private List<DecisionLine> recent(Draft draft, FileCheck check, RuleDomains.Now words) {
		return this.tables.recent(draft, check.file())
			.stream()
			.map((decision) -> line(check.view(), words, decision))
			.toList();
	}

	private static DecisionLine line(TableView view, RuleDomains.Now words, DecisionRecord decision) {
		return new DecisionLine(decision.caseNo(), decision.at(),
				decision.rules().isEmpty() ? "" : decision.rules().get(0), asked(view, words, decision.inputs()),
				answer(view, words, decision.outputs()));
	}

	/** What is known of what the table asks: 井盖，紧急. */
	static String asked(TableView view, RuleDomains.Now words, Map<String, Object> inputs) {
		List<String> asked = new ArrayList<>();
		for (TableView.Column column : view.inputs()) {
			Object value = inputs.get(column.name());
			if (value == null || value.equals("")) {
				continue;
			}
			String word = words.word(column.name(), value);
			asked.add((value instanceof String && !words.choices(column.name()).isEmpty()) ? word
					: Texts.of("studio-table", "studio.example.part", column.label(), word));
		}
		return asked.isEmpty() ? Texts.of("studio-table", "studio.example.nothing-asked")
				: String.join(Texts.of("analysis", "analysis.and"), asked);
	}

	static String answer(TableView view, RuleDomains.Now words, List<Map<String, Object>> rows) {
		if (rows.isEmpty()) {
			return Texts.of("studio-table", view.elseShared() ? "studio.example.shared" : "studio.example.no-row");
		}
		List<String> answers = new ArrayList<>();
		for (Map<String, Object> row : rows) {
			List<String> parts = new ArrayList<>();
			for (TableView.Column column : view.outputs()) {
				String said = ReadTable.output(words, column.name(), row.get(column.name()));
				if (!said.isEmpty()) {
					parts.add(said);
				}
			}
			answers.add(parts.isEmpty() ? Texts.of("studio-table", "studio.example.empty")
					: String.join(Texts.of("analysis", "analysis.list"), parts));
		}
		return String.join(Texts.of("studio-table", "studio.example.rows"), answers);
	}

	@PostMapping("/fix")
	String fix(CurrentPerson person, @PathVariable long id, @PathVariable String key, @RequestParam String finding,
			@RequestParam int fix, @RequestParam long version, RedirectAttributes redirect) {
		Fix done = this.tables.mend(person, id, key, finding, fix, version);
		redirect.addFlashAttribute("flash", Texts.of("studio-table", "studio.fix.done", done.label()));
		return back(id, key);
	}

	/** Asks what the form asks, and fills the answer in. */
	@PostMapping("/examples/try")
	String tryOut(CurrentPerson person, @PathVariable long id, @PathVariable String key, HttpServletRequest request,
			Model model) {
		FileCheck check = this.tables.check(person, id, key);
		TableFile table = this.tables.asked(person, id, key);
		ExampleForm form = ExampleForm.read(table.view(), request::getParameter);
		try {
			TableFile.Said said = table.ask(form.inputValues(table.view()));
			model.addAttribute("said", said);
			if (!said.failed()) {
				form = new ExampleForm(form.replaces(), form.inputs(), ExampleForm.rows(table.view(), said.rows()),
						said.rules().isEmpty() ? "" : said.rules().get(0), form.note());
			}
			return page(person, id, check, "changes", form, List.of(), true, model);
		}
		catch (Refusal refused) {
			return page(person, id, check, "changes", form, problems(refused), true, model);
		}
	}

	@PostMapping("/examples")
	String add(CurrentPerson person, @PathVariable long id, @PathVariable String key, HttpServletRequest request,
			Model model, RedirectAttributes redirect) {
		TableView view = this.tables.asked(person, id, key).view();
		ExampleForm form = ExampleForm.read(view, request::getParameter);
		try {
			this.tables.add(person, id, key, form.replaces(), form.inputValues(view), form.outputValues(view),
					form.rule().isEmpty() ? null : form.rule(), form.note());
		}
		catch (Refusal refused) {
			return page(person, id, this.tables.check(person, id, key), "changes", form, problems(refused), true,
					model);
		}
		redirect.addFlashAttribute("flash", Texts.of("studio-table", "studio.example.added"));
		return back(id, key) + "#examples";
	}

	private static List<FieldProblem> problems(Refusal refused) {
		if (refused.kind() != Refusal.Kind.INVALID) {
			throw refused;
		}
		return refused.fields();
	}

	@PostMapping("/examples/{example}/remove")
	String remove(CurrentPerson person, @PathVariable long id, @PathVariable String key, @PathVariable long example,
			RedirectAttributes redirect) {
		this.tables.remove(person, id, key, example);
		redirect.addFlashAttribute("flash", Texts.of("studio-table", "studio.example.removed"));
		return back(id, key) + "#examples";
	}

	@PostMapping("/examples/taken")
	String take(CurrentPerson person, @PathVariable long id, @PathVariable String key, @RequestParam String caseNo,
			@RequestParam Instant at, @RequestParam(required = false) String rule, RedirectAttributes redirect) {
		this.tables.take(person, id, key, caseNo, at, rule);
		redirect.addFlashAttribute("flash", Texts.of("studio-table", "studio.example.taken", caseNo));
		return back(id, key) + "#examples";
	}

	/**
	 * An example that is proposed, as it is shown.
	 *
	 * @param rule id of the row
	 * @param number number of the row
	 * @param others numbers of other rows that fire with it
	 * @param asked what is asked, in words
	 * @param said what the draft answers, in words
	 * @param then what was answered then if that is something else, in words
	 * @param caseNo case that asked it, null if it was composed
	 */
	record FillLine(String rule, int number, List<Integer> others, String asked, String said, String then,
			String caseNo) {

	}

	/** Shows an example for each row that has none, to be confirmed. */
	@GetMapping("/examples/fill")
	String filling(CurrentPerson person, @PathVariable long id, @PathVariable String key, Model model) {
		Draft draft = this.rights.read(person, id);
		this.desk.head(draft, person, model);
		FileCheck check = this.tables.check(person, id, key);
		ExampleFill.Filling filling = this.tables.filling(person, id, key);
		RuleDomains.Now words = this.domains.of(draft.place());
		Map<String, Integer> numbers = new HashMap<>();
		check.view().rows().forEach((row) -> numbers.put(row.id(), numbers.size() + 1));
		model.addAttribute("key", key);
		model.addAttribute("file", check.file());
		model.addAttribute("mark", filling.mark());
		model.addAttribute("lines", filling.proposals().stream().map((each) -> {
			List<Integer> others = each.rules()
				.stream()
				.filter((rule) -> !rule.equals(each.rule()))
				.map(numbers::get)
				.toList();
			return new FillLine(each.rule(), numbers.get(each.rule()), others,
					asked(check.view(), words, each.inputs()), answer(check.view(), words, each.outputs()),
					(each.then() != null) ? answer(check.view(), words, each.then()) : null, each.caseNo());
		}).toList());
		model.addAttribute("dead", filling.dead().isEmpty() ? null : check.rows(filling.dead()));
		model.addAttribute("unfound", filling.unfound().isEmpty() ? null : check.rows(filling.unfound()));
		return "studio/example-fill";
	}

	@PostMapping("/examples/fill")
	String fill(CurrentPerson person, @PathVariable long id, @PathVariable String key, @RequestParam String mark,
			@RequestParam(defaultValue = "") Set<String> rule, RedirectAttributes redirect) {
		int kept = this.tables.fill(person, id, key, mark, rule).size();
		redirect.addFlashAttribute("flash", Texts.of("studio-table", "studio.fill.done", kept));
		return back(id, key) + "#examples";
	}

	private static String back(long id, String key) {
		return "redirect:/studio/drafts/" + id + "/tables/" + key;
	}

}
