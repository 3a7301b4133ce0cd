package gridcase.evidence;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.security.PublicKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

import com.fasterxml.jackson.core.type.TypeReference;
import gridcase.audit.CaseEvent;
import gridcase.evidence.CaseContents.Decision;
import gridcase.evidence.CaseContents.Limit;
import gridcase.evidence.CaseContents.Link;
import gridcase.evidence.CaseContents.StoredCase;
import gridcase.evidence.PackageFiles.CaseDoc;
import gridcase.evidence.PackageFiles.Entry;
import gridcase.evidence.PackageFiles.EventDoc;
import gridcase.evidence.PackageFiles.FileDoc;
import gridcase.evidence.PackageFiles.Manifest;
import gridcase.evidence.PackageFiles.ProofDoc;
import gridcase.evidence.PackageFiles.Proofs;
import gridcase.evidence.PackageFiles.ReleaseDoc;
import gridcase.evidence.PackageFiles.RuleDoc;
import gridcase.evidence.PackageFiles.RulesDoc;

/**
 * Verifies an evidence package with nothing but public keys. Trusts nothing in the
 * package that a key does not vouch for.
 */
final class PackageCheck {

	/** No file of a package is larger. */
	private static final long LARGEST = 64L * 1024 * 1024;

	private final Collection<PublicKey> keys;

	private final Map<String, byte[]> files = new HashMap<>();

	private final List<Fault> faults = new ArrayList<>();

	private Manifest manifest;

	private PackageCheck(Collection<PublicKey> keys) {
		this.keys = keys;
	}

	/**
	 * What was found.
	 *
	 * @param manifest what the package says of itself, or null if that cannot be read
	 * @param faults what does not hold; nothing if all holds
	 * @param decisions how many decisions there are
	 * @param attachments how many files of the case
	 * @param roots how many signed roots lead to it
	 * @param underRoots number of the last event that a signed root vouches for; the
	 * later ones only the package's own signature does
	 * @param asOf day of the last of those roots, or null
	 */
	record Report(Manifest manifest, List<Fault> faults, int decisions, int attachments, int roots, int underRoots,
			java.time.LocalDate asOf) {

		boolean holds() {
			return this.faults.isEmpty();
		}

	}

	/** The file is no evidence package at all. */
	static final class NoPackage extends Exception {

		NoPackage(String message) {
			super(message);
		}

	}

	/**
	 * Verifies.
	 * @param file the zip
	 * @param keys public keys that are trusted
	 * @return what was found
	 * @throws NoPackage if it is no evidence package
	 * @throws IOException if it cannot be read
	 */
	static Report verify(Path file, Collection<PublicKey> keys) throws IOException, NoPackage {
		return new PackageCheck(keys).run(file);
	}

	private Report run(Path file) throws IOException, NoPackage {
		read(file);
		byte[] content = this.files.get(PackageFiles.MANIFEST);
		if (content == null) {
			throw new NoPackage(PackageFiles.MANIFEST);
		}
		signature(content);
		try {
			this.manifest = PackageFiles.JSON.readValue(content, Manifest.class);
		}
		catch (IOException ex) {
			fault(FaultKind.PACKAGE_CHANGED, null, PackageFiles.MANIFEST);
			return new Report(null, this.faults, 0, 0, 0, 0, null);
		}
		if (!PackageFiles.FORMAT.equals(this.manifest.format())) {
			throw new NoPackage(String.valueOf(this.manifest.format()));
		}
		fingerprints();
		try {
			return contents();
		}
		catch (IOException | IllegalArgumentException ex) {
			fault(FaultKind.PACKAGE_CHANGED, null, String.valueOf(ex.getMessage()).lines().findFirst().orElse(""));
			return new Report(this.manifest, this.faults, 0, 0, 0, 0, null);
		}
	}

	private void read(Path file) throws IOException, NoPackage {
		try (ZipFile zip = new ZipFile(file.toFile())) {
			for (Enumeration<? extends ZipEntry> entries = zip.entries(); entries.hasMoreElements();) {
				ZipEntry entry = entries.nextElement();
				try (InputStream content = zip.getInputStream(entry)) {
					byte[] bytes = content.readNBytes((int) LARGEST + 1);
					if (bytes.length > LARGEST || this.files.putIfAbsent(entry.getName(), bytes) != null) {
						fault(FaultKind.PACKAGE_CHANGED, null, entry.getName());
					}
				}
				catch (ZipException ex) {
					fault(FaultKind.PACKAGE_CHANGED, null, entry.getName());
				}
			}
		}
		catch (ZipException ex) {
			throw new NoPackage(String.valueOf(ex.getMessage()));
		}
	}

