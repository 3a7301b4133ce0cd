package gridcase.rehearsal;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.stream.Collectors;

import gridcase.casework.CaseActions;
import gridcase.casework.Cases;
import gridcase.casework.Custody;
import gridcase.casework.OpenTask;
import gridcase.casework.OpenTasks;
import gridcase.casework.Report;
import gridcase.casework.process.TimeTravel;
import gridcase.clock.LimitUnit;
import gridcase.clock.PlatformClock;
import gridcase.clock.WorkingCalendar;
import gridcase.clock.WorkingCalendars;
import gridcase.registry.Duties;
import gridcase.registry.OnDuty;
import gridcase.registry.Roles;
import gridcase.registry.Staff;
import gridcase.shared.Acting;
import gridcase.shared.Refusal;

import org.springframework.stereotype.Component;

/**
 * Plays a script: what its people do happens in the order of its times, each action in
 * the person's name and through the same door as a click, the clock moving from one to
 * the next. Whatever falls due on the way happens too.
 */
@Component
class Player {

	private final CaseActions actions;

	private final Cases cases;

	private final OpenTasks tasks;

	private final Duties duties;

	private final TimeTravel travel;

	private final PlatformClock clock;

	private final WorkingCalendars calendars;

	Player(CaseActions actions, Cases cases, OpenTasks tasks, Duties duties, TimeTravel travel, PlatformClock clock,
			WorkingCalendars calendars) {
		this.actions = actions;
		this.cases = cases;
		this.tasks = tasks;
		this.duties = duties;
		this.travel = travel;
		this.clock = clock;
		this.calendars = calendars;
	}

	/**
	 * Plays a script from now on.
	 * @param script the story
	 * @throws IllegalStateException if a step cannot be done; the message names it
	 * @throws gridcase.clock.ClockRefused if the platform's clock may not be moved
	 */
	void play(Script script) {
		this.travel.alone(() -> new Performance(script).run());
	}

	/** An action and its moment; of several at once the one planned first comes first. */
	private record Moment(Instant at, int number, String what, Runnable action) {

	}

	private final class Performance {

		private final PriorityQueue<Moment> moments = new PriorityQueue<>(
				Comparator.comparing(Moment::at).thenComparing(Moment::number));

		private final Script script;

		private final WorkingCalendar calendar;

		private final ZoneId zone;

		private final LocalDate firstDay;

		private int planned;

		private Performance(Script script) {
			this.script = script;
			this.zone = Player.this.clock.zone();
			this.calendar = Player.this.calendars.named(WorkingCalendars.STANDARD);
			Instant opening = this.calendar.nextOpening(Player.this.clock.now().minus(Duration.ofHours(1)));
			this.firstDay = LocalDate.ofInstant(opening, this.zone);
		}

		private void run() {
			this.script.cases().forEach(this::planReports);
			for (Moment next = this.moments.poll(); next != null; next = this.moments.poll()) {
				moveTo(next.at());
				try {
					next.action().run();
				}
				catch (Refusal ex) {
					throw new IllegalStateException("Refused: " + next.what() + ": " + ex.getMessage() + ex.fields(),
							ex);
				}
			}
			if (this.script.until() != null) {
				moveTo(time(this.script.until()));
			}
		}

		/** A script that begins on the running day may name a time that has passed. */
		private void moveTo(Instant at) {
			if (at.isAfter(Player.this.clock.now())) {
				Player.this.travel.moveTo(at);
			}
		}

		private void plan(Instant at, Object what, Runnable action) {
			this.moments.add(new Moment(at, this.planned++, what.toString(), action));
		}

		private void planReports(Script.Story story) {
			Instant at = time(story.at());
			for (int i = 0; i < story.count(); i++) {
				int number = i;
				plan(at, story.report(), () -> report(story, number));
				at = later(at, story.every());
			}
		}

		private void report(Script.Story story, int number) {
			String place = (story.place() != null) ? story.place() : this.script.place();
			Map<String, Object> values = new HashMap<>(story.report());
			if (story.grids() != null) {
				values.put("gridCode", story.grids().get(number % story.grids().size()));
			}
			if (story.count() > 1) {
				values.replaceAll((field, value) -> (value instanceof String text)
						? text.replace("{n}", String.valueOf(number + 1)) : value);
			}
			String reporter = reporter(story.reporter(), Objects.toString(values.get("gridCode")));
			String caseNo = Acting.as(reporter,
					() -> Player.this.actions.report(new Report(place, story.channel(), reporter, values)));
			if (story.steps().isEmpty()) {
				planOn(story, caseNo);
			}
			else {
				planStep(story, caseNo, 0);
			}
		}

		private String reporter(String reporter, String grid) {
			if (!Roles.ALL.contains(reporter)) {
				return reporter;
			}
			OnDuty holders = Player.this.duties.nearest(reporter, grid, null, Player.this.clock.now())
				.orElseThrow(() -> new IllegalStateException("Nobody is " + reporter + " for grid " + grid));
			return holders.staff().get(0).login();
		}

