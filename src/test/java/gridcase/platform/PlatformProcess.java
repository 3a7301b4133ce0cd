package gridcase.platform;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The platform in a JVM of its own, with the demo places and without demo cases. */
final class PlatformProcess {

	private static final long PATIENCE_SECONDS = 240;

	private static final Pattern READY = Pattern.compile("is ready\\): (http://\\S+)");

	private final Process process;

	private final StringBuffer output = new StringBuffer();

	private final CompletableFuture<String> address = new CompletableFuture<>();

	private final Thread reader;

	private PlatformProcess(Process process) {
		this.process = process;
		this.reader = new Thread(this::read, "output of the platform");
		this.reader.setDaemon(true);
		this.reader.start();
	}

	static PlatformProcess start(Path workingFolder, Path data, String... arguments) throws IOException {
		List<String> command = new ArrayList<>(List.of(
				Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx1g", "-XX:TieredStopAtLevel=1",
				"-XX:+UseSerialGC", "-cp", classPathOfTheProduct(), "gridcase.GridcaseApplication",
				"--gridcase.data-folder=" + data, "--gridcase.demo.cases=false", "--logging.charset.console=UTF-8"));
		command.addAll(List.of(arguments));
		ProcessBuilder builder = new ProcessBuilder(command).directory(workingFolder.toFile())
			.redirectErrorStream(true);
		builder.environment().keySet().removeIf((name) -> name.startsWith("SPRING_") || name.startsWith("GRIDCASE_"));
		return new PlatformProcess(builder.start());
	}

	private static String classPathOfTheProduct() {
		return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
			.filter((entry) -> !entry.endsWith("test-classes"))
			.collect(Collectors.joining(File.pathSeparator));
	}

	private void read() {
		try (BufferedReader lines = this.process.inputReader(StandardCharsets.UTF_8)) {
			for (String line = lines.readLine(); line != null; line = lines.readLine()) {
				this.output.append(line).append('\n');
				Matcher ready = READY.matcher(line);
				if (ready.find()) {
					this.address.complete(ready.group(1));
				}
			}
		}
		catch (IOException ex) {
			this.address.completeExceptionally(new UncheckedIOException(ex));
		}
		this.address.completeExceptionally(new AssertionError("It ended before it was ready:\n" + this.output));
	}

	/** Waits until it is ready. */
	String address() throws Exception {
		return this.address.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
	}

	/** Waits until it has ended. */
	int exitCode() throws InterruptedException {
		if (!this.process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
			kill();
			throw new AssertionError("It did not end:\n" + this.output);
		}
		this.reader.join();
		return this.process.exitValue();
	}

	String output() {
		return this.output.toString();
	}

	/**
	 * Asks it to stop, as a service manager does. Not by {@link Process#destroy()}, which
	 * would close the output as well.
	 */
	void terminate() {
		this.process.toHandle().destroy();
	}

	/** Gives it no chance to do anything more. */
	void kill() throws InterruptedException {
		this.process.destroyForcibly().waitFor();
	}

}
