package gridcase.oversight;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import gridcase.casework.CaseActions;
import gridcase.casework.CaseFile;
import gridcase.casework.Cases;
import gridcase.casework.EndedCases;
import gridcase.casework.Report;
import gridcase.casework.RetentionWork;
import gridcase.clock.PlatformClock;
import gridcase.inquiry.Findings;
import gridcase.oversight.RetentionStore.Archive;
import gridcase.oversight.RetentionStore.Hold;
import gridcase.oversight.RetentionStore.Item;
import gridcase.oversight.RetentionStore.RetentionList;
import gridcase.registry.Catalogue;
import gridcase.registry.Category;
import gridcase.registry.Duties;
import gridcase.registry.Roles;
import gridcase.security.CurrentPerson;
import gridcase.shared.FieldProblem;
import gridcase.shared.Refusal;
import gridcase.shared.Texts;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * How long cases are kept, and what keeps them longer: lists of those that are due, holds
 * that an auditor places.
 */
@Component
@EnableConfigurationProperties(RetentionSettings.class)
class Retention implements RetentionWork {

	/** Process that a list of cases runs through. */
	private static final String PROCESS = "retention";

	private static final String CHANNEL = "INTERNAL";

	private final RetentionRules rules;

	private final RetentionStore store;

	private final Archives archives;

	private final EndedCases ended;

	private final CaseActions actions;

	private final Cases cases;

	private final Catalogue catalogue;

	private final Duties duties;

	private final Findings findings;

	private final RetentionSettings settings;

	private final PlatformClock clock;

	Retention(RetentionRules rules, RetentionStore store, Archives archives, EndedCases ended, CaseActions actions,
			Cases cases, Catalogue catalogue, Duties duties, Findings findings, RetentionSettings settings,
			PlatformClock clock) {
		this.rules = rules;
		this.store = store;
		this.archives = archives;
		this.ended = ended;
		this.actions = actions;
		this.cases = cases;
		this.catalogue = catalogue;
		this.duties = duties;
		this.findings = findings;
		this.settings = settings;
		this.clock = clock;
	}

	/**
	 * Cases of a place that are due, on no list yet and without a finding that is not
	 * done with; at most as many as a list has.
	 */
	List<RetentionRules.Due> due(String place) {
		Set<String> taken = new HashSet<>(this.store.taken(place));
		taken.addAll(this.findings.unfinished(place));
		return this.rules.due(place, this.settings.most() + taken.size())
			.stream()
			.filter((due) -> !taken.contains(due.file().caseNo()))
			.limit(this.settings.most())
			.toList();
	}

	/**
	 * Has a list drawn up and sent to whoever approves it.
	 * @param person who draws it up, in whose name this runs
	 * @param place place whose cases they are
	 * @return the list
	 * @throws Refusal if that is not the person's office, or nothing is due
	 */
	RetentionList begin(CurrentPerson person, String place) {
		if (!person.has(Roles.ADMINISTRATOR, Roles.AUDITOR) || !person.belongsTo(place)) {
			throw Refusal.forbidden(Texts.of("oversight", "oversight.retention.not-yours"));
		}
		Category category = this.catalogue.ofProcess(place, PROCESS, this.clock.now())
			.orElseThrow(() -> Refusal.rule(Texts.of("oversight", "oversight.retention.no-category", PROCESS)));
		Map<String, Object> values = new HashMap<>();
		String title = Texts.own("oversight", "oversight.retention.matter",
				this.clock.now().atZone(this.clock.zone()).toLocalDate().toString());
		values.put("title", title);
		values.put("description", title);
		values.put("category", category.code());
		values.put("gridCode", this.duties.seat(person.login(), place, Roles.AUDITOR, this.clock.now())
			.orElseThrow(() -> Refusal.rule(Texts.of("oversight", "oversight.retention.nobody", place))));
		String caseNo = this.actions.open(new Report(place, CHANNEL, person.login(), values), (number) -> {
		});
		return this.store.ofMatter(caseNo);
	}

	// --- steps of the process ---

	@Override
	public Drawn draw(String caseNo, String place, String by) {
		List<RetentionRules.Due> due = due(place);
		long list = this.store.create(place, caseNo, by, this.clock.now());
		this.store.add(list, due);
		return new Drawn(list, due.size(), this.duties.rolesOf(by, this.clock.now()).contains(Roles.AUDITOR));
	}

