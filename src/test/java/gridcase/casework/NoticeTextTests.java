package gridcase.casework;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import gridcase.clock.PlatformClock;
import gridcase.notice.Notice;
import gridcase.notice.Outbox;
import gridcase.policy.Releases;
import gridcase.policy.AppliesTo;
import gridcase.policy.ReleaseOrder;
import gridcase.policy.ReleaseRefused;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.core.io.ClassPathResource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Messages speak as people do, whoever acts, and each place may speak its own way. */
@DemoTest
class NoticeTextTests {

	@Autowired
	private CaseDriver drive;

	@Autowired
	private Outbox outbox;

	@Autowired
	private DeadlineWatch warnings;

	@Autowired
	private PlatformClock clock;

	@Autowired
	private Cases cases;

	@Autowired
	private CaseActions actions;

	@Autowired
	private Releases releases;

	@AfterEach
	void speakChineseAgain() {
		LocaleContextHolder.resetLocaleContext();
	}

	private String report(String title) {
		return this.drive.report("shangdi", "sd.c01.g1", "GRID_WORKER",
				Map.of("gridCode", "11010802200101", "category", "S0501", "title", title));
	}

	private List<String> told(String caseNo, String event) {
		return this.outbox.ofCase(caseNo)
			.stream()
			.filter((notice) -> notice.event().equals(event))
			.map((notice) -> notice.subject() + "|" + notice.text())
			.toList();
	}

	@Test
	void momentsAndStepsAreSaidInWords() {
		String caseNo = report("楼道堆放纸箱");
		Deadline filing = this.cases.deadlines(caseNo)
			.stream()
			.filter((deadline) -> deadline.stage().equals("file"))
			.findFirst()
			.orElseThrow();
		LocaleContextHolder.setLocale(Locale.ENGLISH);
		this.clock.moveTo(filing.warnAt());
		this.warnings.warnDue();

		var due = filing.dueAt().atZone(this.clock.zone());
		String said = String.format("受理时限将于%d月%d日 %02d:%02d届满", due.getMonthValue(), due.getDayOfMonth(), due.getHour(),
				due.getMinute());
		assertThat(told(caseNo, "WARNED")).hasSize(2).allSatisfy((text) -> assertThat(text).contains("即将到期：受理|", said));
	}

	@Test
	void whatPeopleWriteIsNeverTakenForAPlaceholder() {
		String caseNo = report("标题里有{caseNo}和$1");
		assertThat(told(caseNo, "REPORTED")).singleElement().asString().contains("“标题里有{caseNo}和$1”");
		this.drive.complete(caseNo, "Stage_File", Map.of("filing", "FILE"));
		gridcase.shared.Acting.as("sd.dispatcher", () -> {
			this.actions.urge(caseNo, "请于{due}前办结");
			return null;
		});
		assertThat(told(caseNo, "URGED")).singleElement().asString().contains("被催办：请于{due}前办结");
	}

	@Test
	void aTextThatNamesWhatNoCaseKnowsIsNotReleased() throws IOException {
		String shared = new ClassPathResource("models/decisions/notice-text.dmn")
			.getContentAsString(StandardCharsets.UTF_8);
		byte[] wrong = shared.replace("案号{caseNo}，可凭案号查询进度", "案号{caseno}").getBytes(StandardCharsets.UTF_8);
		assertThatThrownBy(() -> this.releases
			.release(new ReleaseOrder("shangdi", Map.of("notice-text.dmn", wrong), "test", "写错了", AppliesTo.ALL, null)))
			.isInstanceOf(ReleaseRefused.class)
			.hasMessageContaining("Rule_ReporterReported")
			.hasMessageContaining("不认识的占位符 caseno；可用：")
			.hasMessageContaining("caseNo");
	}

	@Test
	void aPlaceMaySpeakItsOwnWayAndWhatWasSaidStays() throws IOException {
		String before = report("楼道堆放纸箱");
		String shared = new ClassPathResource("models/decisions/notice-text.dmn")
			.getContentAsString(StandardCharsets.UTF_8);
		this.releases.release(new ReleaseOrder("shangdi",
				Map.of("notice-text.dmn", shared.replace("已收到上报", "{place}收到啦").getBytes(StandardCharsets.UTF_8)),
				"test", "本街道的说法", AppliesTo.ALL, null));

		String after = report("楼道堆放纸箱");

		assertThat(told(after, "REPORTED")).singleElement().asString().startsWith("上地街道收到啦|");
		assertThat(told(before, "REPORTED")).singleElement().asString().startsWith("已收到上报|");
		String elsewhere = this.drive.report("shanxi", "sx.cg03.g1", "GRID_WORKER",
				Map.of("gridCode", "14998110100101", "category", "S0206"));
		assertThat(this.outbox.ofCase(elsewhere)).extracting(Notice::subject).contains("已收到上报");
	}

}
