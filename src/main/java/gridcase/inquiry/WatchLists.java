package gridcase.inquiry;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import gridcase.inquiry.WatchList.Name;
import gridcase.policy.Release;
import gridcase.policy.Releases;
import gridcase.studio.ReleaseTrail;

import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.stereotype.Component;

/** What of the last hours auditors have to look at, list by list. */
@Component
class WatchLists {

	private final NamedParameterJdbcTemplate jdbc;

	private final Releases releases;

	private final ReleaseTrail trail;

	private final InquiryNames names;

	WatchLists(NamedParameterJdbcTemplate jdbc, Releases releases, ReleaseTrail trail, InquiryNames names) {
		this.jdbc = jdbc;
		this.releases = releases;
		this.trail = trail;
		this.names = names;
	}

	/**
	 * One list, the latest first.
	 * @param list which
	 * @param place place code
	 * @param from beginning of the period
	 * @param until its end, exclusive
	 * @param scope what the person may see
	 * @param most how many at most
	 */
	List<WatchList> of(Name list, String place, Instant from, Instant until, Desk.Scope scope, int most) {
		if (list == Name.URGENT_RULES) {
			return urgentRules(place, from, until, most);
		}
		Map<String, Object> parameters = new HashMap<>(scope.parameters());
		parameters.put("place", place);
		parameters.put("from", Timestamp.from(from));
		parameters.put("until", Timestamp.from(until));
		return this.jdbc.query(sql(list) + " and c.place = :place and " + scope.condition()
				+ " order by at desc, c.case_no limit " + most, parameters, (row, number) -> line(list, row));
	}

	private static String sql(Name list) {
		return switch (list) {
			case BREACHES -> "select d.breached_at at, c.case_no, c.title, h.who, h.unit, d.stage what, null why, "
					+ "(select min(e.seq) from case_event e where e.case_no = d.case_no and e.at = d.breached_at and e.kind = 'BREACHED') seq "
					+ "from deadline d join case_file c using (case_no) left join lateral (select coalesce(k.person, k.pool) who, k.unit "
					+ "from custody k where k.case_no = d.case_no and k.kind = 'HOLDER' and k.leg = d.leg and k.from_at < d.breached_at "
					+ "and coalesce(k.to_at, 'infinity') >= d.breached_at order by k.no desc limit 1) h on true "
					+ "where d.breached_at >= :from and d.breached_at < :until";
			case FORCED ->
				"select h.at, c.case_no, c.title, h.person who, h.to_unit unit, h.from_unit what, h.reason_text why, h.seq "
						+ "from hand_over h join case_file c using (case_no) where h.answer = 'FORCED' and h.at >= :from and h.at < :until";
			case OWN_DECISIONS ->
				"select e.at, c.case_no, c.title, e.actor who, null unit, e.data ->> 'task' what, null why, e.seq "
						+ "from case_event e join case_file c using (case_no) where e.kind = 'OWN_DECISION_REFUSED' "
						+ "and e.at >= :from and e.at < :until";
			case UNMASKINGS ->
				"select e.at, c.case_no, c.title, e.actor who, null unit, e.data ->> 'kind' what, e.data ->> 'reason' why, e.seq "
						+ "from case_event e join case_file c using (case_no) where e.kind = 'UNMASKED' "
						+ "and e.at >= :from and e.at < :until";
			case VACANCIES ->
				"select e.at, c.case_no, c.title, null who, null unit, e.data ->> 'message' what, null why, e.seq "
						+ "from case_event e join case_file c using (case_no) where e.kind = 'OPERATOR_ALERTED' "
						+ "and e.data ->> 'kind' = 'VACANCY' and e.at >= :from and e.at < :until";
			case URGENT_RULES -> throw new IllegalArgumentException("Rules are read from the releases");
		};
	}

	private WatchList line(Name list, ResultSet row) throws SQLException {
		String what = row.getString("what");
		String told = switch (list) {
			case BREACHES -> this.names.word("step", what);
			case FORCED ->
				this.names.text("inquiry.watch.forced", this.names.unit(what), this.names.unit(row.getString("unit")));
			case UNMASKINGS -> this.names.word("personal.kind", what);
			default -> what;
		};
		return new WatchList(list, row.getTimestamp("at").toInstant(), row.getString("case_no"),
				row.getObject("seq", Integer.class), row.getString("title"), row.getString("who"),
				row.getString("unit"), told, row.getString("why"));
	}

	private List<WatchList> urgentRules(String place, Instant from, Instant until, int most) {
		List<Release> released = Stream.of(this.releases.history(place), this.releases.history(null))
			.flatMap(List::stream)
			.filter((release) -> !release.releasedAt().isBefore(from) && release.releasedAt().isBefore(until))
			.toList();
		Map<Long, ReleaseTrail.Source> sources = this.trail.of(released.stream().map(Release::id).toList());
		return released.stream()
			.filter((release) -> sources.containsKey(release.id()) && sources.get(release.id()).afterFact())
			.sorted(java.util.Comparator.comparing(Release::releasedAt).reversed())
			.limit(most)
			.map((release) -> {
				ReleaseTrail.Source source = sources.get(release.id());
				String state = source.unapproved() ? "inquiry.watch.unapproved"
						: (source.takenBackBy() != null) ? "inquiry.watch.taken-back" : "inquiry.watch.approved";
				return new WatchList(Name.URGENT_RULES, release.releasedAt(), source.caseNo(), null, release.note(),
						source.author(), null,
						this.names.text(state, release.id(), this.names.person(source.approvedBy())), release.note());
			})
			.toList();
	}

}
