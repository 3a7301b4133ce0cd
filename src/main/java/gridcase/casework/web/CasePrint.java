package gridcase.casework.web;

import java.awt.Color;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

import com.lowagie.text.BadElementException;
import com.lowagie.text.Chunk;
import com.lowagie.text.Document;
import com.lowagie.text.Element;
import com.lowagie.text.Font;
import com.lowagie.text.Image;
import com.lowagie.text.PageSize;
import com.lowagie.text.Paragraph;
import com.lowagie.text.Phrase;
import com.lowagie.text.Rectangle;
import com.lowagie.text.pdf.ColumnText;
import com.lowagie.text.pdf.PdfContentByte;
import com.lowagie.text.pdf.PdfName;
import com.lowagie.text.pdf.PdfPCell;
import com.lowagie.text.pdf.PdfPTable;
import com.lowagie.text.pdf.PdfPageEventHelper;
import com.lowagie.text.pdf.PdfString;
import com.lowagie.text.pdf.PdfTemplate;
import com.lowagie.text.pdf.PdfWriter;
import gridcase.casework.Attachments;
import gridcase.casework.CaseFile;
import gridcase.casework.CasePaper;
import gridcase.casework.CasePath;
import gridcase.clock.PlatformClock;
import gridcase.privacy.PersonalData;
import gridcase.security.CurrentPerson;
import gridcase.web.Light;
import gridcase.web.Times;

import org.springframework.stereotype.Component;
import org.springframework.ui.ExtendedModelMap;

/** The case file on paper: what the case page shows to this person, as PDF. */
@Component
class CasePrint implements CasePaper {

	private static final float SMALL = 8.5f;

	private static final float TEXT = 10;

	private static final float HEAD = 12.5f;

	private static final int PHOTO_SIDE = 1100;

	private static final int MOST_PHOTOS = 24;

	private static final Color LINE = new Color(0xc9d1db);

	private static final Color SHADE = new Color(0xf1f4f8);

	private final CasePages pages;

	private final Attachments attachments;

	private final PersonalData personal;

	private final PdfFonts fonts;

	private final Names names;

	private final Times times;

	private final PlatformClock clock;

	CasePrint(CasePages pages, Attachments attachments, PersonalData personal, PdfFonts fonts, Names names, Times times,
			PlatformClock clock) {
		this.pages = pages;
		this.attachments = attachments;
		this.personal = personal;
		this.fonts = fonts;
		this.names = names;
		this.times = times;
		this.clock = clock;
	}

	@Override
	public void write(CaseFile file, CurrentPerson person, OutputStream out) throws IOException {
		ExtendedModelMap shown = new ExtendedModelMap();
		this.pages.fill(file, person, true, shown);
		Document document = new Document(PageSize.A4, 46, 46, 48, 52);
		PdfWriter writer = PdfWriter.getInstance(document, out);
		writer.setPageEvent(new Foot(this.names.text("casework.print.foot", file.caseNo(), person.name(),
				this.times.brief(this.clock.now()))));
		document.addTitle(file.caseNo() + " " + file.title());
		document.open();
		writer.getExtraCatalog().put(PdfName.LANG, new PdfString("zh-CN"));
		head(document, file, shown);
		matter(document, file, shown);
		photos(document, shown);
		path(document, shown);
		custody(document, shown);
		deadlines(document, shown);
		decisions(document, shown);
		events(document, shown);
		document.close();
	}

	private void head(Document document, CaseFile file, ExtendedModelMap shown) {
		document.add(paragraph(this.names.place(file.place()) + "　" + text("casework.file"), this.fonts.grey(TEXT), 0));
		document.add(paragraph(file.title(), this.fonts.bold(18), 2));
		PdfPTable table = table(12, 38, 12, 38);
		pair(table, "casework.fact.caseNo", file.caseNo());
		pair(table, "casework.state", this.names.word("state", file.state())
				+ (file.open() ? "，" + file.stageName() : "，" + this.times.brief(file.closedAt())));
		pair(table, "casework.fact.category", (String) shown.get("category"));
		pair(table, "casework.print.severity", this.names.word("severity", file.fact("severity")) + "　"
				+ this.names.word("urgency", file.fact("urgency")));
		pair(table, "casework.owner", (file.owner() != null) ? who((Names.Label) shown.get("owner")) : "");
		pair(table, "casework.holder", file.open() ? who((Names.Label) shown.get("holder")) : "");
		pair(table, "casework.col.reported", this.times.brief(file.reportedAt()));
		Light light = (Light) shown.get("light");
		pair(table, "casework.print.clock", (light != null) ? light.text() : "");
		document.add(table);
	}

	private static String who(Names.Label label) {
		return (label.duty() != null) ? label.name() + "（" + label.duty() + "）" : label.name();
	}

