package gridcase.evidence;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import gridcase.audit.CaseEvent;
import gridcase.audit.CaseTrail;
import gridcase.audit.EventChain;
import gridcase.casework.Attachments;
import gridcase.casework.CaseDriver;
import gridcase.casework.Cases;
import gridcase.casework.DemoTest;
import gridcase.clock.PlatformClock;
import gridcase.security.People;
import gridcase.shared.Acting;
import gridcase.shared.Refusal;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Whatever the owner of the database does past the triggers is found and named; a package
 * proves itself with the public key alone, an altered one does not.
 */
@DemoTest
class EvidenceTests {

	private static final byte[] PAPER = "%PDF-1.7 x".getBytes(StandardCharsets.US_ASCII);

	private static final String AUDITOR = "sd.auditor";

	@Autowired
	private CaseDriver drive;

	@Autowired
	private DailyRoots daily;

	@Autowired
	private Roots roots;

	@Autowired
	private StoredRows rows;

	@Autowired
	private Integrity integrity;

	@Autowired
	private Checks checks;

	@Autowired
	private EvidencePackages packages;

	@Autowired
	private SigningKeys keys;

	@Autowired
	private CaseTrail trail;

	@Autowired
	private Cases cases;

	@Autowired
	private Attachments attachments;

	@Autowired
	private People people;

	@Autowired
	private PlatformClock clock;

	@Autowired
	private JdbcTemplate jdbc;

	@Autowired
	private PlatformTransactionManager transactions;

	@TempDir
	private Path folder;

	private static String anchored;

	private static String other;

	/** Two cases under roots of two days, with events, decisions and a file in each. */
	@BeforeEach
	void casesUnderRoots() {
		if (anchored != null) {
			return;
		}
		String first = reported("楼道堆放纸箱");
		String second = reported("楼道停放电动车");
		Acting.as("sd.c01.g1", () -> this.attachments.add(first, "shangdi", "现场.pdf", "application/pdf", PAPER));
		midnight();
		this.drive.complete(first, "Stage_File", Map.of("filing", "FILE"));
		this.drive.complete(first, "Stage_Dispatch", Map.of("leadUnit", "SD-CG"));
		this.drive.complete(first, "Task_SignFor", Map.of("signing", "SIGN"));
		this.drive.complete(second, "Stage_File", Map.of("filing", "FILE"));
		midnight();
		anchored = first;
		other = second;
	}

	private String reported(String title) {
		return this.drive.report("shangdi", "sd.c01.g1", "GRID_WORKER",
				Map.of("gridCode", "11010802200101", "category", "S0501", "title", title, "reporterName", "王先生",
						"reporterPhone", "13900000001", "address", "上地佳园 " + System.nanoTime()));
	}

	private void midnight() {
		LocalDate tomorrow = LocalDate.ofInstant(this.clock.now(), this.clock.zone()).plusDays(1);
		this.clock.moveTo(tomorrow.atTime(0, 30).atZone(this.clock.zone()).toInstant());
		assertThat(this.daily.catchUp()).isPositive();
		assertThat(this.daily.catchUp()).as("no day has two").isZero();
	}

	// --- roots ---

	@Test
	void everyDayHasARootThatNamesTheOneBefore() {
		SignedRoot last = this.roots.last().orElseThrow();
		LocalDate yesterday = LocalDate.ofInstant(this.clock.now().minus(Duration.ofMinutes(10)), this.clock.zone())
			.minusDays(1);
		assertThat(last.day()).isEqualTo(yesterday);
		this.clock.moveTo(this.clock.now().plus(Duration.ofDays(3)));
		assertThat(this.daily.catchUp()).as("missed days are caught up").isEqualTo(3);
		List<SignedRoot> all = this.roots.all();
		for (int i = 1; i < all.size(); i++) {
			assertThat(all.get(i).no()).isEqualTo(all.get(i - 1).no() + 1);
			assertThat(all.get(i).day()).isEqualTo(all.get(i - 1).day().plusDays(1));
			assertThat(RootStatement.parse(all.get(i).statement()).previous())
				.isEqualTo(RootStatement.hash(all.get(i - 1).statement()));
		}
		assertThat(faults(Integrity.Scope.all())).filteredOn((fault) -> fault.startsWith("root")).isEmpty();
	}

