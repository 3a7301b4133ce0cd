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
						reasonCode       | refusalCount | handOverCount | tier     || transfer    | transferReason    | rule
						null             | 0            | 0             | GRID     || REFUSED     | 转办必须阐明理由          | Rule_ReasonMissing
						""               | 0            | 0             | GRID     || REFUSED     | 转办必须阐明理由          | Rule_ReasonEmpty
						OTHER            | 1            | 0             | GRID     || COORDINATOR | 已退回过，由协调人指定承办单位   | Rule_SecondRefusal
						OTHER            | 0            | 3             | GRID     || COORDINATOR | 转办已达三次，由协调人指定承办单位 | Rule_HandedAround
						LACKS_POWER      | 0            | 0             | DISTRICT || REFUSED     | 已是最高处置层级，首办必须负责   | Rule_TopLacksPower
						LACKS_POWER      | 0            | 0             | GRID     || ALLOWED     | 超出本单位权限，理由成立      | Rule_LacksPower
						NOT_MY_DUTY      | 0            | 0             | GRID     || ALLOWED     | 职责不符，重新派遣         | Rule_NotMyDuty
						WRONG_GRID       | 0            | 0             | GRID     || ALLOWED     | 不在所辖网格，重新派遣       | Rule_WrongGrid
						NEEDS_OTHER_UNIT | 0            | 0             | GRID     || ALLOWED     | 须由其他单位办理，理由成立     | Rule_NeedsOtherUnit
						DUPLICATE        | 0            | 0             | GRID     || ALLOWED     | 与在办案件重复，退回并案      | Rule_Duplicate
						OTHER            | 0            | 0             | GRID     || COORDINATOR | 其他理由，由协调人判断       | Rule_OtherReason
						TOO_BUSY         | 0            | 0             | GRID     || REFUSED     | 理由代码不在目录内，签收必须办理  | Rule_Otherwise
						""");
	}

	@Test
	void onlyTheFirstRefusalPassesByItself() {
		Map<String, Object> refusal = Map.of("reasonCode", "NOT_MY_DUTY", "handOverCount", 0, "tier", "STREET");
		assertThat(transfer(refusal, 0)).isEqualTo("ALLOWED");
		assertThat(transfer(refusal, 1)).isEqualTo("COORDINATOR");
	}

	private Object transfer(Map<String, Object> refusal, int refusalCount) {
		Map<String, Object> inputs = new HashMap<>(refusal);
		inputs.put("refusalCount", refusalCount);
		return Tables.ask(this.decisions, "", "transfer", inputs).outputs().get("transfer");
	}

}
