package gridcase.casework;

import java.io.InputStreamReader;
import java.io.Reader;
import java.io.ByteArrayInputStream;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;

import gridcase.clock.CalendarLoader;
import gridcase.clock.PlatformClock;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;

import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What a changed calendar would move, before it is loaded. */
@RestController
@RequestMapping("/api/v1/registry")
@Tag(name = "Registries")
class DeadlinePlanApi {

	private final DeadlinePlans plans;

	private final CalendarLoader loader;

	private final PlatformClock clock;

	DeadlinePlanApi(DeadlinePlans plans, CalendarLoader loader, PlatformClock clock) {
		this.plans = plans;
		this.loader = loader;
		this.clock = clock;
	}

	@PostMapping(path = "/calendar-days/preview", consumes = "text/csv")
	@Operation(summary = "载入放假通知会移动哪些截止时间，不载入 (which deadlines a holiday notice would move; loads nothing)")
	DeadlinePlans.Preview days(@RequestBody byte[] csv,
			@RequestParam(defaultValue = CalendarLoader.NATIONAL_DAYS) String dayList) {
		return this.plans.preview(this.loader.previewDays(CalendarLoader.text(csv), dayList));
	}

	@PostMapping(path = "/calendars/preview", consumes = "text/csv")
	@Operation(summary = "更改办公时间会移动哪些截止时间，不载入 (which deadlines other office hours would move; loads nothing)")
	DeadlinePlans.Preview hours(@RequestBody byte[] csv, @RequestParam(required = false) LocalDate from) {
		LocalDate today = LocalDate.ofInstant(this.clock.now(), this.clock.zone());
		return this.plans.preview(this.loader.previewHours(CalendarLoader.text(csv), (from != null) ? from : today));
	}

}
