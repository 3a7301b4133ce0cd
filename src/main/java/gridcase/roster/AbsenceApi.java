package gridcase.roster;

import java.time.Instant;
import java.util.List;

import gridcase.registry.Absence;
import gridcase.registry.Absences;
import gridcase.security.CurrentPerson;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Absences over HTTP. */
@RestController
@RequestMapping("/api/v1/absences")
@Tag(name = "absences", description = "请假与代理 Absences and who stands in")
class AbsenceApi {

	private final AbsenceDesk desk;

	AbsenceApi(AbsenceDesk desk) {
		this.desk = desk;
	}

	@GetMapping
	@Operation(summary = "正在或将要请假的人，限本人可办理和代理的 (absences that last or are to come)")
	List<Absences.Entry> open(@Parameter(hidden = true) CurrentPerson person, @RequestParam String place) {
		return this.desk.open(person, place);
	}

	@PostMapping
	@ResponseStatus(HttpStatus.NO_CONTENT)
	@Operation(summary = "登记请假，写明代理人 (enter an absence with its substitute)",
			description = "One's own; for a unit's people by its head; for everybody by an administrator.")
	void enter(@Parameter(hidden = true) CurrentPerson person, @Valid @RequestBody NewAbsence body) {
		this.desk.enter(person,
				new Absence(body.place(), body.staff(), body.since(), body.until(), body.substitute(), body.reason()));
	}

	@PostMapping("/end")
	@ResponseStatus(HttpStatus.NO_CONTENT)
	@Operation(summary = "提前销假；尚未开始的即取消 (end an absence now, or call it off)")
	void end(@Parameter(hidden = true) CurrentPerson person, @Valid @RequestBody WhichAbsence body) {
		this.desk.end(person, body.place(), body.staff(), body.since());
	}

	/**
	 * An absence to be entered.
	 *
	 * @param place place code
	 * @param staff sign-in name of the absent person
	 * @param since from when, to the minute
	 * @param until first moment back
	 * @param substitute sign-in name of the one who stands in
	 * @param reason in words, may be missing
	 */
	record NewAbsence(@NotBlank String place, @NotBlank String staff, @NotNull Instant since, @NotNull Instant until,
			@NotBlank String substitute, String reason) {

	}

	/**
	 * An absence there is.
	 *
	 * @param place place code
	 * @param staff sign-in name of the absent person
	 * @param since when it began or begins
	 */
	record WhichAbsence(@NotBlank String place, @NotBlank String staff, @NotNull Instant since) {

	}

}
