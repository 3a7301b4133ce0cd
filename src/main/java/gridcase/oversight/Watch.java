package gridcase.oversight;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import gridcase.audit.Access;
import gridcase.audit.AccessLog;
import gridcase.casework.Attachments;
import gridcase.casework.CaseFile;
import gridcase.casework.Cases;
import gridcase.casework.OpenTasks;
import gridcase.casework.Standings;
import gridcase.oversight.CaseSight.Sight;
import gridcase.oversight.CaseSight.Verdict;
import gridcase.security.CurrentPerson;
import gridcase.security.People;
import gridcase.shared.Refusal;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * Stands before every handler. Whoever the table {@code case-sight} watches is put on
 * record: a look before anything is shown, so that nothing is seen that is not on record;
 * a deed once it is done, for what was refused was not done. What the table shows for a
 * reason only is not shown without one.
 */
@Component
class Watch implements HandlerInterceptor, WebMvcConfigurer {

	private static final Set<String> NO_STANDING = Set.of("NONE");

	private static final Pattern NAMED = Pattern.compile("\\{([?@]?)([^}]+)\\}");

	/** A deed that is to go on record once it is done. */
	private static final String DEED = Watch.class.getName() + ".deed";

	private static final int LONGEST = 200;

	private final WatchList list;

	private final CaseSight sights;

	private final Reasons reasons;

	private final People people;

	private final Cases cases;

	private final Standings standings;

	private final OpenTasks tasks;

	private final Attachments attachments;

	private final AccessLog log;

	Watch(WatchList list, CaseSight sights, Reasons reasons, People people, Cases cases, Standings standings,
			OpenTasks tasks, Attachments attachments, AccessLog log) {
		this.list = list;
		this.sights = sights;
		this.reasons = reasons;
		this.people = people;
		this.cases = cases;
		this.standings = standings;
		this.tasks = tasks;
		this.attachments = attachments;
		this.log = log;
	}

	@Override
	public void addInterceptors(InterceptorRegistry registry) {
		registry.addInterceptor(this);
	}

