package gridcase.casework;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;

import gridcase.clock.PlatformClock;
import gridcase.shared.Acting;
import gridcase.shared.FieldProblem;
import gridcase.shared.Refusal;

import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Photos and papers of cases, kept with their fingerprint. */
@Component
public class Attachments {

	/** Largest file, in bytes. */
	public static final int LARGEST = 20 * 1024 * 1024;

	private static final Set<String> PAPERS = Set.of("application/pdf", "text/plain", "text/csv", "application/msword",
			"application/vnd.ms-excel", "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
			"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "video/mp4", "audio/mpeg",
			"audio/mp4");

	private final JdbcTemplate jdbc;

	private final PlatformClock clock;

	private final MessageSource messages;

	Attachments(JdbcTemplate jdbc, PlatformClock clock, MessageSource messages) {
		this.jdbc = jdbc;
		this.clock = clock;
		this.messages = messages;
	}

	/**
	 * A file without its content.
	 *
	 * @param id its id
	 * @param caseNo the case, or null while its report is still being written
	 * @param place place code
	 * @param name file name as given
	 * @param contentType media type, for pictures told from the content
	 * @param size in bytes
	 * @param uploadedBy sign-in name
	 * @param uploadedAt when
	 */
	public record Info(UUID id, String caseNo, String place, String name, String contentType, int size,
			String uploadedBy, Instant uploadedAt) {

		/** Whether it may be shown within a page. */
		public boolean image() {
			return this.contentType.startsWith("image/");
		}

		/** Whether a browser shows it by itself. */
		public boolean pdf() {
			return this.contentType.equals("application/pdf");
		}

		/** Its size for people, e.g. 1.4 MB. */
		public String sizeText() {
			return (this.size < 1024 * 1024) ? Math.max(1, this.size / 1024) + " kB"
					: String.format(Locale.ROOT, "%.1f MB", this.size / (1024.0 * 1024.0));
		}

	}

	/**
	 * Keeps a file.
	 * @param caseNo the case, or null while its report is still being written
	 * @param place place code
	 * @param name file name
	 * @param contentType media type the sender claims
	 * @param content the bytes
	 * @return what was kept
	 * @throws Refusal if it is empty, too large or of a kind that is not accepted
	 */
	public Info add(String caseNo, String place, String name, String contentType, byte[] content) {
		if (content.length > LARGEST) {
			throw new Refusal(Refusal.Kind.TOO_LARGE, text("casework.file.tooLarge"));
		}
		String type = type(contentType, content);
		if (content.length == 0 || type == null) {
			throw Refusal.invalid(List.of(new FieldProblem("file", shortened(name),
					text((content.length == 0) ? "casework.file.empty" : "casework.file.kind"))));
		}
		Info info = new Info(UUID.randomUUID(), caseNo, place, shortened(name), type, content.length, Acting.current(),
				this.clock.now());
		this.jdbc.update(
				"insert into attachment (id, case_no, place, name, content_type, size, sha256, content, uploaded_by, uploaded_at) "
						+ "values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
				info.id(), caseNo, place, info.name(), type, info.size(), sha256(content), content, info.uploadedBy(),
				Timestamp.from(info.uploadedAt()));
		return info;
	}

	/**
	 * Reads a file's description.
	 * @throws Refusal if there is none
	 */
	public Info get(UUID id) {
		return this.jdbc.query("select * from attachment where id = ?", Attachments::info, id)
			.stream()
			.findFirst()
			.orElseThrow(() -> Refusal.notFound(text("casework.file.missing")));
	}

	/**
	 * Reads the description of a file of one case.
	 * @throws Refusal if the case has none with this id
	 */
	public Info get(String caseNo, UUID id) {
		Info info = get(id);
		if (!caseNo.equals(info.caseNo())) {
			throw Refusal.notFound(text("casework.file.missing"));
		}
		return info;
	}

	/** The bytes of a file. */
	public byte[] content(UUID id) {
		return this.jdbc.queryForObject("select content from attachment where id = ?", byte[].class, id);
	}

	/** Files of a case, oldest first. */
	public List<Info> ofCase(String caseNo) {
		return this.jdbc
			.query("select id, case_no, place, name, content_type, size, uploaded_by, uploaded_at from attachment "
					+ "where case_no = ? order by uploaded_at, id", Attachments::info, caseNo);
	}

	/**
	 * Gives files that were sent ahead of a report to the case it became; only own ones.
	 */
	public void bind(Collection<UUID> ids, String caseNo) {
		ids.forEach((id) -> this.jdbc.update(
				"update attachment set case_no = ? where id = ? and case_no is null and uploaded_by = ?", caseNo, id,
				Acting.current()));
	}

	/**
	 * Throws away files of somebody that were sent ahead of a report which never came.
	 * @param uploadedBy sign-in name
	 * @param before only those sent before that moment
	 */
	public void forgetUnbound(String uploadedBy, Instant before) {
		this.jdbc.update("delete from attachment where case_no is null and uploaded_by = ? and uploaded_at < ?",
				uploadedBy, Timestamp.from(before));
	}

	private static Info info(java.sql.ResultSet row, int number) throws java.sql.SQLException {
		return new Info(row.getObject("id", UUID.class), row.getString("case_no"), row.getString("place"),
				row.getString("name"), row.getString("content_type"), row.getInt("size"), row.getString("uploaded_by"),
				row.getTimestamp("uploaded_at").toInstant());
	}

	/**
	 * Pictures by their first bytes, papers by what the sender says; null if not
	 * accepted.
	 */
	private static String type(String claimed, byte[] content) {
		String picture = picture(content);
		if (picture != null) {
			return picture;
		}
		String type = (claimed != null) ? claimed.toLowerCase(Locale.ROOT).split(";")[0].strip() : "";
		return PAPERS.contains(type) ? type : null;
	}

	private static String picture(byte[] content) {
		if (starts(content, 0, 0xFF, 0xD8, 0xFF)) {
			return "image/jpeg";
		}
		if (starts(content, 0, 0x89, 'P', 'N', 'G')) {
			return "image/png";
		}
		if (starts(content, 0, 'G', 'I', 'F', '8')) {
			return "image/gif";
		}
		return (starts(content, 0, 'R', 'I', 'F', 'F') && starts(content, 8, 'W', 'E', 'B', 'P')) ? "image/webp" : null;
	}

	private static boolean starts(byte[] content, int at, int... wanted) {
		return content.length >= at + wanted.length
				&& Arrays.equals(Arrays.stream(wanted).toArray(), unsigned(content, at, wanted.length));
	}

	private static int[] unsigned(byte[] content, int at, int length) {
		int[] values = new int[length];
		for (int index = 0; index < length; index++) {
			values[index] = content[at + index] & 0xFF;
		}
		return values;
	}

	private static byte[] sha256(byte[] content) {
		try {
			return MessageDigest.getInstance("SHA-256").digest(content);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every Java platform has SHA-256", ex);
		}
	}

	private static String shortened(String name) {
		String plain = (name != null) ? name.replaceAll("[\\p{Cntrl}/\\\\]", "_") : "";
		return (plain.length() <= 120) ? plain : plain.substring(plain.length() - 120);
	}

	private String text(String key) {
		return this.messages.getMessage(key, null, LocaleContextHolder.getLocale());
	}

}
