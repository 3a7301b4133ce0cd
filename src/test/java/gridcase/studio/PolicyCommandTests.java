package gridcase.studio;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import gridcase.GridcaseApplication;
import gridcase.casework.CaseDriver;
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
		List<String> asked = new ArrayList<>();
		HttpServer platform = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		platform.createContext("/api/v1/studio/trials", (exchange) -> {
			asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
					+ exchange.getRequestHeaders().getFirst("Authorization") + "\n"
					+ new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
			String answer = switch (asked.size()) {
				case 1 -> "{\"id\":7}";
				case 2 -> "{\"state\":\"RUNNING\",\"total\":10,\"done\":4}";
				default ->
					"{\"state\":\"DONE\",\"total\":10,\"done\":10,\"same\":7,\"changed\":2,\"failing\":1,\"groups\":[]}";
			};
			byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
			exchange.sendResponseHeaders((asked.size() == 1) ? 201 : 200, bytes.length);
			exchange.getResponseBody().write(bytes);
			exchange.close();
		});
		platform.start();
		try {
			assertThat(run("rehearse", "decisions/futian/time-limit.dmn", "--place", "futian", "--from", "2026-03-01",
					"--to", "2026-03-31", "--server", "http://localhost:" + platform.getAddress().getPort(), "--token",
					"t"))
				.as("answers are missing")
				.isOne();
		}
		finally {
			platform.stop(0);
		}
		assertThat(out()).contains("共 10，相同 7，不同 2，没有结果 1");
		assertThat(err()).contains("10 / 10").isNotEmpty();
		assertThat(asked).hasSize(3);
		assertThat(asked.get(0)).startsWith("POST /api/v1/studio/trials Bearer t")
			.contains("name=\"table\"")
			.contains("\r\n\r\ntime-limit\r\n")
			.contains("\r\n\r\nfutian\r\n")
			.contains("\r\n\r\n2026-03-01\r\n")
			.contains("name=\"file\"; filename=\"time-limit.dmn\"")
			.contains(Files.readString(Path.of("decisions/futian/time-limit.dmn")));
		assertThat(asked.get(1)).startsWith("GET /api/v1/studio/trials/7 Bearer t");
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
