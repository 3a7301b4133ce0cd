package gridcase.casework.process;

import java.util.List;
import java.util.Optional;

import gridcase.casework.CaseRecord;
import gridcase.registry.Duties;
import gridcase.registry.OnDuty;
import gridcase.registry.Roles;
import gridcase.registry.Tier;

import org.springframework.stereotype.Component;

/** Finds the people behind the roles a table wants told. */
@Component
class ToldRoles {

	private final Duties duties;

	private final CaseTiers tiers;

	ToldRoles(Duties duties, CaseTiers tiers) {
		this.duties = duties;
		this.tiers = tiers;
	}

	/**
	 * Pools of roles: those of the unit that has the work, else the nearest ones from the
	 * case's tier up. A role nobody holds is left out: the table tells, it does not ask.
	 * @param roles role keys, separated by commas
	 */
	List<String> pools(CaseRecord record, String roles) {
		return CaseUnits.list(roles).stream().flatMap((role) -> pool(record, role).stream()).distinct().toList();
	}

	private Optional<String> pool(CaseRecord record, String role) {
		String unit = record.holder().map((holder) -> holder.unit()).orElse(null);
		if (unit != null && !this.duties.holders(role, unit, record.now()).isEmpty()) {
			return Optional.of(Duties.pool(role, unit));
		}
		return this.duties
			.nearest(role, record.text("gridCode").orElseThrow(), record.text("tier").orElse(null), record.now())
			.map(OnDuty::pool);
	}

	/**
	 * Who leads the tier above the case's own; empty at the top, or where nobody does.
	 */
	List<String> superior(CaseRecord record) {
		Tier own = this.tiers.of(record);
		Tier above = this.tiers.above(record, own);
		return above.equals(own) ? List.of()
				: this.duties
					.atTier(Roles.DUTY_LEADER, record.text("gridCode").orElseThrow(), above.key(), record.now())
					.map(OnDuty::pool)
					.stream()
					.toList();
	}

}
