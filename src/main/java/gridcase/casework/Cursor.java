package gridcase.casework;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;

import gridcase.shared.FieldProblem;
import gridcase.shared.Refusal;
import gridcase.shared.Texts;

/** Where a page ended: a moment (or none) and the key of the last row. */
record Cursor(Instant at, String key) {

	static Cursor parse(String text) {
		if (text == null || text.isBlank()) {
			return null;
		}
		try {
			String[] parts = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8).split("\\|", 2);
			return new Cursor(parts[0].isEmpty() ? null : Instant.parse(parts[0]), parts[1]);
		}
		catch (IllegalArgumentException | java.time.DateTimeException | ArrayIndexOutOfBoundsException ex) {
			throw unreadable();
		}
	}

	static Refusal unreadable() {
		return new Refusal(Refusal.Kind.INVALID, Texts.of("casework", "casework.refused.cursor"), java.util.List
			.of(new FieldProblem("cursor", "cursor", Texts.of("casework", "casework.refused.cursor-how"))));
	}

	/** Rank of the light before the key of a row, in the order by light. */
	int rank() {
		try {
			return Integer.parseInt(this.key.substring(0, Math.max(0, this.key.indexOf('/'))));
		}
		catch (NumberFormatException ex) {
			throw unreadable();
		}
	}

	/** The key without the rank. */
	String keyAfterRank() {
		return this.key.substring(this.key.indexOf('/') + 1);
	}

	String text() {
		return Base64.getUrlEncoder()
			.withoutPadding()
			.encodeToString((((this.at != null) ? this.at : "") + "|" + this.key).getBytes(StandardCharsets.UTF_8));
	}

}