	@Test
	void rowsOfTheLogAndReleasesAreUnderRootsToo() {
		assertThat(this.jdbc.queryForObject(
				"select count(*) from policy_release r where not exists (select 1 from evidence_leaf l where l.kind = 'RULES' and l.subject = r.id::text) and released_at < ?",
				Long.class, java.sql.Timestamp.from(this.clock.now().minus(Duration.ofDays(2)))))
			.isZero();
		this.checks.ofCase(this.people.find(AUDITOR).orElseThrow(), anchored);
		midnight();
		asOwner(() -> {
			disable("access_log");
			this.jdbc.update("update access_log set login = 'x' where id = (select max(id) from access_log)");
			assertThat(rootFaults()).anyMatch((fault) -> fault.startsWith("access_log LOG_CHANGED"));
		});
		asOwner(() -> {
			this.jdbc.update("update policy_release set note = 'x' where id = 1");
			assertThat(rootFaults()).anyMatch((fault) -> fault.startsWith("1 RULES_CHANGED"));
		});
		asOwner(() -> {
			this.jdbc.update(
					"update policy_release_rule set content = content || '\\x20'::bytea where release_id = 1 and key = 'filing'");
			assertThat(rootFaults()).anyMatch((fault) -> fault.startsWith("1 RULES_CHANGED"));
		});
	}

	@Test
	void whateverIsDoneToRootsIsNamed() {
		SignedRoot last = this.roots.last().orElseThrow();
		long no = last.no();
		rootTampering("update evidence_root set root = sha256('x') where no = " + no, "root " + no + " ROOT_CHANGED");
		rootTampering("update evidence_root set statement = replace(statement, 'leaves', 'Leaves') where no = " + no,
				"root " + no + " ROOT_CHANGED");
		rootTampering("update evidence_root set signature = sha256('x') || sha256('y') where no = " + no,
				"root " + no + " SIGNATURE_WRONG");
		rootTampering(
				"update evidence_root set statement = regexp_replace(statement, 'root [0-9a-f]{64}', 'root ' || repeat('0', 64)), root = decode(repeat('00', 32), 'hex') where no = "
						+ no,
				"root " + no + " SIGNATURE_WRONG");
		rootTampering("delete from evidence_root where no = " + (no - 1), "root " + (no - 1) + " ROOT_MISSING");
		rootTampering("delete from evidence_leaf where subject = '" + anchored + "'", "LEAVES_CHANGED");
		rootTampering("update evidence_leaf set hash = sha256('x') where subject = '" + anchored + "'",
				"LEAVES_CHANGED");
		rootTampering(
				"update evidence_root set key_id = 'k9', statement = replace(statement, 'key k1', 'key k9') where no = "
						+ no,
				"root " + no + " KEY_UNKNOWN");
	}

	private void rootTampering(String sql, String expected) {
		asOwner(() -> {
			this.jdbc.execute("set local session_replication_role = replica");
			this.jdbc.execute(sql);
			assertThat(rootFaults()).as(sql).anyMatch((fault) -> fault.contains(expected));
		});
	}

