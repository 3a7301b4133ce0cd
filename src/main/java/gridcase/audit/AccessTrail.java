package gridcase.audit;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

import javax.sql.DataSource;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Reads what people read and did. */
@Component
public class AccessTrail {

	/** Kinds that are nothing but reading: nobody acts by them. */
	public static final Set<String> READING = Set.of("CASE_READ", "CASE_REPLAYED", "CASE_PRINTED", "CASES_SEARCHED",
			"CASES_LISTED", "PERSONAL_SHOWN", "LEDGER_READ", "RULES_READ", "PEOPLE_READ", "PLATFORM_READ", "LOG_READ",
			"RETENTION_READ", "AUDIT_READ");

	private static final int FETCH = 500;

	private final NamedParameterJdbcTemplate jdbc;

	private final TransactionTemplate reading;

	AccessTrail(DataSource dataSource, PlatformTransactionManager transactions) {
		JdbcTemplate streaming = new JdbcTemplate(dataSource);
		// rows come in portions, so that a log of any length fits into memory
		streaming.setFetchSize(FETCH);
		this.jdbc = new NamedParameterJdbcTemplate(streaming);
		this.reading = new TransactionTemplate(transactions);
		this.reading.setReadOnly(true);
	}

	/**
	 * Which entries; what is null is not asked for.
	 *
	 * @param place of this place and of none; null: of all
	 * @param logins of these people
	 * @param kind of this kind
	 * @param subject about this thing
	 * @param from from then on
	 * @param until before then
	 * @param below with a smaller number: the next page
	 */
	public record Filter(String place, List<String> logins, String kind, String subject, Instant from, Instant until,
			Long below) {

	}

	/**
	 * An entry.
	 *
	 * @param id number, later ones are greater
	 * @param at when, by the platform's clock
	 * @param login who
	 * @param place the place it concerns, or null
	 * @param kind what was done
	 * @param subjectKind kind of thing it was done to
	 * @param subject which one
	 * @param details more about it, as JSON
	 * @param reason why, or null
	 */
	public record Entry(long id, Instant at, String login, String place, String kind, String subjectKind,
			String subject, String details, String reason) {

	}

	/**
	 * What one person did within one hour.
	 *
	 * @param login who
	 * @param hour when it begins
	 * @param roles roles the person had
	 * @param cases how many different cases the person read
	 * @param outside how often something of another place
	 * @param refused how often something the person may not
	 * @param personal how often personal data
	 * @param left cases read that the person did nothing about within a day
	 */
	public record Hour(String login, Instant hour, Set<String> roles, int cases, int outside, int refused, int personal,
			int left) {

	}

	/** A page of the log, newest first. */
	public List<Entry> page(Filter filter, int size) {
		Map<String, Object> parameters = new HashMap<>();
		String sql = "select * from access_log" + where(filter, parameters) + " order by id desc limit " + size;
		return this.jdbc.query(sql, parameters, (row, number) -> entry(row));
	}

	/** Reads all of it, newest first, one after another. */
	public void each(Filter filter, Consumer<Entry> consumer) {
		Map<String, Object> parameters = new HashMap<>();
		String sql = "select * from access_log" + where(filter, parameters) + " order by id desc";
		// a cursor lives within a transaction only
		this.reading.executeWithoutResult((status) -> this.jdbc.query(sql, parameters,
				(RowCallbackHandler) (row) -> consumer.accept(entry(row))));
	}

	/**
	 * Sums of every hour in which somebody read a case, was refused something or saw
	 * personal data, newest first.
	 * @param place the place it concerns
	 * @param from from then on
	 * @param until before then
	 */
	public List<Hour> hours(String place, Instant from, Instant until) {
		return this.jdbc.query(
				"""
						with seen as (
						select a.*, date_trunc('hour', a.at) as hour,
						a.subject_kind = 'case' and a.kind = any (:reading) and a.details ->> 'refused' is null as read_case
						from access_log a
						where coalesce(a.place, '') = any (:places) and a.at >= :from and a.at < :until
						), untouched as (
						select s.login, s.hour, count(distinct s.subject) as cases from seen s
						where s.read_case and not exists (select 1 from access_log b where b.login = s.login
						and b.subject = s.subject and b.at >= s.at and b.at < s.at + interval '1 day' and b.kind <> all (:reading))
						and not exists (select 1 from case_event e where e.case_no = s.subject and e.actor = s.login
						and e.kind <> 'UNMASKED' and e.at >= s.at and e.at < s.at + interval '1 day')
						group by s.login, s.hour)
						select s.login, s.hour, string_agg(distinct s.details ->> 'roles', ',') as roles,
						count(distinct s.subject) filter (where s.read_case) as cases,
						count(*) filter (where s.details ->> 'outside' is not null) as outside,
						count(*) filter (where s.details ->> 'refused' is not null) as refused,
						count(*) filter (where s.kind = 'PERSONAL_SHOWN') as personal,
						coalesce(max(u.cases), 0) as untouched
						from seen s left join untouched u on u.login = s.login and u.hour = s.hour
						group by s.login, s.hour
						having count(*) filter (where s.read_case or s.details ->> 'refused' is not null
						or s.kind = 'PERSONAL_SHOWN') > 0
						order by s.hour desc, s.login""",
				Map.of("reading", READING.toArray(String[]::new), "places", places(place), "from", Timestamp.from(from),
						"until", Timestamp.from(until)),
				(row, number) -> new Hour(row.getString("login"), row.getTimestamp("hour").toInstant(),
						roles(row.getString("roles")), row.getInt("cases"), row.getInt("outside"),
						row.getInt("refused"), row.getInt("personal"), row.getInt("untouched")));
	}

	private static Set<String> roles(String joined) {
		return (joined == null || joined.isEmpty()) ? Set.of()
				: java.util.Arrays.stream(joined.split(","))
					.filter((role) -> !role.isEmpty())
					.collect(java.util.stream.Collectors.toUnmodifiableSet());
	}

	private static String[] places(String place) {
		return new String[] { place, "" };
	}

	private static String where(Filter filter, Map<String, Object> parameters) {
		List<String> conditions = new ArrayList<>();
		if (filter.place() != null) {
			conditions.add("coalesce(place, '') = any (:places)");
			parameters.put("places", places(filter.place()));
		}
		if (filter.logins() != null) {
			conditions.add("login = any (:logins)");
			parameters.put("logins", filter.logins().toArray(String[]::new));
		}
		if (filter.kind() != null) {
			conditions.add("kind = :kind");
			parameters.put("kind", filter.kind());
		}
		if (filter.subject() != null) {
			conditions.add("subject = :subject");
			parameters.put("subject", filter.subject());
		}
		if (filter.from() != null) {
			conditions.add("at >= :from");
			parameters.put("from", Timestamp.from(filter.from()));
		}
		if (filter.until() != null) {
			conditions.add("at < :until");
			parameters.put("until", Timestamp.from(filter.until()));
		}
		if (filter.below() != null) {
			conditions.add("id < :below");
			parameters.put("below", filter.below());
		}
		return conditions.isEmpty() ? "" : " where " + String.join(" and ", conditions);
	}

	private static Entry entry(ResultSet row) throws SQLException {
		return new Entry(row.getLong("id"), row.getTimestamp("at").toInstant(), row.getString("login"),
				row.getString("place"), row.getString("kind"), row.getString("subject_kind"), row.getString("subject"),
				row.getString("details"), row.getString("reason"));
	}

}
