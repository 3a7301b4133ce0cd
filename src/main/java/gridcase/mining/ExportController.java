package gridcase.mining;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;

import gridcase.security.CurrentPerson;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.CacheControl;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The event log as a file. */
@Controller
@Tag(name = "mining", description = "流程分析 Process mining")
class ExportController {

	private final LogExports exports;

	ExportController(LogExports exports) {
		this.exports = exports;
	}

	@GetMapping({ "/mining/export/log", "/api/v1/mining/log" })
	@Operation(summary = "导出事件日志：XES 或 OCEL 2.0 (the event log as XES or OCEL 2.0)",
			description = "By day of the report; the person's own place and the last 90 days unless told otherwise. "
					+ "People have pseudonyms, the same in every log of the same key; with clear=true they have their "
					+ "sign-in names, which needs a reason. Every export is on record. What is broken off is no whole log.")
	void log(CurrentPerson person, @RequestParam(defaultValue = "XES") ExportFormat format,
			@RequestParam(required = false) String place, @RequestParam(required = false) LocalDate from,
			@RequestParam(required = false) LocalDate to, @RequestParam(required = false) String category,
			@RequestParam(required = false) String key, @RequestParam(defaultValue = "false") boolean clear,
			@RequestParam(required = false) String reason, HttpServletResponse response) throws IOException {
		LogExports.Prepared log = this.exports.prepare(person,
				new ExportOrder(format, place, from, to, category, key, clear, reason));
		response.setContentType(log.format().mediaType());
		response.setHeader(HttpHeaders.CONTENT_DISPOSITION,
				ContentDisposition.attachment().filename(log.fileName(), StandardCharsets.UTF_8).build().toString());
		response.setHeader(HttpHeaders.CACHE_CONTROL, CacheControl.noStore().getHeaderValue());
		log.write(response.getOutputStream());
	}

}