	/** Whoever has database and key can sign anew; the copies outside say what was. */
	@Test
	void rootsThatDifferFromTheirCopiesAreNamed() {
		EvidenceSettings settings = new EvidenceSettings(null, "k1", Map.of(), this.folder.resolve("roots"),
				Duration.ofMinutes(10));
		DailyRoots copying = new DailyRoots(this.roots, this.rows, this.keys, settings, this.clock, this.jdbc,
				this.transactions);
		this.clock.moveTo(this.clock.now().plus(Duration.ofDays(2)));
		assertThat(copying.catchUp()).isEqualTo(2);
		assertThat(this.folder.resolve("roots")).isDirectoryContaining((file) -> file.toString().endsWith(".json"));
		SignedRoot last = this.roots.last().orElseThrow();
		assertThat(copying.copies()).containsEntry(last.no(), last).hasSize(2);
		Integrity compared = new Integrity(this.roots, copying, this.rows, this.keys, this.clock, this.jdbc,
				this.transactions, 1);
		assertThat(rootFaults(compared)).filteredOn((fault) -> fault.startsWith("root")).isEmpty();
		asOwner(() -> {
			this.jdbc.execute("set local session_replication_role = replica");
			this.jdbc.update("delete from evidence_root where no = ?", last.no());
			assertThat(rootFaults(this.integrity)).as("nothing inside tells of it")
				.filteredOn((fault) -> fault.startsWith("root"))
				.isEmpty();
			assertThat(rootFaults(compared)).contains("root " + last.no() + " ROOT_MISSING");
		});
		asOwner(() -> {
			this.jdbc.execute("set local session_replication_role = replica");
			String text = last.statement().replace("day " + last.day(), "day " + last.day().plusDays(1));
			this.jdbc.update("update evidence_root set day = day + 1, statement = ?, signature = ? where no = ?", text,
					this.keys.sign(text.getBytes(StandardCharsets.UTF_8)), last.no());
			assertThat(rootFaults(compared)).contains("root " + last.no() + " ROOT_CHANGED");
		});
	}

	// --- cases ---

	@Test
	void untouchedCasesHaveNoFault() throws InterruptedException {
		assertThat(this.integrity.ofCase(anchored)).isEmpty();
		assertThat(this.integrity.ofCase(other)).isEmpty();
		assertThat(faults(Integrity.Scope.all()))
			.filteredOn((fault) -> fault.startsWith(anchored) || fault.startsWith(other) || fault.startsWith("root"))
			.isEmpty();
		LocalDate today = LocalDate.ofInstant(this.clock.now(), this.clock.zone());
		assertThat(faults(new Integrity.Scope("shangdi", today.minusDays(20), today)))
			.filteredOn((fault) -> fault.startsWith(anchored) || fault.startsWith(other))
			.isEmpty();
	}

	@Test
	void changedDeletedMovedAndInsertedEventsAreNamed() {
		tampering("update case_event set actor = 'x' where case_no = ? and seq = 2", "EVENT_CHANGED 2");
		tampering("update case_event set data = '{}' where case_no = ? and seq = 3", "EVENT_CHANGED 3");
		tampering("update case_event set at = at - interval '1 hour' where case_no = ? and seq = 3", "EVENT_CHANGED 3");
		tampering("delete from case_event where case_no = ? and seq = 4", "EVENT_MISSING 4");
		int last = this.trail.of(anchored).size();
		tampering("delete from case_event where case_no = ? and seq > " + (last - 2), "EVENTS_CUT " + (last - 1));
		asOwner(() -> {
			this.jdbc.execute("set local session_replication_role = replica");
			for (int[] move : new int[][] { { 3, 0 }, { 4, 3 }, { 0, 4 } }) {
				this.jdbc.update("update case_event set seq = ? where case_no = ? and seq = ?", move[1], anchored,
						move[0]);
			}
			assertThat(ofCase(anchored)).contains("EVENT_MOVED 3", "EVENT_MOVED 4");
		});
		tampering(
				"insert into case_event select case_no, " + (last + 1)
						+ ", at, actor, kind, element, data, hash from case_event where case_no = ? and seq = 2",
				"EVENT_ADDED " + (last + 1));
	}

	@Test
	void eventsExchangedBetweenCasesAreNamed() {
		asOwner(() -> {
			disable("case_event");
			this.jdbc.execute("set local session_replication_role = replica");
			String mine = this.jdbc.queryForObject("select data::text from case_event where case_no = ? and seq = 1",
					String.class, anchored);
			String theirs = this.jdbc.queryForObject("select data::text from case_event where case_no = ? and seq = 1",
					String.class, other);
			this.jdbc.update("update case_event set data = ?::json where case_no = ? and seq = 1", theirs, anchored);
			this.jdbc.update("update case_event set data = ?::json where case_no = ? and seq = 1", mine, other);
			assertThat(ofCase(anchored)).contains("EVENT_CHANGED 1");
			assertThat(ofCase(other)).contains("EVENT_CHANGED 1");
		});
	}

