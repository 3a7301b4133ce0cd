package gridcase.clock;

import java.time.LocalDate;
import java.util.List;
import java.util.Set;

import gridcase.shared.LoadRefused;
import gridcase.shared.Texts;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;

import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Working calendars over REST: read them, load hours and holidays. */
@RestController
@RequestMapping("/api/v1/registry")
@Tag(name = "Registries")
class CalendarController {

	private final WorkingCalendars calendars;

	private final CalendarLoader loader;

	private final PlatformClock clock;

	CalendarController(WorkingCalendars calendars, CalendarLoader loader, PlatformClock clock) {
		this.calendars = calendars;
		this.loader = loader;
		this.clock = clock;
	}

	@GetMapping("/calendars")
	@Operation(summary = "Working calendars and the years whose holidays are loaded")
	List<CalendarView> read() {
		return this.calendars.codes()
			.stream()
			.map((code) -> new CalendarView(code, this.calendars.named(code).name(),
					this.calendars.named(code).years()))
			.toList();
	}

	@PostMapping(path = "/calendars", consumes = "text/csv")
	@Operation(summary = "Load office hours, all of the file or nothing",
			description = "Columns calendar,name,day_list,weekday,opens,closes. The hours hold from the given day, "
					+ "today if none is given.")
	Loaded loadHours(@RequestBody byte[] csv, @RequestParam(required = false) LocalDate from) {
		LocalDate today = LocalDate.ofInstant(this.clock.now(), this.clock.zone());
		return new Loaded(this.loader.loadHours(CalendarLoader.text(csv), (from != null) ? from : today));
	}

	@PostMapping(path = "/calendar-days", consumes = "text/csv")
	@Operation(summary = "Load holidays and make-up workdays, all of the file or nothing",
			description = "Columns notice_year,date,holiday_name,day_kind. A notice replaces the one of its year.")
	Loaded loadDays(@RequestBody byte[] csv,
			@RequestParam(defaultValue = CalendarLoader.NATIONAL_DAYS) String dayList) {
		return new Loaded(this.loader.loadDays(CalendarLoader.text(csv), dayList));
	}

	@ExceptionHandler
	ProblemDetail refused(LoadRefused refused) {
		ProblemDetail problem = ProblemDetail.forStatusAndDetail(HttpStatus.BAD_REQUEST,
				Texts.of("clock", "clock.load.refused", refused.problems().size()));
		problem.setProperty("rows", refused.problems());
		return problem;
	}

	/**
	 * One calendar.
	 *
	 * @param code its code, as places name it
	 * @param name its name
	 * @param years the years it knows
	 */
	record CalendarView(String code, String name, Set<Integer> years) {

	}

	/**
	 * What a load did.
	 *
	 * @param changed false if everything was already so
	 */
	record Loaded(boolean changed) {

	}

}
