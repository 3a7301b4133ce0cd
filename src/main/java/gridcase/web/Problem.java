package gridcase.web;

import java.util.List;

import gridcase.shared.FieldProblem;

import org.springframework.http.HttpStatusCode;

/**
 * What went wrong with a request, for the error page.
 *
 * @param status HTTP status
 * @param message what is wrong and what would be right, or null for the usual words
 * @param fields fields to be mended
 * @param number error number to be told to the administrator, or null
 */
record Problem(HttpStatusCode status, String message, List<FieldProblem> fields, String number) {

	static final String ATTRIBUTE = Problem.class.getName();

}
