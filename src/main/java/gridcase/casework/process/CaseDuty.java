package gridcase.casework.process;

import java.util.Optional;

import gridcase.casework.CaseRecord;
import gridcase.registry.Duties;
import gridcase.registry.OnDuty;
import gridcase.registry.Roles;
import gridcase.registry.Tier;
import gridcase.registry.Unit;
import gridcase.registry.Units;
import gridcase.shared.Texts;
import org.camunda.bpm.engine.delegate.DelegateExecution;

import org.springframework.stereotype.Component;

/** {@code duty} in a diagram: who may take a task, as a candidate group. */
@Component("duty")
public class CaseDuty {

	private final CaseScope cases;

	private final Duties duties;

	private final CaseTiers tiers;

	private final Units units;

	CaseDuty(CaseScope cases, Duties duties, CaseTiers tiers, Units units) {
		this.cases = cases;
		this.tiers = tiers;
		this.duties = duties;
		this.units = units;
	}

	/**
	 * Holders of a role at the case's tier; if nobody is on duty there, of the next tier
	 * up, and the operator is told.
	 * @param role role key
	 * @param execution where the task is
	 * @return candidate group
	 * @throws NobodyOnDuty if no tier has anybody
	 */
	public String pool(String role, DelegateExecution execution) {
		CaseRecord record = this.cases.record(execution);
		String grid = record.text("gridCode").orElseThrow();
		String tier = record.text("tier").orElse(null);
		OnDuty found = this.duties.nearest(role, grid, tier, record.now())
			.orElseThrow(() -> new NobodyOnDuty(role, grid, tier));
		if (tier != null) {
			tellVacancies(record, role, grid, found);
		}
		return found.pool();
	}

	/** Every tier that was climbed over because nobody is on duty there. */
	private void tellVacancies(CaseRecord record, String role, String grid, OnDuty found) {
		for (String tier : this.tiers.upwards(record)) {
			if (this.duties.atTier(role, grid, tier, record.now()).isPresent()) {
				return;
			}
			record.alert("VACANCY", Texts.of("casework", "casework.alert.pool-vacancy",
					this.tiers.named(record, tier).name(), role(role), found.grid().name()));
		}
	}

	/** Holders of a role as near to the place of the matter as there are any. */
	public String near(String role, DelegateExecution execution) {
		CaseRecord record = this.cases.record(execution);
		String grid = record.text("gridCode").orElseThrow();
		return this.duties.nearest(role, grid, null, record.now())
			.orElseThrow(() -> new NobodyOnDuty(role, grid, null))
			.pool();
	}

	/**
	 * Who decides on what somebody asks for: holders of a role at a tier, or further up
	 * where nobody but the asking person holds it.
	 * @param role role key
	 * @param tier key of a tier, {@code ABOVE} the case's own or {@code TOP}; empty or
	 * null: its own
	 * @param execution where the task is; its variable {@code requester} asks
	 * @throws NobodyOnDuty if no tier has anybody else
	 */
	public String approver(String role, String tier, DelegateExecution execution) {
		CaseRecord record = this.cases.record(execution);
		String grid = record.text("gridCode").orElseThrow();
		Tier own = this.tiers.of(record);
		Tier asked = (tier == null || tier.isEmpty()) ? own
				: tier.equals("ABOVE") ? this.tiers.above(record, own) : this.tiers.named(record, tier);
		Object requester = execution.getVariable("requester");
		return this.duties.upwards(role, grid, asked.key(), record.now())
			.stream()
			.filter((found) -> found.staff().stream().anyMatch((person) -> !person.login().equals(requester)))
			.findFirst()
			.orElseThrow(() -> new NobodyOnDuty(role, grid, asked.key()))
			.pool();
	}

	/**
	 * Holders of a role in the unit whose work this is. When nobody is on duty there the
	 * operator is told; when no later shift will be either, the task goes to the head of
	 * the unit or the superior on duty at the case's tier or further up.
	 */
	public String ofUnit(String role, DelegateExecution execution) {
		CaseRecord record = this.cases.record(execution);
		String unit = (String) execution.getVariable("unit");
		String pool = Duties.pool(role, unit);
		if (!this.duties.holders(role, unit, record.now()).isEmpty()) {
			return pool;
		}
		record.alert("VACANCY", Texts.of("casework", "casework.alert.unit-vacancy", name(unit, record), role(role)));
		return this.duties.seen(pool, record.now()) ? pool : instead(record, unit).orElse(pool);
	}

	private Optional<String> instead(CaseRecord record, String unit) {
		String head = Duties.pool(Roles.UNIT_HEAD, unit);
		if (this.duties.seen(head, record.now())) {
			return Optional.of(head);
		}
		return this.duties
			.nearest(Roles.DUTY_LEADER, record.text("gridCode").orElseThrow(), record.text("tier").orElse(null),
					record.now())
			.map(OnDuty::pool);
	}

	private String name(String unit, CaseRecord record) {
		return this.units.find(unit, record.now()).map(Unit::name).orElse(unit);
	}

	private static String role(String role) {
		return Texts.of("casework", "casework.role." + role);
	}

	/** No tier has anybody with that role. */
	static final class NobodyOnDuty extends RuntimeException {

		NobodyOnDuty(String role, String grid, String tier) {
			super("Nobody on duty as " + role + " for grid " + grid + ((tier != null) ? " from tier " + tier : "")
					+ " upwards: add a duty to the registry");
		}

	}

}
