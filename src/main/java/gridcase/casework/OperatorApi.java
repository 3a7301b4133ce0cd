package gridcase.casework;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import gridcase.casework.process.Incidents;
import gridcase.casework.process.TimeTravel;
import gridcase.clock.PlatformClock;
import gridcase.security.CurrentPerson;
import gridcase.shared.Refusal;
import gridcase.shared.Texts;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The operator's side over HTTP: incidents and the rehearsal clock. */
@RestController
@RequestMapping("/api/v1")
@Tag(name = "operator", description = "运维 Operator")
class OperatorApi {

	private final Incidents incidents;

	private final OperatorAlerts alerts;

	private final TimeTravel travel;

	private final PlatformClock clock;

	OperatorApi(Incidents incidents, OperatorAlerts alerts, TimeTravel travel, PlatformClock clock) {
		this.incidents = incidents;
		this.alerts = alerts;
		this.travel = travel;
		this.clock = clock;
	}

	@GetMapping("/incidents")
	@Operation(summary = "停住的案件 (cases that cannot go on)")
	List<IncidentView> incidents(CurrentPerson person) {
		return this.incidents.open().stream().filter((incident) -> person.belongsTo(incident.place())).toList();
	}

	@PostMapping("/incidents/{id}/retry")
	@Operation(summary = "修好规则后重试 (retry after the rule was mended)")
	Map<String, Object> retry(CurrentPerson person, @PathVariable String id) {
		this.incidents.retry(id, person.place()).ifPresent((reason) -> {
			throw Refusal.rule(Texts.of("casework", "casework.refused.retry", reason));
		});
		return Map.of("resolved", true);
	}

	@GetMapping("/alerts")
	@Operation(summary = "未确认的提醒：无人在岗、已到顶层 (alerts nobody has noted yet)")
	List<OperatorAlerts.Alert> alerts(CurrentPerson person, @RequestParam(required = false) String place) {
		return this.alerts.open((person.place() != null) ? person.place() : place);
	}

	@PostMapping("/alerts/{id}/seen")
	@ResponseStatus(HttpStatus.NO_CONTENT)
	@Operation(summary = "确认提醒 (take note of an alert)")
	void seen(CurrentPerson person, @PathVariable long id) {
		this.alerts.seen(id, person.place(), person.login());
	}

	@GetMapping("/clock")
	@Operation(summary = "平台时间 (the platform's time)")
	Map<String, Object> now() {
		return Map.of("now", this.clock.now(), "zone", this.clock.zone().getId(), "rehearsal", this.clock.rehearsal());
	}

	@PostMapping("/clock")
	@Operation(summary = "拨快演练时钟 (move the rehearsal clock forward)")
	Map<String, Object> move(@Valid @RequestBody Move move) {
		int fired = this.travel.moveTo(move.to());
		return Map.of("now", this.clock.now(), "timersFired", fired);
	}

	/**
	 * Where to move the clock.
	 *
	 * @param to a moment in the future
	 */
	record Move(@NotNull Instant to) {

	}

}
