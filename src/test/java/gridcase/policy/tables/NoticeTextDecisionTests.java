package gridcase.policy.tables;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;

import gridcase.casework.process.NoticeTexts;
import gridcase.notice.Placeholders;
import gridcase.platform.GridcaseTest;
import gridcase.policy.Decisions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.w3c.dom.Element;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/** What messages say. */
@GridcaseTest
class NoticeTextDecisionTests {

	/** A long text message is paid for and read twice. */
	private static final int LONGEST_SMS = 70;

	private static final String KEY = "notice-text";

	@Autowired
	private Decisions decisions;

	@TestFactory
	Stream<DynamicTest> everyTemplateSaysItsText() {
		return DecisionCases.everyRule(this.decisions, KEY,
				"""
								template || subject | text | rule
						reporter-reported            || 已收到上报 | 您上报的“{title}”已收到，案号{caseNo}，可凭案号查询进度。 | Rule_ReporterReported
						reporter-signed              || 您反映的问题已签收 | {place}：您反映的“{title}”（案号{caseNo}）已由{unit}签收，正在办理，请您放心。 | Rule_ReporterSigned
						reporter-handled             || 您反映的问题已办理 | {place}：您反映的“{title}”（案号{caseNo}）已办理，正在核实结果，感谢您的耐心等待。 | Rule_ReporterHandled
						reporter-closed              || 您反映的问题已办结 | {place}：您反映的“{title}”（案号{caseNo}）已办结，感谢您的支持。 | Rule_ReporterClosed
						reporter-rejected            || 您反映的问题未能受理 | {place}：您反映的“{title}”（案号{caseNo}）未能受理，原因：{reason}。如有疑问，请与我们联系。 | Rule_ReporterRejected
						holder-assigned              || 新任务：{task} | 案件“{title}”（{caseNo}）有新任务“{task}”，请及时办理。 | Rule_HolderAssigned
						owner-signed                 || 案件已签收 | 您首问负责的“{title}”（{caseNo}）已由{unit}签收。 | Rule_OwnerSigned
						owner-handled                || 案件已办理 | 您首问负责的“{title}”（{caseNo}）已办理，结果：{result} | Rule_OwnerHandled
						owner-closed                 || 案件已办结 | 您首问负责的“{title}”（{caseNo}）已办结。 | Rule_OwnerClosed
						owner-rejected               || 案件未予受理 | 您首问负责的“{title}”（{caseNo}）未予受理，原因：{reason}。请向诉求人做好解释。 | Rule_OwnerRejected
						holder-warned                || 即将到期：{stage} | 您承办的“{title}”（{caseNo}）{stage}时限将于{due}届满，请抓紧办理。 | Rule_HolderWarned
						owner-warned                 || 即将到期：{stage} | 您首问负责的“{title}”（{caseNo}）{stage}时限将于{due}届满，请跟进。 | Rule_OwnerWarned
						holder-breached              || 已超时：{stage} | 您承办的“{title}”（{caseNo}）{stage}已超过时限（{due}），请立即办理。 | Rule_HolderBreached
						owner-breached               || 已超时：{stage} | 您首问负责的“{title}”（{caseNo}）{stage}已超过时限（{due}），请跟进。 | Rule_OwnerBreached
						superior-breached            || 下级案件超时：{stage} | “{title}”（{caseNo}）{stage}已超过时限（{due}），请督促办理。 | Rule_SuperiorBreached
						superior-escalated           || 案件上报到您处 | “{title}”（{caseNo}）已上报到{tier}，请督办或接办。 | Rule_SuperiorEscalated
						told-escalated           || 案件已上报 | “{title}”（{caseNo}）已上报到{tier}，请配合。 | Rule_ToldEscalated
						holder-escalated             || 案件已升级 | 您承办的“{title}”（{caseNo}）已上报到{tier}，请继续配合办理。 | Rule_HolderEscalated
						owner-escalated              || 案件已升级 | 您首问负责的“{title}”（{caseNo}）已上报到{tier}。 | Rule_OwnerEscalated
						superior-direct-reported     || 紧急直报 | “{title}”（{caseNo}）已直报到{tier}，请立即处置。 | Rule_SuperiorDirectReported
						skipped-tier-direct-reported || 直报越级告知 | “{title}”（{caseNo}）已越过{tier}直报上级，特此告知，请做好配合。 | Rule_SkippedTierDirectReported
						operator-vacancy             || 无人在岗 | 案件“{title}”（{caseNo}）在{tier}无人在岗，请尽快补位。 | Rule_OperatorVacancy
						holder-extended              || 延期已批准 | 您承办的“{title}”（{caseNo}）延期已批准，{stage}截止时间改为{due}。 | Rule_HolderExtended
						owner-extended               || 延期已批准 | 您首问负责的“{title}”（{caseNo}）延期已批准，{stage}截止时间改为{due}。 | Rule_OwnerExtended
						reporter-suspended           || 您反映的问题暂缓办理 | 您反映的“{title}”（案号{caseNo}）因条件暂不具备，暂缓到{until}，原因：{reason}。届时继续办理，请您谅解。 | Rule_ReporterSuspended
						owner-suspended              || 案件挂账 | 您首问负责的“{title}”（{caseNo}）挂账到{until}，原因：{reason}。请向诉求人做好解释。 | Rule_OwnerSuspended
						holder-suspension-ended      || 恢复办理 | 您承办的“{title}”（{caseNo}）挂账结束，时限已恢复计时，请继续办理。 | Rule_HolderSuspensionEnded
						requester-not-granted        || 申请未获批准 | 您为“{title}”（{caseNo}）提出的申请未获批准，理由：{reason} | Rule_RequesterNotGranted
						owner-helper-refused         || 协办退回 | 您首问负责的“{title}”（{caseNo}），协办单位{unit}已退回，请跟进。 | Rule_OwnerHelperRefused
						holder-helper-refused        || 协办退回 | 您承办的“{title}”（{caseNo}），协办单位{unit}已退回，请另行安排。 | Rule_HolderHelperRefused
						requester-excused            || 超时已免责 | 您申诉的“{title}”（{caseNo}）超时经两人复核，予以免责：{reason} | Rule_RequesterExcused
						reporter-withdrawn           || 您反映的问题已撤回 | {place}：您反映的“{title}”（案号{caseNo}）已按您的意愿撤回，不再办理。 | Rule_ReporterWithdrawn
						holder-withdrawn             || 案件已撤回 | 您承办的“{title}”（{caseNo}）上报人已撤回，不必再办，理由：{reason} | Rule_HolderWithdrawn
						owner-withdrawn              || 案件已撤回 | 您首问负责的“{title}”（{caseNo}）上报人已撤回，理由：{reason} | Rule_OwnerWithdrawn
						reporter-voided              || 您反映的问题不再办理 | {place}：您反映的“{title}”（案号{caseNo}）经核实不再办理，原因：{reason}。如有疑问，请与我们联系。 | Rule_ReporterVoided
						holder-voided                || 案件已作废 | 您承办的“{title}”（{caseNo}）已作废，不必再办，理由：{reason} | Rule_HolderVoided
						owner-voided                 || 案件已作废 | 您首问负责的“{title}”（{caseNo}）已作废，理由：{reason} | Rule_OwnerVoided
						holder-severity-changed      || 严重程度调整 | 您承办的“{title}”（{caseNo}）严重程度由{before}调为{after}，请按新的等级办理。 | Rule_HolderSeverityChanged
						owner-severity-changed       || 严重程度调整 | 您首问负责的“{title}”（{caseNo}）严重程度由{before}调为{after}。 | Rule_OwnerSeverityChanged
						holder-handed-down           || 上级下交办理 | “{title}”（{caseNo}）由上级下交{tier}办理，要求：{text} | Rule_HolderHandedDown
						owner-handed-down            || 案件下交办理 | 您首问负责的“{title}”（{caseNo}）已下交{tier}办理，要求：{text} | Rule_OwnerHandedDown
						reporter-reopened            || 您反映的问题重新办理 | {place}：您反映的“{title}”（案号{caseNo}）已重新开案办理，请您放心。 | Rule_ReporterReopened
						owner-reopened               || 案件复开 | 您首问负责的“{title}”（{caseNo}）已复开，原因：{reason}。请继续跟进。 | Rule_OwnerReopened
						reporter-upheld              || 您反映的问题已复查 | {place}：您反映的“{title}”（案号{caseNo}）经二次核查，结果属实：{reason}。感谢您的监督。 | Rule_ReporterUpheld
						owner-difficult-listed       || 列入疑难案卷 | 您首问负责的“{title}”（{caseNo}）列入疑难案卷，将组织会商：{reason} | Rule_OwnerDifficultListed
						owner-difficult-delisted     || 移出疑难案卷 | 您首问负责的“{title}”（{caseNo}）已移出疑难案卷，办法：{reason} | Rule_OwnerDifficultDelisted
						reporter-merged              || 您反映的问题已并案 | {place}：您反映的“{title}”（案号{caseNo}）与在办案件{into}为同一事项，已并案办理，结果会告知您。 | Rule_ReporterMerged
						owner-merged                 || 案件已并案 | 您首问负责的“{title}”（{caseNo}）已并入案件{into}，请向诉求人做好解释。 | Rule_OwnerMerged
						reporter-merged-ended        || 您反映的问题有了结果 | {place}：您反映的“{title}”（案号{caseNo}）并入的案件{into}已经结束，感谢您的支持。 | Rule_ReporterMergedEnded
						holder-urged                 || 催办 | 您承办的“{title}”（{caseNo}）被催办：{text} | Rule_HolderUrged
						""");
	}

