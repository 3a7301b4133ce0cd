package gridcase.inquiry;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import gridcase.audit.Access;
import gridcase.audit.AccessLog;
import gridcase.casework.CaseFile;
import gridcase.clock.PlatformClock;
import gridcase.inquiry.Sums.By;
import gridcase.inquiry.Sums.Figure;
import gridcase.security.CurrentPerson;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;

import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Look-back, findings, samples and lists over HTTP. */
@RestController
@RequestMapping("/api/v1")
@Tag(name = "inquiry", description = "责任倒查与抽查 Look-back of responsibility")
class InquiryApi {

	private static final Duration LATELY = Duration.ofHours(48);

	private static final int MOST = 1000;

	private final Desk desk;

	private final LookBacks lookBacks;

	private final Sums sums;

	private final Findings findings;

	private final Samples samples;

	private final WatchLists lists;

	private final AccessLog log;

	private final PlatformClock clock;

	InquiryApi(Desk desk, LookBacks lookBacks, Sums sums, Findings findings, Samples samples, WatchLists lists,
			AccessLog log, PlatformClock clock) {
		this.desk = desk;
		this.lookBacks = lookBacks;
		this.sums = sums;
		this.findings = findings;
		this.samples = samples;
		this.lists = lists;
		this.log = log;
		this.clock = clock;
	}

	/**
	 * A look back on a case.
	 *
	 * @param lookBack where its time went and how it was passed on
	 * @param moment how it stood at the moment asked for, else at its end or now
	 * @param findings what was found in it
	 */
	record CaseInquiry(LookBack lookBack, LookBack.Moment moment, List<Finding> findings) {

	}

	@GetMapping("/cases/{caseNo}/inquiry")
	@Operation(summary = "一案的责任倒查 (who answered for a case and held it, where its time went)")
	CaseInquiry lookBack(CurrentPerson person, @PathVariable String caseNo, @RequestParam(required = false) Instant at,
			@RequestParam(required = false) Integer seq) {
		CaseFile file = this.desk.file(caseNo, person);
		this.log.record(new Access(person.login(), file.place(), "CASE_READ", "case", caseNo,
				Map.of("page", "inquiry", "api", true), null));
		LookBack back = this.lookBacks.of(file);
		return new CaseInquiry(back, this.lookBacks.at(file, (at != null) ? at : back.until(), seq),
				this.findings.ofCase(caseNo));
	}

	@PostMapping("/cases/{caseNo}/inquiry/findings")
	@ResponseStatus(HttpStatus.CREATED)
	@Operation(summary = "写督查问题，可同时交办整改 (writes a finding; sent, it becomes a rectification case)")
	Finding write(CurrentPerson person, @PathVariable String caseNo, @RequestBody FindingOrder order) {
		this.desk.mustAudit(person);
		return this.findings.get(this.findings.write(this.desk.file(caseNo, person), order, person.login()));
	}

	@GetMapping("/inquiry/sums")
	@Operation(summary = "责任倒查汇总：按单位、人员、类别或环节 (sums by unit, person, category or stage; cases by day of the report)")
	List<Sums.Row> sums(CurrentPerson person, @RequestParam(required = false) String place,
			@RequestParam(required = false) LocalDate from, @RequestParam(required = false) LocalDate to,
			@RequestParam(defaultValue = "UNIT") By by) {
		return this.sums.of(query(person, place, from, to, by));
	}

	@GetMapping("/inquiry/sums/cases")
	@Operation(summary = "一个数字背后的案件 (the cases behind a figure, 1,000 at most)")
	List<Sums.CaseSum> cases(CurrentPerson person, @RequestParam(required = false) String place,
			@RequestParam(required = false) LocalDate from, @RequestParam(required = false) LocalDate to,
			@RequestParam(defaultValue = "UNIT") By by, @RequestParam(defaultValue = "HELD") Figure figure,
			@RequestParam(required = false) String key) {
		return this.sums.cases(query(person, place, from, to, by), figure, key, MOST);
	}

	private Sums.Query query(CurrentPerson person, String place, LocalDate from, LocalDate to, By by) {
		this.desk.mustRead(person);
		Desk.Days days = this.desk.days(from, to);
		Desk.Scope scope = this.desk.scope(person);
		return new Sums.Query(this.desk.place(person, place).code(), this.desk.start(days), this.desk.end(days), by,
				scope.condition(), scope.parameters());
	}

	@GetMapping("/inquiry/findings")
	@Operation(summary = "督查问题 (findings, the newest first, 1,000 at most)")
	List<Finding> findings(CurrentPerson person, @RequestParam(required = false) String place,
			@RequestParam(required = false) Finding.State state) {
		this.desk.mustRead(person);
		Desk.Scope scope = this.desk.scope(person);
		return this.findings.ofPlace(this.desk.place(person, place).code(), state, scope.condition(),
				scope.parameters(), MOST);
	}

