package gridcase.form;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import gridcase.policy.Feel;
import gridcase.policy.RuleScope;
import gridcase.shared.FieldProblem;
import gridcase.shared.Refusal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.context.support.ResourceBundleMessageSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** What a form file says is what is shown and what is checked. */
class FormsTests {

	private static final Map<String, List<Option>> OPTIONS = Map.of("units",
			List.of(new Option("U1", "安全检查组"), new Option("U2", "城市管理组")));

	private static final RuleScope SHARED = RuleScope.newCase(null, Instant.EPOCH);

	private final Forms forms = forms();

	private static Forms forms() {
		ResourceBundleMessageSource messages = new ResourceBundleMessageSource();
		messages.setBasename("messages/form");
		messages.setDefaultEncoding("UTF-8");
		messages.setFallbackToSystemLocale(false);
		return new Forms(new SampleForms(), new Feel(), messages);
	}

	@BeforeEach
	void readChinese() {
		LocaleContextHolder.setLocale(Locale.CHINA);
	}

	@AfterEach
	void forgetLocale() {
		LocaleContextHolder.resetLocaleContext();
	}

	private Map<String, Object> validate(Map<String, ?> values) {
		return this.forms.validate("test-sample", SHARED, values, Map.of(), OPTIONS);
	}

	private static Map<String, Object> done(String key, Object value) {
		Map<String, Object> values = new HashMap<>(Map.of("outcome", "DONE", "resultText", "已经清理完"));
		values.put(key, value);
		return values;
	}

	@ParameterizedTest(name = "{0} = {1} becomes {2}")
	@CsvSource(delimiter = '|', useHeadersInDisplayName = true, textBlock = """
			field      | given              | kept
			resultText | "  通道已清  "       | "通道已清"
			outcome    | "DONE"             | "DONE"
			verified   | "true"             | true
			verified   | false              | false
			urgent     | "on"               | true
			urgent     | true               | true
			people     | "3"                | 3
			people     | 20                 | 20
			width      | "1.50"             | 1.5
			doneAt     | "2026-03-16T10:30" | "2026-03-16T10:30"
			day        | "2026-03-16"       | "2026-03-16"
			phone      | "010-6298 1234"    | "010-6298 1234"
			helpers    | "U2"               | ["U2"]
			helpers    | ["U1", "U2"]       | ["U1", "U2"]
			photos     | ["5f0c1d6e-3f0a-4d2b-9a3c-0a4f9c7f1e11"] | ["5f0c1d6e-3f0a-4d2b-9a3c-0a4f9c7f1e11"]
			""")
	void keepsWhatFits(String field, String given, String kept) throws JsonProcessingException {
		ObjectMapper json = new ObjectMapper();
		Object value = json.readValue(given, Object.class);
		assertThat(json.valueToTree(validate(done(field, value)).get(field)).toString())
			.isEqualTo(json.readTree(kept).toString());
	}

	@ParameterizedTest(name = "{0} = {1}: {2}")
	@CsvSource(delimiter = '|', useHeadersInDisplayName = true, textBlock = """
			field      | given          | message
			outcome    | ""             | 请选择一项
			outcome    | "BURN"         | “BURN”不在可选范围内，请从列表中选择
			outcome    | ["DONE", "RETURNED"] | 只能选一项
			resultText | "清了"          | 至少 4 个字，现有 2 个字
			resultText | "一二三四五六七八九十十一" | 最多 10 个字，现有 12 个字，请精简
			resultText | "   "          | 请填写
			resultText | 12             | 应为文字
			verified   | "maybe"        | “maybe”不在可选范围内，请从列表中选择
			urgent     | "maybe"        | 应为“是”（true）或“否”（false）
			people     | "many"         | “many”不是数字，请填写数字
			people     | 0              | 不能小于 1，现为 0
			people     | 21             | 不能大于 20，现为 21
			people     | 1.5            | 最多 0 位小数
			people     | "1e999999999"  | “1e999999999”不是数字，请填写数字
			doneAt     | "昨天"          | “昨天”不是日期时间，请写成 2026-03-16T10:30
			day        | "2026-02-30"   | “2026-02-30”不是日期，请写成 2026-03-16
			phone      | "call me"      | 请写手机号码
			helpers    | ["U1", "U9"]   | “U9”不在可选范围内，请从列表中选择
			photos     | "C:/photo.jpg" | “C:/photo.jpg”不是已上传的文件，请重新添加
			nonsense   | 1              | 此表单没有这一项，请去掉
			""")
	void saysWhatWouldBeRight(String field, String given, String message) throws JsonProcessingException {
		Object value = new ObjectMapper().readValue(given, Object.class);
		Refusal refusal = catchThrowableOfType(Refusal.class, () -> validate(done(field, value)));
		assertThat(refusal).isNotNull();
		assertThat(refusal.kind()).isEqualTo(Refusal.Kind.INVALID);
		assertThat(refusal.fields()).filteredOn((problem) -> problem.field().equals(field))
			.extracting(FieldProblem::message)
			.containsExactly(message);
	}

