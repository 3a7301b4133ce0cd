package gridcase.casework;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import javax.imageio.ImageIO;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What a file is its content says; what a browser could run is none of the kinds. */
class FileTypeTests {

	private static byte[] hex(String hex) {
		return HexFormat.of().parseHex(hex.replace(" ", ""));
	}

	@ParameterizedTest(name = "{1} named {0} is {2}")
	@CsvSource(delimiter = '|', useHeadersInDisplayName = true, textBlock = """
			name     | bytes                                               | type
			a.txt    | FF D8 FF E0 00 10 4A 46                             | JPEG
			a.html   | 89 50 4E 47 0D 0A 1A 0A 00                          | PNG
			a.png    | 47 49 46 38 39 61 01 00                             | GIF
			a.jpg    | 52 49 46 46 24 00 00 00 57 45 42 50 56 50 38 20     | WEBP
			a.jpg    | 00 00 00 18 66 74 79 70 68 65 69 63 00 00           | HEIC
			a.mp4    | 00 00 00 18 66 74 79 70 69 73 6F 6D 00 00           | MP4
			a.m4a    | 00 00 00 18 66 74 79 70 4D 34 41 20 00 00           | M4A
			a.mp3    | 49 44 33 04 00 00                                   | MP3
			a.doc    | 25 50 44 46 2D 31 2E 37                             | PDF
			a.doc    | D0 CF 11 E0 A1 B1 1A E1 00                          | DOC
			a.xls    | D0 CF 11 E0 A1 B1 1A E1 00                          | XLS
			a.jpg    | 4D 5A 90 00 03 00                                   | none
			a.pdf    | 7F 45 4C 46 02 01                                   | none
			a.mp4    | 00 00 00 18 66 74 79 70 71 71 71 71 00 00           | none
			a.png    | 89 50 4E 47 00                                      | none
			a.txt    | 61 00 62                                            | none
			a.docx   | 50 4B 03 04 00                                      | none
			""")
	void firstBytesTell(String name, String bytes, String type) {
		assertThat(FileType.of(name, hex(bytes)).map(Enum::name).orElse("none")).isEqualTo(type);
	}

	@TestFactory
	Stream<DynamicTest> textIsTextUnlessABrowserCouldTakeItForAPage() {
		return Stream.of(new String[] { "说明.txt", "楼道堆物，已清理", "TXT" }, new String[] { "台账.csv", "a,b\n1,2", "CSV" },
				new String[] { "a.txt", "a < b and b > c", "TXT" }, new String[] { "a.txt", "<html><b>x</b>", "none" },
				new String[] { "a.csv", "x\n<ScRiPt>alert(1)</script>", "none" },
				new String[] { "a.svg", "<svg onload='x()'/>", "none" },
				new String[] { "a.txt", "<?xml version='1.0'?><svg/>", "none" },
				new String[] { "a.txt", "\ufeff <!DOCTYPE html>", "none" })
			.map((row) -> DynamicTest.dynamicTest(row[1],
					() -> assertThat(
							FileType.of(row[0], row[1].getBytes(StandardCharsets.UTF_8)).map(Enum::name).orElse("none"))
						.isEqualTo(row[2])));
	}

	@Test
	void textOfOlderWindowsIsTextToo() {
		assertThat(FileType.of("a.txt", "楼道堆物".getBytes(Charset.forName("GB18030")))).contains(FileType.TXT);
	}

	@Test
	void officeFilesAreToldByWhatTheyHoldAndMacrosAreRefused() throws IOException {
		assertThat(FileType.of("a.zip", zip("[Content_Types].xml", "word/document.xml"))).contains(FileType.DOCX);
		assertThat(FileType.of("a.docx", zip("[Content_Types].xml", "xl/workbook.xml"))).contains(FileType.XLSX);
		assertThat(FileType.of("a.docx", zip("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin")))
			.isEmpty();
		assertThat(FileType.of("a.docx", zip("evil.exe"))).isEmpty();
	}

	@Test
	void aPictureSaysHowLargeItUnpacks() throws IOException {
		for (String format : new String[] { "png", "jpg", "gif" }) {
			ByteArrayOutputStream file = new ByteArrayOutputStream();
			ImageIO.write(new BufferedImage(30, 20, BufferedImage.TYPE_INT_RGB), format, file);
			FileType type = FileType.of("x", file.toByteArray()).orElseThrow();
			assertThat(type.pixels(file.toByteArray())).as(format).hasValue(600);
		}
		assertThat(FileType.PNG.pixels(pngOf(50_000, 40_000))).hasValue(2_000_000_000L);
		assertThat(FileType.WEBP.pixels(webp("56503820", "00000000 00000000 0000 1E00 1400"))).hasValue(600);
		assertThat(FileType.WEBP.pixels(webp("56503858", "0A000000 00000000 1D0000 130000 0000"))).hasValue(600);
		assertThat(FileType.WEBP.pixels(webp("5650384C", "00000000 2F 1DC00400 0000000000000000"))).hasValue(600);
		assertThat(FileType.PNG.pixels(hex("89504E470D0A1A0A00"))).as("damaged").isEmpty();
	}

	/** A head that promises a huge picture: what a bomb looks like from outside. */
	static byte[] pngOf(int width, int height) {
		ByteBuffer head = ByteBuffer.allocate(17).put("IHDR".getBytes(StandardCharsets.US_ASCII));
		head.putInt(width).putInt(height).put(new byte[] { 8, 2, 0, 0, 0 });
		CRC32 crc = new CRC32();
		crc.update(head.array());
		return ByteBuffer.allocate(8 + 4 + 17 + 4 + 12)
			.put(hex("89504E470D0A1A0A"))
			.putInt(13)
			.put(head.array())
			.putInt((int) crc.getValue())
			.put(hex("0000000049454E44AE426082"))
			.array();
	}

	private static byte[] webp(String chunk, String rest) {
		byte[] body = hex(rest);
		return ByteBuffer.allocate(40).put(hex("52494646 24000000 57454250")).put(hex(chunk)).put(body).array();
	}

	private static byte[] zip(String... entries) throws IOException {
		ByteArrayOutputStream file = new ByteArrayOutputStream();
		try (ZipOutputStream archive = new ZipOutputStream(file)) {
			for (String entry : entries) {
				archive.putNextEntry(new ZipEntry(entry));
				archive.write("x".getBytes(StandardCharsets.UTF_8));
			}
		}
		return file.toByteArray();
	}

}
