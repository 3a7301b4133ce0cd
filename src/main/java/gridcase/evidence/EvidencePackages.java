package gridcase.evidence;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import gridcase.audit.CaseEvent;
import gridcase.casework.Attachments;
import gridcase.casework.CaseDefinitions;
import gridcase.casework.CaseFile;
import gridcase.casework.CasePaper;
import gridcase.casework.Cases;
import gridcase.casework.PersonalSight;
import gridcase.clock.PlatformClock;
import gridcase.evidence.CaseContents.Decision;
import gridcase.evidence.PackageFiles.EventDoc;
import gridcase.evidence.PackageFiles.FileDoc;
import gridcase.evidence.PackageFiles.ProofDoc;
import gridcase.evidence.PackageFiles.ReleaseDoc;
import gridcase.evidence.PackageFiles.RuleDoc;
import gridcase.policy.ReleasedRule;
import gridcase.policy.ReleasedRules;
import gridcase.policy.RuleType;
import gridcase.privacy.PersonalData;
import gridcase.security.CurrentPerson;
import gridcase.security.People;
import gridcase.shared.Refusal;
import gridcase.shared.Texts;

import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Packs a case so that others can read it and see for themselves that nothing was
 * altered: paper, data, rules in force, files, fingerprints, proofs and a signature. How
 * it is laid out says docs/evidence-format.md.
 */
@Component
public class EvidencePackages {

	private final Cases cases;

	private final StoredRows rows;

	private final Roots roots;

	private final SigningKeys keys;

	private final CasePaper paper;

	private final CaseDefinitions definitions;

	private final ReleasedRules rules;

	private final Attachments attachments;

	private final PersonalData personal;

	private final PersonalSight sight;

	private final People people;

	private final PlatformClock clock;

	private final TransactionTemplate snapshot;

	EvidencePackages(Cases cases, StoredRows rows, Roots roots, SigningKeys keys, CasePaper paper,
			CaseDefinitions definitions, ReleasedRules rules, Attachments attachments, PersonalData personal,
			PersonalSight sight, People people, PlatformClock clock, PlatformTransactionManager transactions) {
		this.cases = cases;
		this.rows = rows;
		this.roots = roots;
		this.keys = keys;
		this.paper = paper;
		this.definitions = definitions;
		this.rules = rules;
		this.attachments = attachments;
		this.personal = personal;
		this.sight = sight;
		this.people = people;
		this.clock = clock;
		this.snapshot = new TransactionTemplate(transactions);
		this.snapshot.setReadOnly(true);
		this.snapshot.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
	}

	/**
	 * Packs a case, personal data masked. Whether the person may have it is for the
	 * caller to say, and to put on record.
	 * @param caseNo the case
	 * @param login who packs it: a sign-in name, or {@code system}
	 * @param out gets the whole zip; is not closed
	 * @throws Refusal if there is no such case
	 * @throws IOException if it cannot be written
	 */
	public void write(String caseNo, String login, OutputStream out) throws IOException {
		pack(caseNo, person(login, this.cases.get(caseNo)), Map.of(), out);
	}

	/**
	 * Packs a case with the personal data the person may see for a reason; each is on
	 * record in the case's trail.
	 * @param file the case, as the person may see it
	 * @param person who packs it
	 * @param reason why, in words
	 * @param out gets the whole zip; is not closed
	 * @throws Refusal if the rules let the person see none of them, or there is no reason
	 */
	public void writeClear(CaseFile file, CurrentPerson person, String reason, OutputStream out) throws IOException {
		Map<String, String> clear = new TreeMap<>();
		List<PersonalSight.Line> lines = this.sight.of(file, person);
		if (lines.stream().allMatch((line) -> line.sight() == PersonalSight.Sight.MASKED)) {
			throw Refusal.forbidden(Texts.of("evidence", "evidence.package.noPersonal"));
		}
		for (PersonalSight.Line line : lines) {
			if (line.sight() != PersonalSight.Sight.MASKED) {
				clear.put(line.field(), this.sight.unmask(file, person, line.field(), reason).value());
			}
		}
		pack(file.caseNo(), person, clear, out);
	}

	private CurrentPerson person(String login, CaseFile file) {
		return this.people.find(login)
			.orElseGet(() -> new CurrentPerson(login, Texts.of("evidence", "evidence.system"), null, null, file.place(),
					null, Set.of(), List.of()));
	}

