package gridcase.studio;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;

import gridcase.clock.PlatformClock;
import gridcase.shared.Texts;
import gridcase.trial.Trial;
import gridcase.trial.TrialCase;
import gridcase.trial.Trials;
import jakarta.servlet.http.HttpServletResponse;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;

import org.springframework.http.CacheControl;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;

/** The result of a trial as an Excel file: figures, groups, every case. */
@Component
class TrialSheet {

	private static final String EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

	private static final int PORTION = 1_000;

	private final Trials trials;

	private final TrialView view;

	private final PlatformClock clock;

	TrialSheet(Trials trials, TrialView view, PlatformClock clock) {
		this.trials = trials;
		this.view = view;
		this.clock = clock;
	}

	/** Answers with the file. */
	void send(Trial trial, HttpServletResponse response) throws IOException {
		response.setContentType(EXCEL);
		response.setHeader(HttpHeaders.CONTENT_DISPOSITION,
				ContentDisposition.attachment()
					.filename(text("file", trial.table(), trial.id()) + ".xlsx", StandardCharsets.UTF_8)
					.build()
					.toString());
		response.setHeader(HttpHeaders.CACHE_CONTROL, CacheControl.noStore().getHeaderValue());
		List<TrialView.Group> groups = this.view.groups(trial);
		try (Workbook book = new Workbook(response.getOutputStream(), "Gridcase", "1.0")) {
			figures(book, trial);
			groups(book, groups);
			cases(book, trial, groups);
		}
	}

	private void figures(Workbook book, Trial trial) throws IOException {
		Worksheet sheet = book.newWorksheet(text("figures"));
		int row = 0;
		put(sheet, row++, text("table"), trial.table());
		put(sheet, row++, text("from"), day(trial.from()));
		put(sheet, row++, text("to"), day(trial.to().minusMillis(1)));
		put(sheet, row++, text("state"), Texts.of("trial", "trial.state." + trial.state()));
		put(sheet, row++, text("total"), trial.total());
		put(sheet, row++, text("same"), trial.same());
		put(sheet, row++, text("changed"), trial.changed());
		put(sheet, row++, text("failing"), trial.failing());
		put(sheet, row++, text("judged"), trial.counts().judged());
		put(sheet, row++, text("unjudged"), trial.unjudged());
		put(sheet, row++, text("warnedBefore"), trial.counts().warnedBefore());
		put(sheet, row++, text("warnedAfter"), trial.counts().warnedAfter());
		put(sheet, row++, text("breachedBefore"), trial.counts().breachedBefore());
		put(sheet, row++, text("breachedAfter"), trial.counts().breachedAfter());
		put(sheet, row++, text("escalatedBefore"), trial.counts().escalatedBefore());
		put(sheet, row, text("escalatedAfter"), trial.counts().escalatedAfter());
		sheet.width(0, 28);
		sheet.width(1, 28);
		sheet.finish();
	}

	private static void put(Worksheet sheet, int row, String label, Object value) {
		sheet.value(row, 0, label);
		if (value instanceof Number number) {
			sheet.value(row, 1, number);
		}
		else {
			sheet.value(row, 1, value.toString());
		}
	}

	private void groups(Workbook book, List<TrialView.Group> groups) throws IOException {
		Worksheet sheet = book.newWorksheet(text("groups"));
		head(sheet, "group", "kind", "title", "rows", "before", "after", "decisions", "newly");
		int row = 1;
		for (TrialView.Group group : groups) {
			sheet.value(row, 0, group.group().no());
			sheet.value(row, 1, text(group.group().failing() ? "failing" : "changed"));
			sheet.value(row, 2, group.title());
			sheet.value(row, 3, group.rows());
			sheet.value(row, 4, group.before());
			sheet.value(row, 5, group.after());
			sheet.value(row, 6, group.group().decisions());
			sheet.value(row, 7, group.group().newly());
			row++;
		}
		sheet.finish();
	}

	private void cases(Workbook book, Trial trial, List<TrialView.Group> groups) throws IOException {
		Worksheet sheet = book.newWorksheet(text("cases"));
		head(sheet, "group", "case", "at", "before", "after", "used", "result", "also");
		int row = 1;
		for (TrialView.Group group : groups) {
			for (int from = 0;; from += PORTION) {
				List<TrialCase> cases = this.trials.cases(trial.id(), group.group().no(), false, from, PORTION);
				for (TrialView.Line line : this.view.lines(cases)) {
					sheet.value(row, 0, group.group().no());
					sheet.value(row, 1, line.line().caseNo());
					sheet.value(row, 2, line.line().at().atZone(this.clock.zone()).toLocalDateTime());
					sheet.style(row, 2).format("yyyy-mm-dd hh:mm").set();
					sheet.value(row, 3, group.before());
					sheet.value(row, 4, group.after());
					sheet.value(row, 5, line.used());
					sheet.value(row, 6, line.result());
					sheet.value(row, 7, line.also() ? text("yes") : "");
					row++;
				}
				sheet.flush();
				if (cases.size() < PORTION) {
					break;
				}
			}
		}
		sheet.finish();
	}

	private void head(Worksheet sheet, String... columns) {
		for (int column = 0; column < columns.length; column++) {
			sheet.value(0, column, text(columns[column]));
			sheet.width(column, 20);
		}
		sheet.range(0, 0, 0, columns.length - 1).style().bold().fillColor("E9F1FB").set();
		sheet.freezePane(0, 1);
	}

	private String day(java.time.Instant at) {
		return LocalDate.ofInstant(at, this.clock.zone()).toString();
	}

	private static String text(String key, Object... values) {
		return Texts.of("trial", "trial.sheet." + key, values);
	}

}
