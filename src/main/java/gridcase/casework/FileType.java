package gridcase.casework;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/**
 * Kinds of files, told apart by what is in them; a name or a sender's claim proves
 * nothing.
 */
enum FileType {

	JPEG("image/jpeg"), PNG("image/png"), WEBP("image/webp"), GIF("image/gif"), HEIC("image/heic"),
	PDF("application/pdf"), DOCX("application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
	XLSX("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"), DOC("application/msword"),
	XLS("application/vnd.ms-excel"), TXT("text/plain"), CSV("text/csv"), MP4("video/mp4"), MP3("audio/mpeg"),
	M4A("audio/mp4");

	private static final Set<FileType> PICTURES = Set.of(JPEG, PNG, WEBP, GIF);

	private static final Set<String> HEIC_BRANDS = Set.of("heic", "heix", "heim", "heis", "hevc", "mif1", "msf1");

	private static final Set<String> MP4_BRANDS = Set.of("isom", "iso2", "iso4", "iso5", "iso6", "mp41", "mp42", "avc1",
			"M4V ", "3gp4", "3gp5", "qt  ");

	private static final int MOST_ENTRIES = 2000;

	/** What a browser could take for a page, were it ever shown one. */
	private static final Pattern MARKUP = Pattern
		.compile("<(?:!doctype|html|head|body|script|svg|iframe|object|embed|\\?xml)\\b", Pattern.CASE_INSENSITIVE);

	private final String mediaType;

	FileType(String mediaType) {
		this.mediaType = mediaType;
	}

	String mediaType() {
		return this.mediaType;
	}

	/** Whether browsers show it within a page. */
	boolean picture() {
		return PICTURES.contains(this);
	}

	/** Whether a stored file of that media type may be shown within a page. */
	static boolean inline(String mediaType) {
		return PICTURES.stream().anyMatch((type) -> type.mediaType.equals(mediaType));
	}

	/**
	 * What a file is.
	 * @param name its name, which tells only text from tables of text and old Word from
	 * old Excel files
	 * @param content its bytes
	 * @return empty if it is nothing known
	 */
	static Optional<FileType> of(String name, byte[] content) {
		if (starts(content, 0, 0xFF, 0xD8, 0xFF)) {
			return Optional.of(JPEG);
		}
		if (starts(content, 0, 0x89, 'P', 'N', 'G', 0x0D, 0x0A, 0x1A, 0x0A)) {
			return Optional.of(PNG);
		}
		if (starts(content, 0, 'G', 'I', 'F', '8') && starts(content, 5, 'a')) {
			return Optional.of(GIF);
		}
		if (starts(content, 0, 'R', 'I', 'F', 'F') && starts(content, 8, 'W', 'E', 'B', 'P')) {
			return Optional.of(WEBP);
		}
		if (starts(content, 4, 'f', 't', 'y', 'p') && content.length >= 12) {
			return media(new String(content, 8, 4, StandardCharsets.ISO_8859_1));
		}
		if (starts(content, 0, '%', 'P', 'D', 'F', '-')) {
			return Optional.of(PDF);
		}
		if (starts(content, 0, 'I', 'D', '3') || starts(content, 0, 0xFF, 0xFB) || starts(content, 0, 0xFF, 0xF3)
				|| starts(content, 0, 0xFF, 0xF2)) {
			return Optional.of(MP3);
		}
		String ending = ending(name);
		if (starts(content, 0, 0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1)) {
			return Optional.of(ending.equals("xls") ? XLS : DOC);
		}
		if (starts(content, 0, 'P', 'K', 3, 4)) {
			return office(content);
		}
		return isText(content) ? Optional.of(ending.equals("csv") ? CSV : TXT) : Optional.empty();
	}

	private static Optional<FileType> media(String brand) {
		if (HEIC_BRANDS.contains(brand)) {
			return Optional.of(HEIC);
		}
		if (brand.equals("M4A ")) {
			return Optional.of(M4A);
		}
		return MP4_BRANDS.contains(brand) ? Optional.of(MP4) : Optional.empty();
	}

	private static String ending(String name) {
		int dot = (name != null) ? name.lastIndexOf('.') : -1;
		return (dot >= 0) ? name.substring(dot + 1).toLowerCase(Locale.ROOT) : "";
	}

	/**
	 * Word and Excel are archives; those with macros, and all other archives, are
	 * neither.
	 */
	private static Optional<FileType> office(byte[] content) {
		FileType found = null;
		boolean declared = false;
		int entries = 0;
		try (ZipInputStream archive = new ZipInputStream(new ByteArrayInputStream(content))) {
			for (ZipEntry entry = archive.getNextEntry(); entry != null; entry = archive.getNextEntry()) {
				String path = entry.getName();
				if (++entries > MOST_ENTRIES || path.endsWith("vbaProject.bin")) {
					return Optional.empty();
				}
				declared |= path.equals("[Content_Types].xml");
				found = path.equals("word/document.xml") ? DOCX : path.equals("xl/workbook.xml") ? XLSX : found;
				if (declared && found != null && !hasMacros(content)) {
					return Optional.of(found);
				}
			}
		}
		catch (IOException | IllegalArgumentException ex) {
			// damaged: nothing that could be opened
			return Optional.empty();
		}
		return Optional.empty();
	}

	/** Names of entries stand in clear in the directory at the end of an archive. */
	private static boolean hasMacros(byte[] content) {
		return new String(content, StandardCharsets.ISO_8859_1).contains("vbaProject.bin");
	}

	private static boolean isText(byte[] content) {
		for (byte each : content) {
			if (each >= 0 && each < ' ' && "\t\n\r\f".indexOf(each) < 0) {
				return false;
			}
		}
		for (Charset charset : List.of(StandardCharsets.UTF_8, Charset.forName("GB18030"))) {
			try {
				CharSequence text = charset.newDecoder()
					.onMalformedInput(CodingErrorAction.REPORT)
					.onUnmappableCharacter(CodingErrorAction.REPORT)
					.decode(ByteBuffer.wrap(content));
				return !MARKUP.matcher(text).find();
			}
			catch (CharacterCodingException ex) {
				// not in this one, perhaps in the next
				continue;
			}
		}
		return false;
	}

	/**
	 * How many pixels a picture unpacks to, read from its head.
	 * @return empty if the head is damaged
	 */
	OptionalLong pixels(byte[] content) {
		if (this == WEBP) {
			return webpPixels(content);
		}
		try (ImageInputStream stream = ImageIO.createImageInputStream(new ByteArrayInputStream(content))) {
			Iterator<ImageReader> readers = ImageIO.getImageReaders(stream);
			if (!readers.hasNext()) {
				return OptionalLong.empty();
			}
			ImageReader reader = readers.next();
			try {
				reader.setInput(stream, true, true);
				return OptionalLong.of((long) reader.getWidth(0) * reader.getHeight(0));
			}
			finally {
				reader.dispose();
			}
		}
		catch (IOException | RuntimeException ex) {
			return OptionalLong.empty();
		}
	}

	private static OptionalLong webpPixels(byte[] content) {
		if (content.length < 30) {
			return OptionalLong.empty();
		}
		ByteBuffer head = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
		return switch (new String(content, 12, 4, StandardCharsets.ISO_8859_1)) {
			case "VP8 " -> OptionalLong.of((head.getShort(26) & 0x3FFFL) * (head.getShort(28) & 0x3FFF));
			case "VP8L" ->
				OptionalLong.of(((head.getInt(21) & 0x3FFF) + 1L) * (((head.getInt(21) >> 14) & 0x3FFF) + 1));
			case "VP8X" ->
				OptionalLong.of(((head.getInt(24) & 0xFFFFFF) + 1L) * (((head.getInt(26) >>> 8) & 0xFFFFFF) + 1L));
			default -> OptionalLong.empty();
		};
	}

	private static boolean starts(byte[] content, int at, int... wanted) {
		if (content.length < at + wanted.length) {
			return false;
		}
		for (int i = 0; i < wanted.length; i++) {
			if ((content[at + i] & 0xFF) != wanted[i]) {
				return false;
			}
		}
		return true;
	}

}
