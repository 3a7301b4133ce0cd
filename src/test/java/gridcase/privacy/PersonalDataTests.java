package gridcase.privacy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/** What is sealed opens with its key only, is found without opening and shown masked. */
class PersonalDataTests {

	private static final String FIRST = key(1);

	private static final String SECOND = key(2);

	private final PersonalData first = new PersonalData("k1", FIRST, Map.of());

	private final PersonalData both = new PersonalData("k2", SECOND, Map.of("k1", FIRST));

	@ParameterizedTest
	@ValueSource(strings = { "13800001234", "欧阳修", "", "𠮷野", "a very long one a very long one a very long one" })
	void whatIsSealedOpensAgain(String clear) {
		String sealed = this.first.seal(PersonalKind.OTHER, clear);
		assertThat(PersonalData.isSealed(sealed)).isTrue();
		assertThat(clear.isEmpty() || !sealed.contains(clear)).isTrue();
		assertThat(this.first.open(sealed)).isEqualTo(clear);
		assertThat(this.first.seal(PersonalKind.OTHER, clear)).as("never twice the same").isNotEqualTo(sealed);
		assertThat(this.first.seal(PersonalKind.OTHER, sealed)).as("sealed once only").isEqualTo(sealed);
	}

	@Test
	void plainTextsAreNoSealedOnes() {
		assertThat(PersonalData.isSealed("pd1.k1")).isFalse();
		assertThat(this.first.open("13800001234")).isEqualTo("13800001234");
		assertThat(this.first.open(null)).isNull();
		assertThat(this.first.seal(PersonalKind.PHONE, null)).isNull();
	}

	@Test
	void anAlteredValueOrAnotherKindDoesNotOpen() {
		String sealed = this.first.seal(PersonalKind.PHONE, "13800001234");
		char last = sealed.charAt(60);
		String altered = sealed.substring(0, 60) + ((last == 'A') ? 'B' : 'A') + sealed.substring(61);
		assertThatIllegalStateException().isThrownBy(() -> this.first.open(altered));
		assertThatIllegalStateException().isThrownBy(() -> this.first.open(sealed.replace(".phone.", ".other.")));
	}

	@Test
	void withoutItsKeyNothingOpensAndTheErrorNamesTheKey() {
		String sealed = this.first.seal(PersonalKind.PHONE, "13800001234");
		assertThatIllegalStateException().isThrownBy(() -> new PersonalData("k2", SECOND, Map.of()).open(sealed))
			.withMessageContaining("gridcase.personal-data.previous.k1");
		assertThatIllegalStateException().isThrownBy(() -> new PersonalData("k1", SECOND, Map.of()).open(sealed));
	}

	@Test
	void theSameNumberIsFoundHoweverItIsWrittenAndByWhateverKey() {
		String old = this.first.seal(PersonalKind.PHONE, "138 0000-1234");
		String fresh = this.both.seal(PersonalKind.PHONE, "13800001234");
		assertThat(this.both.indexes(PersonalKind.PHONE, "13800001234")).contains(PersonalData.indexOf(old),
				PersonalData.indexOf(fresh));
		assertThat(this.both.indexes(PersonalKind.PHONE, "13800001235")).doesNotContain(PersonalData.indexOf(old),
				PersonalData.indexOf(fresh));
	}

	@Test
	void aChangedKeySealsAnewWhatAnEarlierOneSealed() {
		String json = "{\"a\": \"" + this.first.seal(PersonalKind.PHONE, "13800001234") + "\", \"b\": \"x\", \"c\": \""
				+ this.both.seal(PersonalKind.NAME, "张三") + "\"}";
		assertThat(this.both.outdated(json)).isTrue();
		String anew = this.both.resealAll(json);
		assertThat(anew).doesNotContain("pd1.k1.").contains("\"b\": \"x\"");
		assertThat(this.both.outdated(anew)).isFalse();
		assertThat(this.both.open(anew.split("\"")[3])).isEqualTo("13800001234");
	}

	@ParameterizedTest(name = "{0} {1} is shown as {2}")
	@CsvSource({ "PHONE, 13800001234, 138****1234", "PHONE, +8613800001234, +86****1234", "PHONE, 12345, 1****",
			"NAME, 张三, 张*", "NAME, 欧阳修文, 欧*", "NAME, 𠮷野, 𠮷*", "EMAIL, zhang@example.cn, z***@example.cn",
			"IDENTITY, 110101199001011234, 110***********1234", "IDENTITY, 12345, ****", "OTHER, 什么, ****" })
	void whoNeedNotKnowSeesItMasked(PersonalKind kind, String clear, String masked) {
		assertThat(kind.mask(clear)).isEqualTo(masked);
		assertThat(this.first.masked(this.first.seal(kind, clear))).isEqualTo(masked);
	}

	@ParameterizedTest
	@CsvSource({ "k1, not base64!, Base64", "k1, c2hvcnQ=, openssl rand -base64 32",
			"K_1, AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=, small letters" })
	void aBadKeyIsRefusedWithWhatWouldBeRight(String id, String key, String told) {
		assertThatIllegalStateException().isThrownBy(() -> new PersonalData(id, key, Map.of()))
			.withMessageContaining(told);
	}

	@Test
	void theDemoMakesAKeyForItselfAndKeepsIt(@TempDir Path folder) throws Exception {
		PersonalDataSettings none = new PersonalDataSettings("", "k1", Map.of());
		String sealed = new PersonalData(none, folder.resolve("data")).seal(PersonalKind.PHONE, "13800001234");
		assertThat(new PersonalData(none, folder.resolve("data")).open(sealed)).isEqualTo("13800001234");
		assertThat(Files.getPosixFilePermissions(folder.resolve("data/personal-data.key")))
			.isEqualTo(PosixFilePermissions.fromString("rw-------"));
		assertThat(new PersonalDataSettings(FIRST, "k1", Map.of("k0", SECOND)).toString()).doesNotContain(FIRST,
				SECOND);
	}

	private static String key(int fill) {
		byte[] bytes = new byte[32];
		java.util.Arrays.fill(bytes, (byte) fill);
		return Base64.getEncoder().encodeToString(bytes);
	}

}
