package gridcase.casework.process;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

import gridcase.casework.CaseRecord;
import gridcase.registry.Tier;
import gridcase.shared.Refusal;
import gridcase.shared.Texts;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.model.bpmn.instance.UserTask;

import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;

/**
 * Finds the lead and helper units: as the dispatcher chose, else by function at the tier.
 */
@Component
class AssignUnits implements JavaDelegate {

	private final CaseScope cases;

	private final CaseTiers tiers;

	private final CaseUnits units;

	private final MessageSource messages;

	AssignUnits(CaseScope cases, CaseTiers tiers, CaseUnits units, MessageSource messages) {
		this.cases = cases;
		this.tiers = tiers;
		this.units = units;
		this.messages = messages;
	}

	@Override
	public void execute(DelegateExecution execution) {
		CaseRecord record = this.cases.record(execution);
		// once a superior has handed the case down, it stays where it was ordered to
		record.text("startTier").filter((key) -> record.count("handDownCount") == 0).ifPresent((key) -> {
			Tier start = this.tiers.named(record, key);
			if (start.level() > this.tiers.of(record).level()) {
				this.tiers.put(record, start);
			}
		});
		List<String> upwards = this.tiers.upwards(record);
		if (record.text("leadUnit").isEmpty()) {
			String function = record.text("leadFunction").orElseThrow();
			record.set("leadUnit", responsible(function, record, upwards, execution));
		}
		if (record.text("helperUnits").isEmpty()) {
			record.set("helperUnits",
					CaseUnits.list(record.text("helperFunctions").orElse(""))
						.stream()
						.flatMap((function) -> helper(function, record, upwards, execution).stream())
						.distinct()
						.collect(Collectors.joining(",")));
		}
		record.event("UNITS_ASSIGNED", execution.getCurrentActivityId(),
				Map.of("lead", record.facts().get("leadUnit"), "helpers", record.facts().get("helperUnits")));
	}

	/**
	 * A case goes on without the help of a unit that refused it; the operator is told.
	 */
	private Optional<String> helper(String function, CaseRecord record, List<String> upwards,
			DelegateExecution execution) {
		try {
			return Optional.of(responsible(function, record, upwards, execution));
		}
		catch (CaseUnits.NoUnitResponsible nobody) {
			if (!nobody.refused()) {
				throw nobody;
			}
			record.alert("VACANCY", Texts.of("casework", "casework.alert.helper-refused", name(function)));
			return Optional.empty();
		}
	}

	/**
	 * When no unit is left, a person who dispatches can name one; where nobody is asked
	 * the case stops for the operator.
	 */
	private String responsible(String function, CaseRecord record, List<String> upwards, DelegateExecution execution) {
		try {
			return this.units.responsible(record, function, upwards).code();
		}
		catch (CaseUnits.NoUnitResponsible nobody) {
			if (execution.getBpmnModelElementInstance() instanceof UserTask) {
				Refusal refusal = Refusal.rule(Texts.of("casework", "casework.refused.no-unit", name(function)));
				refusal.initCause(nobody);
				throw refusal;
			}
			throw nobody;
		}
	}

	private String name(String function) {
		return this.messages.getMessage("casework.function." + function, null, function,
				LocaleContextHolder.getLocale());
	}

}