	/** Every template any notification table names, with the events that use it. */
	private static List<Use> uses() {
		List<Use> uses = new ArrayList<>();
		for (TableFile table : TableFile.all()) {
			if (!table.key().equals("notification")) {
				continue;
			}
			int event = new ArrayList<>(table.inputs().keySet()).indexOf("event");
			List<String> outputs = new ArrayList<>(table.outputs().keySet());
			for (Element rule : table.rules()) {
				List<Element> answers = TableFile.children(rule, "outputEntry");
				String events = TableFile.text(TableFile.children(rule, "inputEntry").get(event));
				for (String each : events.split(",")) {
					uses.add(new Use(table.place(), word(each), word(answers.get(outputs.indexOf("template"))),
							word(answers.get(outputs.indexOf("noticeChannel")))));
				}
			}
		}
		return uses;
	}

	private static String word(Element cell) {
		return word(TableFile.text(cell));
	}

	private static String word(String cell) {
		return cell.strip().replaceAll("^\"|\"$", "");
	}

	@Test
	void everyTemplateAnyPlaceUsesHasATextWhoseNamesAreKnown() {
		List<Use> uses = uses();
		assertThat(uses).hasSizeGreaterThanOrEqualTo(22);
		for (Use use : uses) {
			var text = Tables.ask(this.decisions, use.place(), KEY, java.util.Map.of("template", use.template()))
				.outputs();
			var names = new TreeSet<>(Placeholders.in((String) text.get("subject")));
			names.addAll(Placeholders.in((String) text.get("text")));
			assertThat(NoticeTexts.placeholders(use.event())).as("names in the text of %s", use).containsAll(names);
		}
	}

	@Test
	void everyTextIsUsedAndEveryTextMessageIsShort() {
		List<Use> uses = uses();
		TableFile.all().stream().filter((table) -> table.key().equals(KEY)).forEach((table) -> {
			for (Element rule : table.rules()) {
				String template = word(TableFile.children(rule, "inputEntry").get(0));
				String text = word(TableFile.children(rule, "outputEntry").get(1));
				assertThat(uses).as(table.name()).extracting(Use::template).contains(template);
				boolean sms = uses.stream()
					.anyMatch((use) -> use.template().equals(template) && use.channel().equals("SMS"));
				if (sms) {
					assertThat(text.replaceAll("\\{[a-zA-Z]+}", "")).as(template).hasSizeLessThan(LONGEST_SMS);
				}
			}
		});
	}

	/** A row of a notification table, for one event. */
	record Use(String place, String event, String template, String channel) {

	}

}
