package gridcase.studio;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.temporal.ChronoUnit;
import java.util.List;

import gridcase.clock.PlatformClock;
import gridcase.shared.FieldProblem;
import gridcase.shared.Refusal;
import gridcase.shared.Texts;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * What is said of drafts, down to the single row. Nothing said is ever taken away; it can
 * be called settled.
 */
@Component
public class DraftComments {

	private static final int LONGEST = 2000;

	private final JdbcTemplate jdbc;

	private final Drafts drafts;

	private final PlatformClock clock;

	DraftComments(JdbcTemplate jdbc, Drafts drafts, PlatformClock clock) {
		this.jdbc = jdbc;
		this.drafts = drafts;
		this.clock = clock;
	}

	/** All that was said of a draft, oldest first. */
	public List<DraftComment> of(long draftId) {
		return this.jdbc.query("select * from studio_comment where draft_id = ? order by id", DraftComments::comment,
				draftId);
	}

	/**
	 * What was said of one file of a draft, or of the draft as a whole.
	 * @param file file name, null for the whole
	 */
	public List<DraftComment> of(long draftId, String file) {
		return this.jdbc.query(
				"select * from studio_comment where draft_id = ? and file is not distinct from ? order by id",
				DraftComments::comment, draftId, file);
	}

	/**
	 * Says something.
	 * @param file file of the draft, null for the draft as a whole
	 * @param element id of a row or element of that file, null for all of it
	 * @throws Refusal if there is nothing said, or no such draft or file
	 */
	@Transactional
	public DraftComment add(long draftId, String file, String element, String text, String by) {
		this.drafts.get(draftId);
		String said = (text != null) ? text.strip() : "";
		if (said.isEmpty() || said.length() > LONGEST) {
			throw Refusal.invalid(List.of(new FieldProblem("text", Texts.of("studio-release", "studio.comment.text"),
					Texts.of("studio-release", "studio.comment.length", LONGEST))));
		}
		String about = (file == null || file.isBlank()) ? null : file;
		String row = (element == null || element.isBlank() || about == null) ? null : element.strip();
		if (about != null) {
			this.drafts.file(draftId, about);
		}
		return this.jdbc.queryForObject("""
				insert into studio_comment (draft_id, file, element, text, written_by, written_at)
				values (?, ?, ?, ?, ?, ?) returning *""", DraftComments::comment, draftId, about, row, said, by, now());
	}

	/**
	 * Calls something settled; a second time changes nothing.
	 * @throws Refusal if the draft has no such comment
	 */
	@Transactional
	public DraftComment resolve(long draftId, long id, String by) {
		this.jdbc.update("""
				update studio_comment set resolved_by = ?, resolved_at = ?
				where id = ? and draft_id = ? and resolved_at is null""", by, now(), id, draftId);
		return this.jdbc
			.query("select * from studio_comment where id = ? and draft_id = ?", DraftComments::comment, id, draftId)
			.stream()
			.findFirst()
			.orElseThrow(() -> Refusal.notFound(Texts.of("studio-release", "studio.comment.none", id)));
	}

	private Timestamp now() {
		return Timestamp.from(this.clock.now().truncatedTo(ChronoUnit.MICROS));
	}

	private static DraftComment comment(ResultSet row, int number) throws SQLException {
		Timestamp resolved = row.getTimestamp("resolved_at");
		return new DraftComment(row.getLong("id"), row.getLong("draft_id"), row.getString("file"),
				row.getString("element"), row.getString("text"), row.getString("written_by"),
				row.getTimestamp("written_at").toInstant(), row.getString("resolved_by"),
				(resolved != null) ? resolved.toInstant() : null);
	}

}