	@Test
	void rewrittenChainIsFoundByTheSignedRoot() {
		asOwner(() -> {
			List<CaseEvent> events = this.trail.of(anchored);
			rewrite(events, 3, "somebody.else");
			assertThat(this.trail.firstFault(anchored)).as("the chain in itself fits").isEmpty();
			assertThat(ofCase(anchored)).anyMatch((fault) -> fault.startsWith("CHAIN_REWRITTEN"));
		});
		asOwner(() -> {
			List<CaseEvent> events = this.trail.of(anchored);
			events.remove(2);
			rewrite(events, 0, null);
			assertThat(this.trail.firstFault(anchored)).isEmpty();
			assertThat(ofCase(anchored)).anyMatch((fault) -> fault.startsWith("CHAIN_REWRITTEN"));
		});
	}

	/** As somebody would do it who knows how chains are made. */
	private void rewrite(List<CaseEvent> events, int seq, String actor) {
		this.jdbc.execute("set local session_replication_role = replica");
		this.jdbc.update("delete from case_event where case_no = ?", anchored);
		byte[] hash = EventChain.START;
		int number = 0;
		List<CaseEvent> fresh = new ArrayList<>();
		for (CaseEvent event : events) {
			CaseEvent next = EventChain.next(hash, anchored, ++number, event.at(),
					(number == seq) ? actor : event.actor(), event.kind(), event.element(), event.data());
			fresh.add(next);
			hash = next.hash();
		}
		this.trail.append(fresh);
		this.jdbc.update("update case_file set event_seq = ?, event_hash = ? where case_no = ?", number, hash,
				anchored);
	}

	@Test
	void deletedCaseIsNamed() {
		asOwner(() -> {
			this.jdbc.execute("set local session_replication_role = replica");
			for (String table : List.of("case_event", "decision_record", "custody", "deadline", "inbox_item",
					"case_file")) {
				this.jdbc.update("delete from " + table + " where case_no = ?", anchored);
			}
			assertThat(ofCase(anchored)).contains("CASE_MISSING null");
		});
		asOwner(() -> {
			this.jdbc.execute("set local session_replication_role = replica");
			this.jdbc.update("delete from case_file where case_no = ?", anchored);
			assertThat(ofCase(anchored)).contains("CASE_FILE_MISSING null");
		});
	}

	@Test
	void caseInventedLaterIsNamed() {
		asOwner(() -> {
			this.jdbc.execute("set local session_replication_role = replica");
			String invented = anchored + "X";
			CaseEvent event = EventChain.next(EventChain.START, invented, 1, this.trail.of(anchored).get(0).at(),
					"sd.c01.g1", "REPORTED", null, "{}");
			this.trail.append(List.of(event));
			this.jdbc.update(
					"insert into case_file (case_no, place, state, reported_at, grid_path, process, internal, version, event_seq, event_hash, deadline_seq, custody_seq, facts) "
							+ "select ?, place, 'OPEN', reported_at, grid_path, process, internal, 1, 1, ?, 0, 0, facts from case_file where case_no = ?",
					invented, event.hash(), anchored);
			assertThat(ofCase(invented)).contains("EVENT_BACKDATED 1");
		});
	}

