package gridcase.replay;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import gridcase.casework.CaseFile;
import gridcase.casework.Cases;
import gridcase.casework.Visibility;
import gridcase.security.CurrentPerson;
import gridcase.shared.FieldProblem;
import gridcase.shared.Refusal;
import gridcase.shared.Texts;

import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.stereotype.Component;

/** Cases in which something went wrong, the newest trouble first. */
@Component
class Troubles {

	/** Kinds of trouble, in the order people see them. */
	static final List<String> KINDS = List.of("BREACHED", "ESCALATED", "REFUSED", "REWORKED", "REOPENED", "SUSPENDED");

	static final int MOST = 50;

	private final NamedParameterJdbcTemplate jdbc;

	private final Visibility visibility;

	private final Cases cases;

	Troubles(NamedParameterJdbcTemplate jdbc, Visibility visibility, Cases cases) {
		this.jdbc = jdbc;
		this.visibility = visibility;
		this.cases = cases;
	}

	/**
	 * A case in which something went wrong.
	 *
	 * @param file the case
	 * @param times how often
	 * @param at when last
	 */
	record Trouble(CaseFile file, int times, Instant at) {

	}

	/**
	 * The newest of a kind that a person may see.
	 * @param kind one of {@link #KINDS}
	 * @throws Refusal if there is no such kind
	 */
	List<Trouble> newest(CurrentPerson person, String kind) {
		if (!KINDS.contains(kind)) {
			throw Refusal.invalid(List.of(new FieldProblem("kind", Texts.of("replay", "replay.kind"),
					Texts.of("replay", "replay.kind.unknown", String.join(", ", KINDS)))));
		}
		Map<String, Object> parameters = new HashMap<>(this.visibility.of(person.login()));
		parameters.put("kind", kind);
		parameters.put("place", person.place());
		String mine = (person.place() == null) ? "" : " and t.place = :place and " + Visibility.CONDITION;
		record Found(String caseNo, int times, Timestamp at) {
		}
		return this.jdbc
			.query("select t.case_no, t.times, t.at from replay_trouble t join case_file c on c.case_no = t.case_no "
					+ "where t.kind = :kind and not c.internal" + mine + " order by t.at desc limit " + MOST,
					parameters,
					(row, number) -> new Found(row.getString("case_no"), row.getInt("times"), row.getTimestamp("at")))
			.stream()
			.map((found) -> new Trouble(this.cases.get(found.caseNo()), found.times(), found.at().toInstant()))
			.toList();
	}

}
