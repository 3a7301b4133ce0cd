package gridcase.shared;

import java.text.Format;
import java.text.MessageFormat;
import java.util.Locale;
import java.util.ResourceBundle;

import org.springframework.context.i18n.LocaleContext;
import org.springframework.context.i18n.LocaleContextHolder;

/**
 * What a module tells people, from {@code messages/<module>}: in the language of the
 * request; without a request (timers, start-up) in the bundle's own, Chinese.
 */
public final class Texts {

	private static final ResourceBundle.Control NO_FALLBACK = ResourceBundle.Control
		.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);

	private Texts() {
	}

	/**
	 * A text with its values filled in; numbers as they are, not grouped by thousands,
	 * unless the text asks for a format.
	 * @param module name of the bundle
	 * @param key key of the text
	 * @param values what it names
	 * @throws java.util.MissingResourceException if the bundle has no such text
	 */
	public static String of(String module, String key, Object... values) {
		LocaleContext context = LocaleContextHolder.getLocaleContext();
		Locale requested = (context != null) ? context.getLocale() : null;
		return in((requested != null) ? requested : Locale.ROOT, module, key, values);
	}

	/**
	 * The same in the bundle's own language, Chinese, whoever asks: for what is told to
	 * somebody else.
	 * @param module name of the bundle
	 * @param key key of the text
	 * @param values what it names
	 * @throws java.util.MissingResourceException if the bundle has no such text
	 */
	public static String own(String module, String key, Object... values) {
		return in(Locale.ROOT, module, key, values);
	}

	private static String in(Locale locale, String module, String key, Object... values) {
		ResourceBundle bundle = ResourceBundle.getBundle("messages." + module, locale, NO_FALLBACK);
		MessageFormat format = new MessageFormat(bundle.getString(key), locale);
		Format[] formats = format.getFormatsByArgumentIndex();
		Object[] shown = values.clone();
		for (int i = 0; i < shown.length; i++) {
			if (i >= formats.length || formats[i] == null) {
				shown[i] = String.valueOf(shown[i]);
			}
		}
		return format.format(shown);
	}

}
