package gridcase.oversight;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

import gridcase.audit.CaseEvent;
import gridcase.audit.CaseTrail;
import gridcase.bench.CaseLoop;
import gridcase.casework.Attachments;
import gridcase.casework.CaseDriver;
import gridcase.casework.Cases;
import gridcase.casework.DemoTest;
import gridcase.casework.OpenTask;
import gridcase.casework.process.Steps;
import gridcase.clock.PlatformClock;
import gridcase.evidence.Integrity;
import gridcase.evidence.VerifyCommand;
import gridcase.inquiry.FindingOrder;
import gridcase.inquiry.Findings;
import gridcase.oversight.RetentionStore.Archive;
import gridcase.oversight.RetentionStore.Item;
import gridcase.oversight.RetentionStore.RetentionList;
import gridcase.security.People;
import gridcase.shared.Acting;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.runtime.Job;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.web.servlet.MockMvc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.hamcrest.Matchers.containsString;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.httpBasic;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.delete;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

/** Cases kept long enough are archived and deleted, once somebody else has approved. */
@DemoTest
class RetentionTests {

	private static final Map<String, Object> APPROVED = Map.of("listApproved", true, "listText", "逐件核对过，同意销毁");

	@Autowired
	private Integrity integrity;

	@Autowired
	private Retention retention;

	@Autowired
	private RetentionStore store;

	@Autowired
	private People people;

	@Autowired
	private CaseDriver drive;

	@Autowired
	private Cases cases;

	@Autowired
	private CaseTrail trail;

	@Autowired
	private Attachments attachments;

	@Autowired
	private ManagementService management;

	@Autowired
	private HistoryService history;

	@Autowired
	private Steps steps;

	@Autowired
	private JdbcTemplate jdbc;

	@Autowired
	private Findings findings;

	@Autowired
	private Archives archives;

	@Autowired
	private CaseArchiver archiver;

	@Autowired
	private PlatformClock clock;

	@Autowired
	private MockMvc http;

	/** A case that ended eleven years ago. */
	private String old() {
		String caseNo = new CaseLoop(this.drive).run();
		this.jdbc.update("update case_file set closed_at = closed_at - interval '11 years' where case_no = ?", caseNo);
		return caseNo;
	}

	private RetentionList draw(String login) {
		return Acting.as(login, () -> this.retention.begin(this.people.find(login).orElseThrow(), "shangdi"));
	}

	private Map<String, String> states(RetentionList list) {
		Map<String, String> states = new HashMap<>();
		for (Item item : this.store.items(list.id())) {
			states.put(item.caseNo(), item.state());
		}
		return states;
	}

	/** Runs the step that waits; what it failed with, if it did. */
	private Optional<String> go(RetentionList list) {
		Job job = this.management.createJobQuery()
			.processInstanceId(this.cases.get(list.caseNo()).processInstance())
			.singleResult();
		return this.steps.attempt(job.getId());
	}

	private int rows(String caseNo) {
		int rows = 0;
		for (String table : this.jdbc.queryForList(RowsArchive.TABLES, String.class)) {
			rows += this.jdbc.queryForObject("select count(*) from " + table + " where case_no = ?", Integer.class,
					caseNo);
		}
		return rows;
	}

