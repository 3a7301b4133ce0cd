package gridcase.casework.web;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

import gridcase.casework.Ledger;
import gridcase.casework.Ledgers;
import gridcase.clock.PlatformClock;
import gridcase.registry.Place;
import gridcase.registry.Places;
import gridcase.security.CurrentPerson;
import gridcase.shared.FieldProblem;
import gridcase.shared.Refusal;
import gridcase.web.Times;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.CacheControl;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;

/** The books of a place (台帐): read, printed, taken along as Excel. */
@Controller
@Tag(name = "ledgers", description = "台帐 Ledgers")
class LedgerController {

	private static final String EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

	private static final int SHOWN = 200;

	private final Ledgers ledgers;

	private final LedgerSheet sheet;

	private final LedgerWords words;

	private final Places places;

	private final Names names;

	private final Times times;

	private final PlatformClock clock;

	LedgerController(Ledgers ledgers, LedgerSheet sheet, LedgerWords words, Places places, Names names, Times times,
			PlatformClock clock) {
		this.ledgers = ledgers;
		this.sheet = sheet;
		this.words = words;
		this.places = places;
		this.names = names;
		this.times = times;
		this.clock = clock;
	}

	@GetMapping("/ledgers")
	String list(CurrentPerson person, @RequestParam(required = false) String place,
			@RequestParam(required = false) LocalDate from, @RequestParam(required = false) LocalDate to, Model model) {
		Asked asked = asked(person, place, from, to);
		asked.fill(model);
		model.addAttribute("places", seen(person));
		model.addAttribute("books",
				this.ledgers.of(asked.place().code())
					.stream()
					.map((ledger) -> new Book(ledger, rows(this.ledgers.count(query(ledger, asked, person)))))
					.toList());
		return "casework/ledgers";
	}

	@GetMapping("/ledgers/{key}")
	String show(CurrentPerson person, @PathVariable String key, @RequestParam(required = false) String place,
			@RequestParam(required = false) LocalDate from, @RequestParam(required = false) LocalDate to, Model model) {
		Asked asked = asked(person, place, from, to);
		Ledger ledger = this.ledgers.get(asked.place().code(), key);
		Ledgers.Query query = query(ledger, asked, person);
		asked.fill(model);
		List<List<String>> rows = new ArrayList<>();
		this.ledgers.each(query, SHOWN, (values) -> rows.add(row(ledger, asked, values)));
		model.addAttribute("ledger", ledger);
		model.addAttribute("rows", rows);
		int total = this.ledgers.count(query);
		model.addAttribute("size", (total > rows.size())
				? this.names.text("casework.ledger.more", rows.size(), rows(total)) : rows(total));
		return "casework/ledger";
	}

	private String rows(int total) {
		return (total > Ledgers.COUNTED) ? this.names.text("casework.ledger.many", Ledgers.COUNTED)
				: this.names.text("casework.ledger.rows", total);
	}

	private List<String> row(Ledger ledger, Asked asked, Object[] values) {
		List<String> row = new ArrayList<>();
		for (int column = 0; column < values.length; column++) {
			Object value = this.words.of(ledger.columns().get(column), asked.place().code(), values[column]);
			row.add((value instanceof Instant moment) ? this.times.brief(moment) : value.toString());
		}
		return row;
	}

	@GetMapping("/api/v1/ledgers")
	@ResponseBody
	@Operation(summary = "本辖区的台帐 (the ledgers of a place, with their columns)")
	List<Ledger> all(CurrentPerson person, @RequestParam(required = false) String place) {
		return this.ledgers.of(asked(person, place, null, null).place().code());
	}

	@GetMapping({ "/ledgers/{key}.xlsx", "/api/v1/ledgers/{key}.xlsx" })
	@Operation(summary = "台帐 Excel，缺省为本月 (a ledger as Excel; this month unless a period is given)")
	void excel(CurrentPerson person, @PathVariable String key, @RequestParam(required = false) String place,
			@RequestParam(required = false) LocalDate from, @RequestParam(required = false) LocalDate to,
			HttpServletResponse response) throws IOException {
		Asked asked = asked(person, place, from, to);
		Ledger ledger = this.ledgers.get(asked.place().code(), key);
		response.setContentType(EXCEL);
		response.setHeader(HttpHeaders.CONTENT_DISPOSITION, ContentDisposition.attachment()
			.filename(asked.place().name() + " " + ledger.name() + " " + asked.from() + " " + asked.to() + ".xlsx",
					StandardCharsets.UTF_8)
			.build()
			.toString());
		response.setHeader(HttpHeaders.CACHE_CONTROL, CacheControl.noStore().getHeaderValue());
		this.sheet.write(query(ledger, asked, person), response.getOutputStream());
	}

	private Ledgers.Query query(Ledger ledger, Asked asked, CurrentPerson person) {
		return new Ledgers.Query(ledger, asked.place().code(), (person.place() == null) ? null : person.login(),
				asked.from().atStartOfDay(this.clock.zone()).toInstant(),
				asked.to().plusDays(1).atStartOfDay(this.clock.zone()).toInstant());
	}

	private Asked asked(CurrentPerson person, String place, LocalDate from, LocalDate to) {
		Place shown = seen(person).stream()
			.filter((each) -> place == null || place.isEmpty() || each.code().equals(place))
			.findFirst()
			.orElseThrow(() -> Refusal.forbidden(this.names.text("casework.ledger.other-place")));
		LocalDate today = this.clock.now().atZone(this.clock.zone()).toLocalDate();
		Asked asked = new Asked(shown, (from != null) ? from : today.withDayOfMonth(1), (to != null) ? to : today);
		if (asked.to().isBefore(asked.from())) {
			throw Refusal.invalid(List.of(new FieldProblem("to", this.names.text("casework.ledger.to"),
					this.names.text("casework.ledger.ends-before", asked.from().toString(), asked.to().toString()))));
		}
		return asked;
	}

	private List<Place> seen(CurrentPerson person) {
		return this.places.all(this.clock.now()).stream().filter((each) -> person.belongsTo(each.code())).toList();
	}

	/** A book with the number of its rows. */
	record Book(Ledger ledger, String rows) {

	}

	/** Place and days, both included. */
	private record Asked(Place place, LocalDate from, LocalDate to) {

		void fill(Model model) {
			model.addAttribute("place", this.place);
			model.addAttribute("from", this.from);
			model.addAttribute("to", this.to);
		}

	}

}
