package gridcase.casework;

import java.util.ArrayList;
import java.util.List;

import gridcase.privacy.PersonalData;
import gridcase.privacy.SealedStore;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Forms begun and not sent, sealed anew when the key has changed. */
@Component
class SealedDrafts implements SealedStore {

	private static final String KEY = "(login || chr(10) || subject)";

	private final PersonalData personal;

	private final JdbcTemplate jdbc;

	SealedDrafts(PersonalData personal, JdbcTemplate jdbc) {
		this.personal = personal;
		this.jdbc = jdbc;
	}

	@Override
	public String name() {
		return "draft";
	}

	@Override
	public Progress reseal(String after, int most) {
		List<Row> rows = this.jdbc.query(
				"select " + KEY + " key, entries from draft where " + KEY + " > ? order by 1 limit ? for no key update",
				(row, number) -> new Row(row.getString("key"), row.getString("entries")), (after != null) ? after : "",
				most);
		List<Object[]> changed = new ArrayList<>();
		for (Row row : rows) {
			if (this.personal.outdated(row.entries())) {
				changed.add(new Object[] { this.personal.resealAll(row.entries()), row.key() });
			}
		}
		this.jdbc.batchUpdate("update draft set entries = ? where " + KEY + " = ?", changed);
		return new Progress((rows.size() < most) ? null : rows.get(rows.size() - 1).key(), changed.size());
	}

	private record Row(String key, String entries) {

	}

}
