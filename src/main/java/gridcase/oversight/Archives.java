package gridcase.oversight;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;

import gridcase.audit.CaseEvent;
import gridcase.audit.CaseTrail;
import gridcase.clock.PlatformClock;
import gridcase.oversight.RetentionStore.Archive;

import org.springframework.stereotype.Component;

/** Archives of cases: made, kept in a folder or in the database, and read again. */
@Component
class Archives {

	private final RetentionStore store;

	private final CaseArchiver archiver;

	private final CaseTrail trail;

	private final RetentionSettings settings;

	private final PlatformClock clock;

	Archives(RetentionStore store, CaseArchiver archiver, CaseTrail trail, RetentionSettings settings,
			PlatformClock clock) {
		this.store = store;
		this.archiver = archiver;
		this.trail = trail;
		this.settings = settings;
		this.clock = clock;
	}

	/**
	 * Archives a case.
	 * @param list the list it goes with
	 * @param caseNo the case
	 * @throws IllegalStateException if its events are not as they were written
	 */
	void make(RetentionStore.RetentionList list, String caseNo) {
		this.trail.firstFault(caseNo).ifPresent((fault) -> {
			throw new IllegalStateException(
					"Case " + caseNo + " is not archived, nor deleted: " + fault + ". Let an auditor look at it first");
		});
		List<CaseEvent> events = this.trail.of(caseNo);
		try {
			Path draft = draft(list.place(), caseNo);
			try {
				byte[] sha256 = write(list, caseNo, draft);
				Archive archive = new Archive(caseNo, list.id(), list.place(), caseNo + ".zip", Files.size(draft),
						sha256, events.size(), events.get(events.size() - 1).hash(), this.settings.folder() == null,
						this.clock.now());
				keep(archive, draft);
			}
			finally {
				Files.deleteIfExists(draft);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Case " + caseNo + " cannot be archived", ex);
		}
	}

	private byte[] write(RetentionStore.RetentionList list, String caseNo, Path to) throws IOException {
		MessageDigest digest = sha256();
		try (OutputStream out = new DigestOutputStream(Files.newOutputStream(to), digest)) {
			this.archiver.write(caseNo, list.decidedBy(), out);
		}
		return digest.digest();
	}

	private void keep(Archive archive, Path draft) throws IOException {
		if (archive.stored()) {
			try (InputStream content = Files.newInputStream(draft)) {
				this.store.keep(archive, content);
			}
			return;
		}
		this.store.keep(archive, null);
		Files.move(draft, file(archive), StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
	}

	/** A draft is written where it stays, so that it can be moved at one go. */
	private Path draft(String place, String caseNo) throws IOException {
		return (this.settings.folder() == null) ? Files.createTempFile(caseNo, ".part")
				: Files.createTempFile(Files.createDirectories(this.settings.folder().resolve(place)), caseNo, ".part");
	}

	private Path file(Archive archive) {
		if (this.settings.folder() == null) {
			throw new IllegalStateException("The archive of case " + archive.caseNo()
					+ " was put into a folder: set gridcase.retention.folder to it");
		}
		return this.settings.folder().resolve(archive.place()).resolve(archive.fileName());
	}

	/**
	 * Looks whether an archive is there and as it was made.
	 * @throws IllegalStateException if it is not
	 */
	void mustBeWhole(Archive archive) {
		MessageDigest digest = sha256();
		try (InputStream content = new DigestInputStream(open(archive), digest)) {
			content.transferTo(OutputStream.nullOutputStream());
		}
		catch (IOException ex) {
			throw new UncheckedIOException("The archive of case " + archive.caseNo() + " cannot be read", ex);
		}
		if (!Arrays.equals(digest.digest(), archive.sha256())) {
			throw new IllegalStateException("The archive of case " + archive.caseNo()
					+ " is not what was written: nothing is deleted before it is made anew");
		}
	}

	/** The content of an archive. */
	InputStream open(Archive archive) throws IOException {
		return archive.stored() ? new java.io.ByteArrayInputStream(this.store.content(archive.caseNo()))
				: Files.newInputStream(file(archive));
	}

	private static MessageDigest sha256() {
		try {
			return MessageDigest.getInstance("SHA-256");
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every Java platform has SHA-256", ex);
		}
	}

}
