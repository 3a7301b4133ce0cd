package gridcase.phone;

import java.util.Map;
import java.util.ResourceBundle;
import java.util.TreeMap;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import gridcase.security.CurrentPerson;
import gridcase.security.People;
import jakarta.servlet.http.HttpServletRequest;

import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;

/** What stands around every phone page. */
@ControllerAdvice
class PhoneFrame {

	private static final String WORDS = "phone.js.";

	private final People people;

	private final LargeType largeType;

	private final ObjectMapper json;

	PhoneFrame(People people, LargeType largeType, ObjectMapper json) {
		this.people = people;
		this.largeType = largeType;
		this.json = json;
	}

	@ModelAttribute
	void fill(HttpServletRequest request, Model model) throws JsonProcessingException {
		String path = request.getRequestURI().substring(request.getContextPath().length());
		if (path.equals("/m") || path.startsWith("/m/")) {
			boolean large = this.people.current().map(CurrentPerson::login).map(this.largeType::of).orElse(false);
			model.addAttribute("phone", new View(large, this.json.writeValueAsString(words())));
		}
	}

	/** What the scripts say, in the language of the page. */
	private static Map<String, String> words() {
		ResourceBundle bundle = ResourceBundle.getBundle("messages.phone", LocaleContextHolder.getLocale(),
				ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
		Map<String, String> words = new TreeMap<>();
		bundle.keySet()
			.stream()
			.filter((key) -> key.startsWith(WORDS))
			.forEach((key) -> words.put(key.substring(WORDS.length()), bundle.getString(key)));
		return words;
	}

	/**
	 * The frame.
	 *
	 * @param large whether the person reads in large type
	 * @param words what the scripts say, as JSON
	 */
	record View(boolean large, String words) {

	}

}
