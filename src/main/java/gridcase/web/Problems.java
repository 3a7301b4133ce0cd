package gridcase.web;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import gridcase.clock.CalendarYearMissing;
import gridcase.clock.ClockRefused;
import gridcase.registry.NotInRegistry;
import gridcase.shared.FieldProblem;
import gridcase.shared.LoadRefused;
import gridcase.shared.Refusal;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.multipart.MaxUploadSizeExceededException;
import org.springframework.web.multipart.MultipartException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;

/**
 * Turns what went wrong into an answer: problem+json (RFC 9457) for the API, the error
 * page for people. Nothing of the inside of the platform is told; what nobody expected
 * gets a number under which it stands in the log.
 */
@ControllerAdvice
@Order(Ordered.LOWEST_PRECEDENCE)
class Problems extends ResponseEntityExceptionHandler {

	private static final Logger log = LoggerFactory.getLogger(Problems.class);

	private final MessageSource messages;

	private final ErrorNumbers numbers;

	Problems(MessageSource messages, ErrorNumbers numbers) {
		this.messages = messages;
		this.numbers = numbers;
	}

	@ExceptionHandler
	ResponseEntity<Object> refused(Refusal refusal, WebRequest request) throws IOException {
		HttpStatus status = switch (refusal.kind()) {
			case INVALID -> HttpStatus.BAD_REQUEST;
			case FORBIDDEN -> HttpStatus.FORBIDDEN;
			case NOT_FOUND -> HttpStatus.NOT_FOUND;
			case CONFLICT -> HttpStatus.CONFLICT;
			case TOO_LARGE -> HttpStatus.PAYLOAD_TOO_LARGE;
			case RULE -> HttpStatus.UNPROCESSABLE_ENTITY;
		};
		return answer(request, new Problem(status, refusal.getMessage(), refusal.fields(), null));
	}

	@ExceptionHandler
	ResponseEntity<Object> fileRefused(LoadRefused refused, WebRequest request) throws IOException {
		List<FieldProblem> rows = refused.problems()
			.stream()
			.map((row) -> new FieldProblem(row.line() + ":" + row.column(), row.column(),
					text("web.problem.row", row.line(), row.value(), row.reason())))
			.toList();
		return answer(request, new Problem(HttpStatus.BAD_REQUEST, text("web.problem.rows", rows.size()), rows, null));
	}

	@ExceptionHandler
	ResponseEntity<Object> notInRegistry(NotInRegistry unknown, WebRequest request) throws IOException {
		return answer(request, new Problem(HttpStatus.NOT_FOUND, unknown.getMessage(), List.of(), null));
	}

	@ExceptionHandler({ ClockRefused.class, CalendarYearMissing.class })
	ResponseEntity<Object> byTheClock(RuntimeException refused, WebRequest request) throws IOException {
		return answer(request, new Problem(HttpStatus.UNPROCESSABLE_ENTITY, refused.getMessage(), List.of(), null));
	}

	@ExceptionHandler
	ResponseEntity<Object> somebodyWasFaster(ConcurrencyFailureException conflict, WebRequest request)
			throws IOException {
		return answer(request, new Problem(HttpStatus.CONFLICT, text("web.problem.conflict"), List.of(), null));
	}

	/** A file was expected, and something else, or half of one, was sent. */
	@ExceptionHandler
	ResponseEntity<Object> noFile(MultipartException unreadable, WebRequest request) throws IOException {
		if (unreadable instanceof MaxUploadSizeExceededException) {
			return answer(request, new Problem(HttpStatus.PAYLOAD_TOO_LARGE, null, List.of(), null));
		}
		return answer(request, new Problem(HttpStatus.BAD_REQUEST, text("web.problem.noFile"), List.of(), null));
	}

	@ExceptionHandler
	void denied(AccessDeniedException denied) {
		throw denied;
	}

	@ExceptionHandler
	ResponseEntity<Object> wrongParameter(MethodArgumentTypeMismatchException mismatch, WebRequest request)
			throws IOException {
		String wanted = (mismatch.getRequiredType() != null) ? mismatch.getRequiredType().getSimpleName() : "";
		return answer(request,
				invalid(List.of(new FieldProblem(mismatch.getName(), mismatch.getName(),
						text("web.problem.type." + (wanted.equals("Instant") ? "Instant" : "other"),
								String.valueOf(mismatch.getValue()), wanted)))));
	}

	@ExceptionHandler
	ResponseEntity<Object> unexpected(Exception failure, WebRequest request) throws IOException {
		String number = this.numbers.next();
		log.error("{} {}", number, request.getDescription(false), failure);
		return answer(request, new Problem(HttpStatus.INTERNAL_SERVER_ERROR, null, List.of(), number));
	}

