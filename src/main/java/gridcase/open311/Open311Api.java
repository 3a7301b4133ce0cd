package gridcase.open311;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import gridcase.casework.CaseFile;
import gridcase.casework.PublicCases;
import gridcase.clock.PlatformClock;
import gridcase.registry.Category;
import gridcase.registry.Place;
import gridcase.registry.Places;
import gridcase.security.RateLimits;
import gridcase.security.RateLimits.Limit;
import gridcase.security.Seals;
import gridcase.security.TooManyRequests;
import gridcase.shared.Refusal;
import gridcase.shared.Texts;
import jakarta.servlet.http.HttpServletRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The interface as the specification has it, in JSON and XML. */
@RestController
@RequestMapping("/open311/v2")
class Open311Api {

	/** Longest stretch of time of a list, and its length. */
	static final int MOST_DAYS = 90;

	static final int MOST_REQUESTS = 1000;

	private static final Limit READ = new Limit("open311.read", 240, Duration.ofMinutes(1));

	private static final Limit WRITE = new Limit("open311.write", 600, Duration.ofHours(1));

	private static final Limit WRONG_KEY = new Limit("open311.key", 20, Duration.ofMinutes(10));

	private static final Set<String> STATUSES = new TreeSet<>(Set.of("open", "closed"));

	private static final Logger log = LoggerFactory.getLogger(Open311Api.class);

	private final Documents documents;

	private final ServiceList services;

	private final PublicRequests requests;

	private final PublicNumbers numbers;

	private final AppReports reports;

	private final PublicCases cases;

	private final Places places;

	private final Open311Settings settings;

	private final RateLimits limits;

	private final PlatformClock clock;

	Open311Api(Documents documents, ServiceList services, PublicRequests requests, PublicNumbers numbers,
			AppReports reports, PublicCases cases, Places places, Open311Settings settings, RateLimits limits,
			PlatformClock clock) {
		this.documents = documents;
		this.services = services;
		this.requests = requests;
		this.numbers = numbers;
		this.reports = reports;
		this.cases = cases;
		this.places = places;
		this.settings = settings;
		this.limits = limits;
		this.clock = clock;
	}

	@GetMapping("/discovery.{format:json|xml}")
	ResponseEntity<byte[]> discovery(HttpServletRequest request, @PathVariable String format) {
		look(request);
		String base = request.getRequestURL().toString().replaceFirst("/discovery\\.(json|xml)$", "");
		Map<String, Object> endpoint = new LinkedHashMap<>();
		endpoint.put("specification", "http://wiki.open311.org/GeoReport_v2");
		endpoint.put("url", base);
		endpoint.put("changeset", "2026-05-04T00:00:00+08:00");
		endpoint.put("type", "production");
		List<Object> formats = new ArrayList<>(List.of("text/xml", "application/json"));
		endpoint.put("formats", formats);
		Map<String, Object> discovery = new LinkedHashMap<>();
		discovery.put("changeset", "2026-05-04T00:00:00+08:00");
		discovery.put("contact", this.settings.contact());
		discovery.put("key_service", this.settings.contact());
		discovery.put("endpoints", new ArrayList<>(List.of(endpoint)));
		return this.documents.one(format, HttpStatus.OK, "discovery", discovery);
	}

	@GetMapping("/services.{format:json|xml}")
	ResponseEntity<byte[]> services(HttpServletRequest request, @PathVariable String format,
			@RequestParam(name = "jurisdiction_id", required = false) String jurisdiction) {
		look(request);
		return this.documents.list(format, HttpStatus.OK, "services",
				this.services.services(place(jurisdiction).code()));
	}

	@GetMapping("/services/{code:[^.]+}.{format:json|xml}")
	ResponseEntity<byte[]> definition(HttpServletRequest request, @PathVariable String code,
			@PathVariable String format,
			@RequestParam(name = "jurisdiction_id", required = false) String jurisdiction) {
		look(request);
		Place place = place(jurisdiction);
		Category category = this.services.find(place.code(), code)
			.orElseThrow(() -> Refusal.notFound(text("service", code)));
		return this.documents.one(format, HttpStatus.OK, "service_definition",
				this.services.definition(place.code(), category));
	}