	private void pack(String caseNo, CurrentPerson person, Map<String, String> clear, OutputStream out)
			throws IOException {
		try {
			this.snapshot.executeWithoutResult((status) -> {
				try {
					new Packing(caseNo, person, clear, new ZipOutputStream(out, StandardCharsets.UTF_8)).run();
				}
				catch (IOException ex) {
					throw new UncheckedIOException(ex);
				}
			});
		}
		catch (UncheckedIOException ex) {
			throw ex.getCause();
		}
	}

	/** One package while it is made. */
	private final class Packing {

		private final CaseFile file;

		private final CaseContents contents;

		private final CurrentPerson person;

		private final Map<String, String> clear;

		private final ZipOutputStream zip;

		private final Instant now = EvidencePackages.this.clock.now().truncatedTo(ChronoUnit.MICROS);

		private final List<PackageFiles.Entry> entries = new ArrayList<>();

		private final Set<Long> releases = new TreeSet<>();

		Packing(String caseNo, CurrentPerson person, Map<String, String> clear, ZipOutputStream zip) {
			this.file = EvidencePackages.this.cases.get(caseNo);
			this.contents = EvidencePackages.this.rows.contents(StoredRows.Which.of(List.of(caseNo))).get(caseNo);
			this.person = person;
			this.clear = clear;
			this.zip = zip;
		}

		void run() throws IOException {
			ByteArrayOutputStream pdf = new ByteArrayOutputStream();
			EvidencePackages.this.paper.write(this.file, this.person, pdf);
			put(PackageFiles.PAPER, pdf.toByteArray());
			json(PackageFiles.CASE, caseDoc());
			json(PackageFiles.EVENTS, this.contents.events().stream().map(EventDoc::of).toList());
			json(PackageFiles.DECISIONS, this.contents.decisions());
			json(PackageFiles.CUSTODY, this.contents.custody());
			json(PackageFiles.DEADLINES, this.contents.deadlines());
			List<FileDoc> files = EvidencePackages.this.rows.attachments(this.file.caseNo());
			json(PackageFiles.ATTACHMENTS, files);
			for (FileDoc each : files) {
				put(each.path(), EvidencePackages.this.attachments.content(UUID.fromString(each.id())));
			}
			json(PackageFiles.RULES, rulesDoc());
			json(PackageFiles.PROOF, proofs(files));
			if (!this.clear.isEmpty()) {
				json(PackageFiles.PERSONAL, this.clear);
			}
			byte[] manifest = PackageFiles.JSON
				.writeValueAsBytes(new PackageFiles.Manifest(PackageFiles.FORMAT, this.file.caseNo(), this.file.place(),
						this.now, this.person.login(), this.clear.isEmpty() ? "MASKED" : "CLEAR",
						EvidencePackages.this.keys.keyId(), this.contents.events().size(), List.copyOf(this.entries)));
			put(PackageFiles.MANIFEST, manifest);
			put(PackageFiles.SIGNATURE, Base64.getEncoder().encode(EvidencePackages.this.keys.sign(manifest)));
			this.zip.finish();
		}

		private void json(String path, Object content) throws IOException {
			put(path, PackageFiles.JSON.writeValueAsBytes(content));
		}

		private void put(String path, byte[] content) throws IOException {
			ZipEntry entry = new ZipEntry(path);
			entry.setTime(this.now.toEpochMilli());
			this.zip.putNextEntry(entry);
			this.zip.write(content);
			this.zip.closeEntry();
			this.entries.add(new PackageFiles.Entry(path, content.length, Digests.hex(Digests.sha256(content))));
		}

		private PackageFiles.CaseDoc caseDoc() {
			Map<String, Object> facts = new TreeMap<>(this.file.facts());
			facts.replaceAll((name, value) -> masked(value));
			return new PackageFiles.CaseDoc(this.file.caseNo(), this.file.place(), this.file.state(),
					this.file.outcome(), this.file.reportedAt(), this.file.closedAt(), this.file.reporter(),
					this.file.owner(), this.file.holder(), this.file.holderPool(), this.file.holderUnit(),
					this.file.stageName(), this.contents.file().eventSeq(),
					Digests.hex(this.contents.file().eventHash()), facts);
		}

		private Object masked(Object value) {
			if (value instanceof Map<?, ?> map) {
				Map<String, Object> masked = new LinkedHashMap<>();
				map.forEach((name, each) -> masked.put(name.toString(), masked(each)));
				return masked;
			}
			if (value instanceof List<?> list) {
				return list.stream().map(this::masked).toList();
			}
			return PersonalData.isSealed(value) ? EvidencePackages.this.personal.masked(value.toString()) : value;
		}

		// --- rules ---

