package gridcase.evidence;

import gridcase.casework.CaseFile;
import gridcase.casework.Cases;
import gridcase.registry.Roles;
import gridcase.security.CurrentPerson;
import gridcase.shared.Refusal;
import gridcase.shared.Texts;

import org.springframework.stereotype.Component;

/** Who may look at roots and checks, and who may take evidence of a case. */
@Component
class EvidenceRights {

	private final Cases cases;

	EvidenceRights(Cases cases) {
		this.cases = cases;
	}

	/**
	 * Roots and checks: auditors and administrators. They hold no contents of cases.
	 * @throws Refusal if the person is neither
	 */
	void looks(CurrentPerson person) {
		if (!person.has(Roles.AUDITOR, Roles.ADMINISTRATOR)) {
			throw Refusal.forbidden(Texts.of("evidence", "evidence.refused.page"));
		}
	}

	/**
	 * A case whose evidence is asked for: auditors and duty leaders, of cases they may
	 * see.
	 * @throws Refusal if the person is neither, or may not see the case
	 */
	CaseFile takes(CurrentPerson person, String caseNo) {
		CaseFile file = (person.place() == null) ? this.cases.get(caseNo) : this.cases.get(caseNo, person.login());
		if (!person.has(Roles.AUDITOR, Roles.DUTY_LEADER)) {
			throw Refusal.forbidden(Texts.of("evidence", "evidence.refused"));
		}
		return file;
	}

}
