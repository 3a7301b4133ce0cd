package gridcase.notice;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.stream.Collectors;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/** An SMS gateway that keeps what it was sent. It can be away, and come back. */
final class TestGateway {

	private final List<Request> requests = new CopyOnWriteArrayList<>();

	private HttpServer server;

	private int port;

	private volatile Function<Request, Answer> answer;

	/** What was sent. */
	record Request(String method, String uri, Map<String, String> headers, String body) {

		String key() {
			return this.headers.get("idempotency-key");
		}

	}

	/** What it answers. */
	record Answer(int status, String body) {

	}

	TestGateway() {
		start();
		reset();
	}

	void start() {
		try {
			this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), this.port), 0);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.port = this.server.getAddress().getPort();
		this.server.setExecutor(Executors.newCachedThreadPool((work) -> {
			Thread thread = new Thread(work, "gateway");
			thread.setDaemon(true);
			return thread;
		}));
		this.server.createContext("/", this::handle);
		this.server.start();
	}

	void stop() {
		this.server.stop(0);
	}

	void reset() {
		this.requests.clear();
		this.answer = (request) -> new Answer(200, "{\"code\":0}");
	}

	void answering(Function<Request, Answer> answers) {
		this.answer = answers;
	}

	List<Request> requests() {
		return this.requests;
	}

	List<String> keys() {
		return this.requests.stream().map(Request::key).toList();
	}

	String address(String path) {
		return "http://" + this.server.getAddress().getAddress().getHostAddress() + ":" + this.port + path;
	}

	private void handle(HttpExchange exchange) throws IOException {
		Request request = new Request(exchange.getRequestMethod(), exchange.getRequestURI().toString(),
				exchange.getRequestHeaders()
					.entrySet()
					.stream()
					.collect(Collectors.toMap((header) -> header.getKey().toLowerCase(java.util.Locale.ROOT),
							(header) -> header.getValue().get(0))),
				new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
		this.requests.add(request);
		Answer given = this.answer.apply(request);
		byte[] body = given.body().getBytes(StandardCharsets.UTF_8);
		exchange.sendResponseHeaders(given.status(), body.length);
		exchange.getResponseBody().write(body);
		exchange.close();
	}

}