	@Test
	void decisionsResponsibilityDeadlinesAndFilesAreCheckedAgainstTheEvents() {
		tampering(
				"update decision_record set inputs = '{}' where id = (select min(id) from decision_record where case_no = ?)",
				"DECISION_CHANGED");
		tampering("delete from decision_record where id = (select max(id) from decision_record where case_no = ?)",
				"DECISION_MISSING");
		tampering("update custody set person = 'x' where case_no = ? and no = 1", "CUSTODY_DIFFERS 1");
		tampering("update custody set from_at = from_at - interval '1 hour' where case_no = ? and no = 2",
				"CUSTODY_DIFFERS 2");
		tampering("delete from custody where case_no = ? and no = 1", "CUSTODY_DIFFERS");
		tampering("update deadline set due_at = due_at + interval '1 day' where case_no = ? and no = 1",
				"DEADLINE_DIFFERS 1");
		tampering("update deadline set breached_at = due_at where case_no = ? and no = 1", "DEADLINE_DIFFERS 1");
		tampering("delete from deadline where case_no = ? and no = 1", "DEADLINE_DIFFERS");
		tampering("update case_file set state = 'CLOSED' where case_no = ?", "STATE_DIFFERS");
		tampering("update case_file set event_hash = sha256('x') where case_no = ?", "HEAD_DIFFERS");
		tampering("update attachment set content = content || content where case_no = ?", "FILE_CHANGED");
		tampering("update attachment set sha256 = sha256('x') where case_no = ?", "FILE_CHANGED");
		tampering("delete from attachment where case_no = ?", "FILE_MISSING");
	}

	private void tampering(String sql, String expected) {
		asOwner(() -> {
			this.jdbc.execute("set local session_replication_role = replica");
			assertThat(this.jdbc.update(sql, anchored)).as(sql).isPositive();
			assertThat(ofCase(anchored)).as(sql).anyMatch((fault) -> fault.startsWith(expected));
		});
	}

	@Test
	void aCheckOfEverythingNamesItAndIsOnRecord() throws InterruptedException {
		String data = this.jdbc.queryForObject("select data::text from case_event where case_no = ? and seq = 1",
				String.class, other);
		this.jdbc.execute("alter table case_event disable trigger user");
		try {
			this.jdbc.update("update case_event set data = '{}' where case_no = ? and seq = 1", other);
			assertThat(faults(Integrity.Scope.all())).contains(other + " EVENT_CHANGED 1");
			Checks.Check check = this.checks.ofCase(this.people.find(AUDITOR).orElseThrow(), other);
			assertThat(check.faults()).extracting(FaultWords::of).anyMatch((words) -> words.contains("记录被改动"));
			assertThat(check.state()).isEqualTo("DONE");
			assertThat(this.jdbc.queryForObject(
					"select count(*) from access_log where kind = 'INTEGRITY_CHECKED' and login = ? and subject = ?",
					Long.class, AUDITOR, other))
				.isPositive();
		}
		finally {
			this.jdbc.update("update case_event set data = ?::json where case_no = ? and seq = 1", data, other);
			this.jdbc.execute("alter table case_event enable trigger user");
		}
		assertThat(this.integrity.ofCase(other)).isEmpty();
	}

	/** Past the triggers, and undone in the end. */
	private void asOwner(Runnable deed) {
		new TransactionTemplate(this.transactions).executeWithoutResult((status) -> {
			status.setRollbackOnly();
			deed.run();
		});
	}

	private void disable(String table) {
		this.jdbc.execute("alter table " + table + " disable trigger user");
	}

	private List<String> ofCase(String caseNo) {
		return this.integrity.ofCase(caseNo).stream().map((fault) -> fault.kind() + " " + fault.seq()).toList();
	}

	/**
	 * Of roots and what stands beside the cases: read by this thread, in its transaction.
	 */
	private List<String> rootFaults() {
		return rootFaults(this.integrity);
	}

	private static List<String> rootFaults(Integrity by) {
		return faults(by, new Integrity.Scope("nowhere", null, null));
	}

	private List<String> faults(Integrity.Scope scope) {
		return faults(this.integrity, scope);
	}

	private static List<String> faults(Integrity by, Integrity.Scope scope) {
		List<String> faults = Collections.synchronizedList(new ArrayList<>());
		try {
			by.check(scope, new Integrity.Progress(), (fault) -> faults
				.add(fault.subject() + " " + fault.kind() + ((fault.seq() != null) ? " " + fault.seq() : "")));
		}
		catch (InterruptedException ex) {
			throw new AssertionError(ex);
		}
		return faults;
	}

	// --- packages ---

