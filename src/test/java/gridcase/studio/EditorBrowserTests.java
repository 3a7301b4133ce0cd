package gridcase.studio;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import gridcase.policy.RuleType;
import gridcase.web.BrowserTest;
import org.junit.jupiter.api.Test;
import org.xml.sax.SAXException;

import org.springframework.beans.factory.annotation.Autowired;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/** The editors of tables and diagrams in a real browser. */
class EditorBrowserTests extends BrowserTest {

	private static final String MISSES = "[...window.studioMisses]";

	/** Every kind of column an editor offers something special for. */
	private static final List<String> TYPES = List.of("string", "boolean", "number", "date", "time", "dateTime");

	@Autowired
	private Drafts drafts;

	private long draft(String file, byte[] content) {
		Draft draft = this.drafts.begin("shangdi", "试改", "sd.policy");
		this.drafts.save(draft.id(), file, content, 0, "sd.policy");
		return draft.id();
	}

	private void openTable(long id, String key) {
		open("/studio/drafts/" + id + "/tables/" + key + "/edit");
		this.page.waitForSelector("#st-editor[data-ready]");
	}

	private void openDiagram(long id, String key) {
		open("/studio/drafts/" + id + "/diagrams/" + key);
		this.page.waitForSelector("#st-editor[data-ready]");
	}

	// --- tables ---

	@Test
	void everyTableSurvivesTheEditor() throws IOException {
		signIn("sd.policy");
		openTable(draft("transfer.dmn", Files.readAllBytes(Path.of("decisions/transfer.dmn"))), "transfer");
		Map<String, String> changed = new LinkedHashMap<>();
		for (Path file : files("decisions", ".dmn")) {
			String saved = (String) this.page.evaluate(
					"""
							async (xml) => {
								await studioModeler.importXML(xml, { open: false });
								await studioModeler.open(studioModeler.getViews().find((view) => view.type === 'decisionTable'));
								return (await studioModeler.saveXML({ format: true })).xml;
							}""",
					Files.readString(file));
			if (!SameRule.same(RuleType.TABLE, Files.readAllBytes(file), saved.getBytes(StandardCharsets.UTF_8))) {
				changed.put(file.toString(), difference(Files.readAllBytes(file), saved));
			}
		}
		assertThat(changed).isEmpty();
	}

	@Test
	void aCellIsChosenFromNamesSavedAndTheSecondPersonTold() throws IOException {
		signIn("sd.policy");
		String original = Files.readString(Path.of("decisions/time-limit.dmn"));
		long id = draft("time-limit.dmn", original.getBytes(StandardCharsets.UTF_8));
		openTable(id, "time-limit");
		long version = this.drafts.file(id, "time-limit.dmn").version();
		assertThat(this.page.locator("#st-policy")).containsText("从上往下");
		assertThat(this.page.locator("#st-save")).isDisabled();
		assertThat(this.page.locator(".powered-by, .bjs-powered-by").first()).isVisible();
		this.page.locator("td.input-cell").first().click();
		assertThat(this.page.locator("#st-values-title")).hasText("环节");
		this.page.locator("#st-values button", new Page.LocatorOptions().setHasText("签收")).click();
		assertThat(this.page.locator("#st-saved")).hasText("有改动未保存");
		look("studio-table-edit");
		this.page.locator("#st-save").click();
		assertThat(this.page.locator("#st-note")).hasText("已保存");
		String saved = new String(this.drafts.file(id, "time-limit.dmn").content(), StandardCharsets.UTF_8);
		assertThat(this.drafts.file(id, "time-limit.dmn").version()).isEqualTo(version + 1);
		assertThat(saved).isEqualTo(
				original.replaceFirst("(<inputEntry id=\"[^\"]*\"><text>).*?(</text>)", "$1\"handle\",\"sign\"$2"));
		// somebody else saves, then this page does
		this.drafts.save(id, "time-limit.dmn", Files.readAllBytes(Path.of("decisions/time-limit.dmn")), version + 1,
				"sd.approver");
		this.page.locator("td.input-cell").first().click();
		this.page.locator("#st-values button", new Page.LocatorOptions().setHasText("派遣")).click();
		this.page.locator("#st-save").click();
		assertThat(this.page.locator("#st-note")).containsText("sd.approver");
		assertThat(this.page.locator("#st-note")).containsText("您的内容还在页面上");
		this.page.locator("#st-note button", new Page.LocatorOptions().setHasText("用我的内容保存")).click();
		assertThat(this.page.locator("#st-note")).hasText("已保存");
		assertThat(new String(this.drafts.file(id, "time-limit.dmn").content(), StandardCharsets.UTF_8))
			.contains("\"dispatch\"");
		assertThat(misses()).isEmpty();
	}

