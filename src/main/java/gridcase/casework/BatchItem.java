package gridcase.casework;

import java.util.List;

import gridcase.shared.FieldProblem;

/**
 * What became of one task of a batch.
 *
 * @param taskId the task
 * @param caseNo its case, or null where the task is gone or not the person's business
 * @param title what the matter is, or null likewise
 * @param done whether the action was carried out; nothing of it was otherwise
 * @param reason of what kind the refusal is ({@code INVALID FORBIDDEN NOT_FOUND CONFLICT
 * TOO_LARGE RULE}), or null when done
 * @param message the refusal in words, or null when done
 * @param errors fields to be mended, empty when done
 */
public record BatchItem(String taskId, String caseNo, String title, boolean done, String reason, String message,
		List<FieldProblem> errors) {

}
