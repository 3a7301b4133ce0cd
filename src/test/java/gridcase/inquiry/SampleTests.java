package gridcase.inquiry;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import gridcase.casework.CaseDriver;
import gridcase.casework.Cases;
import gridcase.casework.DemoTest;
import gridcase.clock.PlatformClock;
import gridcase.shared.Acting;
import gridcase.shared.FieldProblem;
import gridcase.shared.Refusal;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.web.servlet.MockMvc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

/** Samples of stored cases: drawn, drawn again by somebody else, worked off. */
@DemoTest
class SampleTests {

	private static final String AUDITOR = "sd.auditor";

	@Autowired
	private CaseDriver drive;

	@Autowired
	private Cases cases;

	@Autowired
	private Samples samples;

	@Autowired
	private Findings findings;

	@Autowired
	private PlatformClock clock;

	@Autowired
	private JdbcTemplate jdbc;

	@Autowired
	private MockMvc http;

	@Test
	void anybodyDrawsTheSameAgainFromTheListThatIsKept() throws Exception {
		aFewCases();
		Sample sample = drawn("NONE", 3, null, "2026 第 1 期");

		byte[] list = this.http.perform(get("/samples/" + sample.id() + "/population.txt").with(user(AUDITOR)))
			.andExpect(status().isOk())
			.andReturn()
			.getResponse()
			.getContentAsByteArray();
		MessageDigest sha = MessageDigest.getInstance("SHA-256");
		assertThat(HexFormat.of().formatHex(sha.digest(list))).isEqualTo(sample.sha256());
		TreeMap<String, String> lots = new TreeMap<>();
		new String(list, StandardCharsets.UTF_8).lines()
			.map((line) -> line.split("\t", -1)[0])
			.forEach((caseNo) -> lots.put(
					HexFormat.of().formatHex(sha.digest(("2026 第 1 期:" + caseNo).getBytes(StandardCharsets.UTF_8))),
					caseNo));
		assertThat(lots).hasSize(sample.population());
		assertThat(this.samples.cases(sample.id())).extracting(SampleCase::caseNo)
			.containsExactlyElementsOf(lots.values().stream().limit(3).toList());
		assertThat(this.samples.comesOutAgain(sample)).isTrue();
		assertThat(this.jdbc.queryForObject(
				"select details ->> 'seed' from access_log where kind = 'SAMPLE_DRAWN' and subject = ?", String.class,
				Long.toString(sample.id())))
			.isEqualTo("2026 第 1 期");

		// a case put in the place of another shows
		this.jdbc.update("update inquiry_sample_case set case_no = 'SD-X' where sample_id = ? and no = 1", sample.id());
		assertThat(this.samples.comesOutAgain(sample)).isFalse();
	}

	@Test
	void stratifiedByShareWithASeedByLot() {
		aFewCases();
		Sample sample = drawn("SEVERITY", null, new BigDecimal("50"), "");

		assertThat(sample.seed()).matches("[0-9a-f]{32}");
		assertThat(sample.size()).isEqualTo((sample.population() + 1) / 2);
		assertThat(this.samples.cases(sample.id())).extracting(SampleCase::stratum).contains("GENERAL", "MINOR");
		assertThat(this.samples.comesOutAgain(sample)).isTrue();
	}

	@Test
	void isWorkedOffCaseByCase() throws Exception {
		aFewCases();
		Sample sample = drawn("NONE", 2, null, "w");
		List<SampleCase> rows = this.samples.cases(sample.id());
		this.http
			.perform(post("/samples/" + sample.id() + "/cases/" + rows.get(0).caseNo()).with(csrf())
				.param("note", "照片、时间都对得上")
				.with(user(AUDITOR)))
			.andExpect(status().is3xxRedirection());
		this.http
			.perform(post("/cases/" + rows.get(1).caseNo() + "/inquiry").with(csrf())
				.param("sample", Long.toString(sample.id()))
				.param("steps", "1")
				.param("kind", "OTHER")
				.param("severity", "MINOR")
				.param("text", "上报内容不完整，缺少现场照片")
				.param("demand", "补充现场照片")
				.param("unit", "SD-CG")
				.with(user(AUDITOR)))
			.andExpect(status().is3xxRedirection());

		Sample after = this.samples.get(sample.id());
		assertThat(after.left()).isZero();
		assertThat(after.done()).isEqualTo(100);
		assertThat(after.inOrder()).isEqualTo(1);
		assertThat(after.findings()).isEqualTo(1);
		SampleCase found = this.samples.cases(sample.id()).get(1);
		assertThat(this.findings.get(found.finding()).caseNo()).isEqualTo(rows.get(1).caseNo());
		assertThatExceptionOfType(Refusal.class)
			.isThrownBy(() -> this.samples.inOrder(sample.id(), rows.get(1).caseNo(), "", AUDITOR))
			.matches((refusal) -> refusal.kind() == Refusal.Kind.CONFLICT);
		this.http.perform(get("/samples/" + sample.id() + "?again=true").with(user(AUDITOR)))
			.andExpect(status().isOk());
		this.http.perform(get("/samples").with(user("sd.leader"))).andExpect(status().isOk());
	}

	@Test
	void saysWhatIsWrongWithAnOrder() {
		assertThatExceptionOfType(Refusal.class)
			.isThrownBy(() -> this.samples.draw("shangdi",
					new SampleOrder("", null, null, "SOME", "AGE", 0, null, null), "true", Map.of(), AUDITOR))
			.satisfies((refusal) -> assertThat(refusal.fields()).extracting(FieldProblem::field)
				.containsExactly("title", "scope", "strata", "size"));
		assertThatExceptionOfType(Refusal.class)
			.isThrownBy(() -> this.samples.draw("shangdi",
					new SampleOrder("以前", LocalDate.of(2020, 1, 1), LocalDate.of(2020, 1, 2), null, null, 5, null,
							null),
					"true", Map.of(), AUDITOR))
			.matches((refusal) -> refusal.kind() == Refusal.Kind.RULE);
	}

	private void aFewCases() {
		for (String severity : List.of("GENERAL", "GENERAL", "MINOR", "GENERAL", "MINOR")) {
			this.drive.report("shangdi", "sd.c01.g1", "GRID_WORKER",
					Map.of("gridCode", "11010802200101", "category", "S0501", "severity", severity));
		}
	}

	private Sample drawn(String strata, Integer size, BigDecimal percent, String seed) {
		LocalDate today = this.clock.now().atZone(this.clock.zone()).toLocalDate();
		long id = Acting.as(AUDITOR, () -> this.samples.draw("shangdi",
				new SampleOrder("月度抽查", today, today, "ALL", strata, size, percent, seed), "true", Map.of(), AUDITOR));
		return this.samples.get(id);
	}

}