	private void signature(byte[] content) {
		byte[] signature = this.files.get(PackageFiles.SIGNATURE);
		boolean signed = false;
		if (signature != null) {
			try {
				byte[] decoded = Base64.getMimeDecoder().decode(signature);
				signed = this.keys.stream().anyMatch((key) -> Ed25519.verify(key, content, decoded));
			}
			catch (IllegalArgumentException ex) {
				signed = false;
			}
		}
		if (!signed) {
			fault(FaultKind.SIGNATURE_WRONG, null, PackageFiles.MANIFEST);
		}
	}

	private void fingerprints() {
		Set<String> known = new HashSet<>(Set.of(PackageFiles.MANIFEST, PackageFiles.SIGNATURE));
		for (Entry entry : this.manifest.files()) {
			known.add(entry.path());
			byte[] content = this.files.get(entry.path());
			if (content == null || content.length != entry.size()
					|| !Digests.hex(Digests.sha256(content)).equals(entry.sha256())) {
				fault(FaultKind.PACKAGE_CHANGED, null, entry.path());
			}
		}
		this.files.keySet()
			.stream()
			.filter((path) -> !known.contains(path))
			.sorted()
			.forEach((path) -> fault(FaultKind.PACKAGE_CHANGED, null, path));
	}

	private <T> T json(String path, TypeReference<T> type) throws IOException {
		byte[] content = this.files.get(path);
		if (content == null) {
			throw new IOException(path);
		}
		T value = PackageFiles.JSON.readValue(content, type);
		if (value == null) {
			throw new IOException(path);
		}
		return value;
	}

	private Report contents() throws IOException {
		String caseNo = this.manifest.caseNo();
		List<CaseEvent> events = json(PackageFiles.EVENTS, new TypeReference<List<EventDoc>>() {
		}).stream().map((event) -> event.event(caseNo)).toList();
		List<Decision> decisions = json(PackageFiles.DECISIONS, new TypeReference<>() {
		});
		List<Link> custody = json(PackageFiles.CUSTODY, new TypeReference<>() {
		});
		List<Limit> deadlines = json(PackageFiles.DEADLINES, new TypeReference<>() {
		});
		CaseDoc file = json(PackageFiles.CASE, new TypeReference<>() {
		});
		List<FileDoc> attachments = json(PackageFiles.ATTACHMENTS, new TypeReference<>() {
		});
		RulesDoc rules = json(PackageFiles.RULES, new TypeReference<>() {
		});
		Proofs proofs = json(PackageFiles.PROOF, new TypeReference<>() {
		});
		if (!caseNo.equals(file.caseNo()) || events.size() != this.manifest.events()) {
			fault(FaultKind.PACKAGE_CHANGED, null, PackageFiles.CASE);
		}
		List<Roots.Placed> leaves = proofs(proofs);
		Map<Long, SignedRoot> roots = new HashMap<>();
		proofs.roots().forEach((root) -> roots.put(root.no(), root));
		List<Roots.Placed> ofCase = leaves.stream()
			.filter((placed) -> placed.leaf().kind().equals(Leaf.CASE) && placed.leaf().subject().equals(caseNo))
			.sorted(java.util.Comparator.comparingLong(Roots.Placed::rootNo))
			.toList();
		CaseContents stored = new CaseContents(caseNo,
				new StoredCase(file.place(), file.state(), file.eventSeq(), Digests.bytes(file.eventHash())), events,
				decisions, custody, deadlines);
		// days are cut at midnights of a place the package does not tell: a day of slack
		new CaseCheck(
				stored, ofCase, null, (no) -> roots.containsKey(no)
						? roots.get(no).day().atStartOfDay(java.time.ZoneOffset.UTC).toInstant() : Instant.EPOCH,
				0, this.faults::add)
			.run();
		attachments(caseNo, attachments, leaves);
		rules(decisions, rules, leaves);
		SignedRoot last = ofCase.isEmpty() ? null : roots.get(ofCase.get(ofCase.size() - 1).rootNo());
		return new Report(this.manifest, this.faults, decisions.size(), attachments.size(), roots.size(),
				ofCase.isEmpty() ? 0 : ofCase.get(ofCase.size() - 1).leaf().seq().intValue(),
				(last != null) ? last.day() : null);
	}

