package gridcase.casework.web;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.Locale;

import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/**
 * Small pictures for lists, so that twenty photos are not twenty times five megabytes.
 */
final class Thumbnails {

	/** Longer side, in pixels: twice what a page shows, for sharp screens. */
	private static final int SIDE = 320;

	/** A picture of more pixels is not opened here. */
	private static final long MOST_PIXELS = 60_000_000;

	private Thumbnails() {
	}

	/**
	 * A picture to be sent.
	 *
	 * @param type media type
	 * @param content the bytes
	 */
	record Picture(String type, byte[] content) {

	}

	/**
	 * Makes a small picture.
	 * @param type media type of the file
	 * @param content its bytes if it is a picture, else null
	 * @return the small picture; the file itself where this platform cannot read its kind
	 */
	static Picture of(String type, byte[] content) {
		if (content == null) {
			return sheet(type);
		}
		try {
			BufferedImage small = small(content);
			if (small == null) {
				return new Picture(type, content);
			}
			ByteArrayOutputStream out = new ByteArrayOutputStream();
			ImageIO.write(small, "jpg", out);
			return new Picture("image/jpeg", out.toByteArray());
		}
		catch (IOException | IllegalArgumentException | IndexOutOfBoundsException broken) {
			// a damaged picture is still the file that was sent; the browser shows what
			// it can
			return new Picture(type, content);
		}
	}

	/**
	 * A picture as JPEG for print, no side longer than asked.
	 * @return null where this platform cannot read its kind
	 */
	static byte[] forPrint(byte[] content, int side) {
		try {
			BufferedImage small = scaled(content, side);
			if (small == null) {
				return null;
			}
			ByteArrayOutputStream out = new ByteArrayOutputStream();
			ImageIO.write(small, "jpg", out);
			return out.toByteArray();
		}
		catch (IOException | IllegalArgumentException | IndexOutOfBoundsException broken) {
			return null;
		}
	}

	private static BufferedImage small(byte[] content) throws IOException {
		return scaled(content, SIDE);
	}

	/**
	 * Reads only every nth pixel, so that a large photo never is in memory as a whole.
	 */
	private static BufferedImage scaled(byte[] content, int side) throws IOException {
		try (ImageInputStream in = ImageIO.createImageInputStream(new ByteArrayInputStream(content))) {
			Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
			if (!readers.hasNext()) {
				return null;
			}
			ImageReader reader = readers.next();
			try {
				reader.setInput(in, true, true);
				int width = reader.getWidth(0);
				int height = reader.getHeight(0);
				if ((long) width * height > MOST_PIXELS) {
					return null;
				}
				int step = Math.max(1, Math.max(width, height) / (side * 2));
				ImageReadParam few = reader.getDefaultReadParam();
				few.setSourceSubsampling(step, step, 0, 0);
				return draw(reader.read(0, few), side, Orientation.of(content));
			}
			finally {
				reader.dispose();
			}
		}
	}

	private static BufferedImage draw(BufferedImage read, int side, Orientation orientation) {
		double scale = Math.min(1, side / (double) Math.max(read.getWidth(), read.getHeight()));
		int width = Math.max(1, (int) Math.round(read.getWidth() * scale));
		int height = Math.max(1, (int) Math.round(read.getHeight() * scale));
		BufferedImage small = new BufferedImage(orientation.turned() ? height : width,
				orientation.turned() ? width : height, BufferedImage.TYPE_INT_RGB);
		Graphics2D graphics = small.createGraphics();
		graphics.setColor(java.awt.Color.WHITE);
		graphics.fillRect(0, 0, small.getWidth(), small.getHeight());
		graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
		graphics.transform(orientation.transform(width, height));
		graphics.drawImage(read, 0, 0, width, height, null);
		graphics.dispose();
		return small;
	}

	/** A sheet of paper with the kind of file on it. */
	private static Picture sheet(String type) {
		String kind = type.substring(type.indexOf('/') + 1);
		String word = switch (kind) {
			case "pdf", "csv", "mp4", "mpeg" -> kind.toUpperCase(Locale.ROOT);
			case "msword", "vnd.openxmlformats-officedocument.wordprocessingml.document" -> "DOC";
			case "vnd.ms-excel", "vnd.openxmlformats-officedocument.spreadsheetml.sheet" -> "XLS";
			default -> "TXT";
		};
		String svg = """
				<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 132 99"><path fill="#f3f5f8" d="M0 0h132v99H0z"/>\
				<path fill="#fff" stroke="#a9b4c2" d="M42 14h36l14 14v57H42z"/><text x="67" y="62" font-size="16" \
				font-family="sans-serif" text-anchor="middle" fill="#46525f">%s</text></svg>""".formatted(word);
		return new Picture("image/svg+xml", svg.getBytes(StandardCharsets.UTF_8));
	}

}
