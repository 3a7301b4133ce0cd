package gridcase.resident;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import gridcase.casework.CaseFile;
import gridcase.clock.PlatformClock;
import gridcase.registry.Catalogue;
import gridcase.registry.Place;
import gridcase.resident.ResidentReports.Receipt;
import gridcase.resident.Tracking.Step;
import gridcase.shared.Refusal;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;

import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;

/** What residents can do, for apps of theirs. Nobody signs in. */
@RestController
@RequestMapping("/api/v1/public")
@Tag(name = "public")
class ResidentApi {

	private static final int GRIDS = 20;

	private final ResidentReports reports;

	private final Tracking tracking;

	private final TrackViews views;

	private final CaseDesk desk;

	private final GridSearch grids;

	private final DutyCards cards;

	private final Catalogue catalogue;

	private final PlatformClock clock;

	private final Visits visits;

	ResidentApi(ResidentReports reports, Tracking tracking, TrackViews views, CaseDesk desk, GridSearch grids,
			DutyCards cards, Catalogue catalogue, PlatformClock clock, Visits visits) {
		this.reports = reports;
		this.tracking = tracking;
		this.views = views;
		this.desk = desk;
		this.grids = grids;
		this.cards = cards;
		this.catalogue = catalogue;
		this.clock = clock;
		this.visits = visits;
	}

	@PostMapping("/{place}/reports")
	@Operation(
			summary = "居民上报，得到案号与查询凭证；同一 Idempotency-Key 只立一件 (a resident reports; the same key gives the same case)")
	ResponseEntity<Receipt> report(HttpServletRequest request, @PathVariable String place,
			@RequestHeader(name = "Idempotency-Key", required = false) String key, @RequestBody ResidentReport report) {
		this.visits.check(Visits.REPORT, request);
		Receipt receipt = this.reports.take(place, report, key);
		return ResponseEntity.created(URI.create("/track/" + receipt.caseNo() + "/" + receipt.token())).body(receipt);
	}

	@PostMapping("/{place}/codes")
	@Operation(summary = "向要填写的手机发验证码 (send a code to the phone of a report)")
	Map<String, UUID> code(HttpServletRequest request, @PathVariable String place, @Valid @RequestBody Phone body) {
		this.visits.check(Visits.CODE, request);
		return Map.of("codeId", this.reports.sendCode(place, body.phone()));
	}

	@PostMapping(path = "/{place}/photos", consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
	@Operation(summary = "先传照片，上报时写明其编号，保留一天 (send a photo ahead of its report; kept for a day)")
	Map<String, UUID> photo(HttpServletRequest request, @PathVariable String place, @RequestParam MultipartFile file)
			throws IOException {
		this.visits.check(Visits.REPORT, request);
		return Map.of("id", this.reports.addPhoto(place, null, file.getOriginalFilename(), file.getBytes()).id());
	}

	@GetMapping("/{place}/grids")
	@Operation(summary = "按地址找网格 (grids an address may mean, best first)")
	List<GridSearch.Found> grids(HttpServletRequest request, @PathVariable String place, @RequestParam String q) {
		this.visits.check(Visits.LOOK, request);
		this.reports.place(place);
		return this.grids.search(place, q, GRIDS);
	}

	@GetMapping("/{place}/categories")
	@Operation(summary = "可以上报的类别，以及上报是否要验证码 (categories, and whether a report needs a code)")
	Menu categories(HttpServletRequest request, @PathVariable String place) {
		this.visits.check(Visits.LOOK, request);
		Place known = this.reports.place(place);
		return new Menu(known.code(), known.name(), this.reports.needsCode(),
				this.catalogue.categories(place, this.clock.now())
					.stream()
					.map((category) -> new Kind(category.code(), category.className(), category.name()))
					.toList());
	}

	@GetMapping("/cards/{grid}")
	@Operation(summary = "网格便民联系卡 (who is on duty for a grid, as far as published)")
	DutyCards.Card card(HttpServletRequest request, @PathVariable String grid) {
		this.visits.check(Visits.LOOK, request);
		return this.cards.of(grid);
	}

	@PostMapping("/tracking")
	@Operation(
			summary = "凭案号与手机号取得查询凭证；短信开通时先发验证码 (case number and phone give the token; by a code where text messages work)")
	Step ask(HttpServletRequest request, @Valid @RequestBody Ask body) {
		this.visits.check(Visits.GUESS, request);
		return (body.codeId() != null) ? this.tracking.prove(body.caseNo(), body.codeId(), body.code())
				: this.tracking.ask(body.caseNo(), body.phone());
	}

	@GetMapping("/cases/{caseNo}")
	@Operation(summary = "案件进度 (a case as its reporter sees it)")
	TrackView show(HttpServletRequest request, @PathVariable String caseNo,
			@RequestHeader("Tracking-Token") String token) {
		this.visits.check(Visits.LOOK, request);
		return this.views.of(open(request, caseNo, token));
	}

	@PostMapping("/cases/{caseNo}/{action}")
	@Operation(summary = "催办 urge、补充 comment、评价 follow-up、复开 reopening、撤回 withdrawal")
	TrackView act(HttpServletRequest request, @PathVariable String caseNo, @PathVariable String action,
			@RequestHeader("Tracking-Token") String token, @RequestBody Act body) {
		CaseFile file = open(request, caseNo, token);
		this.visits.check(Visits.ACT, request);
		this.desk.act(file, action, body.text(), body.satisfaction());
		return this.views.of(this.tracking.open(caseNo, token));
	}

	private CaseFile open(HttpServletRequest request, String caseNo, String token) {
		try {
			return this.tracking.open(caseNo, token);
		}
		catch (Refusal refusal) {
			this.visits.check(Visits.GUESS, request);
			throw refusal;
		}
	}

	/**
	 * A telephone.
	 *
	 * @param phone the number
	 */
	record Phone(@NotBlank String phone) {

	}

	/**
	 * A question for a token.
	 *
	 * @param caseNo case number
	 * @param phone the whole number given in the report; left out with a code
	 * @param codeId what the code was sent under
	 * @param code the code
	 */
	record Ask(@NotBlank String caseNo, String phone, UUID codeId, String code) {

	}

	/**
	 * What a reporter does.
	 *
	 * @param text what the reporter says
	 * @param satisfaction for a follow-up
	 */
	record Act(String text, @Schema(allowableValues = {
			"SATISFIED", "DISSATISFIED" }) String satisfaction){

	}

	/**
	 * What can be reported in a place.
	 *
	 * @param place place code
	 * @param name its name
	 * @param needsCode whether a report needs a code that was sent to its phone
	 * @param categories what kinds of cases there are
	 */
	record Menu(String place, String name, boolean needsCode, List<Kind> categories) {

	}

	/**
	 * A kind of case.
	 *
	 * @param code its code
	 * @param group name of its class
	 * @param name its name
	 */
	record Kind(String code, String group, String name) {

	}

}