	@Test
	void aCaseIsArchivedThenDeletedAndAHeldOneStays() throws Exception {
		String goes = old();
		String held = old();
		String moved = old();
		byte[] paper = "%PDF-1.7 x".getBytes(StandardCharsets.US_ASCII);
		String photo = Acting
			.as("sd.dispatcher", () -> this.attachments.add(goes, "shangdi", "处置单.pdf", "application/pdf", paper))
			.id()
			.toString();
		List<CaseEvent> events = this.trail.of(goes);
		RetentionList list = draw("sd.admin");
		assertThat(states(list)).containsEntry(goes, "LISTED").containsEntry(held, "LISTED");
		assertThat(this.store.items(list.id())).filteredOn((item) -> item.caseNo().equals(goes))
			.singleElement()
			.satisfies((item) -> {
				assertThat(item.years()).isEqualTo(10);
				assertThat(item.rule()).isEqualTo("Rule_Otherwise");
			});
		assertThat(this.retention.due("shangdi")).extracting((due) -> due.file().caseNo())
			.doesNotContain(goes, held, moved);

		OpenTask approval = this.drive.task(list.caseNo(), "Stage_VerifyList");
		assertThat(approval.pool()).startsWith("auditor@");
		assertThat(approval.excluded()).contains("sd.admin");
		this.http
			.perform(post("/api/v1/cases/" + held + "/hold").with(httpBasic("sd.auditor", "gridcase"))
				.contentType(MediaType.APPLICATION_JSON)
				.content("{\"reason\":\"涉及行政复议，先留着\"}"))
			.andExpect(status().isCreated())
			.andExpect(jsonPath("$.placedBy").value("sd.auditor"));
		this.drive.complete("sd.auditor", approval, APPROVED);
		assertThat(this.store.list(list.id()).decidedBy()).isEqualTo("sd.auditor");
		assertThat(states(list)).as("nothing is done while people wait").containsEntry(goes, "LISTED");
		assertThat(go(list)).isEmpty();
		assertThat(states(list)).containsEntry(goes, "ARCHIVED").containsEntry(held, "HELD");
		assertThat(this.cases.find(goes)).isPresent();
		this.jdbc.update("update case_file set closed_at = closed_at + interval '1 day' where case_no = ?", moved);
		assertThat(go(list)).isEmpty();

		assertThat(states(list)).containsEntry(goes, "DELETED")
			.containsEntry(held, "HELD")
			.containsEntry(moved, "CHANGED");
		assertThat(rows(goes)).isZero();
		assertThat(rows(held)).isPositive();
		assertThat(this.history.createHistoricProcessInstanceQuery().processInstanceBusinessKey(goes).count()).isZero();
		assertThat(this.history.createHistoricProcessInstanceQuery().processInstanceBusinessKey(held).count())
			.isPositive();
		assertThat(this.cases.get(list.caseNo()).outcome()).isEqualTo("DESTROYED");
		assertThat(this.trail.of(list.caseNo())).extracting(CaseEvent::kind)
			.containsSubsequence("LIST_DRAWN", "LIST_APPROVED", "CASES_ARCHIVED", "CASES_DESTROYED", "CLOSED");

		byte[] archive = this.http.perform(get("/retention/archives/" + goes).with(user("sd.auditor")))
			.andExpect(status().isOk())
			.andReturn()
			.getResponse()
			.getContentAsByteArray();
		Map<String, byte[]> files = files(archive);
		assertThat(new String(files.get("rows/case_event.jsonl"), StandardCharsets.UTF_8).lines())
			.hasSize(events.size());
		assertThat(files.get("attachments/" + photo)).isEqualTo(paper);
		assertThat(verified(files.get(RowsArchive.EVIDENCE))).as("the package proves itself").isZero();
		assertThat(this.integrity.ofCase(goes)).as("the tombstone explains the gap").isEmpty();
		byte[] head = events.get(events.size() - 1).hash();
		this.http.perform(get("/api/v1/retention/tombstones/" + goes).with(httpBasic("sd.auditor", "gridcase")))
			.andExpect(jsonPath("$.events").value(events.size()))
			.andExpect(jsonPath("$.headHash").value(java.util.HexFormat.of().formatHex(head)))
			.andExpect(jsonPath("$.archiveSha256")
				.value(java.util.HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(archive))));
		this.http.perform(get("/retention/archives/" + goes).with(user("sx.auditor"))).andExpect(status().isNotFound());
		this.http.perform(get("/retention/archives/" + goes).with(user("sd.admin"))).andExpect(status().isForbidden());
		this.http.perform(get("/cases/" + goes).with(user("sd.auditor"))).andExpect(status().isNotFound());
		this.http.perform(get("/retention/lists/" + list.id()).with(user("sd.approver")))
			.andExpect(content().string(containsString("封存，未销毁")))
			.andExpect(content().string(containsString("已归档销毁")));

