package gridcase.oversight;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

import gridcase.clock.PlatformClock;
import gridcase.oversight.RetentionStore.Archive;
import gridcase.oversight.RetentionStore.Hold;
import gridcase.oversight.RetentionStore.Item;
import gridcase.oversight.RetentionStore.RetentionList;
import gridcase.registry.Catalogue;
import gridcase.registry.Category;
import gridcase.registry.Place;
import gridcase.registry.Places;
import gridcase.registry.Roles;
import gridcase.registry.Staff;
import gridcase.registry.StaffDirectory;
import gridcase.security.CurrentPerson;
import gridcase.shared.FieldProblem;
import gridcase.shared.Refusal;
import gridcase.shared.Texts;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.core.io.InputStreamResource;
import org.springframework.http.CacheControl;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** What is due, the lists, the archives and the holds (归档与销毁). */
@Controller
@Tag(name = "retention", description = "归档与销毁 Retention, archives and legal holds")
class RetentionController {

	private static final int SHOWN = 100;

	private final Retention retention;

	private final RetentionStore store;

	private final Archives archives;

	private final Catalogue catalogue;

	private final StaffDirectory staff;

	private final Places places;

	private final PlatformClock clock;

	RetentionController(Retention retention, RetentionStore store, Archives archives, Catalogue catalogue,
			StaffDirectory staff, Places places, PlatformClock clock) {
		this.retention = retention;
		this.store = store;
		this.archives = archives;
		this.catalogue = catalogue;
		this.staff = staff;
		this.places = places;
		this.clock = clock;
	}

	@GetMapping("/retention")
	String show(CurrentPerson person, @RequestParam(required = false) String place,
			@RequestParam(name = "case", defaultValue = "") String caseNo, Model model) {
		return page(person, place, caseNo, "", List.of(), model);
	}

	private String page(CurrentPerson person, String code, String caseNo, String reason, List<FieldProblem> problems,
			Model model) {
		Place place = place(person, code);
		List<RetentionRules.Due> due = this.retention.due(place.code());
		model.addAttribute("names", this);
		model.addAttribute("places", seen(person));
		model.addAttribute("place", place);
		model.addAttribute("due", due.stream().limit(SHOWN).toList());
		model.addAttribute("dueCases", due.size());
		model.addAttribute("lists", this.store.lists(place.code(), SHOWN));
		model.addAttribute("holds", this.store.holds(place.code(), SHOWN));
		model.addAttribute("draws", person.has(Roles.ADMINISTRATOR, Roles.AUDITOR));
		model.addAttribute("holder", person.has(Roles.AUDITOR) && place.code().equals(person.place()));
		model.addAttribute("caseNo", caseNo);
		model.addAttribute("reason", reason);
		model.addAttribute("problems", problems);
		return "oversight/retention";
	}

	@PostMapping("/retention/lists")
	String draw(CurrentPerson person, @RequestParam String place, RedirectAttributes redirect) {
		RetentionList list = this.retention.begin(person, place);
		redirect.addFlashAttribute("flash", Texts.of("oversight", "oversight.retention.drawn", list.cases()));
		return "redirect:/retention/lists/" + list.id();
	}

	@GetMapping("/retention/lists/{id}")
	String list(CurrentPerson person, @PathVariable long id, Model model) {
		RetentionList list = readable(person, id);
		model.addAttribute("names", this);
		model.addAttribute("list", list);
		model.addAttribute("items", this.store.items(id));
		model.addAttribute("archives", person.has(Roles.AUDITOR) && list.place().equals(person.place()));
		return "oversight/list";
	}

	/** A hold placed or lifted on the page, by the number of the case. */
	@PostMapping("/retention/holds")
	String hold(CurrentPerson person, @RequestParam(defaultValue = "") String caseNo,
			@RequestParam(defaultValue = "") String reason, @RequestParam(defaultValue = "false") boolean lift,
			Model model, HttpServletResponse response, RedirectAttributes redirect) {
		auditor(person);
		try {
			if (lift) {
				this.retention.lift(person, caseNo.strip(), reason);
			}
			else {
				this.retention.hold(person, caseNo.strip(), reason);
			}
			redirect.addFlashAttribute("flash",
					Texts.of("oversight", lift ? "oversight.hold.lifted" : "oversight.hold.placed", caseNo.strip()));
			return "redirect:/retention#holds";
		}
		catch (Refusal refusal) {
			response.setStatus((refusal.kind() == Refusal.Kind.CONFLICT) ? HttpServletResponse.SC_CONFLICT
					: (refusal.kind() == Refusal.Kind.NOT_FOUND) ? HttpServletResponse.SC_NOT_FOUND
							: HttpServletResponse.SC_BAD_REQUEST);
			List<FieldProblem> problems = refusal.fields().isEmpty() ? List
				.of(new FieldProblem("caseNo", Texts.of("oversight", "oversight.hold.case"), refusal.getMessage()))
					: refusal.fields();
			return page(person, person.place(), caseNo, reason, problems, model);
		}
	}

	private static void auditor(CurrentPerson person) {
		if (!person.has(Roles.AUDITOR) || person.place() == null) {
			throw Refusal.forbidden(Texts.of("oversight", "oversight.hold.auditors"));
		}
	}

