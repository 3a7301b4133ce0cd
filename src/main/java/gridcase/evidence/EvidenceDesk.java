package gridcase.evidence;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

import gridcase.audit.Access;
import gridcase.audit.AccessLog;
import gridcase.audit.CaseTrail;
import gridcase.casework.CaseFile;
import gridcase.security.CurrentPerson;
import gridcase.shared.Refusal;
import gridcase.shared.Texts;

import org.springframework.http.CacheControl;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;

/** What pages and API hand out alike, and put on record. */
@Component
class EvidenceDesk {

	private final EvidencePackages packages;

	private final Roots roots;

	private final SigningKeys keys;

	private final CaseTrail trail;

	private final AccessLog accesses;

	EvidenceDesk(EvidencePackages packages, Roots roots, SigningKeys keys, CaseTrail trail, AccessLog accesses) {
		this.packages = packages;
		this.roots = roots;
		this.keys = keys;
		this.trail = trail;
		this.accesses = accesses;
	}

	int events(String caseNo) {
		return this.trail.of(caseNo).size();
	}

	/**
	 * Made whole before the first byte leaves: a failure is an answer, not half a file.
	 */
	ResponseEntity<byte[]> zip(CurrentPerson person, CaseFile file, String reason) throws IOException {
		boolean clear = reason != null && !reason.isBlank();
		ByteArrayOutputStream zip = new ByteArrayOutputStream();
		if (clear) {
			this.packages.writeClear(file, person, reason.strip(), zip);
		}
		else {
			this.packages.write(file.caseNo(), person.login(), zip);
		}
		byte[] content = zip.toByteArray();
		this.accesses.record(new Access(person.login(), file.place(), "EVIDENCE_EXPORTED", "case", file.caseNo(),
				Map.of("personal", clear ? "CLEAR" : "MASKED", "sha256", Digests.hex(Digests.sha256(content))),
				clear ? reason.strip() : null));
		return ResponseEntity.ok()
			.contentType(MediaType.parseMediaType("application/zip"))
			.header(HttpHeaders.CONTENT_DISPOSITION, attachment("evidence-" + file.caseNo() + ".zip"))
			.cacheControl(CacheControl.noStore())
			.body(content);
	}

	ResponseEntity<String> key(String id) {
		return this.keys.find(id)
			.map((key) -> ResponseEntity.ok()
				.contentType(MediaType.parseMediaType("application/x-pem-file"))
				.header(HttpHeaders.CONTENT_DISPOSITION, attachment("gridcase-" + id + ".pem"))
				.body(Ed25519.pem(key)))
			.orElseThrow(() -> Refusal.notFound(Texts.of("evidence", "evidence.key.none", id)));
	}

	/** All roots from the first on, with the public keys. */
	ResponseEntity<byte[]> roots(CurrentPerson person) throws IOException {
		Map<String, Object> all = new TreeMap<>();
		Map<String, String> pems = new TreeMap<>();
		this.keys.all().forEach((id, key) -> pems.put(id, Ed25519.pem(key)));
		all.put("keys", pems);
		all.put("roots", this.roots.all());
		byte[] content = PackageFiles.JSON.writeValueAsBytes(all);
		this.accesses.record(new Access(person.login(), person.place(), "EVIDENCE_EXPORTED", "roots", "all",
				Map.of("sha256", Digests.hex(Digests.sha256(content))), null));
		return ResponseEntity.ok()
			.contentType(MediaType.APPLICATION_JSON)
			.header(HttpHeaders.CONTENT_DISPOSITION, attachment("gridcase-roots.json"))
			.cacheControl(CacheControl.noStore())
			.body(content);
	}

	private static String attachment(String name) {
		return ContentDisposition.attachment().filename(name, StandardCharsets.UTF_8).build().toString();
	}

}
