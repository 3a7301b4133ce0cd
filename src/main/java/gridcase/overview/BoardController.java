package gridcase.overview;

import java.time.Instant;
import java.util.List;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import gridcase.clock.PlatformClock;
import gridcase.registry.Grid;
import gridcase.registry.Grids;
import gridcase.registry.Place;
import gridcase.security.CurrentPerson;

import org.springframework.http.MediaType;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** The command board (指挥大屏): read from across a room, changes by itself. */
@Controller
@RequestMapping("/board")
class BoardController {

	private static final int CLASSES = 5;

	private static final int GRIDS = 5;

	private final Board board;

	private final BoardAccess access;

	private final BoardStream stream;

	private final BoardDrawing drawing;

	private final OverviewPlaces places;

	private final Grids grids;

	private final PlatformClock clock;

	private final ObjectMapper json;

	BoardController(Board board, BoardAccess access, BoardStream stream, BoardDrawing drawing, OverviewPlaces places,
			Grids grids, PlatformClock clock, ObjectMapper json) {
		this.board = board;
		this.access = access;
		this.stream = stream;
		this.drawing = drawing;
		this.places = places;
		this.grids = grids;
		this.clock = clock;
		this.json = json;
	}

	@GetMapping
	String show(CurrentPerson person, @RequestParam(required = false) String place,
			@RequestParam(required = false) String grid, Model model) throws JsonProcessingException {
		Place shown = this.places.choose(person, place);
		Grid chosen = this.access.choose(person, shown.code(), grid);
		figures(chosen, person, model);
		model.addAttribute("place", shown);
		model.addAttribute("places", this.places.of(person));
		return "overview/board";
	}

	@GetMapping("/figures")
	String figures(CurrentPerson person, @RequestParam(required = false) String place,
			@RequestParam(required = false) String grid, Model model) throws JsonProcessingException {
		Place shown = this.places.choose(person, place);
		figures(this.access.choose(person, shown.code(), grid), person, model);
		model.addAttribute("place", shown);
		return "overview/board :: figures";
	}

	private void figures(Grid grid, CurrentPerson person, Model model) throws JsonProcessingException {
		BoardFigures figures = this.board.of(grid);
		Instant now = this.clock.now();
		model.addAttribute("figures", figures);
		model.addAttribute("classRows", figures.classes().stream().limit(CLASSES).toList());
		model.addAttribute("otherClasses",
				figures.classes()
					.stream()
					.skip(CLASSES)
					.map(BoardFigures.Bar::lights)
					.reduce(Lights.NONE, Lights::plus));
		model.addAttribute("gridRows", figures.grids().stream().limit(GRIDS).toList());
		model.addAttribute("otherGrids",
				figures.grids()
					.stream()
					.skip(GRIDS)
					.map(BoardFigures.GridRow::lights)
					.reduce(Lights.NONE, Lights::plus));
		model.addAttribute("drawing", this.drawing.of(figures));
		model.addAttribute("flow", this.json.writeValueAsString(figures.flow()));
		List<Grid> largest = this.access.largest(person, grid.place());
		model.addAttribute("up", largest.stream().anyMatch((top) -> top.code().equals(grid.code())) ? null
				: this.grids.find(grid.parent(), now).orElse(null));
		model.addAttribute("largest", largest);
		model.addAttribute("pages", this);
	}

	@GetMapping(path = "/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
	SseEmitter events(CurrentPerson person, @RequestParam(required = false) String place,
			@RequestParam(required = false) String grid) {
		return this.stream.open(this.access.choose(person, this.places.choose(person, place).code(), grid));
	}

	/** Width of a bar of 100, where the longest of its group fills it. */
	public double share(int part, List<BoardFigures.Bar> group) {
		int most = group.stream().mapToInt((bar) -> bar.lights().total()).max().orElse(0);
		return (most > 0) ? Math.round(1000.0 * part / most) / 10.0 : 0;
	}

}
