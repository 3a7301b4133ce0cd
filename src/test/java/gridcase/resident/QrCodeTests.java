package gridcase.resident;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;

import javax.imageio.ImageIO;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What is printed can be read again. */
class QrCodeTests {

	private static final String URL = "https://grid.example.cn/r/shangdi?grid=11010802200101";

	@Test
	void aReaderReadsTheAddressFromThePng() throws Exception {
		BufferedImage image = ImageIO.read(new ByteArrayInputStream(QrCode.of(URL).png()));
		int[] dots = image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
		var read = new QRCodeReader().decode(new BinaryBitmap(
				new HybridBinarizer(new RGBLuminanceSource(image.getWidth(), image.getHeight(), dots))));
		assertThat(read.getText()).isEqualTo(URL);
	}

	@Test
	void theDrawingHasAsManyDotsAsThePicture() throws Exception {
		BufferedImage image = ImageIO.read(new ByteArrayInputStream(QrCode.of(URL).png()));
		int dark = 0;
		for (int y = 4; y < image.getHeight(); y += 8) {
			for (int x = 4; x < image.getWidth(); x += 8) {
				dark += ((image.getRGB(x, y) & 0xFF) == 0) ? 1 : 0;
			}
		}
		assertThat(QrCode.of(URL).svg().split("h1v1h-1z", -1)).hasSize(dark + 1);
	}

}