	@PostMapping(path = "/requests.{format:json|xml}", consumes = MediaType.APPLICATION_FORM_URLENCODED_VALUE)
	ResponseEntity<byte[]> report(HttpServletRequest request, @PathVariable String format,
			@RequestParam MultiValueMap<String, String> input,
			@RequestHeader(name = "Idempotency-Key", required = false) String key,
			@RequestHeader(name = "Prefer", defaultValue = "") String prefer) {
		String app = app(request, input.getFirst("api_key"));
		this.limits.check(WRITE, app);
		Place place = place(input.getFirst("jurisdiction_id"));
		AppReports.Taken taken = this.reports.take(place, app, input, key);
		Map<String, Object> answer = new LinkedHashMap<>();
		if (prefer.contains("respond-async")) {
			answer.put("token", this.numbers.token(taken.caseNo()));
		}
		else {
			answer.put("service_request_id", this.numbers.of(List.of(taken.caseNo())).get(taken.caseNo()).requestId());
		}
		answer.put("service_notice", text("notice", taken.caseNo(), taken.grid()));
		answer.put("account_id", null);
		return this.documents.list(format, HttpStatus.CREATED, "service_requests", List.of(answer));
	}

	@GetMapping("/requests.{format:json|xml}")
	ResponseEntity<byte[]> list(HttpServletRequest request, @PathVariable String format,
			@RequestParam(name = "jurisdiction_id", required = false) String jurisdiction,
			@RequestParam(name = "service_request_id", defaultValue = "") String ids,
			@RequestParam(name = "service_code", defaultValue = "") String codes,
			@RequestParam(name = "start_date", required = false) String start,
			@RequestParam(name = "end_date", required = false) String end,
			@RequestParam(name = "status", defaultValue = "") String status) {
		look(request);
		Place place = place(jurisdiction);
		if (!ids.isBlank()) {
			return this.documents.list(format, HttpStatus.OK, "service_requests", byIds(place, words(ids)));
		}
		List<String> wanted = words(codes);
		Set<String> published = this.services.of(place.code())
			.stream()
			.map(Category::code)
			.filter((code) -> wanted.isEmpty() || wanted.contains(code))
			.collect(Collectors.toSet());
		Set<String> statuses = new TreeSet<>(words(status));
		if (!STATUSES.containsAll(statuses)) {
			throw bad(text("status", status, String.join(", ", STATUSES)));
		}
		Duration most = Duration.ofDays(MOST_DAYS);
		Instant now = this.clock.now();
		Instant to = (end != null) ? moment("end_date", end) : (start != null)
				? earliest(moment("start_date", start).plus(most), now.plusSeconds(1)) : now.plusSeconds(1);
		Instant from = (start != null) ? moment("start_date", start) : to.minus(most);
		if (to.isBefore(from) || Duration.between(from, to).compareTo(most.plusSeconds(1)) > 0) {
			throw bad(text("range", MOST_DAYS));
		}
		boolean both = statuses.isEmpty();
		List<CaseFile> found = this.cases.list(new PublicCases.Query(place.code(), published, from, to,
				both || statuses.contains("open"), both || statuses.contains("closed"), MOST_REQUESTS));
		return this.documents.list(format, HttpStatus.OK, "service_requests", told(found));
	}

	@GetMapping("/requests/{id:[^.]+}.{format:json|xml}")
	ResponseEntity<byte[]> one(HttpServletRequest request, @PathVariable String id, @PathVariable String format,
			@RequestParam(name = "jurisdiction_id", required = false) String jurisdiction) {
		look(request);
		List<Map<String, Object>> found = byIds(place(jurisdiction), words(id));
		if (found.isEmpty()) {
			throw Refusal.notFound(text("request", id));
		}
		return this.documents.list(format, HttpStatus.OK, "service_requests", found);
	}

	@GetMapping("/tokens/{token:[^.]+}.{format:json|xml}")
	ResponseEntity<byte[]> token(HttpServletRequest request, @PathVariable String token, @PathVariable String format,
			@RequestParam(name = "jurisdiction_id", required = false) String jurisdiction) {
		look(request);
		place(jurisdiction);
		PublicNumbers.Number number = this.numbers.byToken(token)
			.orElseThrow(() -> Refusal.notFound(text("token", token)));
		Map<String, Object> answer = new LinkedHashMap<>();
		answer.put("service_request_id", number.requestId());
		answer.put("token", token);
		return this.documents.list(format, HttpStatus.OK, "service_requests", List.of(answer));
	}

	/** Of a case whose category is not published any more nothing is told. */
	private List<Map<String, Object>> byIds(Place place, List<String> ids) {
		List<String> caseNos = this.numbers.byRequestIds(ids).stream().map(PublicNumbers.Number::caseNo).toList();
		Set<String> published = this.services.of(place.code()).stream().map(Category::code).collect(Collectors.toSet());
		return told(this.cases.get(caseNos)
			.stream()
			.filter((file) -> file.place().equals(place.code()) && published.contains(file.fact("category")))
			.toList());
	}

