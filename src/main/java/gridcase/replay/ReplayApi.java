package gridcase.replay;

import java.time.Instant;
import java.util.List;

import gridcase.casework.CaseFile;
import gridcase.security.CurrentPerson;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Replays over REST. */
@RestController
@Tag(name = "replay", description = "案件回放 Replay")
class ReplayApi {

	private final ReplayDesk desk;

	private final StepViews views;

	private final DiagramStates diagrams;

	private final Troubles troubles;

	ReplayApi(ReplayDesk desk, StepViews views, DiagramStates diagrams, Troubles troubles) {
		this.desk = desk;
		this.views = views;
		this.diagrams = diagrams;
		this.troubles = troubles;
	}

	/**
	 * A whole replay.
	 *
	 * @param events number of its events
	 * @param complete whether the events tell every change of what is known of the case
	 * @param steps what happened, one action after the other
	 */
	record Told(String caseNo, String place, String title, String state, Instant reportedAt, Instant closedAt,
			int events, boolean complete, List<StepViews.View> steps) {

	}

	/** A step with the diagrams as they looked then. */
	record Moment(StepViews.View step, List<DiagramStates.Picture> diagrams) {

	}

	/** A case in which something went wrong. */
	record Troubled(String caseNo, String place, String title, String state, int times, Instant at) {

	}

	@GetMapping("/api/v1/cases/{caseNo}/replay")
	@Operation(summary = "案件回放：每一步 (a case told step by step)")
	Told all(CurrentPerson person, @PathVariable String caseNo) {
		CaseFile file = this.desk.file(caseNo, person);
		this.desk.record(file, person, "api");
		Replay replay = this.desk.replay(file);
		return new Told(caseNo, file.place(), file.title(), file.state(), file.reportedAt(), file.closedAt(),
				replay.events(), replay.complete(), this.views.all(replay));
	}

	@GetMapping("/api/v1/cases/{caseNo}/replay/{step}")
	@Operation(summary = "案件回放：某一步及当时的流程图 (one step, with the diagrams as they were; the nearest step there is)")
	Moment one(CurrentPerson person, @PathVariable String caseNo, @PathVariable int step) {
		CaseFile file = this.desk.file(caseNo, person);
		this.desk.record(file, person, "api");
		Replay replay = this.desk.replay(file);
		int shown = replay.step(step).number();
		return new Moment(this.views.one(replay, shown), this.diagrams.of(replay, shown));
	}

	@GetMapping("/api/v1/replay")
	@Operation(summary = "值得回放的案件 (cases in which something went wrong, newest first)")
	List<Troubled> troubled(CurrentPerson person, @RequestParam(defaultValue = "BREACHED") String kind) {
		ReplayDesk.mayReplay(person);
		return this.troubles.newest(person, kind)
			.stream()
			.map((trouble) -> new Troubled(trouble.file().caseNo(), trouble.file().place(), trouble.file().title(),
					trouble.file().state(), trouble.times(), trouble.at()))
			.toList();
	}

}