	@SuppressWarnings("unchecked")
	private void matter(Document document, CaseFile file, ExtendedModelMap shown) {
		section(document, "casework.matter");
		if (!file.fact("description").isEmpty()) {
			document.add(paragraph(file.fact("description"), this.fonts.plain(TEXT), 5));
		}
		PdfPTable table = table(16, 84);
		((Map<String, String>) shown.get("facts")).forEach((label, value) -> {
			if (!label.equals(text("casework.fact.reporter"))) {
				cells(table, label, value);
			}
		});
		cells(table, text("casework.fact.reporter"), this.personal.masked(file.fact("reporterName")));
		cells(table, text("casework.print.phone"), this.personal.masked(file.fact("reporterPhone")));
		document.add(table);
	}

	@SuppressWarnings("unchecked")
	private void photos(Document document, ExtendedModelMap shown) throws IOException {
		List<Attachments.Info> all = (List<Attachments.Info>) shown.get("attachments");
		if (all.isEmpty()) {
			return;
		}
		section(document, "casework.files");
		PdfPTable table = table(50, 50);
		int printed = 0;
		List<String> named = new ArrayList<>();
		for (Attachments.Info info : all) {
			byte[] picture = (info.image() && printed < MOST_PHOTOS)
					? Thumbnails.forPrint(this.attachments.content(info.id()), PHOTO_SIDE) : null;
			if (picture == null) {
				named.add(info.name() + "（" + info.sizeText() + "，" + this.times.brief(info.uploadedAt()) + "）");
				continue;
			}
			table.addCell(photo(picture, info));
			printed++;
		}
		if (printed % 2 == 1) {
			table.addCell(cell("", this.fonts.plain(SMALL), false));
		}
		if (printed > 0) {
			document.add(table);
		}
		for (String name : named) {
			document.add(paragraph(name, this.fonts.plain(TEXT), 2));
		}
	}

	private PdfPCell photo(byte[] picture, Attachments.Info info) throws IOException {
		PdfPCell cell = new PdfPCell();
		cell.setBorderColor(LINE);
		cell.setPadding(5);
		try {
			Image image = Image.getInstance(picture);
			image.scaleToFit(236, 180);
			cell.addElement(image);
		}
		catch (BadElementException ex) {
			throw new IllegalStateException("was made a moment ago", ex);
		}
		cell.addElement(paragraph(info.name() + "　" + this.names.person(info.uploadedBy()).name() + "　"
				+ this.times.brief(info.uploadedAt()), this.fonts.grey(SMALL), 0));
		return cell;
	}

	private void path(Document document, ExtendedModelMap shown) {
		CasePath path = (CasePath) shown.get("path");
		section(document, "casework.diagram");
		document.add(paragraph(
				this.names.text("casework.diagram.version", path.name(), Integer.toString(path.version()),
						text(path.own() ? "casework.diagram.own" : "casework.diagram.shared")),
				this.fonts.grey(SMALL), 4));
		PdfPTable table = table(6, 40, 22, 22, 10);
		headings(table, "casework.print.no", "casework.stage", "casework.col.from", "casework.print.until",
				"casework.print.times");
		int number = 0;
		for (CasePath.Step step : path.steps()) {
			row(table, Integer.toString(++number), step.name(), this.times.brief(step.from()),
					(step.until() != null) ? this.times.brief(step.until()) : text("casework.diagram.running"),
					Integer.toString(step.times()));
		}
		document.add(table);
	}

	@SuppressWarnings("unchecked")
	private void custody(Document document, ExtendedModelMap shown) {
		section(document, "casework.chain");
		PdfPTable table = table(16, 9, 33, 17, 25);
		headings(table, "casework.col.from", "casework.col.as", "casework.col.who", "casework.col.used",
				"casework.col.reason");
		((List<CasePages.CustodyLine>) shown.get("links"))
			.forEach((line) -> row(table, this.times.brief(line.link().from()), line.kind(), who(line.who()),
					line.used(), (line.reason() != null && !line.reason().isBlank()) ? line.reason() : "—"));
		CasePages.Sum sum = (CasePages.Sum) shown.get("sum");
		PdfPCell total = cell(text("casework.chain.sum"), this.fonts.bold(SMALL), true);
		total.setColspan(3);
		table.addCell(total);
		PdfPCell held = cell(
				sum.held() + ((sum.idle() == null) ? "，" + text("casework.chain.equal")
						: " ＋ " + text("casework.chain.idle") + " " + sum.idle() + " ＝ " + sum.whole()),
				this.fonts.bold(SMALL), true);
		held.setColspan(2);
		table.addCell(held);
		document.add(table);
	}

	@SuppressWarnings("unchecked")
	private void deadlines(Document document, ExtendedModelMap shown) {
		section(document, "casework.deadlines");
		PdfPTable table = table(14, 15, 17, 18, 36);
		headings(table, "casework.col.step", "casework.print.limit", "casework.due", "casework.col.result",
				"casework.decision.rule");
		((List<CasePages.DeadlineLine>) shown.get("deadlines")).forEach((line) -> {
			String state = (line.light() != null) ? line.light().text()
					: text(line.state().equals("over") ? "casework.late" : "casework.onTime");
			List<String> notes = new ArrayList<>(List.of(line.rule().text()));
			if (!line.rule().words().isEmpty()) {
				notes.add(line.rule().words());
			}
			notes.addAll(line.notes());
			row(table, line.step(), line.limit(), this.times.brief(line.deadline().dueAt()),
					state + ((line.used() != null) ? "，" + this.names.text("casework.usedUp", line.used()) : ""),
					String.join("\n", notes));
		});
		document.add(table);
	}