	@Test
	void aPackageProvesItselfWithThePublicKeyAlone() throws IOException {
		Path file = packed();
		Map<String, byte[]> content = unzip(file);
		assertThat(content).containsKeys("case.pdf", "case.json", "events.json", "decisions.json", "custody.json",
				"deadlines.json", "attachments.json", "rules.json", "proof.json", "manifest.json", "manifest.sig");
		assertThat(content.keySet()).anyMatch((path) -> path.matches("rules/.*/filing-v\\d+-r\\d+\\.dmn"))
			.anyMatch((path) -> path.matches("rules/.*/case-handling-v\\d+.*\\.bpmn"))
			.anyMatch((path) -> path.startsWith("attachments/"));
		assertThat(new PDFTextStripper().getText(Loader.loadPDF(content.get("case.pdf")))).contains(anchored);
		String all = new String(content.get("case.json"), StandardCharsets.UTF_8)
				+ new String(content.get("events.json"), StandardCharsets.UTF_8);
		assertThat(all).doesNotContain("13900000001", "王先生").contains("139****0001");
		assertThat(content).doesNotContainKey("personal.json");

		assertThat(verify(file)).isZero();
		assertThat(this.said).contains("全部相符", anchored).doesNotContain("不符　");
		assertThat(this.said).containsPattern("证明第 1 至 \\d+ 条记录截至 \\d{4}-\\d\\d-\\d\\d 未变");
	}

	@Test
	void alteredPackagesAreNamed() throws IOException {
		Path good = packed();
		altered(good, "a file changed", "证据包的文件", (files) -> files.put("case.pdf", PAPER));
		altered(good, "a file removed", "custody.json", (files) -> files.remove("custody.json"));
		altered(good, "a file added", "more.txt", (files) -> files.put("more.txt", PAPER));
		altered(good, "an event changed", "events.json",
				(files) -> json(files, "events.json", (events) -> ((ObjectNode) events.get(1)).put("actor", "x")));
		altered(good, "the signature changed", "签名无效",
				(files) -> files.put("manifest.sig", "AAAA".getBytes(StandardCharsets.US_ASCII)));
		altered(good, "the signature removed", "签名无效", (files) -> files.remove("manifest.sig"));
		altered(good, "the list changed", "签名无效",
				(files) -> json(files, "manifest.json", (manifest) -> ((ObjectNode) manifest).put("madeBy", "x")));
	}

	/**
	 * Whoever has the signing key still cannot contradict the roots, nor the chain
	 * itself.
	 */
	@Test
	void packagesSignedAnewAreNamedByChainAndRoots() throws IOException {
		Path good = packed();
		forged(good, "event changed", "记录被改动",
				(files) -> json(files, "events.json", (events) -> ((ObjectNode) events.get(1)).put("actor", "x")));
		forged(good, "event deleted", "记录被删除",
				(files) -> json(files, "events.json", (events) -> ((ArrayNode) events).remove(3)));
		forged(good, "last event deleted", "末尾的记录被删除",
				(files) -> json(files, "events.json", (events) -> ((ArrayNode) events).remove(events.size() - 1)));
		forged(good, "events rewritten", "与签名的每日根不符", EvidenceTests::rewritten);
		forged(good, "decision changed", "规则判定被改动", (files) -> json(files, "decisions.json",
				(decisions) -> ((ObjectNode) decisions.get(0)).put("inputs", "{}")));
		forged(good, "decision deleted", "规则判定被删除",
				(files) -> json(files, "decisions.json", (decisions) -> ((ArrayNode) decisions).remove(0)));
		forged(good, "link changed", "责任链与记录不符",
				(files) -> json(files, "custody.json", (links) -> ((ObjectNode) links.get(0)).put("person", "x")));
		forged(good, "deadline changed", "时限与记录不符", (files) -> json(files, "deadlines.json",
				(limits) -> ((ObjectNode) limits.get(0)).put("dueAt", "2030-01-01T00:00:00Z")));
		forged(good, "state changed", "案卷状态与记录不符",
				(files) -> json(files, "case.json", (file) -> ((ObjectNode) file).put("state", "CLOSED")));
		forged(good, "attachment changed", "附件被改动",
				(files) -> files.keySet()
					.stream()
					.filter((path) -> path.startsWith("attachments/"))
					.findFirst()
					.ifPresent((path) -> files.put(path, "%PDF-1.7 y".getBytes(StandardCharsets.US_ASCII))));
		forged(good, "table changed", "规则与发布时不符",
				(files) -> files.keySet()
					.stream()
					.filter((path) -> path.endsWith(".dmn"))
					.findFirst()
					.ifPresent((path) -> files.put(path, PAPER)));
		forged(good, "release changed", "规则与发布时不符", (files) -> json(files, "rules.json",
				(rules) -> ((ObjectNode) rules.get("releases").get(0)).put("note", "x")));
		forged(good, "proof changed", "证明推不出签名的根", (files) -> json(files, "proof.json",
				(proof) -> ((ObjectNode) proof.get("proofs").get(0)).put("index", 999999)));
		forged(good, "root changed", "签名无效", (files) -> json(files, "proof.json", (proof) -> {
			ObjectNode root = (ObjectNode) proof.get("roots").get(0);
			String zeros = "0".repeat(64);
			root.put("statement", root.get("statement").asText().replaceAll("root [0-9a-f]{64}", "root " + zeros));
			root.put("root", zeros);
		}));
		forged(good, "no JSON", "证据包的文件", (files) -> files.put("events.json", PAPER));
	}

