package gridcase.studio;

import java.math.BigDecimal;

/**
 * A cell of a workbook as somebody filled it in.
 *
 * @param kind what it holds
 * @param text what people see in it; of a formula the formula
 * @param number its number, of a number only
 */
record SheetCell(Kind kind, String text, BigDecimal number) {

	static final SheetCell BLANK = new SheetCell(Kind.BLANK, "", null);

	/** What a cell holds. */
	enum Kind {

		BLANK, TEXT, NUMBER, BOOLEAN,
		/** A number that is shown as a date; the text is the date in ISO form. */
		DATE, FORMULA,
		/** What a formula that failed leaves, such as {@code #REF!}. */
		ERROR

	}

	static SheetCell text(String text) {
		String plain = text.replace("\r\n", "\n").replace('\r', '\n').replace('\u00a0', ' ').strip();
		return plain.isEmpty() ? BLANK : new SheetCell(Kind.TEXT, plain, null);
	}

	static SheetCell number(BigDecimal number, String shown) {
		return new SheetCell(Kind.NUMBER, shown, number);
	}

	boolean isBlank() {
		return this.kind == Kind.BLANK;
	}

}
