package gridcase.intake.web;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import gridcase.casework.Attachments;
import gridcase.casework.Report;
import gridcase.casework.TaskForms;
import gridcase.form.FormView;
import gridcase.form.Forms;
import gridcase.intake.Intake;
import gridcase.registry.Roles;
import gridcase.security.CurrentPerson;
import gridcase.shared.FieldProblem;
import gridcase.shared.Refusal;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Reporting by people of the platform. */
@Controller
@RequestMapping("/report")
class ReportController {

	private static final List<String> CHANNELS = List.of("GRID_WORKER", "PATROL", "RESIDENT", "HOTLINE", "PETITION",
			"DEPARTMENT", "SMS", "WECHAT", "THIRD_PARTY");

	private final TaskForms forms;

	private final Intake intake;

	private final Attachments attachments;

	private final MessageSource messages;

	ReportController(TaskForms forms, Intake intake, Attachments attachments, MessageSource messages) {
		this.forms = forms;
		this.intake = intake;
		this.attachments = attachments;
		this.messages = messages;
	}

	@GetMapping
	String empty(CurrentPerson person, Model model) {
		return page(person, channelOf(person), UUID.randomUUID().toString(), Map.of(), List.of(), model);
	}

	@PostMapping("/fields")
	String fields(CurrentPerson person, @RequestParam MultiValueMap<String, String> input, Model model) {
		FormView form = this.forms.report(place(person),
				Forms.changeRows(values(input), input.getFirst("_more"), input.getFirst("_less")), List.of());
		model.addAttribute("form", form);
		return "form/fields :: fields(form=${form},refresh='/report/fields')";
	}

	@PostMapping
	String send(CurrentPerson person, @RequestParam String channel, @RequestParam String key,
			@RequestParam MultiValueMap<String, String> input, Model model, HttpServletResponse response,
			RedirectAttributes redirect) {
		Map<String, Object> values = values(input);
		try {
			if (!CHANNELS.contains(channel)) {
				throw Refusal.invalid(List
					.of(new FieldProblem("channel", text("intake.channel"), text("intake.channel.unknown", channel))));
			}
			String caseNo = this.intake.report(new Report(place(person), channel, person.login(), values), key);
			bind(values, caseNo);
			redirect.addFlashAttribute("flash", text("intake.reported", caseNo));
			redirect.addFlashAttribute("kept", "report");
			return "redirect:/cases/" + caseNo;
		}
		catch (Refusal refusal) {
			if (refusal.kind() != Refusal.Kind.INVALID) {
				throw refusal;
			}
			response.setStatus(HttpServletResponse.SC_BAD_REQUEST);
			return page(person, channel, key, values, refusal.fields(), model);
		}
	}

	private String page(CurrentPerson person, String channel, String key, Map<String, ?> values,
			List<FieldProblem> problems, Model model) {
		model.addAttribute("form", this.forms.report(place(person), values, problems));
		model.addAttribute("channel", channel);
		model.addAttribute("channels", CHANNELS);
		model.addAttribute("key", key);
		return "intake/report";
	}

	private void bind(Map<String, Object> values, String caseNo) {
		for (Object value : values.values()) {
			List<?> many = (value instanceof List<?> list) ? list : List.of(value);
			this.attachments.bind(many.stream()
				.map(String::valueOf)
				.filter((text) -> text.matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"))
				.map(UUID::fromString)
				.toList(), caseNo);
		}
	}

	private String place(CurrentPerson person) {
		if (person.place() == null) {
			throw Refusal.forbidden(text("intake.noPlace"));
		}
		return person.place();
	}

	private static String channelOf(CurrentPerson person) {
		return person.has(Roles.HOTLINE_CLERK) ? "HOTLINE"
				: person.has(Roles.GRID_WORKER, Roles.GRID_HEAD) ? "GRID_WORKER" : "DEPARTMENT";
	}

	private static Map<String, Object> values(MultiValueMap<String, String> input) {
		Map<String, Object> values = new LinkedHashMap<>();
		input.forEach((name, given) -> {
			if (!name.startsWith("_") && !name.equals("channel") && !name.equals("key")) {
				values.put(name, (given.size() == 1) ? given.get(0) : List.copyOf(given));
			}
		});
		return values;
	}

	private String text(String key, Object... arguments) {
		return this.messages.getMessage(key, arguments, LocaleContextHolder.getLocale());
	}

}
