package gridcase.casework;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import gridcase.casework.DiagramLint.Finding;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/** What is found in diagrams before they are released. */
@DemoTest
class DiagramLintTests {

	@Autowired
	private DiagramLint lint;

	@Autowired
	private ServiceTasks services;

	@Autowired
	private ApplicationContext beans;

	static Stream<Path> diagrams() throws IOException {
		return Files.walk(Path.of("processes")).filter((file) -> file.toString().endsWith(".bpmn")).sorted();
	}

	@ParameterizedTest
	@MethodSource("diagrams")
	void nothingIsFoundInWhatIsShipped(Path file) throws IOException {
		String folder = file.getParent().getFileName().toString();
		assertThat(this.lint.findings(folder.equals("processes") ? null : folder, file.getFileName().toString(),
				Files.readAllBytes(file), Map.of()))
			.isEmpty();
	}

	@ParameterizedTest(name = "{1}: {4}")
	@CsvSource(delimiter = '|', useHeadersInDisplayName = true,
			textBlock = """
					file          | element                  | what stands there                                    | what is written instead                         | says                     | error
					unit-handling | Task_AcceptCustody       | ${acceptCustody}                                     | ${nobody}                                       | 没有服务任务               | true
					unit-handling | Task_Handle              | camunda:formRef="handle-case"                        | camunda:formRef="no-such"                       | 没有表单                  | true
					unit-handling | Task_DecideTransfer      | decisions.apply('transfer', execution)               | decisions.apply('no-such', execution)           | 没有决策表                | true
					unit-handling | Task_AcceptCustody       | targetRef="Task_AcceptCustody"                       | targetRef="Task_Handle"                         | 没有任何路线通到这一步       | false
					case-handling | Stage_File               | attachedToRef="Stage_File"                           | attachedToRef="Stage_Close"                     | 没有时限                  | false
					case-handling | Stage_Verify             | ${duty.near(verifierRole, execution)}                | ${duty.pool(verifierRole, execution)}           | 离现场最近                | false
					""")
	void findsWhatIsWrong(String file, String element, String old, String changed, String says, boolean error)
			throws IOException {
		String content = Files.readString(Path.of("processes", file + ".bpmn"));
		assertThat(content).contains(old);
		List<Finding> findings = this.lint.findings(null, file + ".bpmn",
				content.replace(old, changed).getBytes(StandardCharsets.UTF_8), Map.of());
		assertThat(findings).anySatisfy((finding) -> {
			assertThat(finding.element()).isEqualTo(element);
			assertThat(finding.message()).contains(says);
			assertThat(finding.error()).isEqualTo(error);
		});
	}

	@Test
	void aHandOverThatAsksForNoReasonIsFound() throws IOException {
		byte[] diagram = Files.readAllBytes(Path.of("processes/unit-handling.bpmn"));
		String form = Files.readString(Path.of("forms/handle-case.form"))
			.replace("\"reasonCode\"", "\"codeOne\"")
			.replace("\"reasonText\"", "\"textOne\"");
		assertThat(this.lint.findings(null, "unit-handling.bpmn", diagram,
				Map.of("handle-case.form", form.getBytes(StandardCharsets.UTF_8))))
			.anyMatch((finding) -> "Task_Handle".equals(finding.element()) && finding.message().contains("不问理由"));
	}

	@Test
	void whatCannotBeReadIsSaid() {
		assertThat(this.lint.findings(null, "x.bpmn", "<nothing".getBytes(StandardCharsets.UTF_8), Map.of()))
			.singleElement()
			.satisfies((finding) -> assertThat(finding.error()).isTrue());
	}

	@Test
	void everyServiceTaskIsExplained() {
		assertThat(this.services.all()).extracting(ServiceTasks.Service::name)
			.containsExactlyInAnyOrder(this.beans.getBeanNamesForType(JavaDelegate.class))
			.hasSizeGreaterThan(30);
		assertThat(this.services.all()).allSatisfy((service) -> assertThat(service.help()).endsWith("。"));
	}

}