	@Test
	void namesEveryFieldAtOnce() {
		assertThatExceptionOfType(Refusal.class)
			.isThrownBy(() -> validate(Map.of("outcome", "RETURNED", "people", "x", "unit", "U9")))
			.withMessage("有 3 项需要改正，尚未提交")
			.satisfies((refusal) -> assertThat(refusal.fields()).extracting(FieldProblem::field)
				.containsExactly("reasonText", "unit", "people"));
	}

	@Test
	void dropsWhatIsHidden() {
		Map<String, Object> answers = validate(Map.of("outcome", "RETURNED", "reasonText", "不属本组", "resultText", "x"));
		assertThat(answers).doesNotContainKey("resultText").containsEntry("reasonText", "不属本组");
	}

	@Test
	void showsOnlyWhatTheAnswersSoFarAskFor() {
		FormView empty = this.forms.view("test-sample", SHARED, Map.of(), Map.of(), OPTIONS, List.of());
		assertThat(empty.fields()).extracting(FormView.Field::key).doesNotContain("resultText", "reasonText", "unit");
		FormView returned = this.forms.view("test-sample", SHARED, Map.of("outcome", "RETURNED"), Map.of(), OPTIONS,
				List.of());
		assertThat(returned.fields()).extracting(FormView.Field::key)
			.contains("outcome", "reasonText", "unit")
			.doesNotContain("resultText");
		assertThat(returned.fields()).filteredOn(FormView.Field::decidesOthers)
			.extracting(FormView.Field::key)
			.containsExactly("outcome");
	}

	@Test
	void proposesWhatTheCaseAlreadyKnows() {
		FormView view = this.forms.view("test-sample", SHARED, Map.of(),
				Map.of("outcome", "DONE", "width", BigDecimal.TEN), OPTIONS, List.of());
		assertThat(view.fields()).filteredOn((field) -> "outcome".equals(field.key()))
			.extracting(FormView.Field::value)
			.containsExactly("DONE");
		assertThat(view.fields()).filteredOn((field) -> "width".equals(field.key()))
			.extracting(FormView.Field::value)
			.containsExactly("10");
	}

	@Test
	void aPlacesOwnFormWins() {
		assertThat(this.forms
			.view("test-sample", RuleScope.newCase("elsewhere", Instant.EPOCH), Map.of(), Map.of(), OPTIONS, List.of())
			.title()).isEqualTo("本地处置结果");
		assertThat(this.forms
			.view("test-sample", RuleScope.newCase("nowhere", Instant.EPOCH), Map.of(), Map.of(), OPTIONS, List.of())
			.title()).isEqualTo("提交处置结果");
	}

	@Test
	void refusesTextOverOneMegabyte() {
		assertThatExceptionOfType(Refusal.class).isThrownBy(() -> validate(done("resultText", "字".repeat(400_000))))
			.satisfies((refusal) -> assertThat(refusal.kind()).isEqualTo(Refusal.Kind.TOO_LARGE));
	}

	@ParameterizedTest
	@CsvSource({ "no-such-form", "../application", "TEST" })
	void knowsNoOtherForms(String id) {
		assertThatExceptionOfType(Refusal.class)
			.isThrownBy(() -> this.forms.validate(id, SHARED, Map.of(), Map.of(), Map.of()))
			.satisfies((refusal) -> assertThat(refusal.kind()).isEqualTo(Refusal.Kind.NOT_FOUND));
	}

	// --- repeating lists ---

	private FormView list(Map<String, ?> values) {
		return this.forms.view("test-list", SHARED, values, Map.of(), OPTIONS, List.of());
	}

	private Map<String, Object> checkedList(Map<String, ?> values) {
		return this.forms.validate("test-list", SHARED, values, Map.of(), OPTIONS);
	}

	@Test
	void rowsOfAListAreCheckedCellByCell() {
		Map<String, Object> answers = checkedList(Map.of("outcome", "DONE", "items", "", "items[0].row", "",
				"items[0].what", " 汽油 ", "items[0].pieces", "2", "items[0].dangerous", "true", "items[0].danger", "易燃",
				"items[2].row", "", "items[2].what", "纸箱", "items[2].unit", "U1"));
		assertThat(answers.get("items"))
			.isEqualTo(List.of(Map.of("what", "汽油", "pieces", 2, "dangerous", true, "danger", "易燃"),
					Map.of("what", "纸箱", "dangerous", false, "unit", "U1")));
		assertThat(checkedList(Map.of("outcome", "DONE", "items", List.of(Map.of("what", "纸箱", "pieces", 1))))
			.get("items")).isEqualTo(List.of(Map.of("what", "纸箱", "pieces", 1, "dangerous", false)));
		assertThat(checkedList(Map.of("outcome", "RETURNED", "items[0].what", "纸箱"))).doesNotContainKey("items");
	}

