package gridcase.open311;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import gridcase.casework.CaseFile;
import gridcase.clock.PlatformClock;
import gridcase.registry.Grid;
import gridcase.registry.Grids;
import gridcase.registry.Unit;
import gridcase.registry.Units;

import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;

/**
 * What of a case anybody may see: its kind, where and how far it is. Words and address
 * only of reports that came by an app, which had told its user that they become public;
 * never who reported it.
 */
@Component
class PublicRequests {

	private final Units units;

	private final Grids grids;

	private final PlatformClock clock;

	private final MessageSource messages;

	PublicRequests(Units units, Grids grids, PlatformClock clock, MessageSource messages) {
		this.units = units;
		this.grids = grids;
		this.clock = clock;
		this.messages = messages;
	}

	Map<String, Object> of(CaseFile file, PublicNumbers.Number number) {
		boolean published = number.app() != null;
		Map<String, Object> request = new LinkedHashMap<>();
		request.put("service_request_id", number.requestId());
		request.put("status", file.open() ? "open" : "closed");
		request.put("status_notes", notes(file));
		request.put("service_name", file.fact("categoryName"));
		request.put("service_code", file.fact("category"));
		request.put("description", published ? withoutNumbers(file.fact("description")) : "");
		request.put("agency_responsible", agency(file));
		request.put("service_notice", null);
		request.put("requested_datetime", moment(file.reportedAt()));
		request.put("updated_datetime", moment(updated(file)));
		request.put("expected_datetime", file.open() ? moment(file.dueAt()) : null);
		request.put("address",
				published && !file.fact("address").isEmpty() ? withoutNumbers(file.fact("address")) : gridName(file));
		request.put("address_id", file.fact("gridCode"));
		request.put("zipcode", null);
		request.put("lat", null);
		request.put("long", null);
		request.put("media_url", null);
		return request;
	}

	private String notes(CaseFile file) {
		return file.open() ? (file.stageName() != null) ? file.stageName() : word("state", file.state())
				: word("state", file.state());
	}

	private String agency(CaseFile file) {
		return Stream.of(Optional.ofNullable(file.holderUnit()), Optional.of(file.fact("leadUnit")))
			.flatMap(Optional::stream)
			.flatMap((code) -> this.units.find(code, this.clock.now()).stream())
			.map(Unit::name)
			.findFirst()
			.orElse("");
	}

	private String gridName(CaseFile file) {
		return this.grids.find(file.fact("gridCode"), this.clock.now())
			.map(Grid::name)
			.orElseGet(() -> file.fact("gridName"));
	}

	private static Instant updated(CaseFile file) {
		return Stream.of(file.closedAt(), file.stageSince(), file.ownerSince(), file.holderSince())
			.filter((at) -> at != null)
			.max(Instant::compareTo)
			.orElse(file.reportedAt());
	}

	/** Telephone and identity numbers people write though they should not. */
	private static String withoutNumbers(String text) {
		return text.replaceAll("\\d[\\d -]{5,}[\\dXx]", "****");
	}

	/** RFC 3339, to the second, with the offset of the platform's zone. */
	private String moment(Instant at) {
		return (at != null) ? DateTimeFormatter.ISO_OFFSET_DATE_TIME
			.format(OffsetDateTime.ofInstant(at.truncatedTo(ChronoUnit.SECONDS), this.clock.zone())) : null;
	}

	private String word(String kind, String code) {
		return this.messages.getMessage("casework." + kind + "." + code, null, code, LocaleContextHolder.getLocale());
	}

}
