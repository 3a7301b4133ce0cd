package gridcase.evidence;

import java.io.IOException;
import java.net.URI;
import java.time.LocalDate;
import java.util.List;

import gridcase.security.CurrentPerson;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;

import org.springframework.format.annotation.DateTimeFormat;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The same for programs. */
@RestController
@RequestMapping("/api/v1")
@Tag(name = "evidence")
class EvidenceApi {

	private static final int MOST = 100;

	private final Checks checks;

	private final EvidenceRights rights;

	private final EvidenceDesk desk;

	EvidenceApi(Checks checks, EvidenceRights rights, EvidenceDesk desk) {
		this.checks = checks;
		this.rights = rights;
		this.desk = desk;
	}

	@GetMapping("/evidence/roots")
	@Operation(summary = "每日根与公钥 (daily roots and public keys)")
	ResponseEntity<byte[]> roots(CurrentPerson person) throws IOException {
		this.rights.looks(person);
		return this.desk.roots(person);
	}

	@GetMapping("/evidence/keys/{id}")
	@Operation(summary = "公钥 PEM (a public key)")
	ResponseEntity<String> key(CurrentPerson person, @PathVariable String id) {
		this.rights.looks(person);
		return this.desk.key(id);
	}

	@PostMapping("/evidence/checks")
	@Operation(summary = "开始核查；不给日期则核查全部 (begins a check of a period or everything)")
	ResponseEntity<Checks.Check> check(CurrentPerson person,
			@RequestParam(required = false) @DateTimeFormat(iso = DateTimeFormat.ISO.DATE) LocalDate from,
			@RequestParam(required = false) @DateTimeFormat(iso = DateTimeFormat.ISO.DATE) LocalDate to) {
		this.rights.looks(person);
		long id = this.checks.start(person, from, to);
		return ResponseEntity.accepted()
			.location(URI.create("/api/v1/evidence/checks/" + id))
			.body(this.checks.get(id));
	}

	@GetMapping("/evidence/checks")
	@Operation(summary = "核查记录 (checks so far, the newest first)")
	List<Checks.Check> checks(CurrentPerson person) {
		this.rights.looks(person);
		return this.checks.newest(person, MOST);
	}

	@GetMapping("/evidence/checks/{id}")
	@Operation(summary = "一次核查的进度和结果 (progress and findings of a check)")
	Checks.Check check(CurrentPerson person, @PathVariable long id) {
		this.rights.looks(person);
		return this.checks.get(person, id);
	}

	@GetMapping("/cases/{caseNo}/evidence")
	@Operation(summary = "核查一件案件 (checks one case)")
	Checks.Check ofCase(CurrentPerson person, @PathVariable String caseNo) {
		this.rights.takes(person, caseNo);
		return this.checks.ofCase(person, caseNo);
	}

	@GetMapping("/cases/{caseNo}/evidence.zip")
	@Operation(summary = "证据包，个人信息已遮蔽 (evidence package, personal data masked)")
	ResponseEntity<byte[]> zip(CurrentPerson person, @PathVariable String caseNo) throws IOException {
		return this.desk.zip(person, this.rights.takes(person, caseNo), null);
	}

	@PostMapping("/cases/{caseNo}/evidence.zip")
	@Operation(summary = "证据包；写明理由则含个人信息，理由入案 (evidence package; with a reason personal data are in clear)")
	ResponseEntity<byte[]> zip(CurrentPerson person, @PathVariable String caseNo,
			@RequestParam(required = false) String personalReason) throws IOException {
		return this.desk.zip(person, this.rights.takes(person, caseNo), personalReason);
	}

}
