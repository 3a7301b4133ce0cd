package gridcase.studio;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

import gridcase.analysis.DiagramDiff;
import gridcase.analysis.Finding;
import gridcase.analysis.FormDiff;
import gridcase.analysis.TableDiff;
import gridcase.policy.RuleProblem;
import gridcase.policy.TableFile;
import gridcase.security.CurrentPerson;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Checks of a draft, and the examples of its tables, over REST. */
@RestController
@RequestMapping("/api/v1/studio/drafts/{id}")
class DraftTableApi {

	private final DraftTables tables;

	DraftTableApi(DraftTables tables) {
		this.tables = tables;
	}

	/**
	 * What a look at a file brought up.
	 *
	 * @param file its name
	 * @param version its version
	 * @param blocking number of things that keep the draft from its review
	 * @param problems what keeps it from being released
	 * @param findings what is wrong or doubtful
	 * @param examples its examples with what they come to
	 * @param unproven rules of a new or changed table that have no passing example
	 * @param bare the same of a table that is not changed
	 * @param dead rules without one that answer nothing that can be asked
	 * @param diff how it differs from what it replaces, null if there is nothing to
	 * compare
	 */
	record Checked(String file, long version, int blocking, List<RuleProblem> problems, List<FoundBody> findings,
			List<RunBody> examples, List<String> unproven, List<String> bare, List<String> dead, TableDiff diff) {

		static Checked of(FileCheck check) {
			return new Checked(check.file().name(), check.file().version(), check.blocking(), check.problems(),
					check.findings().stream().map((finding) -> new FoundBody(finding.key(), finding)).toList(),
					check.examples().stream().map(RunBody::of).toList(), check.unproven(), check.bare(), check.dead(),
					check.diff());
		}

	}

	/**
	 * A finding.
	 *
	 * @param key what to call it when it is mended
	 * @param finding the finding
	 */
	record FoundBody(String key, Finding finding) {

	}

	/**
	 * An example that was asked.
	 *
	 * @param example the example
	 * @param passes whether the answer is the expected one
	 * @param outputs rows of the answer
	 * @param rules rules that fired
	 * @param fault why there is no answer, null if there is one
	 */
	record RunBody(Example example, boolean passes, List<Map<String, Object>> outputs, List<String> rules,
			String fault) {

		static RunBody of(ExampleRun run) {
			return new RunBody(run.example(), run.passes(), run.said().rows(), run.said().rules(),
					run.said().message());
		}

	}

	@GetMapping("/checks")
	List<Checked> checks(CurrentPerson person, @PathVariable long id) {
		return this.tables.checks(person, id).stream().map(Checked::of).toList();
	}

	@GetMapping("/tables/{key}/check")
	Checked check(CurrentPerson person, @PathVariable long id, @PathVariable String key) {
		return Checked.of(this.tables.check(person, id, key));
	}

	/**
	 * A fix to be made.
	 *
	 * @param finding key of the finding
	 * @param fix number of the fix, from 0
	 * @param version version of the file the finding is of
	 */
	record Mend(String finding, int fix, long version) {

	}

	@PostMapping("/tables/{key}/fixes")
	Checked mend(CurrentPerson person, @PathVariable long id, @PathVariable String key, @RequestBody Mend order) {
		this.tables.mend(person, id, key, order.finding(), order.fix(), order.version());
		return check(person, id, key);
	}

	/** Asks the table of the draft, leaving no trace. */
	@PostMapping("/tables/{key}/answers")
	TableFile.Said ask(CurrentPerson person, @PathVariable long id, @PathVariable String key,
			@RequestBody Map<String, Object> inputs) {
		return this.tables.asked(person, id, key).ask(inputs);
	}

	@GetMapping("/tables/{key}/examples")
	List<Example> examples(CurrentPerson person, @PathVariable long id, @PathVariable String key) {
		return this.tables.examples(person, id, key);
	}

	/**
	 * An example to be added.
	 *
	 * @param replaces number of the example it stands instead of, or null
	 * @param inputs value by name
	 * @param outputs rows of the expected answer
	 * @param rule id of the rule expected to fire, or null
	 * @param note what it is about, or null
	 */
	record Add(Long replaces, Map<String, Object> inputs, List<Map<String, Object>> outputs, String rule, String note) {

	}

	@PostMapping("/tables/{key}/examples")
	@ResponseStatus(HttpStatus.CREATED)
	Example add(CurrentPerson person, @PathVariable long id, @PathVariable String key, @RequestBody Add order) {
		return this.tables.add(person, id, key, order.replaces(), (order.inputs() != null) ? order.inputs() : Map.of(),
				(order.outputs() != null) ? order.outputs() : List.of(), order.rule(),
				(order.note() != null) ? order.note() : "");
	}

	/**
	 * A decision to be taken over.
	 *
	 * @param caseNo number of its case
	 * @param at moment it was taken
	 * @param rule id of a rule that fired, null if only one decision was taken then
	 */
	record Take(String caseNo, Instant at, String rule) {

	}

	@PostMapping("/tables/{key}/examples/taken")
	@ResponseStatus(HttpStatus.CREATED)
	Example take(CurrentPerson person, @PathVariable long id, @PathVariable String key, @RequestBody Take order) {
		return this.tables.take(person, id, key, order.caseNo(), order.at(), order.rule());
	}

	/**
	 * What can be done for the rows without an example.
	 *
	 * @param mark says what was shown; to be sent when it is to be kept
	 * @param proposals examples, in the order of the rows
	 * @param dead rows that answer nothing that can be asked, and need none
	 * @param unfound rows nothing was found for
	 */
	record FillingBody(String mark, List<ExampleFill.Proposal> proposals, List<String> dead, List<String> unfound) {

	}

	/** Proposes an example for each row that has none. */
	@GetMapping("/tables/{key}/examples/missing")
	FillingBody missing(CurrentPerson person, @PathVariable long id, @PathVariable String key) {
		ExampleFill.Filling filling = this.tables.filling(person, id, key);
		return new FillingBody(filling.mark(), filling.proposals(), filling.dead(), filling.unfound());
	}

	/**
	 * Proposals to be kept.
	 *
	 * @param mark what was shown
	 * @param rules rows whose examples are to be kept, null for all
	 */
	record Keep(String mark, Set<String> rules) {

	}

	@PostMapping("/tables/{key}/examples/missing")
	@ResponseStatus(HttpStatus.CREATED)
	List<Example> keep(CurrentPerson person, @PathVariable long id, @PathVariable String key, @RequestBody Keep order) {
		return this.tables.fill(person, id, key, order.mark(), order.rules());
	}

	@DeleteMapping("/tables/{key}/examples/{example}")
	@ResponseStatus(HttpStatus.NO_CONTENT)
	void remove(CurrentPerson person, @PathVariable long id, @PathVariable String key, @PathVariable long example) {
		this.tables.remove(person, id, key, example);
	}

	/** How a form of the draft differs from the one it replaces. */
	@GetMapping("/forms/{key}/diff")
	FormDiff form(CurrentPerson person, @PathVariable long id, @PathVariable String key) {
		return this.tables.form(person, id, key);
	}

	/** How a diagram of the draft differs from the one it replaces. */
	@GetMapping("/diagrams/{key}/diff")
	DiagramDiff diagram(CurrentPerson person, @PathVariable long id, @PathVariable String key) {
		return this.tables.diagram(person, id, key);
	}

}
