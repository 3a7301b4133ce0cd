package gridcase.notice;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import gridcase.clock.PlatformClock;
import gridcase.shared.Refusal;
import gridcase.shared.Texts;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** What became of messages. Numbers and addresses come masked. */
@Component
public class Deliveries {

	private final JdbcTemplate jdbc;

	private final Map<String, Carrier> carriers = new TreeMap<>();

	private final DeliveryQueue queue;

	private final NoticeSender sender;

	private final Addresses addresses;

	private final PlatformClock clock;

	Deliveries(JdbcTemplate jdbc, List<Carrier> carriers, DeliveryQueue queue, NoticeSender sender, Addresses addresses,
			PlatformClock clock) {
		this.jdbc = jdbc;
		carriers.forEach((carrier) -> this.carriers.put(carrier.channel(), carrier));
		this.queue = queue;
		this.sender = sender;
		this.addresses = addresses;
		this.clock = clock;
	}

	/**
	 * A message that was told.
	 *
	 * @param id its number
	 * @param event what happened, e.g. {@code SIGNED}
	 * @param audience in which part the recipient was told, e.g. {@code REPORTER}
	 * @param channel {@code IN_APP}, {@code SMS} or {@code EMAIL}
	 * @param recipient sign-in name or pool; a number or address masked
	 * @param kind which of these the recipient is
	 * @param address where it was sent to, masked; null before the first try and for
	 * {@code IN_APP}
	 * @param subject what it is about
	 * @param text what it says
	 * @param at when it was told
	 * @param state {@code SENT}, {@code PENDING}, {@code FAILING} (tried in vain, will be
	 * tried again), {@code FAILED} (refused for good) or {@code NOT_CONFIGURED} (waits
	 * until the channel is set up)
	 * @param sentAt when it was taken over, or null
	 */
	public record Delivery(long id, String event, String audience, String channel, String recipient, Notice.Kind kind,
			String address, String subject, String text, Instant at, String state, Instant sentAt) {

	}

	/**
	 * How a channel does.
	 *
	 * @param channel {@code SMS} or {@code EMAIL}
	 * @param configured whether it knows where to send to
	 * @param waiting how many messages wait
	 * @param failed how many are refused for good
	 * @param failingSince since when the oldest of those that wait has been tried in
	 * vain, or null
	 * @param lastError what was said at the latest failure, or null
	 */
	public record ChannelState(String channel, boolean configured, long waiting, long failed, Instant failingSince,
			String lastError) {

		/** Whether somebody should look at it. */
		public boolean troubled() {
			return this.failed > 0 || this.failingSince != null;
		}

	}

	/** Messages about a case, in the order they were told. */
	public List<Delivery> ofCase(String caseNo) {
		return this.jdbc.query("select * from outbox where case_no = ? order by created_at, id",
				(row, number) -> delivery(row), caseNo);
	}

	private Delivery delivery(ResultSet row) throws SQLException {
		Timestamp sent = row.getTimestamp("sent_at");
		return new Delivery(row.getLong("id"), row.getString("event"), row.getString("audience"),
				row.getString("channel"), Masked.address(this.addresses.open(row.getString("recipient"))),
				Notice.Kind.valueOf(row.getString("kind")),
				Masked.address(this.addresses.open(row.getString("address"))), row.getString("subject"),
				row.getString("text"), row.getTimestamp("created_at").toInstant(), state(row),
				(sent != null) ? sent.toInstant() : null);
	}

	private String state(ResultSet row) throws SQLException {
		String state = row.getString("state");
		if (!state.equals("PENDING")) {
			return state;
		}
		Carrier carrier = this.carriers.get(row.getString("channel"));
		if (carrier == null || !carrier.configured()) {
			return "NOT_CONFIGURED";
		}
		return (row.getTimestamp("failing_since") != null) ? "FAILING" : state;
	}

	/**
	 * All channels that lead out of the platform.
	 * @param place counts only messages of that place; null counts all
	 */
	public List<ChannelState> channels(String place) {
		Map<String, ChannelState> states = new TreeMap<>();
		this.carriers.forEach(
				(name, carrier) -> states.put(name, new ChannelState(name, carrier.configured(), 0, 0, null, null)));
		this.jdbc.query("select channel, count(*) filter (where state = 'PENDING') waiting, "
				+ "count(*) filter (where state = 'FAILED') failed, "
				+ "min(failing_since) filter (where state = 'PENDING') failing_since, "
				+ "(array_agg(last_error order by tried_at desc) filter (where last_error is not null))[1] last_error "
				+ "from outbox where state <> 'SENT' and (?::text is null or place = ?) group by channel", (row) -> {
					String name = row.getString("channel");
					Carrier carrier = this.carriers.get(name);
					Timestamp since = row.getTimestamp("failing_since");
					states.put(name,
							new ChannelState(name, carrier != null && carrier.configured(), row.getLong("waiting"),
									row.getLong("failed"), (since != null) ? since.toInstant() : null,
									row.getString("last_error")));
				}, place, place);
		return new ArrayList<>(states.values());
	}

	/**
	 * Tries again at once what failed or waits for its next try.
	 * @param channel {@code SMS} or {@code EMAIL}
	 * @param place only messages of that place; null: all
	 * @return how many messages
	 * @throws Refusal if there is no such channel
	 */
	public int retry(String channel, String place) {
		if (!this.carriers.containsKey(channel)) {
			throw Refusal.notFound(
					Texts.of("notice", "notice.refused.channel", channel, String.join(", ", this.carriers.keySet())));
		}
		int retried = this.queue.retry(channel, place, null, this.clock.now());
		this.sender.resume(channel);
		return retried;
	}

	/**
	 * Tries one message again at once.
	 * @param id its number
	 * @param place only if it is of that place; null: any
	 * @throws Refusal if it does not wait
	 */
	public void retry(long id, String place) {
		if (this.queue.retry(null, place, id, this.clock.now()) == 0) {
			throw Refusal.notFound(Texts.of("notice", "notice.refused.waits-not", id));
		}
		this.sender.resume(null);
	}

}
