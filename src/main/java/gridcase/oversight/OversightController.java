package gridcase.oversight;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

import gridcase.audit.AccessTrail;
import gridcase.clock.PlatformClock;
import gridcase.registry.Place;
import gridcase.security.CurrentPerson;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.CacheControl;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;

/** Who read and did what (查阅记录): looked through, asked for what is unusual, taken out. */
@Controller
@Tag(name = "oversight", description = "查阅记录 Who read and did what")
class OversightController {

	private static final String EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

	private static final int SIZE = 50;

	private static final int WEEK = 7;

	private final LogReader log;

	private final LogSheet sheet;

	private final PlatformClock clock;

	OversightController(LogReader log, LogSheet sheet, PlatformClock clock) {
		this.log = log;
		this.sheet = sheet;
		this.clock = clock;
	}

	@GetMapping("/oversight")
	String show(CurrentPerson person, @RequestParam(required = false) String place, Asked asked,
			@RequestParam(required = false) Long below,
			@RequestHeader(name = "HX-Request", required = false) String part, Model model) {
		LogReader.Scope scope = this.log.scope(person, place);
		List<LogReader.Line> lines = this.log.page(scope, asked, below, SIZE + 1);
		boolean more = lines.size() > SIZE;
		model.addAttribute("scope", scope);
		model.addAttribute("asked", asked);
		model.addAttribute("lines", more ? lines.subList(0, SIZE) : lines);
		model.addAttribute("next", more ? lines.get(SIZE - 1).entry().id() : null);
		model.addAttribute("kinds", this.log.kinds());
		return (part != null) ? "oversight/log :: rows" : "oversight/log";
	}

	@GetMapping("/oversight/unusual")
	String unusual(CurrentPerson person, @RequestParam(required = false) String place,
			@RequestParam(required = false) LocalDate from, @RequestParam(required = false) LocalDate to, Model model) {
		LogReader.Scope scope = this.log.scope(person, place);
		LocalDate last = last(to);
		LocalDate first = first(from, last);
		model.addAttribute("scope", scope);
		model.addAttribute("from", first);
		model.addAttribute("to", last);
		model.addAttribute("zone", this.clock.zone());
		model.addAttribute("lines", this.log.unusual(scope, first, last));
		return "oversight/unusual";
	}

	@GetMapping("/oversight/log.xlsx")
	void excel(CurrentPerson person, @RequestParam(required = false) String place, Asked asked,
			HttpServletResponse response) throws IOException {
		LogReader.Scope scope = this.log.scope(person, place);
		headers(response, EXCEL, "xlsx", scope);
		this.sheet.excel(scope, asked, response.getOutputStream());
	}

	@GetMapping({ "/oversight/log.csv", "/api/v1/oversight/log.csv" })
	@Operation(summary = "查阅记录 CSV，新的在前 (the log as CSV, newest first)")
	void csv(CurrentPerson person, @RequestParam(required = false) String place, Asked asked,
			HttpServletResponse response) throws IOException {
		LogReader.Scope scope = this.log.scope(person, place);
		headers(response, "text/csv;charset=UTF-8", "csv", scope);
		this.sheet.csv(scope, asked, response.getOutputStream());
	}

	private void headers(HttpServletResponse response, String type, String ending, LogReader.Scope scope) {
		Place place = scope.place();
		response.setContentType(type);
		response.setHeader(HttpHeaders.CONTENT_DISPOSITION,
				ContentDisposition.attachment()
					.filename(this.sheet.title() + ((place != null) ? " " + place.name() : "") + "." + ending,
							StandardCharsets.UTF_8)
					.build()
					.toString());
		response.setHeader(HttpHeaders.CACHE_CONTROL, CacheControl.noStore().getHeaderValue());
	}

	@GetMapping("/api/v1/oversight/log")
	@ResponseBody
	@Operation(
			summary = "查阅记录，新的在前；本辖区督查人员看本辖区的，系统管理员只看自己的 (who read and did what, newest first; next is the below of the following page)")
	LogPage log(CurrentPerson person, @RequestParam(required = false) String place, Asked asked,
			@RequestParam(required = false) Long below) {
		List<AccessTrail.Entry> entries = this.log.page(this.log.scope(person, place), asked, below, SIZE + 1)
			.stream()
			.map(LogReader.Line::entry)
			.toList();
		boolean more = entries.size() > SIZE;
		return new LogPage(more ? entries.subList(0, SIZE) : entries, more ? entries.get(SIZE - 1).id() : null);
	}

	@GetMapping("/api/v1/oversight/unusual")
	@ResponseBody
	@Operation(summary = "异常查阅，按决策表 unusual-reading (hours in which somebody read unusually, as the table says)")
	List<LogReader.Unusual> unusual(CurrentPerson person, @RequestParam(required = false) String place,
			@RequestParam(required = false) LocalDate from, @RequestParam(required = false) LocalDate to) {
		LocalDate last = last(to);
		return this.log.unusual(this.log.scope(person, place), first(from, last), last);
	}

	private LocalDate last(LocalDate to) {
		return (to != null) ? to : this.clock.now().atZone(this.clock.zone()).toLocalDate();
	}

	private static LocalDate first(LocalDate from, LocalDate last) {
		return (from != null) ? from : last.minusDays(WEEK - 1);
	}

	/**
	 * A page of the log.
	 *
	 * @param rows its entries
	 * @param next where the next page begins, null if there is none
	 */
	record LogPage(List<AccessTrail.Entry> rows, Long next) {

	}

	/**
	 * Which entries.
	 *
	 * @param person sign-in name or name
	 * @param kind what was done
	 * @param subject which thing, e.g. a case number
	 * @param from first day
	 * @param to last day
	 */
	record Asked(String person, String kind, String subject, LocalDate from, LocalDate to) {

		Instant since(PlatformClock clock) {
			return (this.from != null) ? this.from.atStartOfDay(clock.zone()).toInstant() : null;
		}

		Instant until(PlatformClock clock) {
			return (this.to != null) ? this.to.plusDays(1).atStartOfDay(clock.zone()).toInstant() : null;
		}

	}

}