	@Override
	protected ResponseEntity<Object> handleHttpMessageNotReadable(HttpMessageNotReadableException unreadable,
			HttpHeaders headers, HttpStatusCode status, WebRequest request) {
		return quietly(request, unreadable(unreadable));
	}

	@Override
	protected ResponseEntity<Object> handleMethodArgumentNotValid(MethodArgumentNotValidException invalid,
			HttpHeaders headers, HttpStatusCode status, WebRequest request) {
		return quietly(request,
				invalid(invalid.getBindingResult()
					.getFieldErrors()
					.stream()
					.map((error) -> new FieldProblem(error.getField(), error.getField(), error.getDefaultMessage()))
					.toList()));
	}

	@Override
	protected ResponseEntity<Object> handleExceptionInternal(Exception failure, Object body, HttpHeaders headers,
			HttpStatusCode status, WebRequest request) {
		String key = "web.problem." + status.value();
		String detail = this.messages.getMessage(key, null, null, LocaleContextHolder.getLocale());
		if (status.value() == HttpStatus.BAD_REQUEST.value() && failure instanceof ErrorResponse error) {
			detail = error.getBody().getDetail();
		}
		ResponseEntity<Object> answer = quietly(request, new Problem(status, detail, List.of(), null));
		return (answer != null) ? ResponseEntity.status(status)
			.headers(headers)
			.contentType(MediaType.APPLICATION_PROBLEM_JSON)
			.body(answer.getBody()) : null;
	}

	private Problem unreadable(HttpMessageNotReadableException unreadable) {
		Throwable cause = unreadable.getCause();
		if (cause instanceof UnrecognizedPropertyException unknown) {
			String known = unknown.getKnownPropertyIds()
				.stream()
				.map(String::valueOf)
				.sorted()
				.collect(Collectors.joining(", "));
			String path = path(unknown);
			return invalid(List.of(new FieldProblem(path, path, text("web.problem.unknownField", known))));
		}
		if (cause instanceof MismatchedInputException mismatch && !mismatch.getPath().isEmpty()) {
			String path = path(mismatch);
			String wanted = (mismatch.getTargetType() != null) ? mismatch.getTargetType().getSimpleName() : "";
			return invalid(List.of(new FieldProblem(path, path, text("web.problem.wrongType", wanted))));
		}
		if (cause instanceof JsonProcessingException syntax && syntax.getLocation() != null) {
			return new Problem(HttpStatus.BAD_REQUEST, text("web.problem.json", syntax.getLocation().getLineNr(),
					syntax.getLocation().getColumnNr(), syntax.getOriginalMessage()), List.of(), null);
		}
		return new Problem(HttpStatus.BAD_REQUEST, text("web.problem.noBody"), List.of(), null);
	}

	private Problem invalid(List<FieldProblem> fields) {
		return new Problem(HttpStatus.BAD_REQUEST, text("web.problem.invalid", fields.size()), fields, null);
	}

	private static String path(JsonMappingException failure) {
		StringBuilder path = new StringBuilder();
		for (JsonMappingException.Reference step : failure.getPath()) {
			if (step.getFieldName() != null) {
				path.append(path.isEmpty() ? "" : ".").append(step.getFieldName());
			}
			else {
				path.append('[').append(step.getIndex()).append(']');
			}
		}
		return path.toString();
	}

	private ResponseEntity<Object> quietly(WebRequest request, Problem problem) {
		try {
			return answer(request, problem);
		}
		catch (IOException ex) {
			throw new java.io.UncheckedIOException(ex);
		}
	}

	/** For pages the error page takes over, see {@link ErrorPages}. */
	private ResponseEntity<Object> answer(WebRequest request, Problem problem) throws IOException {
		HttpServletRequest http = ((ServletWebRequest) request).getRequest();
		if (ErrorPages.isApi(http.getRequestURI(), http)) {
			return ResponseEntity.status(problem.status())
				.contentType(MediaType.APPLICATION_PROBLEM_JSON)
				.body(detail(problem));
		}
		HttpServletResponse response = ((ServletWebRequest) request).getResponse();
		http.setAttribute(Problem.ATTRIBUTE, problem);
		if (response != null && !response.isCommitted()) {
			response.sendError(problem.status().value());
		}
		return null;
	}

	ProblemDetail detail(Problem problem) {
		String words = (problem.message() != null) ? problem.message()
				: this.messages.getMessage("web.problem." + problem.status().value(), null, problem.status().toString(),
						LocaleContextHolder.getLocale());
		ProblemDetail detail = ProblemDetail.forStatusAndDetail(problem.status(), words);
		if (!problem.fields().isEmpty()) {
			detail.setProperty("errors", new ArrayList<>(problem.fields()));
		}
		if (problem.number() != null) {
			detail.setProperty("number", problem.number());
		}
		return detail;
	}

	private String text(String key, Object... arguments) {
		return this.messages.getMessage(key, arguments, LocaleContextHolder.getLocale());
	}

}