	@Override
	public void approve(String caseNo, String by) {
		this.store.decide(this.store.ofMatter(caseNo).id(), "APPROVED", by, this.clock.now());
	}

	@Override
	public void drop(String caseNo, String by) {
		RetentionList list = this.store.ofMatter(caseNo);
		this.store.moveAll(list.id(), "DROPPED");
		this.store.decide(list.id(), "REFUSED", by, this.clock.now());
	}

	@Override
	public int archive(String caseNo) {
		RetentionList list = this.store.ofMatter(caseNo);
		int archived = 0;
		for (Item item : this.store.items(list.id())) {
			if (item.state().equals("LISTED") && mayGo(list, item)) {
				this.archives.make(list, item.caseNo());
				this.store.move(list.id(), item.caseNo(), "ARCHIVED");
				archived++;
			}
		}
		return archived;
	}

	@Override
	public List<String> destroy(String caseNo) {
		RetentionList list = this.store.ofMatter(caseNo);
		List<String> gone = new ArrayList<>();
		for (Item item : this.store.items(list.id())) {
			if (item.state().equals("ARCHIVED") && mayGo(list, item)) {
				Archive archive = this.store.archive(item.caseNo()).orElseThrow();
				this.archives.mustBeWhole(archive);
				this.store.delete(list.id(), item.caseNo(), this.clock.now());
				this.store.move(list.id(), item.caseNo(), "DELETED");
				gone.add(item.caseNo());
			}
		}
		this.store.done(list.id(), this.clock.now());
		return gone;
	}

	/**
	 * A case that is held, has a new finding, or is not as it was listed any more, stays.
	 */
	private boolean mayGo(RetentionList list, Item item) {
		if (this.store.held(item.caseNo()).isPresent()) {
			this.store.move(list.id(), item.caseNo(), "HELD");
			return false;
		}
		if (!this.ended.still(item.caseNo(), item.closedAt())
				|| this.findings.unfinished(list.place()).contains(item.caseNo())) {
			this.store.move(list.id(), item.caseNo(), "CHANGED");
			return false;
		}
		return true;
	}

	// --- holds ---

	/**
	 * Keeps a case from being deleted (封存), whatever its age.
	 * @throws Refusal if the person is no auditor of its place, does not see it, it is
	 * held already, or there is no reason
	 */
	@Transactional
	public Hold hold(CurrentPerson person, String caseNo, String reason) {
		CaseFile file = mine(person, caseNo);
		try {
			this.store.hold(file.caseNo(), file.place(), said(reason), person.login(), this.clock.now());
		}
		catch (DuplicateKeyException ex) {
			throw Refusal.conflict(Texts.of("oversight", "oversight.hold.already", caseNo));
		}
		return this.store.held(caseNo).orElseThrow();
	}

	/**
	 * Lets a case go its way again.
	 * @throws Refusal if the person is no auditor of its place, it is not held, or there
	 * is no reason
	 */
	@Transactional
	public void lift(CurrentPerson person, String caseNo, String reason) {
		CaseFile file = mine(person, caseNo);
		if (this.store.lift(file.caseNo(), said(reason), person.login(), this.clock.now()) == 0) {
			throw Refusal.conflict(Texts.of("oversight", "oversight.hold.none", caseNo));
		}
	}

	Optional<Hold> held(CurrentPerson person, String caseNo) {
		return this.store.held(this.cases.get(caseNo, person.login()).caseNo());
	}

	private CaseFile mine(CurrentPerson person, String caseNo) {
		CaseFile file = this.cases.get(caseNo, person.login());
		if (!person.has(Roles.AUDITOR) || !file.place().equals(person.place())) {
			throw Refusal.forbidden(Texts.of("oversight", "oversight.hold.auditors"));
		}
		return file;
	}

	private static String said(String reason) {
		String said = (reason != null) ? reason.strip() : "";
		if (said.length() < Reasons.LEAST || said.length() > Reasons.MOST) {
			throw Refusal.invalid(List.of(new FieldProblem("reason", Texts.of("oversight", "oversight.hold.reason"),
					Texts.of("oversight", "oversight.hold.reason.needed", Reasons.LEAST, Reasons.MOST))));
		}
		return said;
	}

}
