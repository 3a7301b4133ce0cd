package gridcase.casework;

import java.nio.charset.StandardCharsets;
import java.util.Map;

import gridcase.shared.Acting;
import gridcase.shared.Refusal;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.mock.web.MockMultipartFile;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.web.servlet.MockMvc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.multipart;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.header;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

/** What may be attached to a case, and how it is handed out again. */
@DemoTest
@TestPropertySource(
		properties = { "gridcase.attachments.most-files=3", "gridcase.attachments.types=PNG,JPEG,PDF,TXT,HEIC" })
class AttachmentTests {

	private static final byte[] PDF = "%PDF-1.7 x".getBytes(StandardCharsets.US_ASCII);

	@Autowired
	private Attachments attachments;

	@Autowired
	private CaseDriver drive;

	@Autowired
	private MockMvc mvc;

	private String reported() {
		return this.drive.report("shangdi", "sd.c01.g1", "GRID_WORKER", Map.of("gridCode", "11010802200101"));
	}

	@Test
	void aSmallFileThatUnpacksToAHugePictureIsRefused() throws Exception {
		String caseNo = reported();
		this.mvc
			.perform(multipart("/cases/" + caseNo + "/attachments")
				.file(new MockMultipartFile("file", "x.png", "image/png", FileTypeTests.pngOf(50_000, 40_000)))
				.with(user("sd.c01.g1"))
				.with(csrf()))
			.andExpect(status().isBadRequest());
		assertThat(this.attachments.ofCase(caseNo)).isEmpty();
	}

	@Test
	void whatTheSettingsDoNotNameIsRefused() {
		String caseNo = reported();
		assertThatExceptionOfType(Refusal.class).isThrownBy(() -> Acting.as("sd.c01.g1",
				() -> this.attachments.add(caseNo, "shangdi", "a.mp3", "audio/mpeg", new byte[] { 'I', 'D', '3', 4 })));
	}

	@Test
	void aCaseTakesSoManyFilesAndNoMore() {
		String caseNo = reported();
		Acting.as("sd.c01.g1", () -> {
			for (int i = 0; i < 3; i++) {
				this.attachments.add(caseNo, "shangdi", i + ".pdf", "application/pdf", PDF);
			}
			assertThatExceptionOfType(Refusal.class)
				.isThrownBy(() -> this.attachments.add(caseNo, "shangdi", "4.pdf", "application/pdf", PDF))
				.withMessageContaining("3");
			return null;
		});
		assertThat(this.attachments.ofCase(caseNo)).hasSize(3);
	}

	@Test
	void onlyPicturesAreShownWithinAPage() throws Exception {
		String caseNo = reported();
		Attachments.Info text = Acting.as("sd.c01.g1", () -> this.attachments.add(caseNo, "shangdi", "说明.html",
				"text/html", "只是文字".getBytes(StandardCharsets.UTF_8)));
		assertThat(text.contentType()).as("what it is, not what the sender says").isEqualTo("text/plain");
		this.mvc.perform(get("/attachments/" + text.id()).with(user("sd.c01.g1")))
			.andExpect(header().string("Content-Type", "text/plain"))
			.andExpect(header().string("X-Content-Type-Options", "nosniff"))
			.andExpect(header().string("Content-Disposition", org.hamcrest.Matchers.startsWith("attachment")));
		Attachments.Info heic = Acting.as("sd.c01.g1", () -> this.attachments.add(caseNo, "shangdi", "a.heic",
				"image/heic", new byte[] { 0, 0, 0, 24, 'f', 't', 'y', 'p', 'h', 'e', 'i', 'c', 0 }));
		assertThat(heic.image()).isFalse();
	}

}
