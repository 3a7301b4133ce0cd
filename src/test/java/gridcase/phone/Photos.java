package gridcase.phone;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Random;

import javax.imageio.ImageIO;

import com.microsoft.playwright.options.FilePayload;

/** Photos as a phone's camera makes them. */
final class Photos {

	private static final int TIFF = 8;

	private Photos() {
	}

	/** A large photo that says nothing of itself. */
	static FilePayload plain(String name, int seed) {
		return new FilePayload(name, "image/jpeg", jpeg(seed));
	}

	/** The same with position and time in its header, in either byte order. */
	static FilePayload positioned(String name, double latitude, double longitude, String taken, ByteOrder order) {
		byte[] plain = jpeg(7);
		byte[] header = exif(latitude, longitude, taken, order);
		ByteBuffer all = ByteBuffer.allocate(plain.length + header.length + 4);
		all.put(plain, 0, 2).putShort((short) 0xFFE1).putShort((short) (header.length + 2)).put(header);
		all.put(plain, 2, plain.length - 2);
		return new FilePayload(name, "image/jpeg", all.array());
	}

	private static byte[] jpeg(int seed) {
		BufferedImage image = new BufferedImage(2400, 1800, BufferedImage.TYPE_INT_RGB);
		Graphics2D paint = image.createGraphics();
		Random random = new Random(seed);
		for (int patch = 0; patch < 900; patch++) {
			paint.setColor(new Color(90 + random.nextInt(120), 95 + random.nextInt(110), 100 + random.nextInt(100)));
			paint.fillRect(random.nextInt(2400), random.nextInt(1800), 20 + random.nextInt(300),
					20 + random.nextInt(200));
		}
		paint.dispose();
		try (ByteArrayOutputStream out = new ByteArrayOutputStream()) {
			ImageIO.write(image, "jpg", out);
			return out.toByteArray();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** IFD0 with the two further directories, then their values, at fixed places. */
	private static byte[] exif(double latitude, double longitude, String taken, ByteOrder order) {
		ByteBuffer tiff = ByteBuffer.allocate(256).order(order);
		tiff.put(((order == ByteOrder.LITTLE_ENDIAN) ? "II" : "MM").getBytes(StandardCharsets.US_ASCII));
		tiff.putShort((short) 42).putInt(TIFF);
		tiff.putShort((short) 2);
		entry(tiff, 0x8769, 4, 1, 40);
		entry(tiff, 0x8825, 4, 1, 60);
		tiff.putInt(0);
		tiff.position(40);
		tiff.putShort((short) 1);
		entry(tiff, 0x9003, 2, 20, 120);
		tiff.putInt(0);
		tiff.position(60);
		tiff.putShort((short) 4);
		letter(tiff, 1, (latitude < 0) ? 'S' : 'N');
		entry(tiff, 2, 5, 3, 150);
		letter(tiff, 3, (longitude < 0) ? 'W' : 'E');
		entry(tiff, 4, 5, 3, 180);
		tiff.position(120);
		tiff.put((taken + '\0').getBytes(StandardCharsets.US_ASCII));
		tiff.position(150);
		degrees(tiff, Math.abs(latitude));
		tiff.position(180);
		degrees(tiff, Math.abs(longitude));
		ByteBuffer all = ByteBuffer.allocate(256 + 6);
		all.put("Exif\0\0".getBytes(StandardCharsets.US_ASCII)).put(tiff.array());
		return all.array();
	}

	private static void entry(ByteBuffer tiff, int tag, int type, int count, int value) {
		tiff.putShort((short) tag).putShort((short) type).putInt(count).putInt(value);
	}

	private static void letter(ByteBuffer tiff, int tag, char letter) {
		tiff.putShort((short) tag).putShort((short) 2).putInt(2).put((byte) letter).put(new byte[3]);
	}

	private static void degrees(ByteBuffer tiff, double value) {
		int whole = (int) value;
		int minutes = (int) ((value - whole) * 60);
		long seconds = Math.round((value - whole - minutes / 60.0) * 3600 * 1000);
		tiff.putInt(whole).putInt(1).putInt(minutes).putInt(1).putInt((int) seconds).putInt(1000);
	}

}
