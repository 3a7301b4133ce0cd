package gridcase.resident;

import gridcase.registry.NotInRegistry;
import gridcase.security.TooManyRequests;
import gridcase.shared.Refusal;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.ModelAndView;

/** Says no to residents on a page of theirs, without the frame of the staff's pages. */
@ControllerAdvice(assignableTypes = { ReportPage.class, TrackPage.class, CardPage.class })
@Order(Ordered.HIGHEST_PRECEDENCE)
class PageProblems {

	@ExceptionHandler
	ModelAndView refused(Refusal refusal, HttpServletResponse response) {
		if (refusal instanceof TooManyRequests tooMany) {
			response.setHeader(HttpHeaders.RETRY_AFTER, Long.toString(tooMany.retryAfter()));
		}
		return page(switch (refusal.kind()) {
			case INVALID -> HttpStatus.BAD_REQUEST;
			case FORBIDDEN -> HttpStatus.FORBIDDEN;
			case NOT_FOUND -> HttpStatus.NOT_FOUND;
			case CONFLICT -> HttpStatus.CONFLICT;
			case TOO_LARGE -> HttpStatus.PAYLOAD_TOO_LARGE;
			case RULE -> HttpStatus.UNPROCESSABLE_ENTITY;
			case TOO_MANY -> HttpStatus.TOO_MANY_REQUESTS;
		}, refusal.getMessage());
	}

	@ExceptionHandler
	ModelAndView unknown(NotInRegistry unknown) {
		return page(HttpStatus.NOT_FOUND, unknown.getMessage());
	}

	/** An id that is none. */
	@ExceptionHandler
	ModelAndView noSuchThing(MethodArgumentTypeMismatchException mismatch) {
		return page(HttpStatus.NOT_FOUND, gridcase.shared.Texts.of("resident", "resident.refused.photo"));
	}

	private static ModelAndView page(HttpStatus status, String words) {
		ModelAndView page = new ModelAndView("resident/problem");
		page.setStatus(status);
		page.addObject("words", words);
		return page;
	}

}