	@SuppressWarnings("unchecked")
	private void decisions(Document document, ExtendedModelMap shown) {
		section(document, "casework.decisions");
		PdfPTable table = table(16, 24, 60);
		headings(table, "casework.operator.at", "casework.decision.rule", "casework.print.sentence");
		oldestFirst((List<DecisionPages.Line>) shown.get("decisions")).forEach((line) -> row(table,
				this.times.brief(line.at()), line.rule().text(), line.answer() + "\n" + line.rule().words()));
		document.add(table);
	}

	@SuppressWarnings("unchecked")
	private void events(Document document, ExtendedModelMap shown) {
		section(document, "casework.events");
		PdfPTable table = table(16, 84);
		oldestFirst((List<Timeline.Entry>) shown.get("events"))
			.forEach((entry) -> row(table, this.times.brief(entry.at()),
					entry.text() + ((entry.rule() != null) ? "（" + entry.rule().text() + "）" : "")
							+ ((entry.why() != null) ? "\n“" + entry.why() + "”" : "")));
		document.add(table);
	}

	// --- pieces ---

	/** Paper is read from the beginning, a page from what is new. */
	private static <T> List<T> oldestFirst(List<T> newestFirst) {
		List<T> lines = new ArrayList<>(newestFirst);
		Collections.reverse(lines);
		return lines;
	}

	private String text(String key) {
		return this.names.text(key);
	}

	private void section(Document document, String key) {
		Paragraph head = new Paragraph(text(key), this.fonts.bold(HEAD));
		head.setLeading(HEAD * 1.6f);
		head.setSpacingBefore(8);
		head.setKeepTogether(true);
		document.add(head);
	}

	private Paragraph paragraph(String text, Font font, float after) {
		Paragraph paragraph = new Paragraph(this.fonts.printable(text), font);
		paragraph.setLeading(font.getSize() * 1.5f);
		paragraph.setSpacingAfter(after);
		return paragraph;
	}

	private static PdfPTable table(float... widths) {
		PdfPTable table = new PdfPTable(widths);
		table.setWidthPercentage(100);
		table.setSplitLate(false);
		table.setSpacingBefore(7);
		return table;
	}

	private void pair(PdfPTable table, String key, String value) {
		cells(table, text(key), (value == null) ? "" : value);
	}

	private void cells(PdfPTable table, String label, String value) {
		table.addCell(cell(label, this.fonts.grey(SMALL), true));
		table.addCell(cell(value, this.fonts.plain(TEXT), false));
	}

	private void headings(PdfPTable table, String... keys) {
		for (String key : keys) {
			table.addCell(cell(text(key), this.fonts.grey(SMALL), true));
		}
		table.setHeaderRows(1);
	}

	private void row(PdfPTable table, String... texts) {
		for (String text : texts) {
			table.addCell(cell(text, this.fonts.plain(SMALL), false));
		}
	}

	private PdfPCell cell(String text, Font font, boolean shaded) {
		Phrase phrase = new Phrase((text == null) ? "" : this.fonts.printable(text), font);
		PdfPCell cell = new PdfPCell(phrase);
		cell.setBorderColor(LINE);
		cell.setPadding(4);
		cell.setPaddingTop(3);
		cell.setLeading(0, 1.4f);
		cell.setVerticalAlignment(Element.ALIGN_TOP);
		if (shaded) {
			cell.setBackgroundColor(SHADE);
		}
		return cell;
	}

	/** Whose case file it is, who printed it, and page of pages at the foot. */
	private final class Foot extends PdfPageEventHelper {

		private final String words;

		private PdfTemplate pages;

		Foot(String words) {
			this.words = words;
		}

		@Override
		public void onOpenDocument(PdfWriter writer, Document document) {
			this.pages = writer.getDirectContent().createTemplate(40, 14);
		}

		@Override
		public void onEndPage(PdfWriter writer, Document document) {
			PdfContentByte canvas = writer.getDirectContent();
			Rectangle page = document.getPageSize();
			Font font = CasePrint.this.fonts.grey(8);
			ColumnText.showTextAligned(canvas, Element.ALIGN_LEFT,
					new Phrase(CasePrint.this.fonts.printable(this.words), font), 46, 30, 0);
			ColumnText.showTextAligned(canvas, Element.ALIGN_RIGHT,
					new Phrase(new Chunk(writer.getPageNumber() + " / ", font)), page.getWidth() - 62, 30, 0);
			canvas.addTemplate(this.pages, page.getWidth() - 60, 30);
		}

		@Override
		public void onCloseDocument(PdfWriter writer, Document document) {
			ColumnText.showTextAligned(this.pages, Element.ALIGN_LEFT,
					new Phrase(String.valueOf(writer.getPageNumber() - 1), CasePrint.this.fonts.grey(8)), 0, 0, 0);
		}

	}

}