	@GetMapping({ "/retention/archives/{number}", "/api/v1/retention/archives/{number}" })
	@Operation(summary = "销毁案件的归档包，督查人员可下载 (the archive of a deleted case, for auditors)")
	ResponseEntity<InputStreamResource> archive(CurrentPerson person, @PathVariable("number") String caseNo)
			throws IOException {
		auditor(person);
		Archive archive = this.store.archive(caseNo)
			.filter((each) -> each.place().equals(person.place()))
			.orElseThrow(() -> Refusal.notFound(Texts.of("oversight", "oversight.retention.no-archive", caseNo)));
		return ResponseEntity.ok()
			.contentType(MediaType.parseMediaType("application/zip"))
			.contentLength(archive.size())
			.header(HttpHeaders.CONTENT_DISPOSITION,
					ContentDisposition.attachment()
						.filename(archive.fileName(), StandardCharsets.UTF_8)
						.build()
						.toString())
			.header("Repr-Digest", "sha-256=:" + java.util.Base64.getEncoder().encodeToString(archive.sha256()) + ":")
			.cacheControl(CacheControl.noStore())
			.body(new InputStreamResource(this.archives.open(archive)));
	}

	// --- over HTTP ---

	@GetMapping("/api/v1/retention/due")
	@ResponseBody
	@Operation(summary = "保管期满的案件 (cases that have been kept as long as the table retention says)")
	List<RetentionRules.Due> due(CurrentPerson person, @RequestParam(required = false) String place) {
		return this.retention.due(place(person, place).code());
	}

	@GetMapping("/api/v1/retention/lists")
	@ResponseBody
	@Operation(summary = "销毁清单，新的在前 (lists, newest first)")
	List<RetentionList> lists(CurrentPerson person, @RequestParam(required = false) String place) {
		return this.store.lists(place(person, place).code(), SHOWN);
	}

	@PostMapping("/api/v1/retention/lists")
	@ResponseBody
	@ResponseStatus(HttpStatus.CREATED)
	@Operation(summary = "列出到期案件并送批 (draw up a list and send it to whoever approves it)")
	RetentionList begin(CurrentPerson person, @RequestParam(required = false) String place) {
		return this.retention.begin(person, place(person, place).code());
	}

	@GetMapping("/api/v1/retention/lists/{id}")
	@ResponseBody
	@Operation(summary = "清单上的案件及其去向 (the cases of a list, and what became of them)")
	List<Item> items(CurrentPerson person, @PathVariable long id) {
		return this.store.items(readable(person, id).id());
	}

	@GetMapping("/api/v1/retention/holds")
	@ResponseBody
	@Operation(summary = "封存的案件，现在封存着的在前 (legal holds, standing ones first)")
	List<Hold> holds(CurrentPerson person, @RequestParam(required = false) String place) {
		return this.store.holds(place(person, place).code(), SHOWN);
	}

	@GetMapping("/api/v1/retention/tombstones/{number}")
	@ResponseBody
	@Operation(summary = "销毁记录 (what is left of a deleted case)")
	RetentionStore.Tombstone tombstone(CurrentPerson person, @PathVariable("number") String caseNo) {
		readers(person);
		return this.store.tombstone(caseNo)
			.filter((each) -> person.belongsTo(each.place()))
			.orElseThrow(() -> Refusal.notFound(Texts.of("oversight", "oversight.retention.no-tombstone", caseNo)));
	}

	@PostMapping("/api/v1/cases/{caseNo}/hold")
	@ResponseBody
	@ResponseStatus(HttpStatus.CREATED)
	@Operation(summary = "封存案件，督查人员 (keep a case from being deleted; auditors)")
	Hold hold(CurrentPerson person, @PathVariable String caseNo, @RequestBody Why why) {
		return this.retention.hold(person, caseNo, why.reason());
	}

	@DeleteMapping("/api/v1/cases/{caseNo}/hold")
	@ResponseStatus(HttpStatus.NO_CONTENT)
	@Operation(summary = "解除封存，说明理由 (lift a hold, with a reason)")
	void lift(CurrentPerson person, @PathVariable String caseNo, @RequestParam(required = false) String reason) {
		this.retention.lift(person, caseNo, reason);
	}

	/**
	 * Why a hold is placed.
	 *
	 * @param reason in words
	 */
	record Why(String reason) {

	}

	// --- who and where ---

	private RetentionList readable(CurrentPerson person, long id) {
		readers(person);
		RetentionList list = this.store.list(id);
		if (!person.belongsTo(list.place())) {
			throw Refusal.notFound(Texts.of("oversight", "oversight.retention.no-list", id));
		}
		return list;
	}

	private static void readers(CurrentPerson person) {
		if (!person.has(Roles.AUDITOR, Roles.ADMINISTRATOR, Roles.POLICY_APPROVER)) {
			throw Refusal.forbidden(Texts.of("oversight", "oversight.retention.not-yours"));
		}
	}

	private Place place(CurrentPerson person, String code) {
		readers(person);
		return seen(person).stream()
			.filter((each) -> code == null || code.isBlank() || each.code().equals(code))
			.findFirst()
			.orElseThrow(() -> Refusal.forbidden(Texts.of("oversight", "oversight.other-place")));
	}

	private List<Place> seen(CurrentPerson person) {
		return this.places.all(this.clock.now()).stream().filter((each) -> person.belongsTo(each.code())).toList();
	}

	/** Name of a person, for pages. */
	public String person(String login) {
		return this.staff.find(login, this.clock.now()).map(Staff::name).orElse(login);
	}

	/** Name of a category, for pages. */
	public String category(String place, String code) {
		return Optional.ofNullable(code)
			.flatMap((known) -> this.catalogue.find(place, known, this.clock.now()))
			.map(Category::name)
			.orElse(code);
	}

	/** A day with its year, for pages. */
	public String day(java.time.Instant moment) {
		return moment.atZone(this.clock.zone()).toLocalDate().toString();
	}

	/** An archive, for pages. */
	public Archive archive(String caseNo) {
		return this.store.archive(caseNo).orElse(null);
	}

	/** A hash as people compare it. */
	public String hex(byte[] hash) {
		return HexFormat.of().formatHex(hash);
	}

}
