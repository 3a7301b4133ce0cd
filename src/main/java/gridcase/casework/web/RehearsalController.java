package gridcase.casework.web;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;

import gridcase.casework.process.TimeTravel;
import gridcase.clock.ClockRefused;
import gridcase.clock.PlatformClock;
import gridcase.shared.FieldProblem;
import gridcase.shared.Refusal;
import gridcase.web.Times;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The rehearsal clock: rehearse a week in a minute. */
@Controller
@RequestMapping("/rehearsal")
class RehearsalController {

	/** Steps offered as buttons, in hours. */
	private static final List<Integer> STEPS = List.of(1, 4, 24, 72, 168);

	private static final Duration FARTHEST = Duration.ofDays(400);

	private final PlatformClock clock;

	private final TimeTravel travel;

	private final Times times;

	private final Names names;

	RehearsalController(PlatformClock clock, TimeTravel travel, Times times, Names names) {
		this.clock = clock;
		this.travel = travel;
		this.times = times;
		this.names = names;
	}

	@GetMapping
	String show(Model model) {
		model.addAttribute("now", this.clock.now());
		model.addAttribute("rehearsal", this.clock.rehearsal());
		model.addAttribute("ahead",
				this.names.text(
						this.clock.offset().isNegative() ? "casework.rehearsal.behind" : "casework.rehearsal.ahead",
						Long.toString(this.clock.offset().abs().toHours())));
		model.addAttribute("steps", STEPS);
		return "rehearsal/page";
	}

	@PostMapping("/by")
	String by(@RequestParam int hours, RedirectAttributes redirect) {
		return move(this.clock.now().plus(Duration.ofHours(hours)), redirect);
	}

	@PostMapping("/to")
	String to(@RequestParam String at, RedirectAttributes redirect) {
		try {
			return move(LocalDateTime.parse(at).atZone(this.clock.zone()).toInstant(), redirect);
		}
		catch (DateTimeException ex) {
			redirect.addFlashAttribute("failed", this.names.text("casework.rehearsal.unreadable"));
			return "redirect:/rehearsal";
		}
	}

	private String move(Instant target, RedirectAttributes redirect) {
		if (Duration.between(this.clock.now(), target).compareTo(FARTHEST) > 0) {
			throw Refusal.invalid(List.of(new FieldProblem("at", this.names.text("casework.rehearsal.at"),
					this.names.text("casework.rehearsal.far"))));
		}
		try {
			int fired = this.travel.moveTo(target);
			redirect.addFlashAttribute("flash",
					this.names.text("casework.rehearsal.moved", this.times.brief(this.clock.now()), fired));
		}
		catch (ClockRefused refused) {
			redirect.addFlashAttribute("failed", refused.getMessage());
		}
		return "redirect:/rehearsal";
	}

}