	private List<Map<String, Object>> told(List<CaseFile> files) {
		Map<String, PublicNumbers.Number> known = this.numbers.of(files.stream().map(CaseFile::caseNo).toList());
		return files.stream().map((file) -> this.requests.of(file, known.get(file.caseNo()))).toList();
	}

	private Place place(String jurisdiction) {
		Instant now = this.clock.now();
		if (jurisdiction == null || jurisdiction.isBlank()) {
			List<Place> all = this.places.all(now);
			if (all.size() == 1) {
				return all.get(0);
			}
			throw bad(text("jurisdiction.missing"));
		}
		return this.places.find(jurisdiction, now)
			.orElseThrow(() -> Refusal.notFound(text("jurisdiction", jurisdiction)));
	}

	private String app(HttpServletRequest request, String key) {
		String given = (key != null) ? key : "";
		String found = null;
		for (Map.Entry<String, String> app : this.settings.keys().entrySet()) {
			if (Seals.same(app.getValue(), given) && !given.isBlank()) {
				found = app.getKey();
			}
		}
		if (found == null) {
			this.limits.check(WRONG_KEY, RateLimits.address(request));
			throw Refusal.forbidden(text("key"));
		}
		return found;
	}

	private void look(HttpServletRequest request) {
		this.limits.check(READ, RateLimits.address(request));
	}

	/** With an offset, as the standard wants it. */
	private static Instant moment(String name, String value) {
		try {
			// a plus sign that was not escaped arrives as a blank
			return OffsetDateTime.parse(value.strip().replace(' ', '+')).toInstant();
		}
		catch (DateTimeParseException ex) {
			throw bad(text("date", name, value, "2026-03-18T10:40:00+08:00"));
		}
	}

	private static Instant earliest(Instant one, Instant other) {
		return one.isBefore(other) ? one : other;
	}

	private static List<String> words(String text) {
		return Arrays.stream(text.split(",")).map(String::strip).filter((word) -> !word.isEmpty()).toList();
	}

	static Refusal bad(String words) {
		return new Refusal(Refusal.Kind.INVALID, words);
	}

	static String text(String key, Object... values) {
		return Texts.of("open311", "open311." + key, values);
	}

	@ExceptionHandler
	ResponseEntity<byte[]> refused(Refusal refusal, HttpServletRequest request) {
		HttpStatus status = switch (refusal.kind()) {
			case INVALID -> HttpStatus.BAD_REQUEST;
			case FORBIDDEN -> HttpStatus.FORBIDDEN;
			case NOT_FOUND -> HttpStatus.NOT_FOUND;
			case CONFLICT -> HttpStatus.CONFLICT;
			case TOO_LARGE -> HttpStatus.PAYLOAD_TOO_LARGE;
			case RULE -> HttpStatus.UNPROCESSABLE_ENTITY;
			case TOO_MANY -> HttpStatus.TOO_MANY_REQUESTS;
		};
		List<Map<String, Object>> errors = refusal.fields().isEmpty()
				? List.of(error(status.value(), refusal.getMessage()))
				: refusal.fields()
					.stream()
					.map((field) -> error(status.value(), text("field", field.field(), field.message())))
					.toList();
		ResponseEntity<byte[]> answer = this.documents.list(format(request), status, "errors", errors);
		return (refusal instanceof TooManyRequests tooMany) ? ResponseEntity.status(status)
			.headers(answer.getHeaders())
			.header(HttpHeaders.RETRY_AFTER, Long.toString(tooMany.retryAfter()))
			.body(answer.getBody()) : answer;
	}

	@ExceptionHandler
	ResponseEntity<byte[]> unexpected(RuntimeException failure, HttpServletRequest request) {
		log.error("Open311 {} {}", request.getMethod(), request.getRequestURI(), failure);
		return this.documents.list(format(request), HttpStatus.INTERNAL_SERVER_ERROR, "errors",
				List.of(error(HttpStatus.INTERNAL_SERVER_ERROR.value(), text("failure"))));
	}

	private static Map<String, Object> error(int code, String description) {
		Map<String, Object> error = new LinkedHashMap<>();
		error.put("code", code);
		error.put("description", description);
		return error;
	}

	private static String format(HttpServletRequest request) {
		return request.getRequestURI().endsWith(".xml") ? Documents.XML : Documents.JSON;
	}

}
