package gridcase.intake.web;

import java.io.IOException;
import java.util.List;
import java.util.UUID;

import gridcase.casework.CaseFile;
import gridcase.casework.Cases;
import gridcase.casework.Uploads;
import gridcase.security.CurrentPerson;
import gridcase.shared.FieldProblem;
import gridcase.shared.Refusal;

import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;

/**
 * What the phone's queue sends, photos first, each with a key of its own, then the report
 * that names them. Whatever is sent again changes nothing and gets the first answer.
 */
@RestController
@RequestMapping("/m")
class PhoneSendController {

	private final Reporting reporting;

	private final Uploads uploads;

	private final Cases cases;

	PhoneSendController(Reporting reporting, Uploads uploads, Cases cases) {
		this.reporting = reporting;
		this.uploads = uploads;
		this.cases = cases;
	}

	@PostMapping("/photos")
	Sent photo(CurrentPerson person, @RequestHeader("Idempotency-Key") String key,
			@RequestParam(required = false) String caseNo, @RequestParam MultipartFile file) throws IOException {
		CaseFile known = (caseNo != null) ? this.cases.get(caseNo, person.login()) : null;
		String place = (known != null) ? known.place() : this.reporting.place(person);
		return new Sent(
				this.uploads.add(key, caseNo, place, file.getOriginalFilename(), file.getContentType(), file.getBytes())
					.id());
	}

	@PostMapping(path = "/reports", consumes = MediaType.APPLICATION_FORM_URLENCODED_VALUE)
	Reported report(CurrentPerson person, @RequestHeader("Idempotency-Key") String key, @RequestParam String channel,
			@RequestParam MultiValueMap<String, String> input) {
		return new Reported(this.reporting.send(person, channel, key, Reporting.values(input)));
	}

	/** The queue tells a person what to mend, so it gets words and not a page. */
	@ExceptionHandler
	ResponseEntity<Refused> refused(Refusal refusal) {
		HttpStatus status = switch (refusal.kind()) {
			case INVALID -> HttpStatus.BAD_REQUEST;
			case FORBIDDEN -> HttpStatus.FORBIDDEN;
			case NOT_FOUND -> HttpStatus.NOT_FOUND;
			case CONFLICT -> HttpStatus.CONFLICT;
			case TOO_LARGE -> HttpStatus.PAYLOAD_TOO_LARGE;
			case RULE -> HttpStatus.UNPROCESSABLE_ENTITY;
			case TOO_MANY -> HttpStatus.TOO_MANY_REQUESTS;
		};
		return ResponseEntity.status(status).body(new Refused(refusal.getMessage(), refusal.fields()));
	}

	/** A photo that is kept. */
	record Sent(UUID id) {

	}

	/** A report that became a case. */
	record Reported(String caseNo) {

	}

	/** Why not, with the fields to be mended. */
	record Refused(String detail, List<FieldProblem> errors) {

	}

}
