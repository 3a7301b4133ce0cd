package gridcase.studio;

import java.sql.Timestamp;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

import gridcase.clock.PlatformClock;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * What stands behind releases: which draft and case they came from, who approved, and
 * which release takes which back.
 */
@Component
public class ReleaseTrail {

	private final JdbcTemplate jdbc;

	private final PlatformClock clock;

	ReleaseTrail(JdbcTemplate jdbc, PlatformClock clock) {
		this.jdbc = jdbc;
		this.clock = clock;
	}

	/**
	 * What stands behind one release.
	 *
	 * @param releaseId its number
	 * @param draftId draft it came from
	 * @param caseNo case that was its way into force, or null
	 * @param author sign-in name of who wrote the draft
	 * @param afterFact whether it was in force before anybody approved
	 * @param approvedBy sign-in name of who approved, null if nobody has yet
	 * @param approvedAt when, or null
	 * @param takesBack release it takes back, or null
	 * @param takenBackBy release that takes it back, or null
	 */
	public record Source(long releaseId, long draftId, String caseNo, String author, boolean afterFact,
			String approvedBy, Instant approvedAt, Long takesBack, Long takenBackBy) {

		/** Whether it is in force and still waits for somebody's approval. */
		public boolean unapproved() {
			return this.afterFact && this.approvedBy == null && this.takenBackBy == null;
		}

	}

	/** What stands behind releases, by their number; those from files have nothing. */
	public Map<Long, Source> of(List<Long> releases) {
		return this.jdbc.query("""
				select r.*, d.case_no, d.author, a.approved_by, a.approved_at,
				(select max(b.release_id) from studio_release b where b.takes_back = r.release_id) taken_back_by
				from studio_release r join studio_draft d on d.id = r.draft_id
				left join studio_approval a on a.draft_id = r.draft_id
				where r.release_id = any (?)""", (row, number) -> {
			Timestamp approved = row.getTimestamp("approved_at");
			return new Source(row.getLong("release_id"), row.getLong("draft_id"), row.getString("case_no"),
					row.getString("author"), row.getBoolean("after_fact"), row.getString("approved_by"),
					(approved != null) ? approved.toInstant() : null, row.getObject("takes_back", Long.class),
					row.getObject("taken_back_by", Long.class));
		}, (Object) releases.toArray(Long[]::new))
			.stream()
			.collect(Collectors.toMap(Source::releaseId, Function.identity()));
	}

	/** The release that takes another back, if there is one. */
	public Optional<Long> takenBackBy(long releaseId) {
		return Optional.ofNullable(this.jdbc
			.queryForObject("select max(release_id) from studio_release where takes_back = ?", Long.class, releaseId));
	}

	void released(long releaseId, long draftId, boolean afterFact, Long takesBack) {
		this.jdbc.update(
				"insert into studio_release (release_id, draft_id, after_fact, takes_back) values (?, ?, ?, ?)",
				releaseId, draftId, afterFact, takesBack);
	}

	void approved(long draftId, String by) {
		this.jdbc
			.update("""
					insert into studio_approval (draft_id, approved_by, approved_at) values (?, ?, ?)
					on conflict (draft_id) do update set approved_by = excluded.approved_by, approved_at = excluded.approved_at""",
					draftId, by, Timestamp.from(this.clock.now().truncatedTo(ChronoUnit.MICROS)));
	}

	/** An approval does not outlive the contents it was given for. */
	void reopened(long draftId) {
		this.jdbc.update("delete from studio_approval where draft_id = ?", draftId);
	}

	/** The release a draft is to take back, if that is what it is for. */
	Optional<Long> takesBack(long draftId) {
		return this.jdbc.queryForList("select release_id from studio_roll_back where draft_id = ?", Long.class, draftId)
			.stream()
			.findFirst();
	}

	void takeBack(long draftId, long releaseId) {
		this.jdbc.update("insert into studio_roll_back (draft_id, release_id) values (?, ?)", draftId, releaseId);
	}

}
