package gridcase.mining;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.Deflater;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * Part of a log that has to wait: OCEL wants all types before all things before all
 * events, while both come case by case. It lies packed in a temporary file, which is gone
 * when this is closed.
 */
final class Spool implements AutoCloseable {

	private static final int BUFFER = 1 << 16;

	private final Path file;

	private final OutputStream in;

	Spool() throws IOException {
		this.file = Files.createTempFile("gridcase-log-", ".part");
		this.in = new BufferedOutputStream(new Packed(Files.newOutputStream(this.file)), BUFFER);
	}

	OutputStream in() {
		return this.in;
	}

	/** Writes on all there is. */
	void to(OutputStream out) throws IOException {
		this.in.close();
		try (GZIPInputStream packed = new GZIPInputStream(
				new BufferedInputStream(Files.newInputStream(this.file), BUFFER), BUFFER)) {
			packed.transferTo(out);
		}
	}

	@Override
	public void close() throws IOException {
		try {
			this.in.close();
		}
		finally {
			Files.deleteIfExists(this.file);
		}
	}

	/** Quickly packed: it is read once, soon. */
	private static final class Packed extends GZIPOutputStream {

		private Packed(OutputStream out) throws IOException {
			super(out, BUFFER);
			this.def.setLevel(Deflater.BEST_SPEED);
		}

	}

}
