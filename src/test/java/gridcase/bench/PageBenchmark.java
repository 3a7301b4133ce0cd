package gridcase.bench;

import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whole pages as a browser asks for them, one after the other over one connection:
 * rights, queries, rendering and HTTP, nothing drawn.
 */
final class PageBenchmark {

	private static final Pattern TOKEN = Pattern.compile("name=\"_csrf\"[^>]*value=\"([^\"]+)\"");

	private final HttpClient client = HttpClient.newBuilder().cookieHandler(new CookieManager()).build();

	private final String root;

	PageBenchmark(String port, String login) throws IOException, InterruptedException {
		this.root = "http://localhost:" + port;
		Matcher token = TOKEN.matcher(get("/sign-in"));
		if (!token.find()) {
			throw new IllegalStateException("the sign-in page has no token");
		}
		HttpResponse<String> answer = this.client.send(HttpRequest.newBuilder(URI.create(this.root + "/sign-in"))
			.header("Content-Type", "application/x-www-form-urlencoded")
			.POST(HttpRequest.BodyPublishers.ofString("login=" + login + "&password=gridcase&_csrf="
					+ URLEncoder.encode(token.group(1), StandardCharsets.UTF_8)))
			.build(), HttpResponse.BodyHandlers.ofString());
		if (answer.statusCode() != 302 || answer.headers().firstValue("location").orElse("").contains("sign-in")) {
			throw new IllegalStateException(login + " was not let in: " + answer.statusCode());
		}
	}

	private String get(String path) throws IOException, InterruptedException {
		HttpResponse<String> answer = this.client.send(HttpRequest.newBuilder(URI.create(this.root + path)).build(),
				HttpResponse.BodyHandlers.ofString());
		if (answer.statusCode() != 200) {
			throw new IllegalStateException(path + " answers " + answer.statusCode());
		}
		return answer.body();
	}

	/**
	 * Asks for a page again and again.
	 * @param path its address
	 * @return p50, p95 in milliseconds, and its characters
	 */
	double[] time(String path) throws IOException, InterruptedException {
		return time((round) -> path);
	}

	/**
	 * Asks for a page again and again, each time perhaps another one of its kind.
	 * @param path its address by number of the round
	 * @return p50, p95 in milliseconds, and its characters
	 */
	double[] time(IntFunction<String> path) throws IOException, InterruptedException {
		return time(path, 40, 200);
	}

	/**
	 * Asks for a page that takes its time again and again.
	 * @param path its address by number of the round
	 * @param warm rounds that do not count
	 * @param counted those that do
	 * @return p50, p95 in milliseconds, and its characters
	 */
	double[] time(IntFunction<String> path, int warm, int counted) throws IOException, InterruptedException {
		int length = 0;
		for (int i = 0; i < warm; i++) {
			length = get(path.apply(i)).length();
		}
		double[] taken = new double[counted];
		for (int i = 0; i < taken.length; i++) {
			String address = path.apply(warm + i);
			long start = System.nanoTime();
			get(address);
			taken[i] = (System.nanoTime() - start) / 1e6;
		}
		Arrays.sort(taken);
		return new double[] { taken[taken.length / 2], taken[(int) (taken.length * 0.95)], length };
	}

}
