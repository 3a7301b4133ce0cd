package gridcase.policy;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.ResourceBundle;

import org.springframework.context.i18n.LocaleContextHolder;

/**
 * What the module tells people, from {@code messages/policy}. Chinese unless asked
 * otherwise.
 */
final class PolicyTexts {

	private static final ResourceBundle.Control NO_FALLBACK = ResourceBundle.Control
		.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);

	private PolicyTexts() {
	}

	static String of(String key, Object... arguments) {
		Locale locale = (LocaleContextHolder.getLocaleContext() != null) ? LocaleContextHolder.getLocale()
				: Locale.SIMPLIFIED_CHINESE;
		ResourceBundle texts = ResourceBundle.getBundle("messages.policy", locale, NO_FALLBACK);
		return new MessageFormat(texts.getString(key), locale).format(texts(arguments));
	}

	/** Numbers as they are, not grouped by thousands. */
	private static Object[] texts(Object[] arguments) {
		Object[] texts = new Object[arguments.length];
		for (int i = 0; i < arguments.length; i++) {
			texts[i] = String.valueOf(arguments[i]);
		}
		return texts;
	}

}
