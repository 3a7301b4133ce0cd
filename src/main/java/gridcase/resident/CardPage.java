package gridcase.resident;

import gridcase.resident.DutyCards.Card;
import jakarta.servlet.http.HttpServletRequest;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/** The card of a grid, to be looked at, printed on A6 and hung up. */
@Controller
@RequestMapping("/card/{grid}")
class CardPage {

	private final DutyCards cards;

	private final Visits visits;

	private final String publicUrl;

	CardPage(DutyCards cards, Visits visits, @Value("${gridcase.public-url:}") String publicUrl) {
		this.cards = cards;
		this.visits = visits;
		this.publicUrl = publicUrl;
	}

	@GetMapping
	String card(HttpServletRequest request, @PathVariable String grid, Model model) {
		this.visits.check(Visits.LOOK, request);
		model.addAttribute("card", this.cards.of(grid));
		return "resident/card";
	}

	@GetMapping(path = "/qr.svg", produces = "image/svg+xml")
	ResponseEntity<String> svg(HttpServletRequest request, @PathVariable String grid) {
		this.visits.check(Visits.LOOK, request);
		return ResponseEntity.ok()
			.contentType(MediaType.parseMediaType("image/svg+xml"))
			.body(QrCode.of(reportUrl(this.cards.of(grid))).svg());
	}

	@GetMapping(path = "/qr.png", produces = MediaType.IMAGE_PNG_VALUE)
	ResponseEntity<byte[]> png(HttpServletRequest request, @PathVariable String grid) {
		this.visits.check(Visits.LOOK, request);
		return ResponseEntity.ok()
			.contentType(MediaType.IMAGE_PNG)
			.body(QrCode.of(reportUrl(this.cards.of(grid))).png());
	}

	/**
	 * Where people outside reach the platform; what the request was sent to, if not set.
	 */
	private String reportUrl(Card card) {
		String base = this.publicUrl.isBlank() ? ServletUriComponentsBuilder.fromCurrentContextPath().toUriString()
				: this.publicUrl.replaceAll("/+$", "");
		return base + "/r/" + card.place() + "?grid=" + card.gridCode();
	}

}
