package gridcase.resident;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import gridcase.casework.Attachments;
import gridcase.clock.PlatformClock;
import gridcase.registry.Catalogue;
import gridcase.registry.Category;
import gridcase.registry.Place;
import gridcase.resident.ResidentReports.Receipt;
import gridcase.shared.FieldProblem;
import gridcase.shared.Refusal;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;

/** The page on which residents report; everything on it works without scripts. */
@Controller
@RequestMapping("/r/{place}")
class ReportPage {

	private static final int GRIDS = 8;

	private final ResidentReports reports;

	private final GridSearch grids;

	private final Attachments attachments;

	private final Catalogue catalogue;

	private final PlatformClock clock;

	private final Visits visits;

	ReportPage(ResidentReports reports, GridSearch grids, Attachments attachments, Catalogue catalogue,
			PlatformClock clock, Visits visits) {
		this.reports = reports;
		this.grids = grids;
		this.attachments = attachments;
		this.catalogue = catalogue;
		this.clock = clock;
		this.visits = visits;
	}

	/**
	 * What is filled in so far.
	 *
	 * @param photos ids of photos kept from an earlier try
	 * @param consent not sent at all while it is not ticked
	 */
	record ReportForm(String title, String description, String category, String gridCode, String address, String name,
			String phone, List<UUID> photos, Boolean consent, UUID codeId, String code, String key) {

		ReportForm {
			photos = (photos != null) ? photos : List.of();
			consent = Boolean.TRUE.equals(consent);
			key = (key != null && !key.isBlank()) ? key : UUID.randomUUID().toString();
		}

		ResidentReport report() {
			return new ResidentReport(this.title, this.description, this.category, this.gridCode, this.address,
					this.name, this.phone, this.photos, this.consent, this.codeId, this.code);
		}

		ReportForm with(List<UUID> allPhotos, UUID newCode) {
			return new ReportForm(this.title, this.description, this.category, this.gridCode, this.address, this.name,
					this.phone, allPhotos, this.consent, (newCode != null) ? newCode : this.codeId, this.code,
					this.key);
		}

	}

	@GetMapping
	String empty(HttpServletRequest request, @PathVariable String place, @RequestParam(required = false) String grid,
			Model model) {
		this.visits.check(Visits.LOOK, request);
		return page(this.reports.place(place),
				new ReportForm(null, null, null, grid, null, null, null, null, false, null, null, null), List.of(),
				model);
	}

	/** Grids an address may mean, as a part of the page. */
	@GetMapping("/grids")
	String grids(HttpServletRequest request, @PathVariable String place, @RequestParam(defaultValue = "") String q,
			Model model) {
		this.visits.check(Visits.LOOK, request);
		this.reports.place(place);
		model.addAttribute("found", this.grids.search(place, q, GRIDS));
		model.addAttribute("searched", !q.isBlank());
		model.addAttribute("chosen", null);
		return "resident/report :: grids";
	}

	@PostMapping
	String send(HttpServletRequest request, HttpServletResponse response, @PathVariable String place,
			@RequestParam(name = "do", defaultValue = "send") String what, ReportForm input,
			@RequestParam(name = "files", required = false) List<MultipartFile> files, Model model) throws IOException {
		this.visits.check(Visits.REPORT, request);
		Place known = this.reports.place(place);
		ReportForm form = input;
		try {
			form = form.with(keep(place, form.photos(), files), null);
			switch (what) {
				case "find" -> {
					return page(known, form, List.of(), model);
				}
				case "code" -> {
					this.visits.check(Visits.CODE, request);
					form = form.with(form.photos(), this.reports.sendCode(place, form.phone()));
					model.addAttribute("codeSent", Phones.masked(form.phone()));
					return page(known, form, List.of(), model);
				}
				default -> {
					Receipt receipt = this.reports.take(place, form.report(), form.key());
					return "redirect:/track/" + receipt.caseNo() + "/" + receipt.token() + "?done=report";
				}
			}
		}
		catch (Refusal refusal) {
			if (refusal.kind() != Refusal.Kind.INVALID && refusal.kind() != Refusal.Kind.TOO_LARGE
					&& refusal.kind() != Refusal.Kind.RULE) {
				throw refusal;
			}
			response.setStatus(HttpServletResponse.SC_BAD_REQUEST);
			if (refusal.fields().isEmpty()) {
				model.addAttribute("refused", refusal.getMessage());
			}
			return page(known, form, refusal.fields(), model);
		}
	}

	/** Photos stay with what was filled in, also when something has to be mended. */
	private List<UUID> keep(String place, List<UUID> before, List<MultipartFile> files) throws IOException {
		List<UUID> all = new ArrayList<>(before);
		for (MultipartFile file : (files != null) ? files : List.<MultipartFile>of()) {
			if (!file.isEmpty() && all.size() < ResidentReports.MOST_PHOTOS) {
				all.add(this.reports.addPhoto(place, null, file.getOriginalFilename(), file.getBytes()).id());
			}
		}
		return all;
	}

	/** A photo that was kept, for whoever has its id. */
	@GetMapping("/photos/{id}")
	ResponseEntity<byte[]> photo(HttpServletRequest request, @PathVariable String place, @PathVariable UUID id) {
		this.visits.check(Visits.LOOK, request);
		return image(this.reports.ownPhoto(place, id), this.attachments);
	}

	static ResponseEntity<byte[]> image(Attachments.Info info, Attachments attachments) {
		return ResponseEntity.ok()
			.contentType(MediaType.parseMediaType(info.contentType()))
			.body(attachments.content(info.id()));
	}

	private String page(Place place, ReportForm form, List<FieldProblem> problems, Model model) {
		model.addAttribute("place", place);
		model.addAttribute("form", form);
		model.addAttribute("problems", problems);
		Map<String, String> errors = new LinkedHashMap<>();
		problems.forEach((problem) -> errors.putIfAbsent(problem.field(), problem.message()));
		model.addAttribute("errors", errors);
		model.addAttribute("classes", classes(place.code()));
		GridSearch.Found chosen = this.grids.find(place.code(), form.gridCode()).orElse(null);
		model.addAttribute("chosen", chosen);
		String asked = (form.address() != null) ? form.address() : "";
		model.addAttribute("found",
				this.grids.search(place.code(), asked, GRIDS)
					.stream()
					.filter((found) -> chosen == null || !found.code().equals(chosen.code()))
					.toList());
		model.addAttribute("searched", !asked.isBlank());
		model.addAttribute("needsCode", this.reports.needsCode());
		model.addAttribute("mostPhotos", ResidentReports.MOST_PHOTOS);
		return "resident/report";
	}

	private Map<String, List<Category>> classes(String place) {
		Map<String, List<Category>> classes = new LinkedHashMap<>();
		this.catalogue.categories(place, this.clock.now())
			.forEach((category) -> classes.computeIfAbsent(category.className(), (name) -> new ArrayList<>())
				.add(category));
		return classes;
	}

}
