package gridcase.casework;

import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import gridcase.audit.CaseEvent;
import gridcase.audit.CaseTrail;
import gridcase.casework.process.CaseDiagrams;
import gridcase.casework.process.Incidents;
import gridcase.casework.process.Turn;
import gridcase.casework.process.TurnOutlook;
import gridcase.casework.process.Turns;
import gridcase.form.FormView;
import gridcase.notice.Deliveries;
import gridcase.policy.DecisionRecord;
import gridcase.policy.Decisions;
import gridcase.shared.Acting;
import gridcase.shared.Refusal;
import gridcase.shared.Texts;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Cases over HTTP: what a person may see of them, and remarks and nudges. */
@RestController
@RequestMapping("/api/v1/cases")
@Tag(name = "cases", description = "案件 Cases")
class CaseApi {

	private final Cases cases;

	private final CaseActions actions;

	private final CaseTrail trail;

	private final CaseDiagrams diagrams;

	private final Decisions decisions;

	private final OpenTasks tasks;

	private final Incidents incidents;

	private final Deliveries deliveries;

	private final Turns turns;

	private final TurnOutlook outlook;

	private final TaskForms forms;

	private final Clocks clocks;

	CaseApi(Cases cases, CaseActions actions, CaseTrail trail, CaseDiagrams diagrams, Decisions decisions,
			OpenTasks tasks, Incidents incidents, Deliveries deliveries, Turns turns, TurnOutlook outlook,
			TaskForms forms, Clocks clocks) {
		this.cases = cases;
		this.actions = actions;
		this.trail = trail;
		this.diagrams = diagrams;
		this.decisions = decisions;
		this.tasks = tasks;
		this.incidents = incidents;
		this.deliveries = deliveries;
		this.turns = turns;
		this.outlook = outlook;
		this.forms = forms;
		this.clocks = clocks;
	}

	@GetMapping
	@Operation(summary = "查找案件，新的在前；list 为 SUSPENDED（挂账）或 DIFFICULT（疑难） (search, newest first, keyset paging)")
	Page<CaseView> search(@RequestParam(required = false) String place, @RequestParam(required = false) String text,
			@RequestParam(required = false) String state, @RequestParam(required = false) String stage,
			@RequestParam(required = false) String category, @RequestParam(required = false) String list,
			@RequestParam(required = false) String cursor, @RequestParam(defaultValue = "50") int size) {
		Page<CaseFile> page = this.cases
			.search(new CaseQuery(Acting.current(), place, text, state, stage, category, list, cursor, size));
		return new Page<>(views(page.rows()), page.next());
	}

	@GetMapping("/{caseNo}")
	@Operation(summary = "案件现状 (the case as it stands)")
	CaseView show(@PathVariable String caseNo) {
		return views(List.of(read(caseNo))).get(0);
	}

	private List<CaseView> views(List<CaseFile> files) {
		Map<String, Remaining> remaining = this.clocks.ofCases(files);
		return files.stream().map((file) -> new CaseView(file, remaining.get(file.caseNo()))).toList();
	}

	private CaseFile read(String caseNo) {
		return this.cases.get(caseNo, Acting.current());
	}

	@GetMapping("/{caseNo}/history")
	@Operation(summary = "经过，哈希链 (events, chained by hashes)")
	List<CaseEvent> history(@PathVariable String caseNo) {
		return this.trail.of(read(caseNo).caseNo());
	}

	@GetMapping("/{caseNo}/decisions")
	@Operation(summary = "每次决策：表、版本、输入、命中的规则 (decisions with the rules that fired)")
	List<DecisionRecord> decisions(@PathVariable String caseNo) {
		return this.decisions.ofCase(read(caseNo).caseNo());
	}

	@GetMapping("/{caseNo}/custody")
	@Operation(summary = "责任链 (who was answerable, who held it)")
	List<Custody> custody(@PathVariable String caseNo) {
		return this.cases.custody(read(caseNo).caseNo());
	}

	@GetMapping("/{caseNo}/norms")
	@Operation(summary = "适用过的时限 (limits that apply and applied, with table and version)")
	List<LimitNorm> norms(@PathVariable String caseNo) {
		return this.cases.norms(read(caseNo).caseNo());
	}

	@GetMapping("/{caseNo}/deadlines")
	@Operation(summary = "时限 (deadlines with the rule that set them)")
	List<DeadlineView> deadlines(@PathVariable String caseNo) {
		CaseFile file = read(caseNo);
		return this.cases.deadlines(file.caseNo())
			.stream()
			.map((deadline) -> new DeadlineView(deadline,
					(deadline.doneAt() == null) ? this.clocks.of(file.place(), deadline) : null))
			.toList();
	}

	@GetMapping("/{caseNo}/stages")
	@Operation(summary = "环节，按本辖区流程图 (stages of the place's own diagram)")
	List<StageView> stages(@PathVariable String caseNo) {
		return this.diagrams.stages(read(caseNo));
	}