	@Test
	void whatWasNotSavedComesBack() throws IOException {
		signIn("sd.policy");
		long id = draft("time-limit.dmn", Files.readAllBytes(Path.of("decisions/time-limit.dmn")));
		openTable(id, "time-limit");
		this.page.locator("td.input-cell").first().click();
		this.page.locator("#st-values button", new Page.LocatorOptions().setHasText("派遣")).click();
		this.page
			.waitForFunction("() => Object.keys(sessionStorage).some((key) => key.startsWith('gridcase:studio:'))");
		this.page.onDialog((dialog) -> dialog.accept());
		openTable(id, "time-limit");
		assertThat(this.page.locator("#st-note")).containsText("上次有改动没有保存");
		this.page.locator("#st-note button", new Page.LocatorOptions().setHasText("恢复未保存的改动")).click();
		assertThat(this.page.locator("#st-save")).isEnabled();
		this.page.locator("#st-save").click();
		assertThat(this.page.locator("#st-note")).hasText("已保存");
		assertThat(new String(this.drafts.file(id, "time-limit.dmn").content(), StandardCharsets.UTF_8))
			.contains("\"dispatch\"");
	}

	@Test
	void theEditorOfTablesSpeaksChinese() {
		signIn("sd.policy");
		openTable(draft("all-types.dmn", allTypes().getBytes(StandardCharsets.UTF_8)), "all-types");
		Locator cells = this.page.locator("td.input-cell, td.output-cell");
		Set<String> seen = new TreeSet<>();
		for (int cell = 0; cell < 2 * TYPES.size(); cell++) {
			cells.nth(cell).click();
			Locator simple = this.page.locator(".simple-mode-button");
			if (simple.count() > 0 && simple.isVisible()) {
				simple.click();
				Locator menu = this.page.locator(".context-menu");
				menu.first().waitFor();
				seen.add(menu.first().innerText());
				for (int select = 0; select < menu.locator(".dms-input-select").count(); select++) {
					menu.locator(".dms-input-select").nth(select).click();
					seen.add(this.page.locator("body").innerText().isEmpty() ? "" : "选项");
					this.page.keyboard().press("Escape");
				}
				this.page.keyboard().press("Escape");
			}
			cells.nth(cell)
				.click(new Locator.ClickOptions().setButton(com.microsoft.playwright.options.MouseButton.RIGHT));
			seen.add(this.page.locator(".context-menu").first().innerText());
			this.page.keyboard().press("Escape");
			this.page.locator("#st-policy").click();
		}
		for (Locator head : this.page.locator("th.input-cell, th.output-cell").all()) {
			head.dblclick();
			if (this.page.locator(".context-menu").count() > 0) {
				seen.add(this.page.locator(".context-menu").first().innerText());
			}
			this.page.keyboard().press("Escape");
			this.page.locator("#st-policy").click();
		}
		this.page.locator("td.rule-index, .rule-index")
			.first()
			.click(new Locator.ClickOptions().setButton(com.microsoft.playwright.options.MouseButton.RIGHT));
		seen.add(this.page.locator(".context-menu").first().innerText());
		assertThat(seen).anyMatch((text) -> text.contains("在上面添加一行"));
		assertThat(misses()).isEmpty();
		assertThat(seen).allSatisfy(
				(text) -> assertThat(text.replaceAll("FEEL|PnYnM|PnDTnH|[A-Z]*\\d[\\w:.+-]*|yyyy\\S*|hh:mm\\S*", ""))
					.doesNotContainPattern("[A-Za-z]{4,}"));
	}

