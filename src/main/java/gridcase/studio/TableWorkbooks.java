package gridcase.studio;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;

import gridcase.clock.PlatformClock;
import gridcase.policy.ReleaseRefused;
import gridcase.policy.RuleProblem;
import gridcase.policy.RuleType;
import gridcase.policy.TableFiles;
import gridcase.policy.TableText;
import gridcase.policy.TableView;
import gridcase.registry.Place;
import gridcase.registry.Places;
import gridcase.shared.FieldProblem;
import gridcase.shared.Refusal;
import gridcase.shared.Texts;

import org.springframework.stereotype.Component;

/**
 * Tables of drafts as workbooks: out for people to edit, in again with every problem by
 * cell and nothing half taken over. What a workbook leaves as it was stays so byte for
 * byte.
 */
@Component
class TableWorkbooks {

	private final Drafts drafts;

	private final TableFiles tables;

	private final TableSheet.Words words;

	private final Places places;

	private final PlatformClock clock;

	TableWorkbooks(Drafts drafts, TableFiles tables, TableSheet.Words words, Places places, PlatformClock clock) {
		this.drafts = drafts;
		this.tables = tables;
		this.words = words;
		this.places = places;
		this.clock = clock;
	}

	/**
	 * What a workbook brought.
	 *
	 * @param file file as it is now
	 * @param changed cells and reasons that say something else
	 * @param added new rules
	 * @param removed rules taken out
	 * @param moved whether rules stand in another order
	 */
	record Taken(DraftFile file, int changed, int added, int removed, boolean moved) {

		boolean nothing() {
			return this.changed == 0 && this.added == 0 && this.removed == 0 && !this.moved;
		}

	}

	/** A workbook with the name it is saved by. */
	record Workbook(String name, byte[] content) {

	}

	/**
	 * A table as a workbook.
	 * @param draft the draft
	 * @param key key of the table
	 * @throws Refusal if the draft has no such table
	 * @throws ReleaseRefused if its file cannot be read, with what is wrong
	 */
	Workbook out(Draft draft, String key) {
		DraftFile file = this.drafts.file(draft.id(), key + RuleType.TABLE.ending());
		TableView view = this.tables.read(file.name(), file.content()).view();
		TableSheet.Origin origin = new TableSheet.Origin(key, Objects.requireNonNullElse(draft.place(), ""), draft.id(),
				file.version(), hash(file.content()));
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		try {
			new TableSheetWriter(this.words.of(view, draft.place()), origin, placeName(draft)).write(out);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return new Workbook(view.name() + ".xlsx", out.toByteArray());
	}

	private String placeName(Draft draft) {
		return (draft.place() == null) ? Texts.own("studio", "studio.sheet.everywhere")
				: this.places.find(draft.place(), this.clock.now()).map(Place::name).orElse(draft.place());
	}

	/**
	 * Takes over an edited workbook.
	 * @param draft the draft
	 * @param key key of the table
	 * @param content the workbook
	 * @param by sign-in name
	 * @throws Refusal if it is the workbook of another table, if the table has changed
	 * since it was written, or with every problem by cell; then nothing has changed
	 */
	Taken in(Draft draft, String key, byte[] content, String by) {
		DraftFile file = this.drafts.file(draft.id(), key + RuleType.TABLE.ending());
		SheetFile book = SheetFile.read(content, false);
		TableSheet.Origin origin = TableSheetReader.origin(book)
			.orElseThrow(() -> Refusal.rule(Texts.of("studio", "studio.sheet.foreign")));
		if (!origin.table().equals(key) || !origin.place().equals(Objects.requireNonNullElse(draft.place(), ""))) {
			throw Refusal.rule(Texts.of("studio", "studio.sheet.other", origin.table(), origin.place(), key));
		}
		if (!origin.sha256().equals(hash(file.content()))) {
			throw Refusal
				.conflict(Texts.of("studio", "studio.sheet.changed", file.changedBy(), file.name(), file.version()));
		}
		TableText text = TableText.of(file.content());
		TableSheet table = this.words.of(this.tables.read(file.name(), file.content()).view(), draft.place());
		TableSheetReader.Changes changes = TableSheetReader.read(table, text, book);
		byte[] changed = text.with(changes.rows());
		if (Arrays.equals(changed, file.content())) {
			return new Taken(file, 0, 0, 0, false);
		}
		check(file.name(), changed, changes, table);
		return new Taken(this.drafts.save(draft.id(), file.name(), changed, file.version(), by), changes.changed(),
				changes.added(), changes.removed(), changes.moved());
	}

	/** What the cells say must be FEEL that fits their columns. */
	private void check(String name, byte[] content, TableSheetReader.Changes changes, TableSheet table) {
		try {
			this.tables.read(name, content);
		}
		catch (ReleaseRefused refused) {
			TableText text = TableText.of(content);
			List<FieldProblem> problems = refused.problems()
				.stream()
				.map((problem) -> inSheet(problem, text, changes, table))
				.toList();
			throw TableSheetReader.refused(problems);
		}
	}

	private static FieldProblem inSheet(RuleProblem problem, TableText text, TableSheetReader.Changes changes,
			TableSheet table) {
		Integer line = changes.lines().get(problem.rule());
		int column = text.column(problem.rule(), problem.element());
		if (line == null || column < 0) {
			String where = (line != null) ? TableSheet.RULES + "!" + (line + 1) : TableSheet.RULES;
			return new FieldProblem(where, "", problem.message());
		}
		String where = TableSheet.address(TableSheet.RULES, line, changes.columns().get(column));
		return new FieldProblem(where, table.columns().get(column).column().label(),
				Texts.of("studio", "studio.sheet.problem", problem.text(), problem.message()));
	}

	static String hash(byte[] content) {
		try {
			return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
