package gridcase.studio;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
import gridcase.GridcaseApplication;
import gridcase.casework.CaseDriver;
import gridcase.clock.PlatformClock;
import gridcase.platform.TestDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.client.TestRestTemplate;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpEntity;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.ContextConfiguration;

import static org.assertj.core.api.Assertions.assertThat;

/** The command line against a running platform, and on its own. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = { "gridcase.demo.enabled=true", "gridcase.demo.cases=false" })
@ActiveProfiles("test")
@ContextConfiguration(initializers = TestDatabase.Initializer.class)
@Import(CaseDriver.class)
class PolicyCommandTests {

	@LocalServerPort
	private int port;

	@Autowired
	private CaseDriver drive;

	@Autowired
	private PlatformClock clock;

	@Autowired
	private TestRestTemplate rest;

	@TempDir
	private Path folder;

	private final ByteArrayOutputStream out = new ByteArrayOutputStream();

	private final ByteArrayOutputStream err = new ByteArrayOutputStream();

	private int run(String... arguments) {
		this.out.reset();
		this.err.reset();
		return PolicyCommand.run(GridcaseApplication.class, arguments,
				new PrintStream(this.out, true, StandardCharsets.UTF_8),
				new PrintStream(this.err, true, StandardCharsets.UTF_8));
	}

	private String out() {
		return this.out.toString(StandardCharsets.UTF_8);
	}

	private String err() {
		return this.err.toString(StandardCharsets.UTF_8);
	}

	private String server() {
		return "http://localhost:" + this.port;
	}

	private String token(String login) {
		HttpHeaders headers = new HttpHeaders();
		headers.setContentType(MediaType.APPLICATION_JSON);
		return this.rest.withBasicAuth(login, "gridcase")
			.postForObject("/api/v1/tokens", new HttpEntity<>("{\"name\":\"规则\",\"days\":1}", headers), JsonNode.class)
			.get("token")
			.asText();
	}

	private void copy(String path) throws IOException {
		Path to = this.folder.resolve(path);
		Files.createDirectories(to.getParent());
		Files.copy(Path.of(path), to);
	}

	@Test
	void whatIsInForceIsWrittenAsItWasReleasedAndOnlyChangesAreReleased() throws IOException {
		String token = token("cg.policy");
		assertThat(run("export", "--place", "chengguan", "--to", this.folder.toString(), "--server", server(),
				"--token=" + token))
			.as(err())
			.isZero();
		Path table = this.folder.resolve("decisions/chengguan/verification.dmn");
		assertThat(table).hasBinaryContent(Files.readAllBytes(Path.of("decisions/chengguan/verification.dmn")));
		assertThat(out()).contains("已写出 3 个文件");

		assertThat(run("release", this.folder.toString(), "--note", "没有改", "--server", server(), "--token", token))
			.isZero();
		assertThat(out()).contains("chengguan：与现行的相同");

		Files.writeString(table, "\n<!-- 看过 -->\n", StandardOpenOption.APPEND);
		assertThat(run("release", this.folder.toString(), "--note", "加一行注", "--server", server(), "--token", token))
			.as(err())
			.isZero();
		assertThat(out()).contains("chengguan：已发布").contains("verification.dmn").doesNotContain(".bpmn");

		Files.writeString(table, Files.readString(table).replace("typeRef=\"boolean\"", "typeRef=\"bool\""));
		assertThat(run("release", this.folder.toString(), "--note", "坏的", "--server", server(), "--token", token))
			.isOne();
		assertThat(err()).contains("422").contains("verification.dmn").contains("bool");
		assertThat(run("release", this.folder.toString(), "--note", "别处", "--server", server(), "--token",
				token("ft.policy")))
			.isEqualTo(2);
		assertThat(err()).contains("403");
	}

	@Test
	void aFolderIsCheckedAsAServerWould() throws IOException {
		copy("decisions/filing.dmn");
		copy("decisions/futian/verification.dmn");
		copy("forms/sign-for.form");
		Path filing = this.folder.resolve("decisions/filing.dmn");
		Files.writeString(filing,
				Files.readString(filing).replaceFirst("<text>\"MAJOR\"</text>", "<text>MAJOR</text>"));
		Path form = this.folder.resolve("forms/sign-for.form");
		Files.writeString(form, "{ \"id\": ");
		Files.writeString(this.folder.resolve("decisions/notes.txt"), "x");
		Files.writeString(this.folder.resolve("decisions/.gitkeep"), "");

		assertThat(run("check", this.folder.toString())).as(err()).isOne();

		assertThat(out()).contains("decisions/notes.txt 放在规则的文件夹里")
			.containsPattern("decisions/filing.dmn, Rule_\\w+, \\w+ \\[MAJOR]")
			.contains("forms/sign-for.form")
			.contains("3 个文件，")
			.doesNotContain("futian")
			.doesNotContain("gitkeep");
	}

	@Test
	void aTableIsTriedOnThePlatformAndTheFiguresArePrinted() throws IOException {
		this.drive.report("shangdi", "sd.c01.g1", "GRID_WORKER", Map.of("gridCode", "11010802200101"));
		String day = LocalDate.ofInstant(this.clock.now(), this.clock.zone()).toString();
		Path table = this.folder.resolve("filing.dmn");
		Files.copy(Path.of("decisions/filing.dmn"), table);
		String[] command = { "rehearse", table.toString(), "--place", "shangdi", "--from", day, "--to", day, "--server",
				server(), "--token", token("sd.policy") };

		assertThat(run(command)).as(err()).isZero();
		Matcher figures = Pattern.compile("共 (\\d+)，相同 (\\d+)，不同 0，没有结果 0").matcher(out());
		assertThat(figures.find()).as(out()).isTrue();
		assertThat(figures.group(1)).isEqualTo(figures.group(2)).isNotEqualTo("0");
		assertThat(err()).contains(figures.group(1) + " / " + figures.group(1));

		// no row fits any more
		Files.writeString(table, Files.readString(table)
			.replaceAll("(<rule [^>]*>\\s*(?:<description>[^<]*</description>\\s*)?<inputEntry [^>]*>\\s*<text>)[^<]*",
					"$1\"never\""));
		assertThat(run(command)).as("answers are missing").isOne();
		assertThat(out()).contains("没有结果 " + figures.group(1));
		assertThat(run("rehearse", table.toString(), "--place", "futian", "--from", day, "--server", server(),
				"--token", token("sd.policy")))
			.isEqualTo(2);
		assertThat(err()).contains("403");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "nothing", "check", "check a b", "check /no/such/folder", "export --to x",
			"release . --note x --server ftp://x --token t", "rehearse pom.xml --server http://localhost --token t",
			"export --to", "check . --no" })
	void aWrongCommandSaysHowItIsWritten(String command) {
		assertThat(run(command.isEmpty() ? new String[0] : command.split(" "))).isEqualTo(2);
		assertThat(err()).contains("policy check <文件夹>");
		assertThat(out()).isEmpty();
	}

	@Test
	void aServerThatIsNotThereIsSaidToBeSo() {
		for (List<String> command : List.of(List.of("export", "--to", this.folder.toString()),
				List.of("rehearse", "decisions/filing.dmn"))) {
			String[] arguments = new String[command.size() + 4];
			command.toArray(arguments);
			System.arraycopy(new String[] { "--server", "http://localhost:1", "--token", "t" }, 0, arguments,
					command.size(), 4);
			assertThat(run(arguments)).isEqualTo(2);
			assertThat(err()).contains("连不上 http://localhost:1");
		}
	}

}
