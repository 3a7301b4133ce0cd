package gridcase.casework;

import java.util.List;

import gridcase.security.CurrentPerson;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Personal data of a case over HTTP. */
@RestController
@RequestMapping("/api/v1/cases/{caseNo}/personal-data")
@Tag(name = "cases", description = "案件 Cases")
class PersonalApi {

	private final Cases cases;

	private final PersonalSight sight;

	PersonalApi(Cases cases, PersonalSight sight) {
		this.cases = cases;
		this.sight = sight;
	}

	@GetMapping
	@Operation(summary = "案件中的个人信息，按职责打码 (personal data, masked as the rules say)")
	List<PersonalSight.Line> list(CurrentPerson person, @PathVariable String caseNo) {
		return this.sight.of(this.cases.get(caseNo, person.login()), person);
	}

	@PostMapping("/{field}")
	@Operation(summary = "说明理由后查看，记入案件经过 (see one in clear for a reason, which goes on record)")
	PersonalSight.Line unmask(CurrentPerson person, @PathVariable String caseNo, @PathVariable String field,
			@RequestBody Reason reason) {
		return this.sight.unmask(this.cases.get(caseNo, person.login()), person, field, reason.reason());
	}

	/**
	 * Why somebody wants to see it.
	 *
	 * @param reason in words
	 */
	record Reason(String reason) {

	}

}