	@GetMapping("/inquiry/findings/{id}")
	@Operation(summary = "一个督查问题和它的整改 (a finding and where its rectification is)")
	Finding finding(CurrentPerson person, @PathVariable long id) {
		this.desk.mustRead(person);
		Finding finding = this.findings.get(id);
		this.desk.file(finding.caseNo(), person);
		return finding;
	}

	@PostMapping("/inquiry/findings/{id}/send")
	@Operation(summary = "交办整改 (sends a finding that was only noted)")
	Finding send(CurrentPerson person, @PathVariable long id) {
		this.desk.mustAudit(person);
		this.desk.file(this.findings.get(id).caseNo(), person);
		this.findings.send(id, person.login());
		return this.findings.get(id);
	}

	/**
	 * Why something is done.
	 *
	 * @param reason in words
	 */
	record Because(String reason) {

	}

	@PostMapping("/inquiry/findings/{id}/revoke")
	@Operation(summary = "撤销还没有交办的问题 (takes back a finding that was only noted)")
	Finding revoke(CurrentPerson person, @PathVariable long id, @RequestBody Because because) {
		this.desk.mustAudit(person);
		this.desk.file(this.findings.get(id).caseNo(), person);
		this.findings.revoke(id, because.reason(), person.login());
		return this.findings.get(id);
	}

	@GetMapping("/samples")
	@Operation(summary = "抽查 (samples, the newest first)")
	List<Sample> samples(CurrentPerson person, @RequestParam(required = false) String place) {
		this.desk.mustRead(person);
		return this.samples.ofPlace(this.desk.place(person, place).code());
	}

	/**
	 * A sample with its cases.
	 *
	 * @param sample the sample
	 * @param cases its cases in the order they were drawn
	 */
	record SampleWithCases(Sample sample, List<SampleCase> cases) {

	}

	@PostMapping("/samples")
	@ResponseStatus(HttpStatus.CREATED)
	@Operation(summary = "抽取样本 (draws a sample; the same seed and list give the same cases)")
	SampleWithCases draw(CurrentPerson person, @RequestParam(required = false) String place,
			@RequestBody SampleOrder order) {
		this.desk.mustAudit(person);
		Desk.Scope scope = this.desk.scope(person);
		return sample(person, this.samples.draw(this.desk.place(person, place).code(), order, scope.condition(),
				scope.parameters(), person.login()));
	}

	@GetMapping("/samples/{sample:[0-9]+}")
	@Operation(summary = "一份样本和它的案件 (a sample and its cases)")
	SampleWithCases sample(CurrentPerson person, @PathVariable("sample") long id) {
		this.desk.mustRead(person);
		Sample sample = this.samples.get(id);
		this.desk.place(person, sample.place());
		return new SampleWithCases(sample, this.samples.cases(id));
	}

	@GetMapping(path = "/samples/{sample:[0-9]+}/population.txt",
			produces = MediaType.TEXT_PLAIN_VALUE + ";charset=UTF-8")
	@Operation(summary = "抽样所用的案件清单 (the list a sample was drawn from)")
	byte[] population(CurrentPerson person, @PathVariable("sample") long id) {
		sample(person, id);
		return this.samples.population(id);
	}

	/**
	 * What somebody noted.
	 *
	 * @param note in words, or null
	 */
	record Note(String note) {

	}

	@PostMapping("/samples/{sample:[0-9]+}/cases/{caseNo}")
	@Operation(summary = "这一案没有问题 (this case of the sample is in order)")
	SampleWithCases inOrder(CurrentPerson person, @PathVariable("sample") long id, @PathVariable String caseNo,
			@RequestBody Note note) {
		this.desk.mustAudit(person);
		sample(person, id);
		this.samples.inOrder(id, caseNo, note.note(), person.login());
		return sample(person, id);
	}

	@GetMapping("/samples/lists")
	@Operation(summary = "48 小时清单 (what auditors look at: the last 48 hours unless a period is given)")
	Map<WatchList.Name, List<WatchList>> lists(CurrentPerson person, @RequestParam(required = false) String place,
			@RequestParam(required = false) Instant from, @RequestParam(required = false) Instant until) {
		this.desk.mustRead(person);
		String shown = this.desk.place(person, place).code();
		Instant end = (until != null) ? until : this.clock.now().plusMillis(1);
		Instant begin = (from != null) ? from : end.minus(LATELY);
		Desk.Scope scope = this.desk.scope(person);
		Map<WatchList.Name, List<WatchList>> lists = new EnumMap<>(WatchList.Name.class);
		for (WatchList.Name list : WatchList.Name.values()) {
			lists.put(list, this.lists.of(list, shown, begin, end, scope, MOST));
		}
		return lists;
	}

}
