package gridcase.inquiry;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

import gridcase.inquiry.Sums.Figure;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;

import org.springframework.stereotype.Component;

/** Sums as an Excel file; times in hours of office time. */
@Component
class SumSheet {

	private static final double HOUR = 3600;

	private final SumPage page;

	SumSheet(SumPage page) {
		this.page = page;
	}

	void write(Sums.Query query, List<Sums.Row> rows, OutputStream out) throws IOException {
		List<SumPage.Column> columns = this.page.columns(query.by());
		try (Workbook book = new Workbook(out, "Gridcase", "1.0")) {
			Worksheet sheet = book.newWorksheet(this.page.title(query.by()));
			sheet.value(0, 0, this.page.title(query.by()));
			for (int column = 0; column < columns.size(); column++) {
				sheet.value(0, column + 1, columns.get(column).sheetLabel());
			}
			sheet.width(0, 26);
			sheet.range(0, 0, 0, columns.size()).style().bold().fillColor("E9F1FB").set();
			sheet.freezePane(0, 1);
			for (int row = 0; row < rows.size(); row++) {
				sheet.value(row + 1, 0, plain(this.page.name(query, rows.get(row).key())));
				for (int column = 0; column < columns.size(); column++) {
					SumPage.Column shown = columns.get(column);
					Sums.Sum sum = rows.get(row).of(shown.figure());
					if (shown.cases()) {
						sheet.value(row + 1, column + 1, sum.cases());
					}
					else if (shown.time()) {
						sheet.value(row + 1, column + 1, Math.round(sum.amount() / HOUR * 100) / 100.0);
					}
					else {
						sheet.value(row + 1, column + 1, sum.amount());
					}
				}
			}
			sheet.finish();
		}
	}

	/** No spreadsheet takes a name for a formula. */
	private static String plain(String name) {
		return (!name.isEmpty() && "=+-@|%".indexOf(name.charAt(0)) >= 0) ? "'" + name : name;
	}

	/** Whether a figure is a length of time. */
	static boolean time(Figure figure) {
		return figure == Figure.HELD || figure == Figure.HELPED || figure == Figure.UNSIGNED;
	}

}