	/** Every text its program can ask for is in the dictionary, opened here or not. */
	@Test
	void theDictionaryOfTheTableEditorIsWhole() throws IOException {
		signIn("sd.policy");
		openTable(draft("transfer.dmn", Files.readAllBytes(Path.of("decisions/transfer.dmn"))), "transfer");
		String program = Files
			.readString(Path.of("src/main/resources/static/vendor/dmn-js/dmn-modeler.production.min.js"));
		Matcher asked = Pattern.compile("_translate\\(\"((?:[^\"\\\\]|\\\\.)+)\"").matcher(program);
		Set<String> missing = new TreeSet<>();
		int texts = 0;
		while (asked.find()) {
			texts++;
			String text = asked.group(1).replace("\\\"", "\"");
			if (!OTHER_VIEWS.contains(text)
					&& Boolean.FALSE.equals(this.page.evaluate("(text) => text in studioWords", text))) {
				missing.add(text);
			}
		}
		assertThat(texts).isGreaterThan(50);
		assertThat(missing).isEmpty();
	}

	/** Texts of the parts of dmn-js the page never opens. */
	private static final Set<String> OTHER_VIEWS = Set.of("Definition ID", "Definition name", "Expression language:",
			"Literal expression", "Literal expression editor", "Search in diagram", "Variable name", "Variable name:",
			"Variable type", "Variable type:", "name");

	private static String allTypes() {
		StringBuilder columns = new StringBuilder();
		StringBuilder inputs = new StringBuilder();
		StringBuilder outputs = new StringBuilder();
		for (String type : TYPES) {
			columns.append(
					"<input id=\"I_%1$s\" label=\"条件\"><inputExpression id=\"E_%1$s\" typeRef=\"%1$s\"><text>f</text></inputExpression></input>"
						.formatted(type));
			inputs.append("<inputEntry id=\"In_%s\"><text></text></inputEntry>".formatted(type));
			outputs.append("<outputEntry id=\"Out_%s\"><text></text></outputEntry>".formatted(type));
		}
		for (String type : TYPES) {
			columns.append("<output id=\"O_%1$s\" label=\"结果\" name=\"o%1$s\" typeRef=\"%1$s\"/>".formatted(type));
		}
		return """
				<?xml version="1.0" encoding="UTF-8"?>
				<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="D" name="各类" namespace="http://gridcase/decisions">
				<decision id="all-types" name="各类"><decisionTable id="T" hitPolicy="FIRST">%s<rule id="Rule_A">%s%s</rule></decisionTable></decision>
				</definitions>"""
			.formatted(columns, inputs, outputs);
	}

	// --- diagrams ---

	@Test
	void everyDiagramSurvivesTheEditor() throws IOException {
		signIn("sd.policy");
		openDiagram(draft("unit-handling.bpmn", Files.readAllBytes(Path.of("processes/unit-handling.bpmn"))),
				"unit-handling");
		assertThat(this.page.locator("#st-findings-none")).isVisible();
		assertThat(this.page.locator(".bjs-powered-by")).isVisible();
		Map<String, String> changed = new LinkedHashMap<>();
		for (Path file : files("processes", ".bpmn")) {
			String saved = (String) this.page.evaluate(
					"async (xml) => { await studioModeler.importXML(xml); return (await studioModeler.saveXML({ format: true })).xml; }",
					Files.readString(file));
			if (!SameRule.same(RuleType.DIAGRAM, Files.readAllBytes(file), saved.getBytes(StandardCharsets.UTF_8))) {
				changed.put(file.toString(), difference(Files.readAllBytes(file), saved));
			}
		}
		assertThat(changed).isEmpty();
		assertThat(misses()).isEmpty();
	}