	private static void rewritten(Map<String, byte[]> files) {
		json(files, "events.json", (events) -> {
			byte[] hash = EventChain.START;
			JsonNode manifest = read(files.get("manifest.json"));
			for (JsonNode each : events) {
				ObjectNode event = (ObjectNode) each;
				if (event.get("seq").asInt() == 3) {
					event.put("actor", "x");
				}
				CaseEvent next = EventChain.next(hash, manifest.get("caseNo").asText(), event.get("seq").asInt(),
						java.time.Instant.parse(event.get("at").asText()), event.get("actor").asText(),
						event.get("kind").asText(), event.path("element").asText(null), event.get("data").asText());
				hash = next.hash();
				event.put("hash", Digests.hex(hash));
			}
			String head = Digests.hex(hash);
			json(files, "case.json", (file) -> ((ObjectNode) file).put("eventHash", head));
		});
	}

	@Test
	void whatIsNoPackageOrHasNoKeyCannotBeVerified() throws Exception {
		Path good = packed();
		Path text = Files.writeString(this.folder.resolve("text.zip"), "no zip");
		assertThat(verify(text)).isEqualTo(VerifyCommand.FAILED);
		assertThat(verify(this.folder.resolve("nothing.zip"))).isEqualTo(VerifyCommand.FAILED);
		assertThat(run(good.toString())).isEqualTo(VerifyCommand.FAILED);
		assertThat(this.said).contains("--key");
		assertThat(run(good.toString(), "--key", text.toString())).isEqualTo(VerifyCommand.FAILED);
		assertThat(run(good.toString(), "--wrong")).isEqualTo(VerifyCommand.FAILED);
		Path another = Files.writeString(this.folder.resolve("another.pem"),
				Ed25519.pem(Ed25519.generate().getPublic()));
		assertThat(run(good.toString(), "--key", another.toString())).isEqualTo(VerifyCommand.ALTERED);
		assertThat(this.said).contains("签名无效");
	}

	@Test
	void personalDataAreInClearOnlyForAReasonThatGoesOnRecord() throws IOException {
		var auditor = this.people.find(AUDITOR).orElseThrow();
		var file = this.cases.get(other, AUDITOR);
		assertThatExceptionOfType(Refusal.class)
			.isThrownBy(() -> this.packages.writeClear(file, auditor, "", new ByteArrayOutputStream()));
		ByteArrayOutputStream zip = new ByteArrayOutputStream();
		Acting.as(AUDITOR, () -> {
			try {
				this.packages.writeClear(file, auditor, "复查时需要联系上报人", zip);
			}
			catch (IOException ex) {
				throw new java.io.UncheckedIOException(ex);
			}
			return null;
		});
		Path clear = Files.write(this.folder.resolve("clear.zip"), zip.toByteArray());
		assertThat(new String(unzip(clear).get("personal.json"), StandardCharsets.UTF_8)).contains("13900000001");
		assertThat(this.trail.of(other)).anyMatch((event) -> event.kind().equals("UNMASKED")
				&& event.actor().equals(AUDITOR) && event.data().contains("复查时需要联系上报人"));
		assertThat(verify(clear)).as("what was seen is in it as the last events").isZero();
		assertThat(this.said).contains("还没有每日根");
	}

