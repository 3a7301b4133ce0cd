package gridcase.notice;

import java.util.ArrayList;
import java.util.List;

import gridcase.privacy.PersonalData;
import gridcase.privacy.PersonalKind;
import gridcase.privacy.SealedStore;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Numbers and addresses as the outbox keeps them: sealed. */
@Component
class Addresses implements SealedStore {

	private final PersonalData personal;

	private final JdbcTemplate jdbc;

	Addresses(PersonalData personal, JdbcTemplate jdbc) {
		this.personal = personal;
		this.jdbc = jdbc;
	}

	String seal(String channel, String address) {
		return this.personal.seal(channel.equals(Notice.EMAIL) ? PersonalKind.EMAIL : PersonalKind.PHONE, address);
	}

	String open(String stored) {
		return this.personal.open(stored);
	}

	@Override
	public String name() {
		return "outbox";
	}

	@Override
	public Progress reseal(String after, int most) {
		List<Row> rows = this.jdbc.query(
				"select id, recipient, address from outbox where id > ? and channel <> 'IN_APP' order by id limit ? for update",
				(row, number) -> new Row(row.getLong("id"), row.getString("recipient"), row.getString("address")),
				(after != null) ? Long.parseLong(after) : 0L, most);
		List<Object[]> changed = new ArrayList<>();
		for (Row row : rows) {
			if (outdated(row.recipient()) || outdated(row.address())) {
				changed.add(new Object[] { anew(row.recipient()), anew(row.address()), row.id() });
			}
		}
		this.jdbc.batchUpdate("update outbox set recipient = ?, address = ? where id = ?", changed);
		return new Progress((rows.size() < most) ? null : Long.toString(rows.get(rows.size() - 1).id()),
				changed.size());
	}

	private boolean outdated(String value) {
		return value != null && this.personal.outdated(value);
	}

	private String anew(String value) {
		return (value != null) ? this.personal.resealAll(value) : null;
	}

	private record Row(long id, String recipient, String address) {

	}

}
