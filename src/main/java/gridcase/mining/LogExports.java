package gridcase.mining;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

import gridcase.audit.Access;
import gridcase.audit.AccessLog;
import gridcase.clock.PlatformClock;
import gridcase.clock.WorkingCalendars;
import gridcase.registry.Grids;
import gridcase.registry.Units;
import gridcase.security.CurrentPerson;
import gridcase.security.Seals;
import gridcase.shared.FieldProblem;
import gridcase.shared.Refusal;
import gridcase.shared.Texts;

import org.springframework.context.MessageSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * Takes the event log out, for other people's tools. Every log that leaves is on record.
 */
@Component
public class LogExports {

	private static final int BUFFER = 1 << 16;

	private static final int KEY_SIZE = 64;

	private static final int REASON_SIZE = 500;

	private static final int LEAST_REASON = 4;

	private final CaseHistories histories;

	private final MiningAccess access;

	private final AccessLog log;

	private final Seals seals;

	private final WorkingCalendars calendars;

	private final Units units;

	private final Grids grids;

	private final PlatformClock clock;

	private final JdbcTemplate jdbc;

	private final MessageSource messages;

	LogExports(CaseHistories histories, MiningAccess access, AccessLog log, Seals seals, WorkingCalendars calendars,
			Units units, Grids grids, PlatformClock clock, JdbcTemplate jdbc, MessageSource messages) {
		this.histories = histories;
		this.access = access;
		this.log = log;
		this.seals = seals;
		this.calendars = calendars;
		this.units = units;
		this.grids = grids;
		this.clock = clock;
		this.jdbc = jdbc;
		this.messages = messages;
	}

	/**
	 * Checks an order and puts on record that the log is taken out.
	 * @param person who wants it
	 * @param order what is wanted
	 * @return the log, to be written once
	 * @throws Refusal if it is none of the person's business, or something is missing
	 */
	public Prepared prepare(CurrentPerson person, ExportOrder order) {
		MiningAccess.Asked asked = this.access.asked(person, order.place(), order.from(), order.to(), order.category());
		String reason = (order.reason() != null && !order.reason().isBlank()) ? order.reason().strip() : null;
		String key = (order.key() != null && !order.key().isBlank()) ? order.key().strip() : asked.place().code();
		List<FieldProblem> problems = new ArrayList<>();
		if (order.clear() && (reason == null || reason.length() < LEAST_REASON)) {
			problems.add(new FieldProblem("reason", Texts.of("mining", "mining.export.reason"),
					Texts.of("mining", "mining.refused.reason", LEAST_REASON)));
		}
		if (reason != null && reason.length() > REASON_SIZE) {
			problems.add(new FieldProblem("reason", Texts.of("mining", "mining.export.reason"),
					Texts.of("mining", "mining.refused.long", REASON_SIZE)));
		}
		if (key.length() > KEY_SIZE) {
			problems.add(new FieldProblem("key", Texts.of("mining", "mining.export.key"),
					Texts.of("mining", "mining.refused.long", KEY_SIZE)));
		}
		if (!problems.isEmpty()) {
			throw Refusal.invalid(problems);
		}
		Map<String, Object> details = new TreeMap<>(Map.of("format", order.format().name(), "from",
				asked.from().toString(), "to", asked.to().toString(), "clear", order.clear(), "key", key));
		if (asked.category() != null) {
			details.put("category", asked.category());
		}
		this.log.record(new Access(person.login(), asked.place().code(), "LOG_EXPORTED", "log",
				asked.place().code() + " " + asked.from() + " " + asked.to(), details, reason));
		return new Prepared(asked, order.format(), new Pseudonyms(this.seals, key, order.clear()));
	}

	/** A log that may be written. */
	public final class Prepared {

		private final MiningAccess.Asked asked;

		private final ExportFormat format;

		private final Pseudonyms names;

		private Prepared(MiningAccess.Asked asked, ExportFormat format, Pseudonyms names) {
			this.asked = asked;
			this.format = format;
			this.names = names;
		}

		/** What its file is called. */
		public String fileName() {
			return "gridcase-" + this.asked.place().code() + "-" + this.asked.from() + "-" + this.asked.to() + "."
					+ this.format.suffix();
		}

		/** How it is written. */
		public ExportFormat format() {
			return this.format;
		}

		/**
		 * Writes it, a case at a time.
		 * @param to where to; is not closed
		 * @return how many cases and events it has
		 * @throws IOException if it cannot be written; what was written is no whole log
		 * then
		 */
		public Size write(OutputStream to) throws IOException {
			OutputStream out = new BufferedOutputStream(to, BUFFER);
			EventLog events = new EventLog(this.asked.place().code(), this.names,
					LogExports.this.calendars.forPlace(this.asked.place().code()), LogExports.this.units,
					LogExports.this.grids, LogExports.this.jdbc, words(), LogExports.this.clock.now());
			long[] size = new long[2];
			try (LogWriter writer = writer(out)) {
				LogExports.this.histories.each(this.asked.scope(), (mined) -> {
					List<LogEvent> ofCase = events.events(mined);
					size[0]++;
					size[1] += ofCase.size();
					try {
						writer.write(mined.caseNo(), mined.attributes(), mined.reportedAt(), mined.closedAt(), ofCase,
								(this.format == ExportFormat.XES) ? List.of() : events.objects(mined));
					}
					catch (IOException ex) {
						throw new UncheckedIOException(ex);
					}
				});
				writer.finish();
			}
			catch (UncheckedIOException ex) {
				throw ex.getCause();
			}
			out.flush();
			return new Size(size[0], size[1]);
		}

		private LogWriter writer(OutputStream out) throws IOException {
			Moments moments = new Moments(LogExports.this.clock.zone());
			return switch (this.format) {
				case XES -> new XesWriter(out, moments, this.asked.place().name(), this.asked.scope().from(),
						this.asked.scope().to());
				case OCEL_JSON -> new OcelJsonWriter(out, moments);
				case OCEL_XML -> new OcelXmlWriter(out, moments);
				case OCEL_SQLITE -> new OcelSqliteWriter(out, moments);
			};
		}

		/** Kinds of events in Chinese, whoever asks: the log's activities are Chinese. */
		private Function<String, String> words() {
			return (kind) -> LogExports.this.messages.getMessage("mining.kind." + kind, null, kind, Locale.CHINESE);
		}

	}

	/**
	 * How much there is in a log.
	 *
	 * @param cases number of cases
	 * @param events number of events
	 */
	public record Size(long cases, long events) {

	}

}
