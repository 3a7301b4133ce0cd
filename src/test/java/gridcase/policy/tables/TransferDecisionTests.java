package gridcase.policy.tables;

import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

import gridcase.platform.GridcaseTest;
import gridcase.policy.Decisions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/** 签收必须办理、首办必须负责、转办必须阐明理由. */
@GridcaseTest
class TransferDecisionTests {

	@Autowired
	private Decisions decisions;

	@TestFactory
	Stream<DynamicTest> noHandOverWithoutAReason() {
		return DecisionCases.everyRule(this.decisions, "transfer",
				"""
						movement | reasonCode | reasonText | refusalCount | handOverCount | backToFormer | forced | topTier || transfer | coordinatorRole | transferReason | offeredAgain | rule
						REFUSE | null | 说明 | 0 | 0 | false | false | false || REFUSED | "" | 转办必须阐明理由 | null | Rule_ReasonMissing
						REFUSE | "" | 说明 | 0 | 0 | false | false | false || REFUSED | "" | 转办必须阐明理由 | null | Rule_ReasonEmpty
						HAND_ON | OTHER | null | 0 | 0 | false | false | false || REFUSED | "" | 转办必须阐明理由：请写明事实和依据 | null | Rule_TextMissing
						HAND_ON | OTHER | "" | 0 | 0 | false | false | false || REFUSED | "" | 转办必须阐明理由：请写明事实和依据 | null | Rule_TextEmpty
						REFUSE | NOT_MY_DUTY | 说明 | 0 | 1 | false | true | false || REFUSED | "" | 协调人已强制指派本单位，签收必须办理 | null | Rule_Forced
						HAND_ON | NEEDS_OTHER_UNIT | 说明 | 0 | 1 | true | false | false || COORDINATOR | duty-leader | 该单位已经手过，来回推转的由协调人指定承办单位 | null | Rule_BackAndForth
						REFUSE | OTHER | 说明 | 1 | 0 | false | false | false || COORDINATOR | duty-leader | 已退回过，由协调人指定承办单位 | null | Rule_SecondRefusal
						HAND_ON | OTHER | 说明 | 0 | 3 | false | false | false || COORDINATOR | duty-leader | 转办已达三次，由协调人指定承办单位 | null | Rule_HandedAround
						RETURNED | LACKS_POWER | 说明 | 0 | 0 | false | false | true || REFUSED | "" | 已是最高处置层级，首办必须负责 | null | Rule_TopLacksPower
						RETURNED | LACKS_POWER | 说明 | 0 | 0 | false | false | false || ALLOWED | "" | 超出本单位权限，理由成立 | false | Rule_LacksPower
						REFUSE | NOT_MY_DUTY | 说明 | 0 | 0 | false | false | false || ALLOWED | "" | 职责不符，重新派遣 | false | Rule_NotMyDuty
						REFUSE | WRONG_GRID | 说明 | 0 | 0 | false | false | false || ALLOWED | "" | 不在所辖网格，重新派遣 | false | Rule_WrongGrid
						HAND_ON | NEEDS_OTHER_UNIT | 说明 | 0 | 0 | false | false | false || ALLOWED | "" | 须由其他单位办理，理由成立 | false | Rule_NeedsOtherUnit
						REFUSE | DUPLICATE | 说明 | 0 | 0 | false | false | false || ALLOWED | "" | 与在办案件重复，退回并案 | true | Rule_Duplicate
						REFUSE | OTHER | 说明 | 0 | 0 | false | false | false || COORDINATOR | duty-leader | 其他理由，由协调人判断 | null | Rule_OtherReason
						REFUSE | TOO_BUSY | 说明 | 0 | 0 | false | false | false || REFUSED | "" | 理由代码不在目录内，签收必须办理 | null | Rule_Otherwise
						""");
	}

	@Test
	void onlyTheFirstRefusalPassesByItself() {
		Map<String, Object> refusal = Map.of("movement", "REFUSE", "reasonCode", "NOT_MY_DUTY", "reasonText",
				"道路属交通支队管养", "handOverCount", 0, "topTier", false);
		assertThat(transfer(refusal, 0)).isEqualTo("ALLOWED");
		assertThat(transfer(refusal, 1)).isEqualTo("COORDINATOR");
	}

	private Object transfer(Map<String, Object> refusal, int refusalCount) {
		Map<String, Object> inputs = new HashMap<>(refusal);
		inputs.put("refusalCount", refusalCount);
		return Tables.ask(this.decisions, "", "transfer", inputs).outputs().get("transfer");
	}

}
