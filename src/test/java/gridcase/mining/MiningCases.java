package gridcase.mining;

import java.time.Duration;
import java.util.Map;

import gridcase.casework.CaseDriver;
import gridcase.clock.PlatformClock;

/** Cases to be looked at afterwards: of a category other tests hardly use. */
final class MiningCases {

	static final String CATEGORY = "S0401";

	private final CaseDriver drive;

	private final PlatformClock clock;

	/** Without a clock nothing takes any time. */
	MiningCases(CaseDriver drive, PlatformClock clock) {
		this.drive = drive;
		this.clock = clock;
	}

	/** Reported, filed and dispatched. */
	String dispatched() {
		String caseNo = this.drive.report("shangdi", "sd.c01.g1", "GRID_WORKER",
				Map.of("gridCode", "11010802200101", "category", CATEGORY, "title", "老人取款神色异常"));
		later();
		this.drive.complete(caseNo, "Stage_File", Map.of("filing", "FILE"));
		this.drive.complete(caseNo, "Stage_Dispatch", Map.of());
		return caseNo;
	}

	/** The same, and the first unit says that it is not its duty. */
	String refusedOnce() {
		String caseNo = dispatched();
		this.drive.complete(caseNo, "Task_SignFor",
				Map.of("signing", "REFUSE", "reasonCode", "NOT_MY_DUTY", "reasonText", "道路属交通支队管养，不属本组职责"));
		this.drive.complete(caseNo, "Stage_Dispatch", Map.of());
		return caseNo;
	}

	/** Signed for, done an hour later, and again if it was not good enough. */
	void handle(String caseNo, boolean rework) {
		this.drive.complete(caseNo, "Task_SignFor", Map.of("signing", "SIGN"));
		later();
		done(caseNo);
		if (rework) {
			this.drive.complete(caseNo, "Stage_Verify", Map.of("verified", false, "verifyText", "仍有残留，未清理干净，请返工"));
			this.drive.complete(caseNo, "Task_SignFor", Map.of("signing", "SIGN"));
			later();
			done(caseNo);
		}
		this.drive.complete(caseNo, "Stage_Verify", Map.of("verified", true, "verifyText", "现场核查已整改到位"));
		this.drive.complete(caseNo, "Stage_Close", Map.of("closingText", "整改完成，予以结案"));
	}

	private void done(String caseNo) {
		this.drive.complete(caseNo, "Task_Handle",
				Map.of("handlingOutcome", "DONE", "resultText", "已到场处置完毕，现场恢复原状，情况已告知上报人"));
		this.drive.helpersDo(caseNo);
	}

	private void later() {
		if (this.clock != null) {
			this.clock.moveTo(this.clock.now().plus(Duration.ofMinutes(61)));
		}
	}

}