	@GetMapping("/{caseNo}/path")
	@Operation(summary = "流程图与走过的路径 (diagram and path taken)")
	CasePath path(@PathVariable String caseNo) {
		return this.diagrams.path(read(caseNo));
	}

	@GetMapping("/{caseNo}/tasks")
	@Operation(summary = "未完成的任务 (open tasks)")
	List<OpenTask> tasks(@PathVariable String caseNo) {
		return this.tasks.ofCase(read(caseNo).caseNo());
	}

	@GetMapping("/{caseNo}/turns")
	@Operation(
			summary = "可以发起的、规则现在不允许的和正在进行的申请：延期、挂账、撤回、复开等 (turns beside the loop: offered to you now, refused by a rule now, and open)")
	TurnsView turns(@PathVariable String caseNo) {
		CaseFile file = read(caseNo);
		List<Turn> offered = this.turns.offered(file, Acting.current());
		List<TurnOutlook.Refused> refused = offered.stream()
			.flatMap((turn) -> this.outlook.refused(turn, file, Acting.current()).stream())
			.toList();
		return new TurnsView(
				offered.stream().filter((turn) -> refused.stream().noneMatch((no) -> no.turn().equals(turn))).toList(),
				refused, file.openTurns());
	}

	@GetMapping("/{caseNo}/turns/{key}/form")
	@Operation(summary = "申请表单 (the form that begins a turn)")
	FormView turnForm(@PathVariable String caseNo, @PathVariable String key) {
		CaseFile file = read(caseNo);
		return this.turns.offered(file, Acting.current())
			.stream()
			.filter((turn) -> turn.key().equals(key))
			.findFirst()
			.flatMap((turn) -> this.forms.view(turn, file, Map.of(), List.of()))
			.orElseThrow(() -> Refusal.forbidden(Texts.of("casework", "casework.refused.turn")));
	}

	@PostMapping("/{caseNo}/turns/{key}")
	@ResponseStatus(HttpStatus.NO_CONTENT)
	@Operation(
			summary = "发起申请；规则不允许时为 422，附规则的理由 (begin a turn with the fields of its form; 422 with the rule's words if it says no)")
	void begin(@PathVariable String caseNo, @PathVariable String key, @RequestBody Map<String, Object> fields) {
		this.actions.begin(read(caseNo).caseNo(), key, fields);
	}

	@GetMapping("/{caseNo}/incidents")
	@Operation(summary = "未解决的事件 (open incidents)")
	List<IncidentView> incidents(@PathVariable String caseNo) {
		return this.incidents.ofCase(read(caseNo).caseNo());
	}

	@GetMapping("/{caseNo}/notices")
	@Operation(summary = "告知了谁、说了什么、送达情况 (messages told, and whether they arrived)")
	List<Deliveries.Delivery> notices(@PathVariable String caseNo) {
		return this.deliveries.ofCase(read(caseNo).caseNo());
	}

	@PostMapping("/{caseNo}/comments")
	@ResponseStatus(HttpStatus.NO_CONTENT)
	@Operation(summary = "添加备注，不影响时限 (remark; touches no clock)")
	void comment(@PathVariable String caseNo, @Valid @RequestBody Remark remark) {
		this.actions.comment(read(caseNo).caseNo(), remark.text());
	}

	@PostMapping("/{caseNo}/urges")
	@ResponseStatus(HttpStatus.NO_CONTENT)
	@Operation(summary = "催办 (nudge the holder)")
	void urge(@PathVariable String caseNo, @Valid @RequestBody Remark remark) {
		this.actions.urge(read(caseNo).caseNo(), remark.text());
	}

	@GetMapping("/{caseNo}/integrity")
	@Operation(summary = "校验哈希链 (check the hash chain)")
	Map<String, Object> integrity(@PathVariable String caseNo) {
		return this.trail.firstFault(read(caseNo).caseNo())
			.<Map<String, Object>>map((fault) -> Map.of("intact", false, "fault", fault))
			.orElse(Map.of("intact", true));
	}

	/**
	 * A case with what is left of its limit.
	 *
	 * @param file the case
	 * @param remaining what is left, or null without a limit
	 */
	record CaseView(@JsonUnwrapped CaseFile file, Remaining remaining) {

	}

	/**
	 * A limit with what is left of it.
	 *
	 * @param deadline the limit
	 * @param remaining what is left, or null once it is done
	 */
	record DeadlineView(@JsonUnwrapped Deadline deadline, Remaining remaining) {

	}

	/**
	 * Turns of a case.
	 *
	 * @param offered those the person may begin now
	 * @param refused those the person could begin, but a rule says no whatever is asked
	 * @param open keys of those that are open, by process instance
	 */
	record TurnsView(List<Turn> offered, List<TurnOutlook.Refused> refused, Map<String, String> open) {

	}

	/**
	 * A remark.
	 *
	 * @param text its text
	 */
	record Remark(@NotBlank @Size(max = 20_000) String text) {

	}

}
