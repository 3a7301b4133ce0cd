package gridcase.overview;

import gridcase.overview.MapReader.Asked;
import gridcase.overview.Surroundings.CasePanel;
import gridcase.overview.Surroundings.GridPanel;
import gridcase.security.CurrentPerson;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springdoc.core.annotations.ParameterObject;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Map and board over HTTP. Only what the person may see is counted and shown. */
@RestController
@RequestMapping("/api/v1")
@Tag(name = "overview", description = "地图与大屏 Map and board")
class OverviewApi {

	private final MapReader reader;

	private final Surroundings surroundings;

	private final Board board;

	private final BoardAccess access;

	private final OverviewPlaces places;

	OverviewApi(MapReader reader, Surroundings surroundings, Board board, BoardAccess access, OverviewPlaces places) {
		this.reader = reader;
		this.surroundings = surroundings;
		this.board = board;
		this.access = access;
		this.places = places;
	}

	@GetMapping("/map")
	@Operation(summary = "地图：在办案件按位置汇总，网格按灯色 (open cases put together by position, grids by their worst light)",
			description = "box = west,south,east,north in degrees of WGS 84; zoom as of web maps. "
					+ "However many cases there are, the answer stays small enough to draw.")
	MapView map(CurrentPerson person, @ParameterObject Asked asked) {
		return this.reader.view(person, asked);
	}

	@GetMapping("/map/grids/{code}")
	@Operation(summary = "网格：责任人及电话、相邻网格、近期案件 (a grid: who is on duty, neighbours, recent cases)")
	GridPanel grid(CurrentPerson person, @PathVariable String code) {
		return this.surroundings.grid(person, code);
	}

	@GetMapping("/map/cases/{caseNo}")
	@Operation(summary = "案件周边：附近在办案件与责任人 (what is around a case)")
	CasePanel around(CurrentPerson person, @PathVariable String caseNo) {
		return this.surroundings.around(person, caseNo);
	}

	@GetMapping("/board")
	@Operation(summary = "大屏：按环节、循环、层级、灯色、类别、网格的在办数与今日流入流出 (figures of the command board)",
			description = "Without a grid the largest one of the person's duties. At most some seconds old.")
	BoardFigures board(CurrentPerson person, @RequestParam(required = false) String place,
			@RequestParam(required = false) String grid) {
		return this.board.of(this.access.choose(person, this.places.choose(person, place).code(), grid));
	}

}