		assertThat(this.retention.due("shangdi")).extracting((due) -> due.file().caseNo()).doesNotContain(held);
		this.http
			.perform(delete("/api/v1/cases/" + held + "/hold").param("reason", "复议已经结束")
				.with(httpBasic("sd.auditor", "gridcase")))
			.andExpect(status().isNoContent());
		assertThat(this.retention.due("shangdi")).extracting((due) -> due.file().caseNo()).contains(held, moved);
		forget(held, moved);
	}

	/** Cases of these tests are no longer old to the tests that come after. */
	private void forget(String... caseNos) {
		for (String caseNo : caseNos) {
			this.jdbc.update("update case_file set closed_at = closed_at + interval '11 years' where case_no = ?",
					caseNo);
		}
	}

	/** As whoever was given it would do it. */
	private int verified(byte[] evidence) throws Exception {
		Path file = Files.write(Files.createTempFile("evidence", ".zip"), evidence);
		Path key = Files.write(Files.createTempFile("public", ".pem"),
				this.http.perform(get("/evidence/keys/k1.pem").with(user("sd.auditor")))
					.andReturn()
					.getResponse()
					.getContentAsByteArray());
		try {
			return VerifyCommand.run(new String[] { file.toString(), "--key", key.toString() });
		}
		finally {
			Files.delete(file);
			Files.delete(key);
		}
	}

	private static Map<String, byte[]> files(byte[] zip) throws Exception {
		Map<String, byte[]> files = new HashMap<>();
		try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip), StandardCharsets.UTF_8)) {
			for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
				files.put(entry.getName(), in.readAllBytes());
			}
		}
		return files;
	}

	@Test
	void whatAnAuditorListsAnApproverApprovesAndARefusedListKeepsItsCases() {
		String caseNo = old();
		RetentionList list = draw("sd.auditor");
		OpenTask approval = this.drive.task(list.caseNo(), "Stage_VerifyList");
		assertThat(approval.pool()).startsWith("policy-approver@");
		assertThat(approval.excluded()).contains("sd.auditor");
		this.drive.complete("sd.approver", approval, Map.of("listApproved", false, "listText", "先不销毁，年底统一办"));
		assertThat(this.store.list(list.id()).state()).isEqualTo("REFUSED");
		assertThat(states(list)).containsEntry(caseNo, "DROPPED");
		assertThat(this.cases.get(list.caseNo()).outcome()).isEqualTo("LIST_REFUSED");
		assertThat(this.cases.find(caseNo)).isPresent();
		assertThat(this.retention.due("shangdi")).extracting((due) -> due.file().caseNo()).contains(caseNo);
		forget(caseNo);
	}

	@Test
	void aCaseWithAFindingStaysUntilTheFindingIsDoneWith() {
		String before = old();
		String meanwhile = old();
		long written = finding(before);
		assertThat(this.retention.due("shangdi")).extracting((due) -> due.file().caseNo())
			.contains(meanwhile)
			.doesNotContain(before);
		RetentionList list = draw("sd.admin");
		this.drive.complete("sd.auditor", this.drive.task(list.caseNo(), "Stage_VerifyList"), APPROVED);
		finding(meanwhile);
		assertThat(go(list)).isEmpty();
		assertThat(go(list)).isEmpty();
		assertThat(states(list)).containsEntry(meanwhile, "CHANGED").doesNotContainKey(before);
		assertThat(this.cases.find(meanwhile)).isPresent();

		Acting.as("sd.auditor", () -> {
			this.findings.revoke(written, "经复核不属实", "sd.auditor");
			return null;
		});
		assertThat(this.retention.due("shangdi")).extracting((due) -> due.file().caseNo()).contains(before);
		forget(before, meanwhile);
	}

	private long finding(String caseNo) {
		FindingOrder order = new FindingOrder(List.of(1), "OTHER", "GENERAL", "现场照片与处置说明不符", "核实后书面说明", "SD-CG", null,
				false, null);
		return Acting.as("sd.auditor",
				() -> this.findings.write(this.cases.get(caseNo, "sd.auditor"), order, "sd.auditor"));
	}

	@Test
	void archivesInAFolderAreHeldAgainstTheirHash(@TempDir Path folder) throws Exception {
		String caseNo = old();
		RetentionList list = draw("sd.admin");
		this.drive.complete("sd.auditor", this.drive.task(list.caseNo(), "Stage_VerifyList"), APPROVED);
		Archives foldered = new Archives(this.store, this.archiver, this.trail, new RetentionSettings(folder, 200),
				this.clock);
		foldered.make(this.store.list(list.id()), caseNo);

		Archive archive = this.store.archive(caseNo).orElseThrow();
		assertThat(archive.stored()).isFalse();
		Path file = folder.resolve("shangdi").resolve(caseNo + ".zip");
		assertThat(file.getParent()).isDirectoryContaining((each) -> each.equals(file));
		assertThat(file.getParent().toFile().list()).as("nothing half written is left").hasSize(1);
		byte[] content = Files.readAllBytes(file);
		assertThat(files(content)).containsKey(RowsArchive.EVIDENCE);
		foldered.mustBeWhole(archive);
		content[content.length / 2] ^= 1;
		Files.write(file, content);
		assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> foldered.mustBeWhole(archive))
			.withMessageContaining("not what was written");
		assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> this.archives.mustBeWhole(archive))
			.withMessageContaining("gridcase.retention.folder");
		forget(caseNo);
	}

	@Test
	void aListWithNothingOnItIsRefusedByTheTable() throws Exception {
		int lists = this.jdbc.queryForObject("select count(*) from retention_list", Integer.class);
		this.http.perform(post("/api/v1/retention/lists").with(httpBasic("fh.admin", "gridcase")))
			.andExpect(status().isUnprocessableEntity())
			.andExpect(jsonPath("$.detail").value("没有到期可销毁的案件"))
			.andExpect(jsonPath("$.rule.id").value("Rule_Empty"));
		assertThat(this.jdbc.queryForObject("select count(*) from retention_list", Integer.class)).isEqualTo(lists);
		this.http.perform(post("/api/v1/retention/lists").with(httpBasic("sd.approver", "gridcase")))
			.andExpect(status().isForbidden());
	}

	@Test
	void holdsAreForAuditorsForAReasonAndOnce() throws Exception {
		String caseNo = new CaseLoop(this.drive).run();
		String path = "/retention/holds";
		this.http
			.perform(post(path).with(user("sd.admin")).with(csrf()).param("caseNo", caseNo).param("reason", "要查一查"))
			.andExpect(status().isForbidden());
		this.http.perform(post(path).with(user("sd.auditor")).with(csrf()).param("caseNo", caseNo).param("reason", "查"))
			.andExpect(status().isBadRequest())
			.andExpect(content().string(containsString("请写明理由，4 到 200 个字")));
		this.http
			.perform(post(path).with(user("sx.auditor")).with(csrf()).param("caseNo", caseNo).param("reason", "要查一查"))
			.andExpect(status().isNotFound());
		this.http
			.perform(post(path).with(user("sd.auditor")).with(csrf()).param("caseNo", caseNo).param("reason", "要查一查"))
			.andExpect(status().is3xxRedirection());
		this.http
			.perform(post(path).with(user("sd.auditor")).with(csrf()).param("caseNo", caseNo).param("reason", "再查一查"))
			.andExpect(status().isConflict());
		this.http.perform(get("/retention").with(user("sd.auditor")))
			.andExpect(content().string(containsString("要查一查")))
			.andExpect(content().string(containsString("封存中")));
		assertThatExceptionOfType(RuntimeException.class)
			.isThrownBy(() -> this.jdbc.update("delete from legal_hold where case_no = ?", caseNo))
			.withMessageContaining("only lifted");
		this.http
			.perform(post(path).with(user("sd.auditor"))
				.with(csrf())
				.param("caseNo", caseNo)
				.param("lift", "true")
				.param("reason", "已经查清"))
			.andExpect(status().is3xxRedirection());
		assertThat(this.store.held(caseNo)).isEmpty();
		assertThat(this.jdbc.queryForList("select kind from access_log where subject = ? and login = 'sd.auditor'",
				String.class, caseNo))
			.contains("CASE_HELD");
	}

	@Test
	void theDatabaseLetsNothingGoThatIsOnNoApprovedList() {
		String caseNo = old();
		List<CaseEvent> events = this.trail.of(caseNo);
		byte[] head = events.get(events.size() - 1).hash();
		refused("delete from case_event where case_no = '" + caseNo + "'");
		RetentionList list = draw("sd.admin");
		refused("select delete_retained_case(" + list.id() + ", '" + caseNo + "', now())");
		this.jdbc.update(
				"insert into archive_file (case_no, list_id, place, file_name, size, sha256, events, head_hash, content, made_at) "
						+ "values (?, ?, 'shangdi', 'x.zip', 1, ?, ?, ?, ?, now())",
				caseNo, list.id(), new byte[32], events.size(), head, new byte[1]);
		this.jdbc.update("update retention_item set state = 'ARCHIVED' where case_no = ? and list_id = ?", caseNo,
				list.id());
		refused("select delete_retained_case(" + list.id() + ", '" + caseNo + "', now())");
		// whoever draws a list up does not approve it, not even past the platform
		this.jdbc.update(
				"update retention_list set state = 'APPROVED', decided_by = drawn_by, decided_at = now() where id = ?",
				list.id());
		refused("select delete_retained_case(" + list.id() + ", '" + caseNo + "', now())");
		this.jdbc.update("update retention_list set decided_by = 'sd.auditor' where id = ?", list.id());
		this.jdbc.update(
				"insert into legal_hold (case_no, place, reason, placed_by, placed_at) values (?, 'shangdi', '先留着', 'sd.auditor', now())",
				caseNo);
		refused("select delete_retained_case(" + list.id() + ", '" + caseNo + "', now())");
		this.jdbc.update(
				"update legal_hold set lifted_by = 'sd.auditor', lifted_at = now(), lift_reason = '不用留了' where case_no = ?",
				caseNo);
		this.jdbc.update("delete from archive_file where case_no = ?", caseNo);
		this.jdbc.update(
				"insert into archive_file (case_no, list_id, place, file_name, size, sha256, events, head_hash, content, made_at) "
						+ "values (?, ?, 'shangdi', 'x.zip', 1, ?, ?, ?, ?, now())",
				caseNo, list.id(), new byte[32], events.size() - 1, head, new byte[1]);
		refused("select delete_retained_case(" + list.id() + ", '" + caseNo + "', now())");
		assertThat(this.trail.of(caseNo)).hasSameSizeAs(events);
		this.jdbc.update("delete from archive_file where case_no = ?", caseNo);
		this.jdbc.update("update retention_item set state = 'DROPPED' where list_id = ?", list.id());
		forget(caseNo);
	}

	private void refused(String sql) {
		assertThatExceptionOfType(RuntimeException.class).as(sql)
			.isThrownBy(() -> this.jdbc.execute(sql))
			.withMessageMatching("(?s).*(append-only|no approved list|is held|not the events|not archived).*");
	}

	@Test
	void aCaseWhoseEventsDoNotFitStopsTheListUntilItIsLookedAt() {
		String caseNo = old();
		RetentionList list = draw("sd.admin");
		this.drive.complete("sd.auditor", this.drive.task(list.caseNo(), "Stage_VerifyList"), APPROVED);
		String actor = this.trail.of(caseNo).get(2).actor();
		tamper(caseNo, "nobody");
		assertThat(go(list).orElseThrow()).contains(caseNo, "was altered");
		assertThat(this.cases.find(caseNo)).isPresent();
		assertThat(states(list)).containsEntry(caseNo, "LISTED");
		tamper(caseNo, actor);
		assertThat(go(list)).isEmpty();
		assertThat(go(list)).isEmpty();
		assertThat(states(list)).containsEntry(caseNo, "DELETED");
	}

	private void tamper(String caseNo, String actor) {
		this.jdbc.execute("alter table case_event disable trigger case_event_no_change");
		this.jdbc.update("update case_event set actor = ? where case_no = ? and seq = 3", actor, caseNo);
		this.jdbc.execute("alter table case_event enable trigger case_event_no_change");
	}

	@Test
	void everyTableThatNamesACaseIsDeletedFromOrKeptForAReason() {
		List<String> named = new ArrayList<>(this.jdbc
			.queryForList("select c.table_name from information_schema.columns c join information_schema.tables t "
					+ "on t.table_schema = c.table_schema and t.table_name = c.table_name and t.table_type = 'BASE TABLE' "
					+ "where c.table_schema = current_schema() and c.column_name = 'case_no'", String.class));
		named.removeAll(this.jdbc.queryForList(RowsArchive.TABLES, String.class));
		assertThat(named)
			.contains("case_tombstone", "archive_file", "retention_item", "retention_list", "legal_hold",
					"inquiry_finding", "inquiry_rectification", "inquiry_sample_case")
			.allMatch((table) -> table.startsWith("retention") || table.startsWith("case_tombstone")
					|| table.equals("archive_file") || table.equals("legal_hold") || table.startsWith("studio_")
					|| table.startsWith("inquiry_"));
	}

}
