package gridcase.intake;

import java.net.URI;
import java.util.Map;

import gridcase.casework.CaseFile;
import gridcase.casework.Cases;
import gridcase.casework.Report;
import gridcase.clock.PlatformClock;
import gridcase.registry.Places;
import gridcase.security.CurrentPerson;
import gridcase.shared.Acting;
import gridcase.shared.Refusal;
import gridcase.shared.Texts;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;

import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** Reports over HTTP. */
@RestController
@Tag(name = "cases")
class ReportApi {

	private final Intake intake;

	private final Cases cases;

	private final Places places;

	private final PlatformClock clock;

	ReportApi(Intake intake, Cases cases, Places places, PlatformClock clock) {
		this.intake = intake;
		this.places = places;
		this.clock = clock;
		this.cases = cases;
	}

	@PostMapping("/api/v1/cases")
	@Operation(summary = "上报案件；同一 Idempotency-Key 只立一件 (report; the same key gives the same case)")
	ResponseEntity<CaseFile> create(CurrentPerson person,
			@RequestHeader(name = "Idempotency-Key", required = false) String key,
			@Valid @RequestBody CreateCase body) {
		if (this.places.find(body.place(), this.clock.now()).isPresent() && !person.belongsTo(body.place())) {
			throw Refusal.forbidden(Texts.of("intake", "intake.refused.place"));
		}
		String caseNo = this.intake.report(new Report(body.place(), body.channel(), Acting.current(), body.fields()),
				key);
		return ResponseEntity.created(URI.create("/api/v1/cases/" + caseNo)).body(this.cases.get(caseNo));
	}

	/**
	 * A report.
	 *
	 * @param place place code
	 * @param channel how it arrived
	 * @param fields fields of the place's form {@code report-case}
	 */
	record CreateCase(@NotBlank String place,
			@NotBlank @Pattern(
					regexp = "GRID_WORKER|PATROL|RESIDENT|HOTLINE|PETITION|DEPARTMENT|SMS|WECHAT|THIRD_PARTY") @Schema(
							example = "GRID_WORKER") String channel,
			@NotNull @Schema(
					example = "{\"title\":\"楼道堆放纸箱\",\"description\":\"堵住疏散通道\",\"category\":\"S0301\",\"severity\":\"GENERAL\",\"urgency\":\"ROUTINE\",\"gridCode\":\"SD0101\",\"address\":\"上地佳园 6 号楼 2 单元\"}") Map<String, Object> fields) {

	}

}
