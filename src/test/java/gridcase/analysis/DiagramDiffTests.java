package gridcase.analysis;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import gridcase.analysis.DiagramDiff.Kind;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

/** What became of the elements of a diagram. */
class DiagramDiffTests {

	private static final String DIAGRAM = """
			<?xml version="1.0" encoding="UTF-8"?>
			<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" xmlns:di="http://www.omg.org/spec/DD/20100524/DI" xmlns:camunda="http://camunda.org/schema/1.0/bpmn" id="D" targetNamespace="t">
			<bpmn:process id="p" name="办理" isExecutable="true">
			<bpmn:startEvent id="Start" name="已派遣"><bpmn:outgoing>F1</bpmn:outgoing></bpmn:startEvent>
			<bpmn:userTask id="Task_Handle" name="办理案件" camunda:candidateGroups="${duty.pool('handler', execution)}"><bpmn:extensionElements><camunda:properties><camunda:property name="turn" value="holder"/></camunda:properties></bpmn:extensionElements><bpmn:incoming>F1</bpmn:incoming></bpmn:userTask>
			<bpmn:boundaryEvent id="Late" name="办理超时" attachedToRef="Task_Handle"><bpmn:timerEventDefinition id="T"><bpmn:timeDate>${deadlines.due('handle', execution)}</bpmn:timeDate></bpmn:timerEventDefinition></bpmn:boundaryEvent>
			<bpmn:sequenceFlow id="F1" sourceRef="Start" targetRef="Task_Handle"/>
			</bpmn:process>
			<bpmndi:BPMNDiagram id="B"><bpmndi:BPMNPlane id="P" bpmnElement="p"><bpmndi:BPMNShape id="S1" bpmnElement="Start"><dc:Bounds x="1" y="1" width="36" height="36"/></bpmndi:BPMNShape></bpmndi:BPMNPlane></bpmndi:BPMNDiagram>
			</bpmn:definitions>
			""";

	private static DiagramDiff diff(String now) {
		return DiagramDiff.of(DIAGRAM.getBytes(StandardCharsets.UTF_8), now.getBytes(StandardCharsets.UTF_8));
	}

	@Test
	void saysWhatOfAnElementIsAnother() {
		DiagramDiff diff = diff(DIAGRAM.replace("pool('handler'", "pool('verifier'")
			.replace("due('handle'", "due('verify'")
			.replace("value=\"holder\"", "value=\"owner\""));

		assertThat(diff.changes())
			.extracting(DiagramDiff.Change::id, DiagramDiff.Change::kind, DiagramDiff.Change::name)
			.containsExactly(tuple("Task_Handle", Kind.CHANGED, "人工任务“办理案件”"),
					tuple("Late", Kind.CHANGED, "边界事件“办理超时”"));
		assertThat(diff.changes().get(0).details()).extracting(DiagramDiff.Detail::what).containsExactly("谁办", "属性");
		assertThat(diff.changes().get(1).details()).singleElement().satisfies((detail) -> {
			assertThat(detail.what()).isEqualTo("计时");
			assertThat(detail.before()).contains("due('handle'");
			assertThat(detail.after()).contains("due('verify'");
		});
	}

	@Test
	void findsWhatIsNewAndWhatIsGone() {
		DiagramDiff diff = diff(DIAGRAM.replaceAll("<bpmn:boundaryEvent.*</bpmn:boundaryEvent>",
				"<bpmn:endEvent id=\"End\" name=\"已办结\"/>"));

		assertThat(diff.changes()).extracting(DiagramDiff.Change::id, DiagramDiff.Change::kind)
			.containsExactly(tuple("End", Kind.ADDED), tuple("Late", Kind.REMOVED));
	}

	@Test
	void whatOnlyStandsElsewhereIsToldApart() {
		DiagramDiff diff = diff(DIAGRAM.replace("x=\"1\"", "x=\"200\""));

		assertThat(diff.changes()).isEmpty();
		assertThat(diff.moved()).isEqualTo(List.of("Start"));
	}

	@Test
	void everyShippedDiagramIsTheSameAsItself() throws IOException {
		try (Stream<Path> files = Files.walk(Path.of("processes"))) {
			for (Path file : files.filter((each) -> each.toString().endsWith(".bpmn")).toList()) {
				byte[] content = Files.readAllBytes(file);
				byte[] spaced = new String(content, StandardCharsets.UTF_8).replaceAll(">\\s+<", "> <")
					.getBytes(StandardCharsets.UTF_8);
				assertThat(DiagramDiff.of(content, spaced).isEmpty()).as(file.toString()).isTrue();
			}
		}
	}

	@Test
	void whatIsNoDiagramIsRefused() {
		assertThatThrownBy(() -> diff("<x")).isInstanceOf(IllegalArgumentException.class);
		assertThatThrownBy(() -> diff("<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><x>&e;</x>"))
			.isInstanceOf(IllegalArgumentException.class);
	}

}
