package gridcase.inquiry;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import gridcase.inquiry.Sums.By;
import gridcase.inquiry.Sums.Figure;

import org.springframework.stereotype.Component;

/** How sums are laid out: which columns, what rows are called, in what order. */
@Component
class SumPage {

	private final InquiryNames names;

	SumPage(InquiryNames names) {
		this.names = names;
	}

	/**
	 * A column.
	 *
	 * @param key what to sort by, and of which the label is
	 * @param figure the figure
	 * @param cases whether it counts cases, else it shows the amount
	 * @param time whether the amount is a length of time
	 * @param label what stands above it
	 * @param sheetLabel the same in a file, where times are hours
	 */
	record Column(String key, Figure figure, boolean cases, boolean time, String label, String sheetLabel) {

	}

	/**
	 * A row as the page shows it.
	 *
	 * @param key code of the row, or null
	 * @param name what it is called
	 * @param cells its figures, in the order of the columns
	 */
	record Line(String key, String name, List<Cell> cells) {

	}

	/**
	 * A figure.
	 *
	 * @param column the column
	 * @param text what is shown
	 * @param some whether there is any, so that it leads somewhere
	 */
	record Cell(Column column, String text, boolean some) {

	}

	List<Column> columns(By by) {
		List<Column> columns = new ArrayList<>();
		columns.add(column("cases", Figure.HELD, true));
		columns.add(column("HELD", Figure.HELD, false));
		columns.add(column("helped", Figure.HELPED, true));
		columns.add(column("HELPED", Figure.HELPED, false));
		if (by != By.STAGE) {
			columns.add(column("UNSIGNED", Figure.UNSIGNED, false));
		}
		columns.add(column("BREACHED", Figure.BREACHED, false));
		columns.add(column("EXCUSED", Figure.EXCUSED, false));
		if (by != By.STAGE) {
			columns.add(column("HANDED_ON", Figure.HANDED_ON, false));
			columns.add(column("RETURNED", Figure.RETURNED, false));
			columns.add(column("REFUSED", Figure.REFUSED, false));
			columns.add(column("REWORKED", Figure.REWORKED, false));
		}
		return columns;
	}

	private Column column(String key, Figure figure, boolean cases) {
		boolean time = !cases && SumSheet.time(figure);
		String label = this.names.text("inquiry.figure." + key);
		return new Column(key, figure, cases, time, label,
				time ? this.names.text("inquiry.figure.hours", label) : label);
	}

	String title(By by) {
		return this.names.text("inquiry.by." + by);
	}

	/** What a row is called. */
	String name(Sums.Query query, String key) {
		if (key == null) {
			return this.names.text("inquiry.by." + query.by() + ".none");
		}
		return switch (query.by()) {
			case UNIT -> this.names.unit(key);
			case PERSON -> this.names.person(key);
			case CATEGORY -> this.names.category(query.place(), key);
			case STAGE -> this.names.word("step", key);
		};
	}

	/**
	 * Rows as the page shows them.
	 * @param sort key of a column, or {@code name}; the greatest comes first
	 */
	List<Line> lines(Sums.Query query, List<Sums.Row> rows, String sort) {
		List<Column> columns = columns(query.by());
		List<Sums.Row> sorted = new ArrayList<>(rows);
		columns.stream()
			.filter((column) -> column.key().equals(sort))
			.findFirst()
			.ifPresent((column) -> sorted
				.sort(Comparator.comparingLong((Sums.Row row) -> amount(row, column)).reversed()));
		List<Line> lines = new ArrayList<>();
		for (Sums.Row row : sorted) {
			lines.add(new Line(row.key(), name(query, row.key()),
					columns.stream().map((column) -> cell(row, column)).toList()));
		}
		if ("name".equals(sort)) {
			lines.sort(Comparator.comparing(Line::name));
		}
		return lines;
	}

	private static long amount(Sums.Row row, Column column) {
		Sums.Sum sum = row.of(column.figure());
		return column.cases() ? sum.cases() : sum.amount();
	}

	private Cell cell(Sums.Row row, Column column) {
		long amount = amount(row, column);
		return new Cell(column, column.time() ? this.names.time(amount) : Long.toString(amount), amount > 0);
	}

}