		private PackageFiles.RulesDoc rulesDoc() throws IOException {
			Map<String, RuleDoc> docs = new LinkedHashMap<>();
			for (Decision decision : this.contents.decisions()) {
				Optional<ReleasedRule> table = versions(RuleType.TABLE, decision.table(), decision.place()).stream()
					.filter((rule) -> rule.version() == decision.version() && rule.releaseId() == decision.releaseId())
					.findFirst();
				if (table.isPresent()) {
					rule(docs, table.get());
				}
			}
			for (CaseDefinitions.Definition definition : EvidencePackages.this.definitions.of(this.file.caseNo())) {
				Optional<ReleasedRule> diagram = versions(RuleType.DIAGRAM, definition.key(), definition.place())
					.stream()
					.filter((rule) -> definition.id().equals(rule.definitionId()))
					.findFirst();
				if (diagram.isPresent()) {
					rule(docs, diagram.get());
				}
				else {
					add(docs, RuleType.DIAGRAM, definition.key(), definition.place(), definition.version(), null,
							EvidencePackages.this.definitions.content(definition));
				}
			}
			for (ReleasedRule before : movedFrom()) {
				rule(docs, before);
			}
			List<ReleaseDoc> releaseDocs = new ArrayList<>();
			for (Long id : this.releases) {
				EvidencePackages.this.rows.releaseDoc(id).ifPresent(releaseDocs::add);
			}
			return new PackageFiles.RulesDoc(List.copyOf(docs.values()), releaseDocs);
		}

		private List<ReleasedRule> versions(RuleType type, String key, String place) {
			return EvidencePackages.this.rules.versions(type, key, place);
		}

		/** Diagrams the case ran on before it was moved to a newer version. */
		private List<ReleasedRule> movedFrom() {
			List<ReleasedRule> before = new ArrayList<>();
			for (CaseEvent event : this.contents.events()) {
				if (event.kind().equals("CASE_MOVED")) {
					JsonNode data = read(event.data());
					for (String owner : new String[] { this.file.place(), null }) {
						versions(RuleType.DIAGRAM, data.path("diagram").asText(), owner).stream()
							.filter((rule) -> !rule.removed() && rule.version() == data.path("from").asInt())
							.forEach(before::add);
					}
				}
			}
			return before;
		}

		private void rule(Map<String, RuleDoc> docs, ReleasedRule rule) throws IOException {
			this.releases.add(rule.releaseId());
			add(docs, rule.type(), rule.key(), rule.place(), rule.version(), rule.releaseId(),
					EvidencePackages.this.rules.content(rule));
		}

		private void add(Map<String, RuleDoc> docs, RuleType type, String key, String place, int version,
				Long releaseId, byte[] content) throws IOException {
			String path = "rules/" + ((place != null) ? place : "shared") + "/" + key + "-v" + version
					+ ((releaseId != null) ? "-r" + releaseId : "") + type.ending();
			if (!docs.containsKey(path)) {
				docs.put(path, new RuleDoc(type.name(), key, place, version, releaseId,
						Digests.hex(Digests.sha256(content)), path));
				put(path, content);
			}
		}

		// --- proofs ---

		private PackageFiles.Proofs proofs(List<FileDoc> files) {
			List<Roots.Placed> leaves = new ArrayList<>(EvidencePackages.this.roots.of(Leaf.CASE, this.file.caseNo()));
			files.forEach((each) -> leaves.addAll(EvidencePackages.this.roots.of(Leaf.FILE, each.id())));
			this.releases.forEach((id) -> leaves.addAll(EvidencePackages.this.roots.of(Leaf.RULES, Long.toString(id))));
			Set<Long> numbers = new TreeSet<>();
			leaves.forEach((placed) -> numbers.add(placed.rootNo()));
			List<ProofDoc> proofs = new ArrayList<>();
			Set<SignedRoot> signed = new LinkedHashSet<>();
			for (Long no : numbers) {
				EvidencePackages.this.roots.find(no).ifPresent(signed::add);
				List<byte[]> hashes = EvidencePackages.this.roots.hashes(no);
				leaves.stream()
					.filter((placed) -> placed.rootNo() == no && placed.leafNo() < hashes.size())
					.forEach((placed) -> proofs.add(new ProofDoc(no, placed.leafNo(), placed.leaf().line(),
							Merkle.path(hashes, placed.leafNo()).stream().map(Digests::hex).toList())));
			}
			return new PackageFiles.Proofs(List.copyOf(signed), proofs);
		}

	}

	private static JsonNode read(String json) {
		try {
			return PackageFiles.JSON.readTree(json);
		}
		catch (JsonProcessingException ex) {
			throw new IllegalStateException("An event's data are not JSON", ex);
		}
	}

}
