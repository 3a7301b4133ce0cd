package gridcase.casework;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import gridcase.shared.Acting;
import gridcase.shared.Refusal;
import gridcase.shared.Texts;

import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Takes a file in once, however often it is sent: a phone on a bad line does not know
 * whether the answer or the file was lost.
 */
@Component
public class Uploads {

	private static final int LONGEST_KEY = 128;

	private final Attachments attachments;

	private final JdbcTemplate jdbc;

	private final TransactionTemplate together;

	Uploads(Attachments attachments, JdbcTemplate jdbc, PlatformTransactionManager transactions) {
		this.attachments = attachments;
		this.jdbc = jdbc;
		this.together = new TransactionTemplate(transactions);
	}

	/**
	 * Keeps a file.
	 * @param key the sender's own key for this file, or null
	 * @param caseNo the case, or null while its report is still being written
	 * @param place place code
	 * @param name file name
	 * @param contentType media type the sender claims
	 * @param content the bytes
	 * @return what was kept, the earlier one if the key is known
	 * @throws Refusal if the file is not accepted, or the key was used for another one
	 */
	public Attachments.Info add(String key, String caseNo, String place, String name, String contentType,
			byte[] content) {
		if (key == null || key.isBlank()) {
			return this.attachments.add(caseNo, place, name, contentType, content);
		}
		if (key.length() > LONGEST_KEY) {
			throw new Refusal(Refusal.Kind.INVALID, Texts.of("casework", "casework.file.keyLong", LONGEST_KEY));
		}
		return find(key, content).orElseGet(() -> {
			try {
				return this.together.execute((status) -> {
					Attachments.Info info = this.attachments.add(caseNo, place, name, contentType, content);
					this.jdbc.update("update attachment set upload_key = ? where id = ?", key, info.id());
					return info;
				});
			}
			catch (DuplicateKeyException ex) {
				// the same file came twice at once and the other one was faster
				return find(key, content).orElseThrow(() -> ex);
			}
		});
	}

	private Optional<Attachments.Info> find(String key, byte[] content) {
		List<Known> found = this.jdbc.query(
				"select id, sha256 from attachment where uploaded_by = ? and upload_key = ?",
				(row, number) -> new Known(row.getObject("id", UUID.class), row.getBytes("sha256")), Acting.current(),
				key);
		if (found.isEmpty()) {
			return Optional.empty();
		}
		if (!Arrays.equals(found.get(0).sha256(), sha256(content))) {
			throw Refusal.conflict(Texts.of("casework", "casework.file.keyUsed", key));
		}
		return Optional.of(this.attachments.get(found.get(0).id()));
	}

	private static byte[] sha256(byte[] content) {
		try {
			return MessageDigest.getInstance("SHA-256").digest(content);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every Java platform has SHA-256", ex);
		}
	}

	private record Known(UUID id, byte[] sha256) {

	}

}