	@Override
	public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
			throws Exception {
		if (!(handler instanceof HandlerMethod) || request.getDispatcherType() != DispatcherType.REQUEST) {
			return true;
		}
		WatchLine line = this.list.of(request.getMethod(),
				(String) request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE));
		if (line.about() == null) {
			return true;
		}
		Optional<CurrentPerson> person = this.people.current();
		if (person.isEmpty()) {
			return true;
		}
		Verdict verdict = this.sights.of(person.get(), NO_STANDING, line.about());
		if (verdict.sight() == Sight.OPEN && (!verdict.watched() || line.kind() == null)) {
			return true;
		}
		return looked(new Look(request, response, line, person.get(), subject(line, request)), verdict);
	}

	private record Look(HttpServletRequest request, HttpServletResponse response, WatchLine line, CurrentPerson person,
			String subject) {

		boolean api() {
			return this.request.getRequestURI().startsWith(this.request.getContextPath() + "/api/");
		}

	}

	private boolean looked(Look look, Verdict stranger) throws Exception {
		Verdict verdict = stranger;
		CaseFile file = null;
		if (look.line().ofACase()) {
			if (look.subject().isEmpty()) {
				return true;
			}
			file = seen(look).orElse(null);
			if (file == null) {
				// the handler says that there is nothing for this person
				record(look, verdict, placeOf(look.subject()), null, Map.of("refused", "true"));
				return true;
			}
			if (verdict.sight() != Sight.OPEN) {
				verdict = this.sights.of(look.person(), standing(file, look.person()), look.line().about());
			}
		}
		String place = (file != null) ? file.place() : place(look);
		if (verdict.sight() == Sight.REFUSED) {
			record(look, verdict, place, null, Map.of("refused", "true"));
			throw Refusal.forbidden(verdict.why());
		}
		String reason = this.reasons.of(look.request(), key(look), verdict.minutes()).orElse(null);
		if (verdict.sight() == Sight.ON_REASON && reason == null) {
			return ask(look);
		}
		AccessLog.because(reason);
		if (Reasons.reads(look.request())) {
			record(look, verdict, place, reason, Map.of());
		}
		else {
			Verdict judged = verdict;
			Supplier<Void> deed = () -> {
				record(look, judged, place, reason, Map.of());
				return null;
			};
			look.request().setAttribute(DEED, deed);
		}
		return true;
	}

	@Override
	@SuppressWarnings("unchecked")
	public void afterCompletion(HttpServletRequest request, HttpServletResponse response, Object handler,
			Exception failure) {
		Supplier<Void> deed = (Supplier<Void>) request.getAttribute(DEED);
		if (deed != null && failure == null && response.getStatus() < HttpServletResponse.SC_BAD_REQUEST
				&& !request.isAsyncStarted()) {
			request.removeAttribute(DEED);
			deed.get();
		}
	}

	/** Whoever is missing a reason is asked for it, and comes back here. */
	private boolean ask(Look look) throws Exception {
		if (look.api() || !Reasons.reads(look.request())) {
			throw Reasons.needed();
		}
		boolean part = look.request().getHeader("HX-Request") != null;
		String to = part ? look.request().getHeader("HX-Current-URL") : null;
		String address = UriComponentsBuilder.fromPath(look.request().getContextPath() + "/oversight/reason")
			.queryParam("about", "{about}")
			.queryParam("subject", "{subject}")
			.queryParam("to", "{to}")
			.encode()
			.buildAndExpand(look.line().about(), look.subject(), (to != null) ? path(to) : path(look.request()))
			.toUriString();
		if (part) {
			look.response().setHeader("HX-Redirect", address);
			look.response().setStatus(HttpStatus.PRECONDITION_REQUIRED.value());
		}
		else {
			look.response().sendRedirect(address);
		}
		return false;
	}

	private static String path(HttpServletRequest request) {
		String path = request.getRequestURI().substring(request.getContextPath().length());
		return (request.getQueryString() != null) ? path + "?" + request.getQueryString() : path;
	}

	private static String path(String address) {
		return UriComponentsBuilder.fromUriString(address).scheme(null).host(null).port(null).build().toUriString();
	}

	/** Under what a reason is remembered: one case, or all lists together. */
	static String key(String about, String subject) {
		return about.equals("case-list") ? about : subject;
	}

	private static String key(Look look) {
		return key(look.line().about(), look.subject());
	}

	/** The case, if this person may see it where it is asked for. */
	private Optional<CaseFile> seen(Look look) {
		if (look.person().place() == null && !look.api()) {
			return this.cases.find(look.subject());
		}
		try {
			return Optional.of(this.cases.get(look.subject(), look.person().login()));
		}
		catch (Refusal ex) {
			return Optional.empty();
		}
	}

	/** Whoever has a task of the case holds it as far as that goes. */
	private Set<String> standing(CaseFile file, CurrentPerson person) {
		Set<String> people = this.standings.people(person.login());
		boolean atWork = this.tasks.ofCase(file.caseNo()).stream().anyMatch((task) -> people.contains(task.assignee()));
		Set<String> standings = new LinkedHashSet<>(this.standings.of(file, person.login()));
		if (atWork) {
			standings.add("HOLDER");
		}
		return standings;
	}

	private String placeOf(String caseNo) {
		return this.cases.find(caseNo).map(CaseFile::place).orElse(null);
	}

	private static String place(Look look) {
		return (look.person().place() != null) ? look.person().place()
				: blankToNull(look.request().getParameter("place"));
	}

	private void record(Look look, Verdict verdict, String place, String reason, Map<String, String> more) {
		WatchLine line = look.line();
		if (!verdict.watched() || line.kind() == null) {
			return;
		}
		Map<String, String> details = new LinkedHashMap<>(more);
		details.put("roles", String.join(",", new TreeSet<>(look.person().roles())));
		details.put("address", look.request().getMethod() + " "
				+ look.request().getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE));
		if (look.person().place() != null && place != null && !look.person().place().equals(place)) {
			details.put("outside", "true");
		}
		for (String name : line.kept()) {
			String value = blankToNull(look.request().getParameter(name));
			if (value != null) {
				details.put(name, Masking.text(cut(value)));
			}
		}
		String subjectKind = line.ofACase() ? "case" : line.about();
		this.log.record(
				new Access(look.person().login(), place, line.kind(), subjectKind, look.subject(), details, reason));
	}

	private String subject(WatchLine line, HttpServletRequest request) {
		Matcher named = NAMED.matcher(line.subject());
		StringBuilder subject = new StringBuilder();
		while (named.find()) {
			String value = switch (named.group(1)) {
				case "?" -> request.getParameter(named.group(2));
				case "@" -> named.group(2).equals("task") ? caseOfTask(variable(request, "taskId"))
						: caseOfAttachment(variable(request, "id"));
				default -> variable(request, named.group(2));
			};
			named.appendReplacement(subject, Matcher.quoteReplacement((value != null) ? cut(value.strip()) : ""));
		}
		named.appendTail(subject);
		return subject.toString().strip();
	}

	@SuppressWarnings("unchecked")
	private static String variable(HttpServletRequest request, String name) {
		return ((Map<String, String>) request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE)).get(name);
	}

	private String caseOfTask(String taskId) {
		return this.tasks.find(taskId).map((task) -> task.caseNo()).orElse(null);
	}

	private String caseOfAttachment(String id) {
		try {
			return this.attachments.get(UUID.fromString(id)).caseNo();
		}
		catch (IllegalArgumentException | Refusal ex) {
			// the handler says that there is none
			return null;
		}
	}

	private static String cut(String value) {
		byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
		return (bytes.length <= LONGEST) ? value : value.substring(0, Math.min(value.length(), LONGEST / 4));
	}

	private static String blankToNull(String value) {
		return (value == null || value.isBlank()) ? null : value;
	}

}
