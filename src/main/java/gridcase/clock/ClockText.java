package gridcase.clock;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.ResourceBundle;

import org.springframework.context.i18n.LocaleContext;
import org.springframework.context.i18n.LocaleContextHolder;

/**
 * Texts of this module in the language of the request; without a request (timers,
 * start-up) in the bundle's own, Chinese.
 */
final class ClockText {

	private static final ResourceBundle.Control BUNDLE_ONLY = ResourceBundle.Control
		.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);

	private ClockText() {
	}

	static String of(String key, Object... values) {
		LocaleContext context = LocaleContextHolder.getLocaleContext();
		Locale requested = (context != null) ? context.getLocale() : null;
		Locale locale = (requested != null) ? requested : Locale.ROOT;
		ResourceBundle bundle = ResourceBundle.getBundle("messages/clock", locale, BUNDLE_ONLY);
		return new MessageFormat(bundle.getString(key), locale).format(values);
	}

}
