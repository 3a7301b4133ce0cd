package gridcase.resident;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

import javax.imageio.ImageIO;

import com.google.zxing.BarcodeFormat;
import com.google.zxing.EncodeHintType;
import com.google.zxing.WriterException;
import com.google.zxing.common.BitMatrix;
import com.google.zxing.qrcode.QRCodeWriter;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;

/** A text as a QR code, with the quiet zone around it that readers need. */
final class QrCode {

	private static final int QUIET = 4;

	private static final int PIXELS = 8;

	private static final int WHITE = 0xFFFFFF;

	private final BitMatrix dots;

	private QrCode(BitMatrix dots) {
		this.dots = dots;
	}

	/** Paper gets dirty and folded: a quarter of it may be unreadable. */
	static QrCode of(String text) {
		try {
			return new QrCode(new QRCodeWriter().encode(text, BarcodeFormat.QR_CODE, 0, 0,
					Map.of(EncodeHintType.ERROR_CORRECTION, ErrorCorrectionLevel.Q, EncodeHintType.MARGIN, QUIET,
							EncodeHintType.CHARACTER_SET, "UTF-8")));
		}
		catch (WriterException ex) {
			throw new IllegalArgumentException("Too long for a QR code: " + text, ex);
		}
	}

	/** For print, at any size. */
	String svg() {
		StringBuilder path = new StringBuilder();
		for (int y = 0; y < this.dots.getHeight(); y++) {
			for (int x = 0; x < this.dots.getWidth(); x++) {
				if (this.dots.get(x, y)) {
					path.append('M').append(x).append(' ').append(y).append("h1v1h-1z");
				}
			}
		}
		return "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 " + this.dots.getWidth() + ' '
				+ this.dots.getHeight() + "\" shape-rendering=\"crispEdges\"><path fill=\"#fff\" d=\"M0 0h"
				+ this.dots.getWidth() + "v" + this.dots.getHeight() + "H0z\"/><path d=\"" + path + "\"/></svg>";
	}

	byte[] png() {
		BufferedImage image = new BufferedImage(this.dots.getWidth() * PIXELS, this.dots.getHeight() * PIXELS,
				BufferedImage.TYPE_BYTE_BINARY);
		for (int y = 0; y < image.getHeight(); y++) {
			for (int x = 0; x < image.getWidth(); x++) {
				image.setRGB(x, y, this.dots.get(x / PIXELS, y / PIXELS) ? 0 : WHITE);
			}
		}
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try {
			ImageIO.write(image, "png", bytes);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return bytes.toByteArray();
	}

}