	@Test
	void propertiesAreFilledInFromLists() throws IOException {
		signIn("sd.policy");
		long id = draft("unit-handling.bpmn", Files.readAllBytes(Path.of("processes/unit-handling.bpmn")));
		openDiagram(id, "unit-handling");
		select("Task_SignFor");
		assertThat(this.page.locator("#st-props-title")).hasText("人工任务");
		assertThat(this.page.locator("#st-p-form")).hasValue("sign-for");
		assertThat(this.page.locator("#st-p-who")).hasValue("ofUnit");
		assertThat(this.page.locator("#st-p-role")).hasValue("handler");
		this.page.locator("#st-p-role").selectOption("unit-head");
		look("studio-diagram");
		select("BoundaryEvent_SigningOverdue");
		assertThat(this.page.locator("#st-p-step")).hasValue("sign");
		this.page.locator("#st-p-step").selectOption("handle");
		select("Task_AcceptCustody");
		assertThat(this.page.locator("#st-props")).containsText("签收人成为承办人");
		this.page.locator("#st-p-service").selectOption("handOn");
		this.page.locator("#st-p-asked").selectOption("transfer");
		select("Task_EscalateUnsigned");
		assertThat(this.page.locator("#st-p-called")).hasValue("escalation");
		select("Flow_SignedYes");
		this.page.locator("#st-p-condition").fill("${signing == 'YES'}");
		this.page.locator("#st-p-condition").blur();
		this.page.locator("#st-save").click();
		assertThat(this.page.locator("#st-note")).hasText("已保存");
		String saved = new String(this.drafts.file(id, "unit-handling.bpmn").content(), StandardCharsets.UTF_8);
		// what nobody touched is still written as it was, remarks included
		List<String> lines = Files.readAllLines(Path.of("processes/unit-handling.bpmn"));
		assertThat(saved.lines().filter((line) -> !lines.contains(line))).hasSizeLessThanOrEqualTo(6);
		assertThat(saved).contains("${duty.ofUnit('unit-head', execution)}")
			.contains("${deadlines.due('handle', execution)}")
			.contains("${handOn}")
			.contains("event=\"start\"")
			.contains("${signing == 'YES'}")
			.contains("camunda:historyTimeToLive=\"P3650D\"");
		this.page.locator("#st-diff").click();
		assertThat(this.page.locator("#st-changes-list")).containsText("签收案件");
		assertThat(this.page.locator(".djs-element.st-diff-chg").first()).isVisible();
		assertThat(misses()).isEmpty();
	}

	@Test
	void findingsLeadToTheirElement() throws IOException {
		signIn("sd.policy");
		String broken = Files.readString(Path.of("processes/unit-handling.bpmn"))
			.replace("${acceptCustody}", "${nobody}");
		openDiagram(draft("unit-handling.bpmn", broken.getBytes(StandardCharsets.UTF_8)), "unit-handling");
		assertThat(this.page.locator("#st-findings-count")).hasText("1 项必须改，0 项值得再看");
		this.page.locator("#st-findings button").first().click();
		assertThat(this.page.locator("#st-p-id")).hasValue("Task_AcceptCustody");
		this.page.locator("#st-p-service").selectOption("acceptCustody");
		this.page.locator("#st-check").click();
		assertThat(this.page.locator("#st-findings-none")).isVisible();
	}

