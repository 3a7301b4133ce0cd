package gridcase.bench;

import java.util.List;
import java.util.Map;

import gridcase.casework.CaseDriver;

/**
 * One case of the platform from report to evaluation in seven actions of people, on the
 * way of its place's own diagram: everything a real one does, deadlines, custody, forms,
 * rights, decisions, events, inbox and messages included.
 */
public final class CaseLoop {

	private final CaseDriver drive;

	public CaseLoop(CaseDriver drive) {
		this.drive = drive;
	}

	/**
	 * The actions in their order; each is one thing a person does.
	 * @param caseNo receives the number of the case when it is reported
	 */
	public List<Runnable> actions(String[] caseNo) {
		return List.of(
				() -> caseNo[0] = this.drive.report("shangdi", "sd.c01.g1", "GRID_WORKER",
						Map.of("gridCode", "11010802200101", "category", "E0101", "condition", "1")),
				() -> this.drive.complete(caseNo[0], "Stage_File", Map.of("filing", "FILE")),
				() -> this.drive.complete(caseNo[0], "Stage_Dispatch", Map.of()),
				() -> this.drive.complete(caseNo[0], "Task_SignFor", Map.of("signing", "SIGN")),
				() -> this.drive.complete(caseNo[0], "Task_Handle",
						Map.of("handlingOutcome", "DONE", "resultText", "已到场处置完毕，现场恢复原状，情况已告知上报人")),
				() -> this.drive.complete(caseNo[0], "Stage_Verify",
						Map.of("verified", true, "verifyText", "现场核查已整改到位")),
				() -> this.drive.complete(caseNo[0], "Stage_Close", Map.of("closingText", "整改完成，予以结案")));
	}

	/** Runs a whole case. */
	public String run() {
		String[] caseNo = new String[1];
		actions(caseNo).forEach(Runnable::run);
		return caseNo[0];
	}

}
