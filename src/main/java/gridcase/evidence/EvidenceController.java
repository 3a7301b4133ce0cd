package gridcase.evidence;

import java.io.IOException;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import gridcase.casework.CaseFile;
import gridcase.security.CurrentPerson;
import gridcase.shared.Refusal;
import gridcase.shared.Texts;

import org.springframework.format.annotation.DateTimeFormat;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Daily roots, checks, and the evidence of a case. */
@Controller
class EvidenceController {

	private static final int SHOWN = 20;

	private static final int CHECKS = 10;

	private final Roots roots;

	private final Checks checks;

	private final SigningKeys keys;

	private final EvidenceRights rights;

	private final EvidenceDesk desk;

	EvidenceController(Roots roots, Checks checks, SigningKeys keys, EvidenceRights rights, EvidenceDesk desk) {
		this.roots = roots;
		this.checks = checks;
		this.keys = keys;
		this.rights = rights;
		this.desk = desk;
	}

	/** A root, and whether its signature is good. */
	record Line(SignedRoot root, boolean good) {

	}

	@GetMapping("/evidence")
	String page(CurrentPerson person, @RequestParam(defaultValue = "9223372036854775807") long before,
			@RequestParam(required = false) Long check, Model model) {
		this.rights.looks(person);
		List<SignedRoot> found = this.roots.newest(before, SHOWN + 1);
		boolean more = found.size() > SHOWN;
		List<SignedRoot> shown = more ? found.subList(0, SHOWN) : found;
		model.addAttribute("lines", shown.stream().map((root) -> new Line(root, good(root))).toList());
		model.addAttribute("total", this.roots.count());
		model.addAttribute("older", more ? shown.get(SHOWN - 1).no() : null);
		model.addAttribute("first", before == Long.MAX_VALUE);
		Map<String, String> publicKeys = new LinkedHashMap<>();
		this.keys.all().forEach((id, key) -> publicKeys.put(id, Ed25519.pem(key)));
		model.addAttribute("keys", publicKeys);
		model.addAttribute("keyId", this.keys.keyId());
		checks(person, check, model);
		return "evidence/page";
	}

	/** The part of the page that changes while a check runs. */
	@GetMapping(path = "/evidence", headers = "HX-Request")
	String part(CurrentPerson person, @RequestParam(required = false) Long check, Model model) {
		this.rights.looks(person);
		checks(person, check, model);
		return "evidence/page :: checks";
	}

	private void checks(CurrentPerson person, Long number, Model model) {
		List<Checks.Check> found = this.checks.newest(person, CHECKS);
		model.addAttribute("checks", found);
		Checks.Check chosen = found.stream()
			.filter((each) -> (number != null) ? each.id() == number : each.faultCount() > 0 || each.running())
			.findFirst()
			.orElse(null);
		model.addAttribute("chosen", chosen);
		model.addAttribute("running", found.stream().filter(Checks.Check::running).findFirst().orElse(null));
		model.addAttribute("sentences",
				(chosen != null) ? chosen.faults().stream().map(FaultWords::of).toList() : List.of());
	}

	private boolean good(SignedRoot root) {
		return this.keys.find(root.keyId()).filter((key) -> RootsCheck.signed(root, key)).isPresent();
	}

	/** One root, to be printed. */
	@GetMapping("/evidence/roots/{no}")
	String root(CurrentPerson person, @PathVariable long no, Model model) {
		this.rights.looks(person);
		SignedRoot root = this.roots.find(no)
			.orElseThrow(() -> Refusal.notFound(Texts.of("evidence", "evidence.root.none", no)));
		model.addAttribute("root", root);
		model.addAttribute("good", good(root));
		model.addAttribute("key",
				this.keys.find(root.keyId())
					.map(Ed25519::pem)
					.orElse(Texts.of("evidence", "evidence.key.none", root.keyId())));
		return "evidence/root";
	}

	@PostMapping("/evidence/checks")
	String check(CurrentPerson person,
			@RequestParam(required = false) @DateTimeFormat(iso = DateTimeFormat.ISO.DATE) LocalDate from,
			@RequestParam(required = false) @DateTimeFormat(iso = DateTimeFormat.ISO.DATE) LocalDate to) {
		this.rights.looks(person);
		return "redirect:/evidence?check=" + this.checks.start(person, from, to);
	}

	@GetMapping("/cases/{caseNo}/evidence")
	String ofCase(CurrentPerson person, @PathVariable String caseNo, Model model) {
		CaseFile file = this.rights.takes(person, caseNo);
		Checks.Check check = this.checks.ofCase(person, caseNo);
		List<Roots.Placed> leaves = this.roots.of(Leaf.CASE, caseNo);
		model.addAttribute("file", file);
		model.addAttribute("sentences", check.faults().stream().map(FaultWords::of).toList());
		model.addAttribute("events", this.desk.events(caseNo));
		model.addAttribute("signed", leaves.isEmpty() ? 0 : leaves.get(leaves.size() - 1).leaf().seq());
		model.addAttribute("rootCount", leaves.size());
		return "evidence/case";
	}

	@PostMapping("/cases/{caseNo}/evidence.zip")
	ResponseEntity<byte[]> zip(CurrentPerson person, @PathVariable String caseNo,
			@RequestParam(required = false) String personalReason) throws IOException {
		return this.desk.zip(person, this.rights.takes(person, caseNo), personalReason);
	}

	@GetMapping("/evidence/keys/{id}.pem")
	ResponseEntity<String> key(CurrentPerson person, @PathVariable String id) {
		this.rights.looks(person);
		return this.desk.key(id);
	}

	@GetMapping("/evidence/roots.json")
	ResponseEntity<byte[]> roots(CurrentPerson person) throws IOException {
		this.rights.looks(person);
		return this.desk.roots(person);
	}

}
