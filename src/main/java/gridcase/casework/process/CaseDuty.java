package gridcase.casework.process;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import gridcase.casework.CaseRecord;
import gridcase.casework.Cases;
import gridcase.casework.Custody;
import gridcase.registry.Duties;
import gridcase.registry.Duty;
import gridcase.registry.Grids;
import gridcase.registry.OnDuty;
import gridcase.registry.Roles;
import gridcase.registry.Tier;
import gridcase.registry.Unit;
import gridcase.registry.Units;
import gridcase.shared.Refusal;
import gridcase.shared.Texts;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;

import org.springframework.stereotype.Component;

/** {@code duty} in a diagram: who may take a task, as a candidate group. */
@Component("duty")
public class CaseDuty {

	private final CaseScope cases;

	private final Duties duties;

	private final CaseTiers tiers;

	private final Units units;

	private final Grids grids;

	private final Cases history;

	CaseDuty(CaseScope cases, Duties duties, CaseTiers tiers, Units units, Grids grids, Cases history) {
		this.grids = grids;
		this.cases = cases;
		this.history = history;
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
		return this.duties.near(role, grid, record.now()).orElseThrow(() -> new NobodyOnDuty(role, grid, null)).pool();
	}

	/**
	 * Who decides on what somebody asks for: holders of a role at a tier, or further up
	 * where nobody else holds it whom the task does not exclude; failing that, as near to
	 * the place of the matter as there is somebody.
	 * @param role role key
	 * @param tier key of a tier, {@code ABOVE} the case's own or {@code TOP}; empty or
	 * null: its own
	 * @param execution where the task is
	 * @throws NobodyOnDuty if there is nobody else anywhere
	 */
	public String approver(String role, String tier, DelegateExecution execution) {
		CaseRecord record = this.cases.record(execution);
		String grid = record.text("gridCode").orElseThrow();
		Tier own = this.tiers.of(record);
		Tier asked = (tier == null || tier.isEmpty()) ? own
				: tier.equals("ABOVE") ? this.tiers.above(record, own) : this.tiers.named(record, tier);
		Set<String> excluded = excluded(record, (ExecutionEntity) execution);
		List<OnDuty> found = Stream
			.concat(this.duties.upwards(role, grid, asked.key(), record.now()).stream(),
					this.duties.upwards(role, grid, null, record.now()).stream())
			.toList();
		if (found.isEmpty()) {
			throw new NobodyOnDuty(role, grid, asked.key());
		}
		return found.stream()
			.filter((duty) -> duty.staff().stream().anyMatch((person) -> !excluded.contains(person.login())))
			.findFirst()
			.orElseThrow(() -> Refusal.rule(Texts.of("casework", "casework.refused.nobody-else")))
			.pool();
	}

	private Set<String> excluded(CaseRecord record, ExecutionEntity task) {
		Set<String> excluded = new HashSet<>(CaseTasks.excluded(task));
		if (CaseTasks.excludes(task).contains(CaseElements.WORKERS)) {
			this.history.custody(record.caseNo())
				.stream()
				.filter(Custody::worked)
				.map(Custody::person)
				.forEach(excluded::add);
		}
		return excluded;
	}

	/** Level of a tier of the case's place; for tables. */
	public int level(String tier, DelegateExecution execution) {
		return this.tiers.named(this.cases.record(execution), tier).level();
	}

	/**
	 * Level of the highest tier around the place of the matter at which a person is on
	 * duty, 0 if at none; for tables.
	 */
	public int levelOf(String login, DelegateExecution execution) {
		CaseRecord record = this.cases.record(execution);
		List<String> own = this.duties.of(login, record.now()).stream().map(Duty::grid).toList();
		return this.tiers.ladder(record)
			.stream()
			.filter((tier) -> this.grids.atTier(record.text("gridCode").orElseThrow(), tier.key(), record.now())
				.filter((grid) -> own.contains(grid.code()))
				.isPresent())
			.mapToInt(Tier::level)
			.max()
			.orElse(0);
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