		private void planStep(Script.Story story, String caseNo, int index) {
			Script.Step step = story.steps().get(index);
			plan((step.at() != null) ? time(step.at()) : later(Player.this.clock.now(), story.pace()),
					caseNo + " " + step, () -> {
						perform(story, caseNo, step);
						if (index + 1 < story.steps().size()) {
							planStep(story, caseNo, index + 1);
						}
						else {
							planOn(story, caseNo);
						}
					});
		}

		private void perform(Script.Story story, String caseNo, Script.Step step) {
			if (step.urge() != null) {
				as(step.by(), () -> Player.this.actions.urge(caseNo, step.urge()));
			}
			if (step.comment() != null) {
				as(step.by(), () -> Player.this.actions.comment(caseNo, step.comment()));
			}
			if (step.task() == null) {
				return;
			}
			List<OpenTask> open = Player.this.tasks.ofCase(caseNo);
			List<OpenTask> meant = open.stream()
				.filter((task) -> task.taskKey().equals(step.task()) && step.helpers() != task.leg().isEmpty())
				.toList();
			if (meant.isEmpty()) {
				throw new IllegalStateException(
						"\"" + story.report().get("title") + "\" (" + caseNo + ") has no open task " + step.task()
								+ " at " + Player.this.clock.now().atZone(this.zone) + ", only " + open);
			}
			meant.forEach((task) -> complete(task, step));
		}

		private void complete(OpenTask task, Script.Step step) {
			String login = (step.by() != null) ? step.by() : worker(task);
			if (step.claim()) {
				as(login, () -> Player.this.actions.claim(task.taskId()));
				return;
			}
			Map<String, Object> values = new HashMap<>(answer(task).orElse(Map.of()));
			values.putAll(step.with());
			values.values().removeIf(Objects::isNull);
			as(login, () -> Player.this.actions.complete(task.taskId(), values));
		}

		/** What the script fills in, a place's own answer first. */
		private Optional<Map<String, Object>> answer(OpenTask task) {
			Map<String, Map<String, Object>> answers = this.script.answers();
			return Optional.ofNullable(answers.get(task.place() + "/" + task.taskKey()))
				.or(() -> Optional.ofNullable(answers.get(task.taskKey())));
		}

		/** Goes on with the script's answers until the story's end is reached. */
		private void planOn(Script.Story story, String caseNo) {
			if (story.until() != null && Player.this.cases.get(caseNo).open()) {
				plan(later(Player.this.clock.now(), story.pace()), caseNo, () -> goOn(story, caseNo));
			}
		}

		private void goOn(Script.Story story, String caseNo) {
			List<OpenTask> open = Player.this.tasks.ofCase(caseNo);
			if (open.stream().anyMatch((task) -> task.leg().isEmpty() && task.taskKey().equals(story.until()))) {
				return;
			}
			if (open.isEmpty()) {
				throw new IllegalStateException(caseNo + " waits for nobody and is not at " + story.until());
			}
			Script.Step step = new Script.Step(null, null, false, false, null, null, null, null);
			open.stream()
				.filter((task) -> answer(task).isPresent())
				.findFirst()
				.ifPresentOrElse((task) -> complete(task, step), () -> {
					throw new IllegalStateException("The script has no answer for any of " + open);
				});
			planOn(story, caseNo);
		}

		private String worker(OpenTask task) {
			if (task.assignee() != null) {
				return task.assignee();
			}
			String[] pool = task.pool().split("@");
			Set<String> worked = task.excludesWorkers() ? Player.this.cases.custody(task.caseNo())
				.stream()
				.filter(Custody::worked)
				.map(Custody::person)
				.collect(Collectors.toSet()) : Set.of();
			return Player.this.duties.holders(pool[0], pool[1], Player.this.clock.now())
				.stream()
				.map(Staff::login)
				.filter((login) -> !worked.contains(login))
				.findFirst()
				.orElseThrow(() -> new IllegalStateException("Nobody of " + task.pool() + " may take " + task));
		}

		private void as(String login, Runnable work) {
			Acting.as(Objects.requireNonNull(login, "by"), () -> {
				work.run();
				return null;
			});
		}

		private Instant later(Instant at, Duration officeTime) {
			return officeTime.isZero() ? at : this.calendar.add(officeTime, LimitUnit.WORK_HOUR, at);
		}

		private Instant time(String text) {
			String[] parts = text.split(" ");
			int days = Integer.parseInt(parts[0]);
			LocalDate date = this.firstDay;
			for (int day = 1; day < days; day++) {
				Instant opening = this.calendar.nextOpening(date.plusDays(1).atStartOfDay(this.zone).toInstant());
				date = LocalDate.ofInstant(opening, this.zone);
			}
			return date.atTime(LocalTime.parse(parts[1])).atZone(this.zone).toInstant();
		}

	}

}
