package gridcase.casework.web;

import java.awt.geom.AffineTransform;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** How a phone was held: number 1 to 8 as EXIF writes it into a JPEG. */
record Orientation(int number) {

	private static final Orientation UPRIGHT = new Orientation(1);

	private static final int TAG = 0x0112;

	static Orientation of(byte[] jpeg) {
		try {
			return read(ByteBuffer.wrap(jpeg));
		}
		catch (IndexOutOfBoundsException | java.nio.BufferUnderflowException cut) {
			return UPRIGHT;
		}
	}

	private static Orientation read(ByteBuffer jpeg) {
		if ((jpeg.getShort(0) & 0xFFFF) != 0xFFD8) {
			return UPRIGHT;
		}
		int at = 2;
		while ((jpeg.get(at) & 0xFF) == 0xFF && (jpeg.get(at + 1) & 0xFF) != 0xDA) {
			int length = jpeg.getShort(at + 2) & 0xFFFF;
			if ((jpeg.get(at + 1) & 0xFF) == 0xE1 && jpeg.getInt(at + 4) == 0x45786966) {
				return inExif(jpeg, at + 10);
			}
			at += 2 + length;
		}
		return UPRIGHT;
	}

	private static Orientation inExif(ByteBuffer jpeg, int tiff) {
		ByteBuffer exif = jpeg.duplicate()
			.order((jpeg.getShort(tiff) == 0x4949) ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
		int directory = tiff + exif.getInt(tiff + 4);
		int entries = exif.getShort(directory) & 0xFFFF;
		for (int entry = 0; entry < entries; entry++) {
			int at = directory + 2 + entry * 12;
			if ((exif.getShort(at) & 0xFFFF) == TAG) {
				int number = exif.getShort(at + 8) & 0xFFFF;
				return (number >= 1 && number <= 8) ? new Orientation(number) : UPRIGHT;
			}
		}
		return UPRIGHT;
	}

	/** Whether width and height change places. */
	boolean turned() {
		return this.number >= 5;
	}

	/** Puts a picture of this size upright. */
	AffineTransform transform(int width, int height) {
		return switch (this.number) {
			case 2 -> new AffineTransform(-1, 0, 0, 1, width, 0);
			case 3 -> new AffineTransform(-1, 0, 0, -1, width, height);
			case 4 -> new AffineTransform(1, 0, 0, -1, 0, height);
			case 5 -> new AffineTransform(0, 1, 1, 0, 0, 0);
			case 6 -> new AffineTransform(0, 1, -1, 0, height, 0);
			case 7 -> new AffineTransform(0, -1, -1, 0, height, width);
			case 8 -> new AffineTransform(0, -1, 1, 0, 0, width);
			default -> new AffineTransform();
		};
	}

}
