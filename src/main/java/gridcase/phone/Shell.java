package gridcase.phone;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.resource.ResourceUrlProvider;

/**
 * The files phone pages are made of, by addresses that name their content, and the
 * service worker that keeps them.
 */
@Component
class Shell {

	private static final List<String> FILES = List.of("/webjars/tabler__core/dist/css/tabler.min.css",
			"/app/gridcase.css", "/app/pages.css", "/app/phone.css", "/webjars/htmx.org/dist/htmx.min.js",
			"/app/phone-exif.js", "/app/phone-queue.js", "/app/phone.js", "/app/icon.svg", "/app/phone-offline.html");

	private final ResourceUrlProvider addresses;

	private final ObjectMapper json;

	private final String root;

	Shell(ResourceUrlProvider addresses, ObjectMapper json,
			@Value("${server.servlet.context-path:}") String contextPath) {
		this.addresses = addresses;
		this.json = json;
		this.root = contextPath + "/";
	}

	/** Address below which the worker sees requests. */
	String root() {
		return this.root;
	}

	String worker() {
		Map<String, String> files = new LinkedHashMap<>();
		FILES.forEach((file) -> files.put(this.root + file.substring(1), address(file)));
		String version = UUID.nameUUIDFromBytes(String.join("\n", files.values()).getBytes(StandardCharsets.UTF_8))
			.toString();
		return "const ROOT = " + quoted(this.root) + ";\nconst VERSION = " + quoted(version) + ";\nconst ADDRESSES = "
				+ quoted(files) + ";\n" + script();
	}

	private String address(String file) {
		String found = this.addresses.getForLookupPath(file);
		if (found == null) {
			throw new IllegalStateException("The phone pages need " + file + ", and there is no such file");
		}
		return this.root + found.substring(1);
	}

	private String quoted(Object value) {
		try {
			return this.json.writeValueAsString(value);
		}
		catch (JsonProcessingException ex) {
			throw new IllegalStateException("Texts are always written", ex);
		}
	}

	private static String script() {
		try (InputStream content = new ClassPathResource("phone/worker.js").getInputStream()) {
			return new String(content.readAllBytes(), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
