package gridcase.studio;

import java.io.IOException;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import gridcase.security.CurrentPerson;
import gridcase.trial.Shadow;
import gridcase.trial.ShadowCase;
import gridcase.trial.Shadows;
import gridcase.trial.Trial;
import gridcase.trial.TrialCase;
import gridcase.trial.TrialGroup;
import gridcase.trial.TrialSum;
import gridcase.trial.Trials;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.format.annotation.DateTimeFormat;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;

/** Trials on past cases and shadows, over REST. */
@RestController
@RequestMapping("/api/v1/studio")
@Tag(name = "trials", description = "回放试算与影子运行 Trials and shadows")
class TrialApi {

	private static final int SHOWN = 100;

	private final TrialDesk desk;

	private final StudioRights rights;

	private final Trials trials;

	private final Shadows shadows;

	private final TrialSheet sheet;

	TrialApi(TrialDesk desk, StudioRights rights, Trials trials, Shadows shadows, TrialSheet sheet) {
		this.desk = desk;
		this.rights = rights;
		this.trials = trials;
		this.shadows = shadows;
		this.sheet = sheet;
	}

	/**
	 * What is to be tried.
	 *
	 * @param table key of the table; null for every table of the draft
	 * @param from first day, null for thirty days back
	 * @param to last day, null for today
	 */
	record Order(String table, LocalDate from, LocalDate to) {

	}

	/**
	 * A trial that has been ordered.
	 *
	 * @param id number of the first
	 * @param ids numbers of all
	 */
	record Started(long id, List<Long> ids) {

	}

	@PostMapping("/drafts/{id}/trials")
	@ResponseStatus(HttpStatus.CREATED)
	@Operation(summary = "用过去的决策试算草稿 (try tables of a draft on past decisions)")
	Started start(CurrentPerson person, @PathVariable long id, @RequestBody Order order) {
		List<Long> started = this.desk.start(person, id, order.table(), order.from(), order.to());
		return new Started(started.get(0), started);
	}

	/** Tries files that are in no draft, as the command line does. */
	@PostMapping("/trials")
	@ResponseStatus(HttpStatus.CREATED)
	@Operation(summary = "试算文件，不另立草稿 (try files that are in no draft; multipart)")
	Started start(CurrentPerson person, @RequestParam(required = false) String place,
			@RequestParam(required = false) String table,
			@RequestParam(name = "file", required = false) List<MultipartFile> files,
			@RequestParam(required = false) @DateTimeFormat(iso = DateTimeFormat.ISO.DATE) LocalDate from,
			@RequestParam(required = false) @DateTimeFormat(iso = DateTimeFormat.ISO.DATE) LocalDate to)
			throws IOException {
		this.rights.write(person, place);
		Map<String, byte[]> contents = new LinkedHashMap<>();
		if (files != null) {
			for (MultipartFile file : files) {
				String path = String.valueOf(file.getOriginalFilename()).replace('\\', '/');
				contents.put(path.substring(path.lastIndexOf('/') + 1), file.getBytes());
			}
		}
		long id = this.desk.start(person, place, table, contents, from, to);
		return new Started(id, List.of(id));
	}

	@GetMapping("/drafts/{id}/trials")
	@Operation(summary = "草稿的试算，新的在前 (trials of a draft, latest first)")
	List<Trial> ofDraft(CurrentPerson person, @PathVariable long id) {
		this.rights.read(person, id);
		return this.trials.ofDraft(id);
	}

	/**
	 * A trial with what it has found.
	 *
	 * @param trial its figures
	 * @param groups what was changed alike
	 * @param units consequences by unit
	 * @param categories consequences by category
	 */
	record Whole(@JsonUnwrapped Trial trial, List<TrialGroup> groups, List<TrialSum> units, List<TrialSum> categories) {

	}

	@GetMapping("/trials/{id}")
	@Operation(summary = "试算进度与结果 (progress and result of a trial)")
	Whole trial(CurrentPerson person, @PathVariable long id) {
		Trial trial = this.desk.read(person, id);
		return new Whole(trial, this.trials.groups(id), this.trials.units(id), this.trials.categories(id));
	}

	@GetMapping("/trials/{id}/cases")
	@Operation(summary = "一组里的案件 (decisions of a group)")
	List<TrialCase> cases(CurrentPerson person, @PathVariable long id, @RequestParam(defaultValue = "1") int group,
			@RequestParam(defaultValue = "false") boolean newly, @RequestParam(defaultValue = "0") int offset) {
		this.desk.read(person, id);
		return this.trials.cases(id, group, newly, Math.max(0, offset), SHOWN);
	}

	@GetMapping("/trials/{id}/result.xlsx")
	@Operation(summary = "试算结果 Excel (result of a trial as Excel)")
	void excel(CurrentPerson person, @PathVariable long id, HttpServletResponse response) throws IOException {
		this.sheet.send(this.desk.read(person, id), response);
	}

	/** Stops a trial; one that has ended stays as it is. */
	@DeleteMapping("/trials/{id}")
	@ResponseStatus(HttpStatus.NO_CONTENT)
	@Operation(summary = "停止试算 (stop a trial)")
	void stop(CurrentPerson person, @PathVariable long id) {
		this.desk.stop(person, id);
	}

	/**
	 * How long a shadow is to run.
	 *
	 * @param days number of days
	 */
	record Span(Integer days) {

	}

	@PostMapping("/drafts/{id}/shadow")
	@ResponseStatus(HttpStatus.CREATED)
	@Operation(summary = "影子运行若干天 (ask a draft beside the rules in force)")
	Shadow shadow(CurrentPerson person, @PathVariable long id, @RequestBody Span span) {
		return this.desk.shadow(person, id, (span.days() != null) ? span.days() : 0);
	}

	@GetMapping("/drafts/{id}/shadow")
	@Operation(summary = "草稿的影子运行，新的在前 (shadows of a draft, latest first)")
	List<Shadow> shadows(CurrentPerson person, @PathVariable long id) {
		return this.desk.shadows(person, id);
	}

	@GetMapping("/drafts/{id}/shadow/cases")
	@Operation(summary = "与现行规则分开的案件 (where the latest shadow parts from the rules in force)")
	List<ShadowCase> shadowCases(CurrentPerson person, @PathVariable long id,
			@RequestParam(defaultValue = "0") int offset) {
		return this.desk.shadows(person, id)
			.stream()
			.findFirst()
			.map((shadow) -> this.shadows.cases(shadow.id(), Math.max(0, offset), SHOWN))
			.orElse(List.of());
	}

	@DeleteMapping("/drafts/{id}/shadow")
	@ResponseStatus(HttpStatus.NO_CONTENT)
	@Operation(summary = "结束影子运行 (end the shadow of a draft)")
	void endShadow(CurrentPerson person, @PathVariable long id) {
		this.desk.endShadow(person, id);
	}

}
