package gridcase.intake;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Timestamp;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;

import gridcase.casework.CaseActions;
import gridcase.casework.Report;
import gridcase.clock.PlatformClock;
import gridcase.shared.Refusal;
import gridcase.shared.Texts;

import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Takes reports in; a report sent twice with the same key becomes one case. */
@Component
public class Intake {

	private final CaseActions actions;

	private final JdbcTemplate jdbc;

	private final PlatformClock clock;

	Intake(CaseActions actions, JdbcTemplate jdbc, PlatformClock clock) {
		this.actions = actions;
		this.jdbc = jdbc;
		this.clock = clock;
	}

	/**
	 * Makes a case of a report.
	 * @param report what arrived
	 * @param key the sender's own key for this report, or null
	 * @return number of the case, the earlier one if the key is known
	 * @throws Refusal if the key was used for another report
	 */
	public String report(Report report, String key) {
		return report(report, report.reporter(), key, (caseNo) -> {
		});
	}

	/**
	 * The same for a sender who is nobody of the platform.
	 * @param report what arrived
	 * @param sender whose keys are kept apart from those of others
	 * @param key the sender's own key for this report, or null
	 * @param alongside given the number of a new case, in the transaction that makes it
	 * @return number of the case, the earlier one if the key is known
	 * @throws Refusal if the key was used for another report
	 */
	public String report(Report report, String sender, String key, Consumer<String> alongside) {
		if (key == null || key.isBlank()) {
			return this.actions.report(report, alongside);
		}
		if (key.length() > 128) {
			throw new Refusal(Refusal.Kind.INVALID, Texts.of("intake", "intake.refused.key-long"));
		}
		byte[] hash = hash(report);
		String known = find(sender, key, hash);
		if (known != null) {
			return known;
		}
		try {
			return this.actions.report(report, (caseNo) -> {
				this.jdbc.update(
						"insert into report_key (login, key, request_hash, case_no, created_at) values (?, ?, ?, ?, ?)",
						sender, key, hash, caseNo, Timestamp.from(this.clock.now()));
				alongside.accept(caseNo);
			});
		}
		catch (DuplicateKeyException ex) {
			// the same report came twice at once and the other one was faster
			String other = find(sender, key, hash);
			if (other == null) {
				throw ex;
			}
			return other;
		}
	}

	private String find(String login, String key, byte[] hash) {
		List<Known> found = this.jdbc.query("select case_no, request_hash from report_key where login = ? and key = ?",
				(row, number) -> new Known(row.getString("case_no"), row.getBytes("request_hash")), login, key);
		if (found.isEmpty()) {
			return null;
		}
		if (!Arrays.equals(found.get(0).hash(), hash)) {
			throw Refusal.conflict(Texts.of("intake", "intake.refused.key-used", key, found.get(0).caseNo()));
		}
		return found.get(0).caseNo();
	}

	private static byte[] hash(Report report) {
		try {
			String text = report.place() + '|' + report.channel() + '|' + new TreeMap<>(report.values());
			return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every Java platform has SHA-256", ex);
		}
	}

	private record Known(String caseNo, byte[] hash) {

	}

}
