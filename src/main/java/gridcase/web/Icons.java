package gridcase.web;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.webjars.WebJarVersionLocator;

import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;

/** Outline icons, written into the page on the server: no font, no request. */
@Component
class Icons {

	private static final Pattern SHAPES = Pattern.compile("<(?:path|circle|rect|line)[^>]*?/>");

	private static final String JAR = "tabler__icons";

	private static final WebJarVersionLocator JARS = new WebJarVersionLocator();

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
		ClassPathResource file = new ClassPathResource(JARS.fullPath(JAR, "icons/outline/" + name + ".svg"));
		if (!file.exists()) {
			throw new IllegalArgumentException("There is no icon \"" + name + "\"");
		}
		try {
			return SHAPES.matcher(file.getContentAsString(StandardCharsets.UTF_8))
				.results()
				.map(MatchResult::group)
				.filter((shape) -> !shape.contains("M0 0h24v24H0z"))
				.collect(Collectors.joining());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
