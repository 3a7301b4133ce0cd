package gridcase.web;

import java.util.List;

import gridcase.shared.FieldProblem;
import gridcase.shared.RuleCited;

import org.springframework.http.HttpStatusCode;

/**
 * What went wrong with a request, for the error page.
 *
 * @param status HTTP status
 * @param message what is wrong and what would be right, or null for the usual words
 * @param fields fields to be mended
 * @param number error number to be told to the administrator, or null
 * @param rule row of a decision table that said no, or null
 */
record Problem(HttpStatusCode status, String message, List<FieldProblem> fields, String number, RuleCited rule) {

	Problem(HttpStatusCode status, String message, List<FieldProblem> fields, String number) {
		this(status, message, fields, number, null);
	}

	static final String ATTRIBUTE = Problem.class.getName();

}
