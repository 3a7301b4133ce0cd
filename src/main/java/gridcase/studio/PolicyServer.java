package gridcase.studio;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import gridcase.shared.Texts;

/** A running platform, spoken to over its API by the command line. */
final class PolicyServer {

	private final HttpClient http = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(20)).build();

	private final ObjectMapper json = new ObjectMapper();

	private final String url;

	private final String token;

	PolicyServer(String url, String token) {
		this.url = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
		this.token = token;
	}

	/**
	 * The platform said no, or there is none.
	 */
	static final class Failed extends Exception {

		private final transient int status;

		Failed(int status, String message) {
			super(message);
			this.status = status;
		}

		/** HTTP status, 0 if there was no answer. */
		int status() {
			return this.status;
		}

	}

	/** Files in a zip the platform answers, by path. */
	Map<String, byte[]> files(String path, Map<String, String> query) throws Failed {
		byte[] zip = ask(request(path, query).GET().build());
		Map<String, byte[]> files = new TreeMap<>();
		try (ZipInputStream entries = new ZipInputStream(new ByteArrayInputStream(zip))) {
			for (ZipEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
				files.put(entry.getName(), entries.readAllBytes());
			}
		}
		catch (IOException ex) {
			throw new Failed(0, Texts.of("studio", "studio.command.answer", this.url, ex.getMessage()));
		}
		return files;
	}

	JsonNode get(String path) throws Failed {
		return read(ask(request(path, Map.of()).GET().build()));
	}

	/**
	 * Sends a form with files.
	 * @param path where to
	 * @param fields fields by name
	 * @param part name of the parts with files
	 * @param files content by name
	 */
	JsonNode post(String path, Map<String, String> fields, String part, Map<String, byte[]> files) throws Failed {
		String boundary = UUID.randomUUID().toString();
		HttpRequest request = request(path, Map.of())
			.header("Content-Type", "multipart/form-data; boundary=" + boundary)
			.POST(HttpRequest.BodyPublishers.ofByteArray(form(boundary, fields, part, files)))
			.build();
		return read(ask(request));
	}

	private static byte[] form(String boundary, Map<String, String> fields, String part, Map<String, byte[]> files) {
		ByteArrayOutputStream form = new ByteArrayOutputStream();
		try {
			for (Map.Entry<String, String> field : fields.entrySet()) {
				form.write(("--" + boundary + "\r\nContent-Disposition: form-data; name=\"" + field.getKey()
						+ "\"\r\nContent-Type: text/plain; charset=UTF-8\r\n\r\n" + field.getValue() + "\r\n")
					.getBytes(StandardCharsets.UTF_8));
			}
			for (Map.Entry<String, byte[]> file : files.entrySet()) {
				form.write(("--" + boundary + "\r\nContent-Disposition: form-data; name=\"" + part + "\"; filename=\""
						+ file.getKey().replace("\"", "%22") + "\"\r\nContent-Type: application/octet-stream\r\n\r\n")
					.getBytes(StandardCharsets.UTF_8));
				form.write(file.getValue());
				form.write("\r\n".getBytes(StandardCharsets.UTF_8));
			}
			form.write(("--" + boundary + "--\r\n").getBytes(StandardCharsets.UTF_8));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return form.toByteArray();
	}

	private HttpRequest.Builder request(String path, Map<String, String> query) {
		String asked = query.entrySet()
			.stream()
			.map((field) -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
			.collect(Collectors.joining("&"));
		return HttpRequest.newBuilder(URI.create(this.url + path + (asked.isEmpty() ? "" : "?" + asked)))
			.timeout(Duration.ofMinutes(5))
			.header("Authorization", "Bearer " + this.token);
	}

	private byte[] ask(HttpRequest request) throws Failed {
		try {
			HttpResponse<byte[]> answer = this.http.send(request, HttpResponse.BodyHandlers.ofByteArray());
			if (answer.statusCode() / 100 != 2) {
				throw new Failed(answer.statusCode(), problem(answer));
			}
			return answer.body();
		}
		catch (IOException ex) {
			throw new Failed(0, Texts.of("studio", "studio.command.unreachable", this.url,
					(ex.getMessage() != null) ? ex.getMessage() : ex.getClass().getSimpleName()));
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new Failed(0, Texts.of("studio", "studio.command.unreachable", this.url, ex.getMessage()));
		}
	}

	/** What the platform says is wrong, line by line. */
	private String problem(HttpResponse<byte[]> answer) {
		String text = new String(answer.body(), StandardCharsets.UTF_8);
		try {
			String detail = this.json.readTree(text).path("detail").asText();
			if (!detail.isBlank()) {
				return answer.statusCode() + ": " + detail;
			}
		}
		catch (JsonProcessingException ex) {
			// no problem document: something between here and the platform answered
			return Texts.of("studio", "studio.command.answer", this.url, answer.statusCode());
		}
		return Texts.of("studio", "studio.command.answer", this.url, answer.statusCode());
	}

	private JsonNode read(byte[] answer) throws Failed {
		try {
			return this.json.readTree(answer);
		}
		catch (IOException ex) {
			throw new Failed(0, Texts.of("studio", "studio.command.answer", this.url, ex.getMessage()));
		}
	}

}
