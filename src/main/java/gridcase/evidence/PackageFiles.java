package gridcase.evidence;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import gridcase.audit.CaseEvent;

/** The files of an evidence package, as docs/evidence-format.md describes them. */
final class PackageFiles {

	/** What the first line of the manifest says. */
	static final String FORMAT = "gridcase-evidence 1";

	static final String MANIFEST = "manifest.json";

	static final String SIGNATURE = "manifest.sig";

	static final String CASE = "case.json";

	static final String EVENTS = "events.json";

	static final String DECISIONS = "decisions.json";

	static final String CUSTODY = "custody.json";

	static final String DEADLINES = "deadlines.json";

	static final String ATTACHMENTS = "attachments.json";

	static final String RULES = "rules.json";

	static final String PROOF = "proof.json";

	static final String PERSONAL = "personal.json";

	static final String PAPER = "case.pdf";

	static final JsonMapper JSON = JsonMapper.builder()
		.findAndAddModules()
		.enable(SerializationFeature.INDENT_OUTPUT)
		.enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
		.enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
		.disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
		.enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
		.serializationInclusion(JsonInclude.Include.NON_NULL)
		.build();

	private PackageFiles() {
	}

	/**
	 * What is in the package.
	 *
	 * @param format {@value #FORMAT}
	 * @param caseNo the case
	 * @param place its place
	 * @param made when it was packed, by the platform's clock
	 * @param madeBy who packed it
	 * @param personal {@code MASKED}, or {@code CLEAR} if personal.json is there
	 * @param keyId name of the key the manifest is signed with
	 * @param events how many events there are
	 * @param files every other file but the signature
	 */
	record Manifest(String format, String caseNo, String place, Instant made, String madeBy, String personal,
			String keyId, int events, List<Entry> files) {

	}

	/** A file of the package with its fingerprint. */
	record Entry(String path, long size, String sha256) {

	}

	/** The case as it stood. */
	record CaseDoc(String caseNo, String place, String state, String outcome, Instant reportedAt, Instant closedAt,
			String reporter, String owner, String holder, String holderPool, String holderUnit, String stage,
			int eventSeq, String eventHash, Map<String, Object> facts) {

	}

	/** An event; {@code data} is a text, letter by letter as it is hashed. */
	record EventDoc(int seq, Instant at, String actor, String kind, String element, String data, String hash) {

		static EventDoc of(CaseEvent event) {
			return new EventDoc(event.seq(), event.at(), event.actor(), event.kind(), event.element(), event.data(),
					Digests.hex(event.hash()));
		}

		CaseEvent event(String caseNo) {
			return new CaseEvent(caseNo, this.seq, this.at, this.actor, this.kind, this.element, this.data,
					Digests.bytes(this.hash));
		}

	}

	/** A file of the case. */
	record FileDoc(String id, String name, String contentType, long size, String sha256, String uploadedBy,
			Instant uploadedAt, String path) {

	}

	/** A table or diagram that was in force for the case. */
	record RuleDoc(String type, String key, String place, int version, Long releaseId, String sha256, String path) {

	}

	/** A release, whole, so that its hash can be made again. */
	record ReleaseDoc(long id, String place, boolean fromFiles, String appliesTo, Instant releasedAt,
			Instant effectiveFrom, String releasedBy, String note, List<ReleasedRuleDoc> rules) {

		byte[] hash() {
			byte[] hash = Digests.link(Digests.START, this.id, this.place, this.fromFiles, this.appliesTo,
					Digests.micros(this.releasedAt), Digests.micros(this.effectiveFrom), this.releasedBy, this.note);
			for (ReleasedRuleDoc rule : this.rules) {
				hash = Digests.link(hash, rule.type(), rule.key(), rule.version(), rule.sha256());
			}
			return hash;
		}

	}

	/** A rule of a release; without a fingerprint it was taken out of force. */
	record ReleasedRuleDoc(String type, String key, int version, String sha256) {

	}

	/** Rules and the releases they came with. */
	record RulesDoc(List<RuleDoc> rules, List<ReleaseDoc> releases) {

	}

	/** A leaf and its way to its root. */
	record ProofDoc(long root, long index, String leaf, List<String> path) {

	}

	/** Roots and the proofs that lead to them. */
	record Proofs(List<SignedRoot> roots, List<ProofDoc> proofs) {

	}

}
