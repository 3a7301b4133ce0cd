package gridcase.replay;

import java.util.Map;

import gridcase.audit.Access;
import gridcase.audit.AccessLog;
import gridcase.casework.CaseFile;
import gridcase.casework.Cases;
import gridcase.security.CurrentPerson;
import gridcase.shared.Refusal;
import gridcase.shared.Texts;

import org.springframework.stereotype.Component;

/** Who may replay which case; that somebody did goes on record. */
@Component
class ReplayDesk {

	private final Cases cases;

	private final Replays replays;

	private final AccessLog log;

	ReplayDesk(Cases cases, Replays replays, AccessLog log) {
		this.cases = cases;
		this.replays = replays;
		this.log = log;
	}

	/**
	 * Lets in who watches over the work of others.
	 * @throws Refusal if the person does not
	 */
	static void mayReplay(CurrentPerson person) {
		if (!person.has("auditor", "duty-leader", "administrator")) {
			throw Refusal.forbidden(Texts.of("replay", "replay.refused"));
		}
	}

	/**
	 * A case, if the person may replay it.
	 * @throws Refusal if there is none that this person may see, or the person may replay
	 * none
	 */
	CaseFile file(String caseNo, CurrentPerson person) {
		mayReplay(person);
		return (person.place() == null) ? this.cases.get(caseNo) : this.cases.get(caseNo, person.login());
	}

	Replay replay(CaseFile file) {
		return this.replays.of(file);
	}

	/**
	 * Puts on record that somebody replays a case.
	 * @param how {@code picture}, {@code text} or {@code api}
	 */
	void record(CaseFile file, CurrentPerson person, String how) {
		this.log.record(new Access(person.login(), file.place(), "CASE_REPLAYED", "case", file.caseNo(),
				Map.of("how", how, "version", file.version()), null));
	}

}
