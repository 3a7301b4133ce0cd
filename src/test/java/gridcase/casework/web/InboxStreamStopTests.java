package gridcase.casework.web;

import java.io.InputStream;
import java.net.CookieManager;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import gridcase.GridcaseApplication;
import gridcase.platform.TestDatabase;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/** A platform that stops does not wait for pages that only listen. */
class InboxStreamStopTests {

	@Test
	void pagesThatListenAndPagesThatAreGoneDoNotHoldUpTheEnd() throws Exception {
		SpringApplication application = new SpringApplication(GridcaseApplication.class);
		application.setAdditionalProfiles("test");
		application.setRegisterShutdownHook(false);
		ConfigurableApplicationContext context = application.run("--spring.datasource.url=" + TestDatabase.create(),
				"--spring.datasource.username=postgres", "--gridcase.demo.enabled=true", "--gridcase.demo.cases=false");
		int port = context.getEnvironment().getProperty("local.server.port", Integer.class);
		CookieManager cookies = new CookieManager();
		signIn(port, cookies);
		String session = cookies.getCookieStore()
			.getCookies()
			.stream()
			.map((cookie) -> cookie.getName() + "=" + cookie.getValue())
			.reduce((first, second) -> first + "; " + second)
			.orElseThrow();
		Socket gone = listen(port, session);
		Socket there = listen(port, session);
		Socket silent = listen(port, session);
		gone.close();
		JdbcTemplate jdbc = context.getBean(JdbcTemplate.class);
		InboxStream stream = context.getBean(InboxStream.class);
		// written to until the platform learns that nobody reads any longer
		Awaitility.await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofSeconds(1)).until(() -> {
			jdbc.update("insert into inbox_delta (lane, n) values ('p:handler@SD-CG', 0)");
			return stream.listening() == 2;
		});
		// and one that leaves without the platform having had anything to tell since
		silent.close();
		long start = System.nanoTime();
		context.close();
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(15));
		// the end of the stream, not a connection that hangs
		there.setSoTimeout(5000);
		there.getInputStream().readAllBytes();
		there.close();
	}

	private static void signIn(int port, CookieManager cookies) throws Exception {
		HttpClient client = HttpClient.newBuilder()
			.cookieHandler(cookies)
			.followRedirects(HttpClient.Redirect.NEVER)
			.build();
		URI page = URI.create("http://127.0.0.1:" + port + "/sign-in");
		String html = client.send(HttpRequest.newBuilder(page).build(), BodyHandlers.ofString()).body();
		Matcher token = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"").matcher(html);
		assertThat(token.find()).isTrue();
		int status = client
			.send(HttpRequest.newBuilder(page)
				.header("Content-Type", "application/x-www-form-urlencoded")
				.POST(HttpRequest.BodyPublishers
					.ofString("login=sd.cg.handler&password=gridcase&_csrf=" + token.group(1)))
				.build(), BodyHandlers.discarding())
			.statusCode();
		assertThat(status).isEqualTo(302);
	}

	/** Reads until the first event is there. */
	private static Socket listen(int port, String session) throws Exception {
		Socket socket = new Socket("127.0.0.1", port);
		socket.getOutputStream()
			.write(("GET /inbox/stream HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\nCookie: " + session
					+ "\r\n\r\n")
				.getBytes(StandardCharsets.US_ASCII));
		InputStream in = socket.getInputStream();
		StringBuilder seen = new StringBuilder();
		while (seen.indexOf("event:counts") < 0) {
			int next = in.read();
			assertThat(next).as("%s", seen).isNotNegative();
			seen.append((char) next);
		}
		assertThat(seen.toString()).startsWith("HTTP/1.1 200");
		return socket;
	}

}