	private Path packed() throws IOException {
		ByteArrayOutputStream zip = new ByteArrayOutputStream();
		this.packages.write(anchored, AUDITOR, zip);
		return Files.write(this.folder.resolve("good.zip"), zip.toByteArray());
	}

	private void altered(Path good, String what, String expected, Consumer<Map<String, byte[]>> deed)
			throws IOException {
		Map<String, byte[]> files = unzip(good);
		deed.accept(files);
		assertThat(verify(zip(files))).as(what).isEqualTo(VerifyCommand.ALTERED);
		assertThat(this.said).as(what).contains("不符　", expected);
	}

	/** The list of files and its signature are made anew, as the platform would. */
	private void forged(Path good, String what, String expected, Consumer<Map<String, byte[]>> deed)
			throws IOException {
		altered(good, what, expected, (files) -> {
			deed.accept(files);
			ObjectNode manifest = (ObjectNode) read(files.get("manifest.json"));
			ArrayNode entries = manifest.putArray("files");
			files.forEach((path, content) -> {
				if (!path.startsWith("manifest.")) {
					entries.addObject()
						.put("path", path)
						.put("size", content.length)
						.put("sha256", Digests.hex(Digests.sha256(content)));
				}
			});
			JsonNode events = tolerant(files.get("events.json"));
			manifest.put("events", (events != null) ? events.size() : 0);
			byte[] written = written(manifest);
			files.put("manifest.json", written);
			files.put("manifest.sig", java.util.Base64.getEncoder().encode(this.keys.sign(written)));
		});
	}

	private static JsonNode tolerant(byte[] content) {
		try {
			return PackageFiles.JSON.readTree(content);
		}
		catch (IOException ex) {
			return null;
		}
	}

	private static void json(Map<String, byte[]> files, String path, Consumer<JsonNode> deed) {
		JsonNode node = read(files.get(path));
		deed.accept(node);
		files.put(path, written(node));
	}

	private static JsonNode read(byte[] content) {
		try {
			return PackageFiles.JSON.readTree(content);
		}
		catch (IOException ex) {
			throw new AssertionError(ex);
		}
	}

	private static byte[] written(JsonNode node) {
		try {
			return PackageFiles.JSON.writeValueAsBytes(node);
		}
		catch (IOException ex) {
			throw new AssertionError(ex);
		}
	}

	private static Map<String, byte[]> unzip(Path file) throws IOException {
		Map<String, byte[]> files = new LinkedHashMap<>();
		try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(file))) {
			for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
				files.put(entry.getName(), zip.readAllBytes());
			}
		}
		return files;
	}

	private Path zip(Map<String, byte[]> files) throws IOException {
		Path file = this.folder.resolve("altered.zip");
		try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
			for (Map.Entry<String, byte[]> entry : files.entrySet()) {
				zip.putNextEntry(new ZipEntry(entry.getKey()));
				zip.write(entry.getValue());
				zip.closeEntry();
			}
		}
		return file;
	}

	private String said = "";

	private int verify(Path file) throws IOException {
		Path key = Files.writeString(this.folder.resolve("public.pem"),
				Ed25519.pem(this.keys.find(this.keys.keyId()).orElseThrow()));
		return run(file.toString(), "--key", key.toString());
	}

	private int run(String... arguments) {
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		PrintStream print = new PrintStream(out, true, StandardCharsets.UTF_8);
		int code = VerifyCommand.run(arguments, Locale.CHINA, print, print);
		this.said = out.toString(StandardCharsets.UTF_8);
		return code;
	}

}
