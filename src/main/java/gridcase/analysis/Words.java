package gridcase.analysis;

import java.util.Locale;
import java.util.ResourceBundle;

/** Which texts there are. */
final class Words {

	private Words() {
	}

	/** Whether there is a text for that, in the bundle all others fall back to. */
	static boolean has(String key) {
		return ResourceBundle.getBundle("messages.analysis", Locale.ROOT).containsKey(key);
	}

}