	@Test
	void theEditorOfDiagramsSpeaksChinese() throws IOException {
		signIn("sd.policy");
		openDiagram(draft("unit-handling.bpmn", Files.readAllBytes(Path.of("processes/unit-handling.bpmn"))),
				"unit-handling");
		for (String element : List.of("Task_SignFor", "Task_AcceptCustody", "Gateway_Signed", "EndEvent_UnitDone",
				"StartEvent_UnitAssigned", "BoundaryEvent_SigningOverdue", "Flow_SignedYes", "Task_EscalateUnsigned")) {
			select(element);
			this.page.evaluate("""
					(id) => {
						const element = studioModeler.get('elementRegistry').get(id);
						studioModeler.get('popupMenu').open(element, 'bpmn-replace', { x: 300, y: 300 });
						studioModeler.get('popupMenu').close();
					}""", element);
		}
		this.page.evaluate("""
				() => {
					const registry = studioModeler.get('elementRegistry');
					const two = ['Task_SignFor', 'Task_AcceptCustody', 'Gateway_Signed'].map((id) => registry.get(id));
					studioModeler.get('selection').select(two);
					studioModeler.get('popupMenu').open(two, 'align-elements', { x: 300, y: 300 });
				}""");
		assertThat(this.page.locator(".djs-popup")).isVisible();
		assertThat(misses()).isEmpty();
		List<Locator> palette = this.page.locator(".djs-palette .entry").all();
		assertThat(palette).hasSizeGreaterThan(10)
			.allSatisfy((entry) -> assertThat(entry.getAttribute("title") + entry.getAttribute("aria-label"))
				.containsPattern("\\p{IsHan}")
				.doesNotContainPattern("[A-Za-z]{5,}"));
	}

	@Test
	void auditorsLookAtADiagram() throws IOException {
		long id = draft("unit-handling.bpmn", Files.readAllBytes(Path.of("processes/unit-handling.bpmn")));
		signIn("sd.auditor");
		openDiagram(id, "unit-handling");
		assertThat(this.page.locator("#st-save")).hasCount(0);
		this.page.locator("[data-element-id=Task_SignFor]").first().click();
		assertThat(this.page.locator("#st-p-form")).isDisabled();
	}

	// --- lists ---

	@Test
	void theListLeadsToADraftAndItsPage() {
		signIn("ft.policy");
		open("/studio");
		look("studio-rules");
		this.page.locator("tr", new Page.LocatorOptions().setHasText("办理时限（工作站）"))
			.locator("button", new Locator.LocatorOptions().setHasText("修改"))
			.click();
		this.page.waitForURL("**/studio/drafts/*");
		assertThat(said()).containsText("草稿已建好");
		this.page.selectOption("#st-take", "unit-handling.bpmn");
		this.page.locator("button", new Page.LocatorOptions().setHasText("加入草稿")).click();
		assertThat(this.page.locator(".st-files")).containsText("单位处置");
		look("studio-draft");
		assertThat(this.page.locator("body")).not().containsText("??");
	}

	private void select(String id) {
		this.page.evaluate(
				"(id) => studioModeler.get('selection').select(studioModeler.get('elementRegistry').get(id))", id);
		assertThat(this.page.locator("#st-p-id")).hasValue(id);
	}

	@SuppressWarnings("unchecked")
	private List<String> misses() {
		return (List<String>) this.page.evaluate(MISSES);
	}

	/** What only one of two files says, for people to look at. */
	private static String difference(byte[] before, String after) throws IOException {
		try {
			Set<String> old = said(SameRule.shape(before), "");
			Set<String> now = said(SameRule.shape(after.getBytes(StandardCharsets.UTF_8)), "");
			Set<String> gone = new TreeSet<>(old);
			gone.removeAll(now);
			now.removeAll(old);
			return "gone " + gone + ", new " + now;
		}
		catch (SAXException ex) {
			throw new AssertionError(ex);
		}
	}

	private static Set<String> said(SameRule.Shape shape, String path) {
		String here = path + "/" + shape.name().replaceAll(".* ", "") + "#" + shape.attributes().getOrDefault("id", "");
		Set<String> said = new TreeSet<>();
		shape.attributes().forEach((name, value) -> said.add(here + "@" + name + "=" + value));
		said.add(here + "=" + shape.text());
		shape.children().values().forEach((each) -> each.forEach((one) -> said.addAll(said(one, here))));
		return said;
	}

	private static List<Path> files(String folder, String ending) throws IOException {
		try (Stream<Path> paths = Files.walk(Path.of(folder))) {
			return paths.filter((file) -> file.toString().endsWith(ending)).sorted().toList();
		}
	}

}
