package gridcase.web;

import java.util.List;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.web.servlet.error.ErrorController;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.multipart.MaxUploadSizeExceededException;
import org.springframework.web.servlet.ModelAndView;

/** The last word on a request that failed, whoever noticed it. */
@Controller
class ErrorPages implements ErrorController {

	private static final Logger log = LoggerFactory.getLogger(ErrorPages.class);

	private final Problems problems;

	private final ErrorNumbers numbers;

	ErrorPages(Problems problems, ErrorNumbers numbers) {
		this.problems = problems;
		this.numbers = numbers;
	}

	static boolean isApi(String uri, HttpServletRequest request) {
		return uri != null && uri.startsWith(request.getContextPath() + "/api/");
	}

	@RequestMapping("${server.error.path:/error}")
	Object show(HttpServletRequest request) {
		Problem problem = problem(request);
		if (isApi((String) request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI), request)) {
			return ResponseEntity.status(problem.status())
				.contentType(MediaType.APPLICATION_PROBLEM_JSON)
				.body(this.problems.detail(problem));
		}
		boolean part = request.getHeader("HX-Request") != null;
		ModelAndView page = new ModelAndView(part ? "error/page :: words" : "error/page");
		page.setStatus(problem.status());
		page.addObject("status", problem.status().value());
		page.addObject("key", key(problem.status()));
		page.addObject("problem", problem);
		return page;
	}

	private Problem problem(HttpServletRequest request) {
		if (request.getAttribute(Problem.ATTRIBUTE) instanceof Problem known) {
			return known;
		}
		Integer code = (Integer) request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
		HttpStatus status = (code != null) ? HttpStatus.resolve(code) : HttpStatus.NOT_FOUND;
		Throwable failure = (Throwable) request.getAttribute(RequestDispatcher.ERROR_EXCEPTION);
		if (failure instanceof MaxUploadSizeExceededException) {
			status = HttpStatus.PAYLOAD_TOO_LARGE;
		}
		if (status == null || !status.is5xxServerError()) {
			return new Problem((status != null) ? status : HttpStatus.INTERNAL_SERVER_ERROR, null, List.of(), null);
		}
		String number = this.numbers.next();
		log.error("{} {}", number, request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI), failure);
		return new Problem(status, null, List.of(), number);
	}

	/** Which words the page uses. */
	private static String key(HttpStatusCode status) {
		return switch (status.value()) {
			case 400, 403, 404, 409, 413, 422 -> Integer.toString(status.value());
			default -> status.is4xxClientError() ? "400" : "500";
		};
	}

}
