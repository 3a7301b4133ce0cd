package gridcase.casework;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The machine dies right after a service task of the loop: nothing of that action is
 * found afterwards, in no table, and the same action can be done again.
 */
@DemoTest
@Import(CrashTests.Saboteur.class)
class CrashTests {

	private static final List<String> TABLES = List.of("case_file", "case_event", "custody", "deadline", "inbox_item",
			"outbox", "decision_record", "operator_alert", "act_ru_execution", "act_ru_task", "act_ru_variable",
			"act_ru_job", "act_hi_procinst", "case_path");

	private static final AtomicReference<String> ARMED = new AtomicReference<>();

	@Autowired
	private CaseDriver drive;

	@Autowired
	private Cases cases;

	@Autowired
	private JdbcTemplate jdbc;

	@AfterEach
	void disarm() {
		ARMED.set(null);
	}

	@ParameterizedTest
	@ValueSource(strings = { "collectReport", "assignUnits", "acceptCustody", "recordFeedback", "countRework",
			"closeCase", "scoreCase", "returnToDispatch", "recordSelfHandling", "recordRejection", "mergeCase" })
	void leavesNothingHalfWritten(String serviceTask) {
		Loop loop = new Loop(serviceTask);
		loop.run();
		assertThat(loop.crashes).as("the loop passed " + serviceTask).isPositive();
	}

	/** Drives cases through every turn, trying each action twice where it crashes. */
	private final class Loop {

		private final String serviceTask;

		private int crashes;

		Loop(String serviceTask) {
			this.serviceTask = serviceTask;
		}

		void run() {
			String good = report(false);
			act(good, "Stage_File", Map.of("filing", "FILE"));
			act(good, "Stage_Dispatch", Map.of("leadUnit", "SD-CG"));
			act(good, "Task_SignFor",
					Map.of("signing", "REFUSE", "reasonCode", "NOT_MY_DUTY", "reasonText", "道路属交通支队管养，不属本组职责"));
			act(good, "Stage_Dispatch", Map.of());
			act(good, "Task_SignFor", Map.of("signing", "SIGN"));
			Map<String, Object> done = Map.of("handlingOutcome", "DONE", "resultText", "已清理完毕，现场照片已留存备查");
			act(good, "Task_Handle", done);
			CrashTests.this.drive.helpersDo(good);
			act(good, "Stage_Verify", Map.of("verified", false, "verifyText", "仍有残留，未清理干净，请返工"));
			act(good, "Task_SignFor", Map.of("signing", "SIGN"));
			act(good, "Task_Handle", done);
			CrashTests.this.drive.helpersDo(good);
			act(good, "Stage_Verify", Map.of("verified", true, "verifyText", "复核通过，现场已清理干净"));
			act(good, "Stage_Close", Map.of("closingText", "整改完成，予以结案"));
			assertThat(CrashTests.this.cases.get(good).state()).isEqualTo("CLOSED");

			String self = report(true);
			act(self, "Task_SelfHandle", Map.of("selfHandlingDone", true, "resultText", "当场劝导清理，已恢复原状"));
			String rejected = report(false);
			act(rejected, "Stage_File", Map.of("filing", "REJECT", "filingReason", "不属于本平台受理范围，已告知渠道"));
			String merged = report(false);
			act(merged, "Stage_File", Map.of("filing", "MERGE", "filingReason", "与在办案件为同一事项", "mergeInto", self));
		}

		private String report(boolean self) {
			return twice(() -> CrashTests.this.drive.report("shangdi", "sd.c01.g1", "GRID_WORKER", Map.of("gridCode",
					"11010802200101", "category", "S0501", "severity", "MINOR", "wantsSelfHandling", self)));
		}

		private void act(String caseNo, String task, Map<String, Object> values) {
			twice(() -> CrashTests.this.drive.complete(caseNo, task, values));
		}

		private String twice(java.util.function.Supplier<String> action) {
			List<Long> before = counts();
			ARMED.set(this.serviceTask);
			try {
				String answer = action.get();
				ARMED.set(null);
				return answer;
			}
			catch (MachineDied died) {
				this.crashes++;
				ARMED.set(null);
				assertThat(counts()).as("rows of " + TABLES).isEqualTo(before);
				return action.get();
			}
		}

		private List<Long> counts() {
			return TABLES.stream()
				.map((table) -> CrashTests.this.jdbc.queryForObject("select count(*) from " + table, Long.class))
				.toList();
		}

	}

	/** Not an exception anybody would handle: as if the process were killed. */
	private static final class MachineDied extends Error {

	}

	@TestConfiguration
	static class Saboteur {

		@Bean
		static BeanPostProcessor saboteur() {
			return new BeanPostProcessor() {
				@Override
				public Object postProcessAfterInitialization(Object bean, String name) {
					if (!(bean instanceof JavaDelegate delegate)) {
						return bean;
					}
					return (JavaDelegate) (execution) -> {
						delegate.execute(execution);
						if (name.equals(ARMED.get())) {
							throw new MachineDied();
						}
					};
				}
			};
		}

	}

}
