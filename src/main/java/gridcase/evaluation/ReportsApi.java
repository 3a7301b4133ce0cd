package gridcase.evaluation;

import java.time.LocalDate;
import java.util.List;

import gridcase.clock.PlatformClock;
import gridcase.registry.Places;
import gridcase.security.CurrentPerson;
import gridcase.shared.FieldProblem;
import gridcase.shared.Refusal;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;

import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Figures over HTTP. Without a place the one of the person; days are inclusive, without
 * them all there is.
 */
@RestController
@RequestMapping("/api/v1/reports")
@Tag(name = "reports", description = "统计报表 Reports")
class ReportsApi {

	private final Reports reports;

	private final Places places;

	private final PlatformClock clock;

	private final MessageSource messages;

	ReportsApi(Reports reports, Places places, PlatformClock clock, MessageSource messages) {
		this.reports = reports;
		this.places = places;
		this.clock = clock;
		this.messages = messages;
	}

	@GetMapping("/loops")
	@Operation(summary = "各循环办结数 (cases closed per loop, by day of closing)")
	LoopReport loops(CurrentPerson person, @RequestParam(required = false) String place,
			@RequestParam(required = false) LocalDate from, @RequestParam(required = false) LocalDate to) {
		return this.reports.loops(place(person, place), new Period(from, to));
	}

	@GetMapping("/self-handling")
	@Operation(summary = "自处置率 (self-handling rate against what is required, by day of registration)")
	SelfHandlingReport selfHandling(CurrentPerson person, @RequestParam(required = false) String place,
			@RequestParam(required = false) LocalDate from, @RequestParam(required = false) LocalDate to) {
		return this.reports.selfHandling(place(person, place), new Period(from, to));
	}

	@GetMapping("/categories")
	@Operation(summary = "分类状态 (states by class of category, by day of registration)")
	CategoryReport categories(CurrentPerson person, @RequestParam(required = false) String place,
			@RequestParam(required = false) LocalDate from, @RequestParam(required = false) LocalDate to) {
		return this.reports.categories(place(person, place), new Period(from, to));
	}

	@GetMapping("/units")
	@Operation(summary = "单位办理数 (work of the units, by day of registration)")
	UnitReport units(CurrentPerson person, @RequestParam(required = false) String place,
			@RequestParam(required = false) LocalDate from, @RequestParam(required = false) LocalDate to) {
		return this.reports.units(place(person, place), new Period(from, to));
	}

	@GetMapping("/valid-reports")
	@Operation(summary = "有效上报比率 (valid of all reports of each grid worker, by day of registration)")
	ValidReportsReport validReports(CurrentPerson person, @RequestParam(required = false) String place,
			@RequestParam(required = false) LocalDate from, @RequestParam(required = false) LocalDate to) {
		return this.reports.validReports(place(person, place), new Period(from, to));
	}

	private String place(CurrentPerson person, String asked) {
		String place = (asked != null) ? asked : person.place();
		if (place == null) {
			throw Refusal.invalid(
					List.of(new FieldProblem("place", text("evaluation.place"), text("evaluation.place-missing"))));
		}
		if (!person.belongsTo(place)) {
			throw Refusal.forbidden(text("evaluation.other-place"));
		}
		if (this.places.find(place, this.clock.now()).isEmpty()) {
			throw Refusal.notFound(text("evaluation.no-place", place));
		}
		return place;
	}

	private String text(String key, Object... arguments) {
		return this.messages.getMessage(key, arguments, LocaleContextHolder.getLocale());
	}

}
