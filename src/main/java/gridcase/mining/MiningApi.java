package gridcase.mining;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;

import gridcase.mining.Mining.Cases;
import gridcase.mining.Mining.Comparison;
import gridcase.mining.Mining.Diagram;
import gridcase.mining.Mining.Figure;
import gridcase.mining.Mining.Loop;
import gridcase.mining.Mining.Passed;
import gridcase.mining.Mining.Repeats;
import gridcase.mining.Mining.Sums;
import gridcase.mining.Mining.Variants;
import gridcase.mining.Mining.Week;
import gridcase.mining.MiningAccess.Asked;
import gridcase.mining.MiningDesk.Chosen;
import gridcase.mining.MiningDesk.Selection;
import gridcase.security.CurrentPerson;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springdoc.core.annotations.ParameterObject;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Figures of how cases ran, over HTTP. Cases reported in the period at the place, by
 * default the last 90 days at the person's own; times are office time in seconds.
 */
@RestController
@RequestMapping("/api/v1/mining")
@Tag(name = "mining", description = "流程分析 Process mining")
class MiningApi {

	private final MiningDesk desk;

	private final Mining mining;

	MiningApi(MiningDesk desk, Mining mining) {
		this.desk = desk;
		this.mining = mining;
	}

	@GetMapping("/sums")
	@Operation(summary = "总数：案件、办结、走法、中位用时、超时与返工 (what there is altogether)",
			description = "behind: cases that changed and are not yet put together as they are now; ask again until it is 0.")
	Counted<Sums> sums(CurrentPerson person, @ParameterObject Selection selection) {
		return count(person, selection, this.mining::sums);
	}

	@GetMapping("/diagrams")
	@Operation(summary = "案件走过的流程图版本 (the diagrams the cases ran on)")
	Counted<List<Diagram>> diagrams(CurrentPerson person, @ParameterObject Selection selection) {
		return count(person, selection, this.mining::diagrams);
	}

	@GetMapping("/heat")
	@Operation(summary = "流程图各节点的次数与用时 (times and duration at each element of a diagram)")
	Map<String, Object> heat(CurrentPerson person, @ParameterObject Selection selection,
			@RequestParam(required = false) String diagram) {
		Asked asked = this.desk.choose(person, selection).asked();
		return this.desk.drawn(asked.scope(), this.desk.diagram(this.mining.diagrams(asked.scope()), diagram));
	}

	@GetMapping("/variants")
	@Operation(summary = "走法及频次 (the most frequent ways through the stages, and the rest as a sum)")
	Counted<Variants> variants(CurrentPerson person, @ParameterObject Selection selection) {
		return count(person, selection, (scope) -> this.mining.variants(scope, Mining.VARIANTS));
	}

	@GetMapping("/units")
	@Operation(summary = "单位之间的移交 (from which unit cases went where)")
	Counted<List<Passed>> units(CurrentPerson person, @ParameterObject Selection selection) {
		return count(person, selection, this.mining::passed);
	}

	@GetMapping("/loops")
	@Operation(summary = "回头路 (from which stage cases went back to which)")
	Counted<List<Loop>> loops(CurrentPerson person, @ParameterObject Selection selection) {
		return count(person, selection, this.mining::loops);
	}

	@GetMapping("/repeats")
	@Operation(summary = "返工、拒签、退回、转办、复开、升级发生一次、两次、多次的案件数 (what happened to one case again and again)")
	Counted<List<Repeats>> repeats(CurrentPerson person, @ParameterObject Selection selection) {
		return count(person, selection, this.mining::repeats);
	}

	@GetMapping("/weeks")
	@Operation(summary = "各环节每周的等待与办理用时 (waiting and working by stage and week)")
	Counted<List<Week>> weeks(CurrentPerson person, @ParameterObject Selection selection) {
		return count(person, selection, this.mining::weeks);
	}

	@GetMapping("/comparison")
	@Operation(summary = "两个时段或两个辖区对比 (two selections side by side)",
			description = "Without another selection: the time just before at the same place.")
	Comparison compare(CurrentPerson person, @ParameterObject Selection selection,
			@RequestParam(required = false) String otherPlace, @RequestParam(required = false) LocalDate otherFrom,
			@RequestParam(required = false) LocalDate otherTo, @RequestParam(required = false) String otherCategory) {
		Asked asked = this.desk.choose(person, selection).asked();
		Chosen other = this.desk.other(person, asked, new Selection(otherPlace, otherFrom, otherTo, otherCategory));
		return this.mining.compare(asked.scope(), other.asked().scope());
	}

	@GetMapping("/cases")
	@Operation(summary = "某个数字背后的案件 (the cases behind a figure, a page at a time)")
	Cases cases(CurrentPerson person, @ParameterObject Selection selection, @ParameterObject Figure figure,
			@RequestParam(defaultValue = "1") int page) {
		return this.desk.cases(person, this.desk.choose(person, selection).asked(), figure, page);
	}

	private <T> Counted<T> count(CurrentPerson person, Selection selection,
			java.util.function.Function<MiningScope, T> count) {
		Chosen chosen = this.desk.choose(person, selection);
		return new Counted<>(chosen.asked().place().code(), chosen.asked().from(), chosen.asked().to(),
				chosen.asked().category(), chosen.behind(), count.apply(chosen.asked().scope()));
	}

	/**
	 * Figures with what they are about.
	 *
	 * @param behind how many cases are not put together as they are now
	 */
	record Counted<T>(String place, LocalDate from, LocalDate to, String category, int behind, T figures) {

	}

}
