package gridcase.studio;

import java.time.Instant;
import java.util.List;

import gridcase.clock.PlatformClock;
import gridcase.registry.Place;
import gridcase.registry.Places;
import gridcase.registry.Roles;
import gridcase.security.CurrentPerson;
import gridcase.shared.Refusal;
import gridcase.shared.Texts;

import org.springframework.stereotype.Component;

/**
 * Who may read and who may change rules: policy people and administrators those of their
 * place, the platform's own administrator every place's and the shared ones. Auditors
 * read, and so do leaders, who approve what is in force already. What is another place's
 * business is not there at all.
 */
@Component
class StudioRights {

	private static final String[] WRITERS = { Roles.POLICY_OFFICER, Roles.POLICY_APPROVER, Roles.ADMINISTRATOR };

	private final Drafts drafts;

	private final Places places;

	private final PlatformClock clock;

	StudioRights(Drafts drafts, Places places, PlatformClock clock) {
		this.drafts = drafts;
		this.places = places;
		this.clock = clock;
	}

	/** Places whose rules a person may look at. */
	List<Place> places(CurrentPerson person) {
		return this.places.all(this.clock.now()).stream().filter((place) -> person.belongsTo(place.code())).toList();
	}

	/**
	 * Whether a person may change rules.
	 * @param place place code, null for the shared rules
	 */
	boolean mayWrite(CurrentPerson person, String place) {
		return person.has(WRITERS) && ((place != null) ? person.belongsTo(place) : person.place() == null);
	}

	/**
	 * Looks whether a person may read the rules of a place; everybody here may read the
	 * shared ones.
	 * @param place place code, null for the shared rules
	 * @throws Refusal if not
	 */
	void read(CurrentPerson person, String place) {
		role(person, false);
		if (place != null) {
			if (!person.belongsTo(place)) {
				throw Refusal.forbidden(Texts.of("studio", "studio.refused.elsewhere"));
			}
			Instant now = this.clock.now();
			if (this.places.find(place, now).isEmpty()) {
				throw Refusal.notFound(Texts.of("studio", "studio.refused.place", place));
			}
		}
	}

	/**
	 * Looks whether a person may change the rules of a place.
	 * @param place place code, null for the shared rules
	 * @throws Refusal if not
	 */
	void write(CurrentPerson person, String place) {
		role(person, true);
		read(person, place);
		if (!mayWrite(person, place)) {
			throw Refusal.forbidden(Texts.of("studio", "studio.refused.shared"));
		}
	}

	/**
	 * A draft a person may look at.
	 * @throws Refusal if there is none, or not for this person
	 */
	Draft read(CurrentPerson person, long id) {
		role(person, false);
		return visible(person, id);
	}

	/**
	 * A draft a person may change.
	 * @throws Refusal if there is none, or the person may not
	 */
	Draft write(CurrentPerson person, long id) {
		role(person, true);
		Draft draft = visible(person, id);
		write(person, draft.place());
		return draft;
	}

	/**
	 * A draft a person may say something of: who writes, and who approves it.
	 * @throws Refusal if there is none, or not for this person
	 */
	Draft comment(CurrentPerson person, long id) {
		Draft draft = read(person, id);
		if (!mayComment(person, draft)) {
			throw Refusal.forbidden(Texts.of("studio", "studio.refused.role"));
		}
		return draft;
	}

	/** Whether a person may say something of a draft they can see. */
	boolean mayComment(CurrentPerson person, Draft draft) {
		return mayWrite(person, draft.place()) || (draft.place() == null && person.has(Roles.POLICY_APPROVER));
	}

	/** Shared rules under review are reviewed by the people of one place. */
	private static boolean reviews(CurrentPerson person, Draft draft) {
		return person.has(Roles.POLICY_APPROVER) && draft.state() != DraftState.OPEN;
	}

	private Draft visible(CurrentPerson person, long id) {
		Draft draft = this.drafts.get(id);
		if ((draft.place() != null) ? !person.belongsTo(draft.place())
				: person.place() != null && !reviews(person, draft)) {
			throw Refusal.notFound(Texts.of("studio", "studio.draft.none", id));
		}
		return draft;
	}

	private static void role(CurrentPerson person, boolean write) {
		if (!person.has(WRITERS) && (write || !person.has(Roles.AUDITOR, Roles.DUTY_LEADER))) {
			throw Refusal.forbidden(Texts.of("studio", "studio.refused.role"));
		}
	}

}
