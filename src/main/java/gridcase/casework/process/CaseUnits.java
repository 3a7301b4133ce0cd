package gridcase.casework.process;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import gridcase.casework.CaseRecord;
import gridcase.registry.Tier;
import gridcase.registry.Tiers;
import gridcase.registry.Unit;
import gridcase.registry.Units;
import gridcase.shared.Texts;
import org.camunda.bpm.engine.delegate.DelegateExecution;

import org.springframework.stereotype.Component;

/** {@code units} in a diagram: which units a case is assigned to. */
@Component("units")
public class CaseUnits {

	private static final String FORMER = "formerUnits";

	private static final String REFUSED = "refusedUnits";

	private final CaseScope cases;

	private final Units units;

	private final Tiers tiers;

	CaseUnits(CaseScope cases, Units units, Tiers tiers) {
		this.cases = cases;
		this.units = units;
		this.tiers = tiers;
	}

	/** Codes of the assigned units, lead first. */
	public List<String> assigned(DelegateExecution execution) {
		CaseRecord record = this.cases.record(execution);
		List<String> codes = new ArrayList<>();
		codes.add(record.text("leadUnit")
			.orElseThrow(() -> new IllegalStateException("Case " + record.caseNo() + " has no lead unit")));
		list(record.text("helperUnits").orElse("")).stream()
			.filter((code) -> !codes.contains(code))
			.forEach(codes::add);
		return codes;
	}

	/**
	 * Codes of the assigned units without the lead, in their order; empty if none help.
	 */
	public List<String> helpers(DelegateExecution execution) {
		List<String> assigned = assigned(execution);
		return assigned.subList(1, assigned.size());
	}

	/** {@code LEAD} for the first assigned unit, {@code HELPER} for the others. */
	public String leg(String unit, DelegateExecution execution) {
		return unit.equals(this.cases.record(execution).text("leadUnit").orElse(null)) ? "LEAD" : "HELPER";
	}

	/**
	 * Whether the unit now named to go on with the case had it before.
	 */
	public boolean goesBack(DelegateExecution execution) {
		CaseRecord record = this.cases.record(execution);
		return this.cases.text(execution, "handOnUnit")
			.filter((unit) -> list(record.text(FORMER).orElse("")).contains(unit))
			.isPresent();
	}

	/** The unit has had the case. */
	static void remember(CaseRecord record, String unit) {
		add(record, FORMER, unit);
	}

	/** The unit gave the case back, and the rule has it left out from now on. */
	static void leaveOut(CaseRecord record, String unit) {
		add(record, REFUSED, unit);
	}

	private static void add(CaseRecord record, String fact, String unit) {
		List<String> units = new ArrayList<>(list(record.text(fact).orElse("")));
		if (!units.contains(unit)) {
			units.add(unit);
			record.set(fact, String.join(",", units));
		}
	}

	/** Codes of the units a case is not offered to again. */
	public static List<String> notOffered(Map<String, ?> facts) {
		Object refused = facts.get(REFUSED);
		return (refused != null) ? list(refused.toString()) : List.of();
	}

	/**
	 * The unit responsible for a function at the case's tier or, if that tier has none,
	 * the next one up; the operator is told when that is because a unit takes no cases.
	 */
	Unit responsible(CaseRecord record, String function, List<String> tiersUpwards) {
		String grid = record.text("gridCode").orElseThrow();
		List<Unit> closed = new ArrayList<>();
		boolean refused = false;
		for (String tier : tiersUpwards) {
			Optional<Unit> found = this.units.responsible(function, tier, grid, record.now());
			if (found.filter((unit) -> notOffered(record.facts()).contains(unit.code())).isPresent()) {
				refused = true;
			}
			else if (found.isPresent()) {
				closed.forEach((unit) -> record.alert("VACANCY",
						Texts.of("casework", "casework.alert.unit-closed", unit.name(), found.get().name())));
				return found.get();
			}
			this.units.closed(function, tier, grid, record.now()).ifPresent(closed::add);
		}
		throw new NoUnitResponsible(function, tiersUpwards, grid, refused);
	}

	/** The unit that routing would choose, to be proposed on the dispatch form. */
	public Optional<Unit> propose(String place, Map<String, Object> facts, String function, Instant now) {
		List<Tier> ladder = this.tiers.ladder(place, now);
		int lowest = ladder.stream()
			.filter((tier) -> tier.key().equals(facts.get("startTier")))
			.mapToInt(Tier::level)
			.reduce(((Number) facts.get("tierLevel")).intValue(), Math::max);
		return ladder.stream()
			.filter((tier) -> tier.level() >= lowest)
			.flatMap((tier) -> this.units.responsible(function, tier.key(), facts.get("gridCode").toString(), now)
				.stream())
			.filter((unit) -> !notOffered(facts).contains(unit.code()))
			.findFirst();
	}

	static List<String> list(String commaSeparated) {
		return Arrays.stream(commaSeparated.split(",")).map(String::trim).filter((part) -> !part.isEmpty()).toList();
	}

	/** The registry has no unit, or none left, for what the routing table asks. */
	static final class NoUnitResponsible extends RuntimeException {

		private final boolean refused;

		NoUnitResponsible(String function, List<String> tiers, String grid, boolean refused) {
			super("No unit for function " + function + " at tiers " + tiers + " serving grid " + grid + (refused
					? ": it refused the case; name another" : ": add one to the registry or change the routing table"));
			this.refused = refused;
		}

		/** Whether there was one, which refused the case. */
		boolean refused() {
			return this.refused;
		}

	}

}