	@ParameterizedTest(name = "{0}")
	@CsvSource(delimiter = '|', useHeadersInDisplayName = true, textBlock = """
			items | field | message
			[{"pieces": 1}] | items[0].what | 请填写
			[{"what": "一二三四五六七"}] | items[0].what | 最多 6 个字，现有 7 个字，请精简
			[{"what": "箱"}, {"what": "桶", "pieces": 0}] | items[1].pieces | 不能小于 1，现为 0
			[{"what": "桶", "dangerous": true}] | items[0].danger | 请填写
			[{"what": "桶", "unit": "U9"}] | items[0].unit | “U9”不在可选范围内，请从列表中选择
			[{"what": "桶", "colour": "红"}] | items[0].colour | 此表单没有这一项，请去掉
			[] | items | 至少填 1 项，现有 0 项
			[{"what": ""}, {}] | items | 至少填 1 项，现有 0 项
			[{"what": "a"}, {"what": "b"}, {"what": "c"}, {"what": "d"}] | items | 最多填 3 项，现有 4 项
			7 | items | 应为若干行，每行是一组字段
			[7] | items | 应为若干行，每行是一组字段
			""")
	void saysWhichCellOfWhichRow(String items, String field, String message) throws JsonProcessingException {
		Object given = new ObjectMapper().readValue(items, Object.class);
		Refusal refusal = catchThrowableOfType(Refusal.class,
				() -> checkedList(Map.of("outcome", "DONE", "items", given)));
		assertThat(refusal).isNotNull();
		assertThat(refusal.fields()).filteredOn((problem) -> problem.field().equals(field))
			.extracting(FieldProblem::message)
			.containsExactly(message);
	}

	@Test
	void aListGrowsShrinksAndFollowsItsConditions() {
		Map<String, Object> values = new HashMap<>(Map.of("outcome", "DONE"));
		assertThat(rows(list(values))).hasSize(1);
		values.putAll(Map.of("items", "", "items[0].row", "", "items[0].what", "汽油"));
		Map<String, Object> two = Forms.changeRows(values, "items", null);
		assertThat(rows(list(two))).hasSize(2);
		assertThat(list(two).fields()).extracting(FormView.Field::key).contains("note");
		two.put("items[1].what", "纸箱");
		two.put("items[1].dangerous", "true");
		assertThat(rows(list(two)).get(0)).extracting(FormView.Field::key).doesNotContain("items[0].danger");
		assertThat(rows(list(two)).get(1)).extracting(FormView.Field::key).contains("items[1].danger");
		Map<String, Object> one = Forms.changeRows(two, null, "items.0");
		assertThat(rows(list(one))).hasSize(1);
		assertThat(rows(list(one)).get(0).get(0).value()).isEqualTo("纸箱");
		Map<String, Object> none = Forms.changeRows(one, null, "items.0");
		assertThat(rows(list(none))).isEmpty();
		assertThat(Forms.changeRows(one, null, "nonsense")).isEqualTo(one);
	}

	@ParameterizedTest(name = "{1}")
	@CsvSource(delimiter = '|', useHeadersInDisplayName = true,
			textBlock = """
					fields | message
					[{"type": "textfield", "key": "row", "label": "行"}] | 重复列表中的字段不能叫 row，请换一个 key
					[{"type": "dynamiclist", "path": "more", "label": "更多", "components": []}] | 重复列表里面不能再放重复列表
					[{"type": "textfield", "key": "what", "label": "what"}] | 缺少中文名称（label）
					[{"type": "textfield", "key": "what", "label": "名称", "conditional": {"hide": "=nobody = 1"}}] | 显示条件用到“nobody”，但它既不是本表单的字段，也不是决策表或其他表单给出的事实；文字请加英文双引号
					[] | 没有任何字段
					""")
	void aListIsCheckedBeforeItIsReleased(String fields, String message) {
		String form = """
				{"type":"default","schemaVersion":18,"id":"x","gridcase":{"title":"登记","submit":"登记物品"},"components":[
				{"type":"dynamiclist","path":"items","label":"物品","components":%s}]}""".formatted(fields);
		List<String> said = new ArrayList<>();
		new FormCheck(new Feel()).check("x.form", form.getBytes(StandardCharsets.UTF_8), Set.of(),
				(problem) -> said.add(problem.message()));
		assertThat(said).contains(message);
		assertThat(new FormKind(null, new Feel()).sets(form.getBytes(StandardCharsets.UTF_8))).containsExactly("items");
	}

	private static List<List<FormView.Field>> rows(FormView view) {
		return view.fields().stream().filter((field) -> "items".equals(field.key())).findFirst().orElseThrow().rows();
	}

	/** The forms in the folder of this test. */
	private static final class SampleForms implements FormFiles {

		@Override
		public Optional<FormFile> find(String id, RuleScope scope) {
			return read(scope.place() + "/" + id, id).or(() -> read(id, id));
		}

		private static Optional<FormFile> read(String path, String id) {
			try (InputStream file = FormsTests.class.getResourceAsStream("/sample-forms/" + path + ".form")) {
				return (file != null) ? Optional.of(FormFile.read(id, new ObjectMapper().readTree(file)))
						: Optional.empty();
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

	}

}
