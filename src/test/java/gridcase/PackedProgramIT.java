package gridcase;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** The packed program is a command as well; run after it was packed. */
class PackedProgramIT {

	@TempDir
	private Path folder;

	private String said;

	private int run(String... arguments) throws IOException, InterruptedException {
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Duser.language=zh",
						"-Duser.country=CN", "-Dstdout.encoding=UTF-8", "-Dstderr.encoding=UTF-8", "-Xmx256m", "-jar",
						packed().toString()));
		command.addAll(List.of(arguments));
		Path output = this.folder.resolve("output.txt");
		Process program = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile()).start();
		try {
			assertThat(program.waitFor(60, TimeUnit.SECONDS)).isTrue();
		}
		finally {
			program.destroyForcibly();
		}
		this.said = Files.readString(output, StandardCharsets.UTF_8);
		return program.exitValue();
	}

	private static Path packed() throws IOException {
		try (Stream<Path> files = Files.list(Path.of("target"))) {
			return files.filter((file) -> file.getFileName().toString().matches("gridcase-.*\\.jar"))
				.findFirst()
				.orElseThrow();
		}
	}

	@Test
	void theRulesCommandIsThere() throws Exception {
		assertThat(run("policy")).isEqualTo(2);
		assertThat(this.said).contains("policy check <文件夹>");
		assertThat(run("policy", "export", "--to", this.folder.toString(), "--server", "http://localhost:1", "--token",
				"t"))
			.isEqualTo(2);
		assertThat(this.said).contains("连不上 http://localhost:1");
	}

	/** A package once given away stays good, whatever becomes of the program. */
	@Test
	void aPackageWrittenEarlierIsStillProven() throws Exception {
		Path given = Path.of("src", "test", "resources", "evidence");
		String key = given.resolve("public.pem").toString();
		assertThat(run("verify", given.resolve("package-1.zip").toString(), "--key", key)).isZero();
		assertThat(this.said).contains("全部相符");

		byte[] content = Files.readAllBytes(given.resolve("package-1.zip"));
		content[content.length / 2] ^= 1;
		Path altered = Files.write(this.folder.resolve("altered.zip"), content);
		assertThat(run("verify", altered.toString(), "--key", key)).isNotZero();
		assertThat(this.said).doesNotContain("全部相符");
	}

}
