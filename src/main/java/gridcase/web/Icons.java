package gridcase.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.stereotype.Component;

/** Outline icons, written into the page on the server: no font, no request. */
@Component
class Icons {

	private static final Pattern SHAPES = Pattern.compile("<(?:path|circle|rect|line)[^>]*?/>");

	private final Map<String, String> shapes = new ConcurrentHashMap<>();

	/**
	 * An icon as SVG.
	 * @param name file name in the icon set, without ending
	 * @param style further CSS classes, or an empty text
	 * @throws IllegalArgumentException if the set has no such icon
	 */
	String svg(String name, String style) {
		return "<svg class=\"icon " + style + "\" viewBox=\"0 0 24 24\" fill=\"none\" stroke=\"currentColor\" "
				+ "stroke-linecap=\"round\" stroke-linejoin=\"round\" aria-hidden=\"true\">"
				+ this.shapes.computeIfAbsent(name, Icons::read) + "</svg>";
	}

	private static String read(String name) {
		try {
			Resource[] found = new PathMatchingResourcePatternResolver()
				.getResources("classpath*:META-INF/resources/webjars/tabler__icons/*/icons/outline/" + name + ".svg");
			if (found.length == 0) {
				throw new IllegalArgumentException("There is no icon \"" + name + "\"");
			}
			try (InputStream content = found[0].getInputStream()) {
				String file = new String(content.readAllBytes(), StandardCharsets.UTF_8);
				StringBuilder shapes = new StringBuilder();
				Matcher matcher = SHAPES.matcher(file);
				while (matcher.find()) {
					if (!matcher.group().contains("M0 0h24v24H0z")) {
						shapes.append(matcher.group());
					}
				}
				return shapes.toString();
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
