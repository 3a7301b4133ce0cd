package gridcase.evidence;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import gridcase.shared.Texts;

import org.springframework.context.i18n.LocaleContextHolder;

/**
 * The command line for whoever was given an evidence package:
 * {@code verify <file.zip> --key <public.pem>}. Needs neither the platform nor its
 * database.
 */
public final class VerifyCommand {

	/** First argument of the command. */
	public static final String NAME = "verify";

	/** Everything holds. */
	static final int HOLDS = 0;

	/** Something does not hold. */
	static final int ALTERED = 1;

	/** The command was used wrongly, or there is nothing to verify. */
	static final int FAILED = 2;

	private VerifyCommand() {
	}

	/**
	 * Carries the command out at a terminal: in Chinese, unless it is another language's
	 * or cannot show it.
	 * @param arguments what came after {@value #NAME}
	 * @return exit code as of {@link #run(String[], Locale, PrintStream, PrintStream)}
	 */
	public static int run(String[] arguments) {
		boolean shows = Charset.defaultCharset().newEncoder().canEncode(text("holds"));
		return run(arguments, shows ? Locale.getDefault() : Locale.ENGLISH, System.out, System.err);
	}

	/**
	 * Carries the command out.
	 * @param arguments what came after {@value #NAME}
	 * @param language language of the findings
	 * @param out where the findings go
	 * @param err where everything else goes
	 * @return exit code: 0 if everything holds, 1 if something does not, 2 if it could
	 * not be verified
	 */
	static int run(String[] arguments, Locale language, PrintStream out, PrintStream err) {
		LocaleContextHolder.setLocale(language);
		try {
			List<String> packages = new ArrayList<>();
			List<PublicKey> keys = new ArrayList<>();
			for (int i = 0; i < arguments.length; i++) {
				if (arguments[i].startsWith("--key=")) {
					keys.add(key(arguments[i].substring("--key=".length())));
				}
				else if (arguments[i].equals("--key") && i + 1 < arguments.length) {
					keys.add(key(arguments[++i]));
				}
				else if (arguments[i].startsWith("--")) {
					return misused(err, text("option", arguments[i]));
				}
				else {
					packages.add(arguments[i]);
				}
			}
			if (packages.isEmpty() || keys.isEmpty()) {
				return misused(err, text(packages.isEmpty() ? "noFile" : "noKey"));
			}
			int worst = HOLDS;
			for (String file : packages) {
				worst = Math.max(worst, verify(Path.of(file), keys, out, err));
			}
			return worst;
		}
		catch (GeneralSecurityException | IOException | InvalidPathException ex) {
			return misused(err, String.valueOf(ex.getMessage()));
		}
		finally {
			LocaleContextHolder.resetLocaleContext();
		}
	}

	private static int misused(PrintStream err, String message) {
		err.println(message);
		err.println(text("usage"));
		return FAILED;
	}

	private static PublicKey key(String file) throws IOException, GeneralSecurityException {
		Path path = Path.of(file);
		if (!Files.isRegularFile(path)) {
			throw new IOException(text("noKeyFile", file));
		}
		try {
			return Ed25519.publicKey(Files.readString(path));
		}
		catch (GeneralSecurityException | IOException ex) {
			throw new GeneralSecurityException(text("badKey", file), ex);
		}
	}

	private static int verify(Path file, List<PublicKey> keys, PrintStream out, PrintStream err) {
		if (!Files.isRegularFile(file)) {
			err.println(text("noPackageFile", file));
			return FAILED;
		}
		try {
			PackageCheck.Report report = PackageCheck.verify(file, keys);
			say(file, report, out);
			return report.holds() ? HOLDS : ALTERED;
		}
		catch (PackageCheck.NoPackage ex) {
			err.println(text("noPackage", file, String.valueOf(ex.getMessage())));
			return FAILED;
		}
		catch (IOException ex) {
			err.println(file + ": " + ex.getMessage());
			return FAILED;
		}
	}

	private static void say(Path file, PackageCheck.Report report, PrintStream out) {
		out.println(file);
		PackageFiles.Manifest manifest = report.manifest();
		if (manifest != null) {
			out.println(text("case", manifest.caseNo(), manifest.made(), manifest.madeBy()));
		}
		if (!report.holds()) {
			report.faults().forEach((fault) -> out.println(text("fault", FaultWords.of(fault))));
			out.println(text("altered", report.faults().size()));
			return;
		}
		out.println(text("files", manifest.files().size()));
		out.println(text("events", manifest.events()));
		out.println(text("decisions", report.decisions()));
		out.println(text("attachments", report.attachments()));
		if (report.underRoots() > 0) {
			out.println(text("roots", report.roots(), report.underRoots(), report.asOf()));
		}
		if (report.underRoots() < manifest.events()) {
			out.println(text("later", report.underRoots() + 1, manifest.events()));
		}
		out.println(text("holds"));
	}

	private static String text(String key, Object... values) {
		return Texts.of("evidence", "evidence.verify." + key, values);
	}

}
