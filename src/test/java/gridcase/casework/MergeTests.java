package gridcase.casework;

import java.util.Map;
import java.util.UUID;

import gridcase.form.FormView;
import gridcase.form.Option;
import gridcase.shared.Refusal;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;

import static gridcase.casework.TurnFixture.REPORTER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** A report that tells of a matter which is already a case. */
@DemoTest
class MergeTests {

	@Autowired
	private TurnFixture cases;

	@Autowired
	private CaseDriver drive;

	@Autowired
	private Cases files;

	@Autowired
	private OpenTasks tasks;

	@Autowired
	private TaskForms forms;

	@Test
	void theTargetTakesTheReportInAndItsReporterHearsHowItEnded() {
		String target = this.cases.inHand(Map.of());
		String first = this.cases.reported(Map.of("reporterPhone", "13900000001"));
		merge(first, target);

		assertThat(this.files.get(first).state()).isEqualTo("MERGED");
		assertThat(this.files.get(target).fact("mergedCount")).isEqualTo("1");
		assertThat(this.cases.event(target, "MERGED_IN").data()).contains(first);
		assertThat(this.cases.told(first, "MERGED")).contains("REPORTER");
		assertThat(this.cases.told(first, "MERGED_ENDED")).isEmpty();

		this.cases.close(target, Map.of());

		assertThat(this.cases.told(first, "MERGED_ENDED")).containsExactly("REPORTER");
		assertThat(this.cases.kinds(first)).contains("MERGED_ENDED");
		assertThat(this.files.get(first).state()).isEqualTo("MERGED");
	}

	@Test
	void whoWasMergedByWayOfAnotherCaseHearsToo() {
		String target = this.cases.filed(Map.of());
		String middle = this.cases.reported(Map.of());
		String first = this.cases.reported(Map.of("reporterPhone", "13900000002"));
		merge(first, middle);
		merge(middle, target);

		this.drive.begin(REPORTER, target, "withdrawal", Map.of("reasonText", "已自行解决"));

		assertThat(this.cases.told(first, "MERGED_ENDED")).containsExactly("REPORTER");
	}

	@Test
	void theTargetMustBeAnotherOpenCaseOfThePlace() {
		String caseNo = this.cases.reported(Map.of());
		String withdrawn = this.cases.reported(Map.of());
		this.drive.begin(REPORTER, withdrawn, "withdrawal", Map.of("reasonText", "已自行解决"));
		String merged = this.cases.reported(Map.of());
		merge(merged, caseNo);
		String elsewhere = this.drive.report("shanxi", "sx.cg03.g1", "GRID_WORKER",
				Map.of("gridCode", "14998110120301", "category", "S0501"));

		refused(caseNo, caseNo, "不能并入案件自己，请填写另一件在办案件的案号");
		refused(caseNo, "SD20000101-000001", "本辖区没有案件 SD20000101-000001，请核对案号");
		refused(caseNo, elsewhere, "本辖区没有案件 " + elsewhere + "，请核对案号");
		refused(caseNo, withdrawn, "案件 " + withdrawn + " 已结束，只能并入在办的案件");
		refused(caseNo, merged, "案件 " + merged + " 已并入 " + caseNo + "，请直接并入 " + caseNo);
		assertThat(this.cases.taskKeys(caseNo)).containsExactly("Stage_File");
	}

	@Test
	void theFilingFormNamesTheLikeliestCasesFirst() {
		String address = "上地东里 " + UUID.randomUUID() + " 号楼";
		String same = this.cases.reported(Map.of("address", address, "category", "S0112", "title", "同一处堆物"));
		String near = this.cases.reported(Map.of("address", address, "category", "S0102", "title", "同址另一件事"));
		this.drive.report("shanxi", "sx.cg03.g1", "GRID_WORKER",
				Map.of("gridCode", "14998110120301", "category", "S0501", "address", address));
		String caseNo = this.cases.reported(Map.of("address", address, "category", "S0112"));

		FormView form = this.forms
			.view(this.tasks.ofCase(caseNo).get(0), this.files.get(caseNo), Map.of("filing", "MERGE"),
					java.util.List.of())
			.orElseThrow();
		var options = form.fields()
			.stream()
			.filter((field) -> "mergeInto".equals(field.key()))
			.findFirst()
			.orElseThrow()
			.options();
		assertThat(options.get(0).value()).isEqualTo(same);
		assertThat(options.get(0).label()).contains("同一处堆物", "相似度 100");
		assertThat(options).extracting(Option::value).contains(near).doesNotContain(caseNo);
		assertThat(options).hasSizeLessThanOrEqualTo(10);
	}

	private void merge(String caseNo, String into) {
		this.drive.complete(caseNo, "Stage_File", Map.of("filing", "MERGE", "mergeInto", into));
	}

	private void refused(String caseNo, String into, String words) {
		assertThatExceptionOfType(Refusal.class).isThrownBy(() -> merge(caseNo, into))
			.withMessage(words)
			.satisfies((refusal) -> assertThat(refusal.kind()).isEqualTo(Refusal.Kind.RULE));
	}

}
