package gridcase.audit;

import java.sql.Timestamp;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import gridcase.clock.PlatformClock;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.RequestContextHolder;

/** What people read and did, written once and never changed. */
@Component
public class AccessLog {

	private static final ObjectMapper JSON = JsonMapper.builder()
		.enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
		.findAndAddModules()
		.disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
		.build();

	private static final String REASON = AccessLog.class.getName() + ".reason";

	private final JdbcTemplate jdbc;

	private final PlatformClock clock;

	AccessLog(JdbcTemplate jdbc, PlatformClock clock) {
		this.jdbc = jdbc;
		this.clock = clock;
	}

	/**
	 * Notes why the person whose request this is reads what is read: it goes with all
	 * that is put on record until the request ends.
	 * @param reason in the person's own words, or null
	 */
	public static void because(String reason) {
		RequestAttributes request = RequestContextHolder.getRequestAttributes();
		if (request != null && reason != null) {
			request.setAttribute(REASON, reason, RequestAttributes.SCOPE_REQUEST);
		}
	}

	private static String reason(Access access) {
		RequestAttributes request = RequestContextHolder.getRequestAttributes();
		return (access.reason() != null || request == null) ? access.reason()
				: (String) request.getAttribute(REASON, RequestAttributes.SCOPE_REQUEST);
	}

	/**
	 * Puts it on record, in the caller's transaction if there is one: what is undone was
	 * not done.
	 */
	public void record(Access access) {
		this.jdbc.update(
				"insert into access_log (at, login, place, kind, subject_kind, subject, details, reason) values (?, ?, ?, ?, ?, ?, ?::json, ?)",
				Timestamp.from(this.clock.now()), access.login(), access.place(), access.kind(), access.subjectKind(),
				access.subject(), json(access), reason(access));
	}

	private static String json(Access access) {
		try {
			return JSON.writeValueAsString(access.details());
		}
		catch (JsonProcessingException ex) {
			throw new IllegalArgumentException("Details of " + access.kind() + " are no JSON", ex);
		}
	}

}