	/** Leaves that lead to a root somebody trusted has signed. */
	private List<Roots.Placed> proofs(Proofs proofs) {
		Map<Long, RootStatement> roots = new HashMap<>();
		for (SignedRoot root : proofs.roots()) {
			Optional<PublicKey> signer = this.keys.stream().filter((key) -> RootsCheck.signed(root, key)).findFirst();
			Optional<RootStatement> statement = RootsCheck.root(root,
					(id) -> signer.or(() -> this.keys.stream().findFirst()), this.faults::add);
			if (signer.isPresent()) {
				statement.ifPresent((each) -> roots.put(each.no(), each));
			}
		}
		List<Roots.Placed> leaves = new ArrayList<>();
		for (ProofDoc proof : proofs.proofs()) {
			RootStatement root = roots.get(proof.root());
			Leaf leaf = Leaf.parse(proof.leaf());
			byte[] reached = (root != null) ? Merkle.follow(leaf.merkleHash(), proof.index(), root.leaves(),
					proof.path().stream().map(Digests::bytes).toList()) : null;
			if (reached != null && Arrays.equals(reached, root.root())) {
				leaves.add(new Roots.Placed(proof.root(), (int) proof.index(), leaf));
			}
			else {
				this.faults.add(new Fault(FaultKind.PROOF_WRONG, leaf.subject(), null, RootsCheck.name(proof.root())));
			}
		}
		return leaves;
	}

	private void attachments(String caseNo, List<FileDoc> attachments, List<Roots.Placed> leaves) {
		Map<String, Leaf> signed = new HashMap<>();
		leaves.stream()
			.filter((placed) -> placed.leaf().kind().equals(Leaf.FILE))
			.forEach((placed) -> signed.put(placed.leaf().subject(), placed.leaf()));
		for (FileDoc file : attachments) {
			byte[] content = this.files.get(file.path());
			Leaf leaf = signed.remove(file.id());
			if (content == null) {
				fault(FaultKind.FILE_MISSING, null, file.name());
				continue;
			}
			String sha256 = Digests.hex(Digests.sha256(content));
			boolean asSigned = leaf == null
					|| (Digests.hex(leaf.hash()).equals(sha256) && caseNo.equals(leaf.detail()));
			if (!sha256.equals(file.sha256()) || !asSigned) {
				fault(FaultKind.FILE_CHANGED, null, file.name());
			}
		}
		signed.keySet().forEach((id) -> fault(FaultKind.FILE_MISSING, null, id));
	}

	private void rules(List<Decision> decisions, RulesDoc rules, List<Roots.Placed> leaves) {
		Map<String, byte[]> signed = new HashMap<>();
		leaves.stream()
			.filter((placed) -> placed.leaf().kind().equals(Leaf.RULES))
			.forEach((placed) -> signed.put(placed.leaf().subject(), placed.leaf().hash()));
		Map<Long, ReleaseDoc> releases = new HashMap<>();
		for (ReleaseDoc release : rules.releases()) {
			releases.put(release.id(), release);
			byte[] hash = signed.get(Long.toString(release.id()));
			if (hash != null && !Arrays.equals(hash, release.hash())) {
				fault(FaultKind.RULES_CHANGED, null, "release " + release.id());
			}
		}
		for (RuleDoc rule : rules.rules()) {
			byte[] content = this.files.get(rule.path());
			String sha256 = (content != null) ? Digests.hex(Digests.sha256(content)) : null;
			boolean released = rule.releaseId() == null
					|| (releases.containsKey(rule.releaseId()) && releases.get(rule.releaseId())
						.rules()
						.stream()
						.anyMatch((each) -> each.type().equals(rule.type()) && each.key().equals(rule.key())
								&& each.version() == rule.version() && rule.sha256().equals(each.sha256())));
			if (!rule.sha256().equals(sha256) || !released) {
				fault(FaultKind.RULES_CHANGED, null, rule.path());
			}
		}
		Set<String> missing = new HashSet<>();
		for (Decision decision : decisions) {
			boolean there = rules.rules()
				.stream()
				.anyMatch((rule) -> rule.type().equals("TABLE") && rule.key().equals(decision.table())
						&& rule.version() == decision.version() && rule.releaseId() != null
						&& rule.releaseId() == decision.releaseId());
			if (!there && missing.add(decision.table() + " v" + decision.version())) {
				fault(FaultKind.RULES_CHANGED, null, decision.table() + " v" + decision.version());
			}
		}
	}

	private void fault(FaultKind kind, Integer seq, String detail) {
		this.faults.add(new Fault(kind, (this.manifest != null) ? this.manifest.caseNo() : "", seq, detail));
	}

}
