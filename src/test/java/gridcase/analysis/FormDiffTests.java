package gridcase.analysis;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import gridcase.analysis.FormDiff.Detail;
import gridcase.analysis.FormDiff.Field;
import gridcase.analysis.TableDiff.Change;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What became of the fields of a form, in words. */
class FormDiffTests {

	private static final String BEFORE = """
			{"type": "default", "id": "ask", "gridcase": {"title": "申请", "submit": "提交"}, "components": [
			{"type": "text", "text": "请写清楚"},
			{"type": "textfield", "key": "phone", "label": "电话", "validate": {"required": true}},
			{"type": "radio", "key": "choice", "label": "意见", "values": [{"label": "同意", "value": "YES"}, {"label": "不同意", "value": "NO"}]},
			{"type": "textarea", "key": "reason", "label": "理由", "conditional": {"hide": "=choice = \\"YES\\""}},
			{"type": "number", "key": "days", "label": "天数"}]}
			""";

	private static FormDiff compared(String after) {
		return FormDiff.of(BEFORE.getBytes(StandardCharsets.UTF_8), after.getBytes(StandardCharsets.UTF_8));
	}

	private static Field field(FormDiff diff, String key) {
		return diff.fields().stream().filter((field) -> field.key().equals(key)).findFirst().orElseThrow();
	}

	@Test
	void whatSaysTheSameIsTheSame() {
		assertThat(compared(BEFORE.replace("\n", "\n  ")).isEmpty()).isTrue();
		assertThat(compared(BEFORE).fields()).extracting(Field::change).containsOnly(Change.SAME).hasSize(5);
	}

	@Test
	void everyChangeIsSaidInWords() {
		FormDiff diff = compared(
				"""
						{"type": "default", "id": "ask", "gridcase": {"title": "申请延期", "submit": "提交"}, "components": [
						{"type": "text", "text": "请写清楚"},
						{"type": "radio", "key": "choice", "label": "您的意见", "values": [{"label": "部分同意", "value": "PART"}, {"label": "准许", "value": "YES"}]},
						{"type": "textfield", "key": "phone", "label": "电话", "validate": {"validationType": "phone"}},
						{"type": "textfield", "key": "reason", "label": "理由", "conditional": {"hide": "=choice != \\"NO\\""}, "validate": {"required": true}},
						{"type": "select", "key": "unit", "label": "单位", "properties": {"source": "units"}}]}
						""");

		assertThat(diff.form()).containsExactly(new Detail("标题", "申请", "申请延期"));
		assertThat(diff.fields()).extracting(Field::key)
			.containsExactly("text", "choice", "phone", "reason", "unit", "days");
		assertThat(field(diff, "choice").details()).containsExactlyInAnyOrder(new Detail("名称", "意见", "您的意见"),
				new Detail("删除选项", "不同意（NO）", ""), new Detail("增加选项", "", "部分同意（PART）"),
				new Detail("选项 YES 的名称", "同意", "准许"));
		assertThat(field(diff, "phone").details()).containsExactlyInAnyOrder(new Detail("格式", "", "电话"),
				new Detail("必填", "是", ""));
		assertThat(List.of(field(diff, "choice"), field(diff, "phone"))).filteredOn(Field::moved).hasSize(1);
		assertThat(field(diff, "reason").details()).containsExactlyInAnyOrder(new Detail("类型", "多行文字", "单行文字"),
				new Detail("什么时候不显示", "=choice = \"YES\"", "=choice != \"NO\""), new Detail("必填", "", "是"));
		assertThat(field(diff, "unit").change()).isEqualTo(Change.ADDED);
		assertThat(field(diff, "days").change()).isEqualTo(Change.REMOVED);
		assertThat(diff.changes()).isEqualTo(6);
	}

	@Test
	void optionsInAnotherOrderAndFieldsOfAListAreSeen() {
		String list = """
				{"id": "list", "components": [{"type": "dynamiclist", "path": "items", "label": "清单", "components": [
				{"type": "textfield", "key": "item", "label": "物品"}%s]}]}
				""";
		FormDiff inner = FormDiff.of(list.formatted("").getBytes(StandardCharsets.UTF_8),
				list.formatted(", {\"type\": \"number\", \"key\": \"count\", \"label\": \"数量\"}")
					.getBytes(StandardCharsets.UTF_8));
		assertThat(inner.fields()).filteredOn((field) -> field.change() == Change.ADDED)
			.singleElement()
			.extracting(Field::name, Field::key)
			.containsExactly("清单 › 数量", "items.count");

		FormDiff turned = compared(
				BEFORE.replace("{\"label\": \"同意\", \"value\": \"YES\"}, {\"label\": \"不同意\", \"value\": \"NO\"}",
						"{\"label\": \"不同意\", \"value\": \"NO\"}, {\"label\": \"同意\", \"value\": \"YES\"}"));
		assertThat(field(turned, "choice").details()).containsExactly(new Detail("选项的次序", "同意、不同意", "不同意、同意"));
	}

	@Test
	void thePartsOfAllShippedFormsHaveWords() throws Exception {
		byte[] nothing = "{\"components\": []}".getBytes(StandardCharsets.UTF_8);
		try (var files = Files.walk(Path.of("forms"))) {
			for (Path file : files.filter((each) -> each.toString().endsWith(".form")).toList()) {
				byte[] content = Files.readAllBytes(file);
				FormDiff gone = FormDiff.of(content, nothing);
				assertThat(gone.fields()).as(file.toString())
					.isNotEmpty()
					.allSatisfy((field) -> assertThat(field.type()).doesNotMatch("[a-z]+"));
				String bare = new String(content, StandardCharsets.UTF_8).replaceAll(
						"(\"type\": \"[a-z]+\", \"key\": \"[A-Za-z]+\").*?(?=}[,\\s]*(\\{\"type\": \"[a-z]+\", |]\\s*}\\s*$))",
						"$1");
				FormDiff changed = FormDiff.of(bare.getBytes(StandardCharsets.UTF_8), content);
				assertThat(changed.fields().stream().flatMap((field) -> field.details().stream())).as(file.toString())
					.allSatisfy((detail) -> assertThat(detail.what()).doesNotMatch("[a-zA-Z.]+"));
			}
		}
	}

	@Test
	void whatIsNoFormIsRefused() {
		assertThatThrownBy(() -> compared("{}")).isInstanceOf(IllegalArgumentException.class);
		assertThatThrownBy(() -> compared("[")).isInstanceOf(IllegalArgumentException.class);
	}

}
