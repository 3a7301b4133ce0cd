package gridcase.casework.web;

import java.awt.Color;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

import com.lowagie.text.DocumentException;
import com.lowagie.text.Font;
import com.lowagie.text.pdf.BaseFont;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Chinese letters on paper. Without a setting it is the standard font STSong-Light, which
 * every reader of PDF knows and no file has to carry; with {@code gridcase.pdf.font} the
 * letters used are taken from that font file into the document.
 */
@Component
class PdfFonts {

	static final Color INK = new Color(0x1c2530);

	static final Color GREY = new Color(0x5c6876);

	private static final Map<Integer, String> ALIKE = Map.of((int) '·', "・", (int) '›', "＞", (int) '×', "＊");

	private final BaseFont base;

	/**
	 * @param file path of a TrueType or OpenType font, of a collection with ",number"
	 */
	PdfFonts(@Value("${gridcase.pdf.font:}") String file) {
		try {
			this.base = file.isBlank() ? BaseFont.createFont("STSong-Light", "UniGB-UCS2-H", BaseFont.NOT_EMBEDDED)
					: BaseFont.createFont(file, BaseFont.IDENTITY_H, BaseFont.EMBEDDED);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("gridcase.pdf.font: " + file + " cannot be read", ex);
		}
		catch (DocumentException ex) {
			throw new IllegalArgumentException("gridcase.pdf.font: " + file + " is no font this platform can use", ex);
		}
	}

	/**
	 * The text in letters the font has: a sign it lacks by one that looks like it, else
	 * as 〓, so that nobody takes it for nothing.
	 */
	String printable(String text) {
		StringBuilder printable = new StringBuilder(text.length());
		text.codePoints().forEach((letter) -> {
			if (letter < ' ' || this.base.charExists(letter)) {
				printable.appendCodePoint(letter);
			}
			else {
				printable.append(ALIKE.getOrDefault(letter, "〓"));
			}
		});
		return printable.toString();
	}

	Font plain(float size) {
		return new Font(this.base, size, Font.NORMAL, INK);
	}

	Font bold(float size) {
		return new Font(this.base, size, Font.BOLD, INK);
	}

	Font grey(float size) {
		return new Font(this.base, size, Font.NORMAL, GREY);
	}

}
