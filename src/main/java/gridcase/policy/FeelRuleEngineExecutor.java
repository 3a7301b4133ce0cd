package gridcase.policy;

import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import gridcase.policy.FeelTable.Verdict;
import org.flowable.dmn.api.DecisionExecutionAuditContainer;
import org.flowable.dmn.api.ExecuteDecisionContext;
import org.flowable.dmn.engine.DmnEngineConfiguration;
import org.flowable.dmn.engine.impl.RuleEngineExecutorImpl;
import org.flowable.dmn.model.Decision;

/**
 * Evaluates tables by their compiled cells. Only declared inputs are read, the caller's
 * variables stay as they are, and only rules that fired are told.
 */
final class FeelRuleEngineExecutor extends RuleEngineExecutorImpl {

	FeelRuleEngineExecutor(DmnEngineConfiguration configuration) {
		super(null, null, null, configuration);
	}

	@Override
	public DecisionExecutionAuditContainer execute(Decision decision, ExecuteDecisionContext context) {
		if (!(decision.getExpression() instanceof FeelTable table)) {
			throw new IllegalStateException("not a compiled table: " + decision.getId());
		}
		Map<String, Object> inputs = new LinkedHashMap<>();
		table.names().forEach((name) -> inputs.put(name, context.getVariables().get(name)));
		FeelAudit audit = new FeelAudit(decision, table, context, inputs, now());
		try {
			audit.answered(table.answer(inputs));
		}
		catch (TableFault ex) {
			audit.failed(ex);
		}
		audit.stopAudit(now());
		return audit;
	}

	private Date now() {
		return this.dmnEngineConfiguration.getClock().getCurrentTime();
	}

	/** What the engine is told of an evaluation; also what its own history would keep. */
	static final class FeelAudit extends DecisionExecutionAuditContainer {

		private final boolean several;

		private final boolean elseShared;

		private final transient Map<String, Object> inputs;

		private List<String> ruleIds = List.of();

		private transient Verdict verdict;

		private transient TableFault fault;

		FeelAudit(Decision decision, FeelTable table, ExecuteDecisionContext context, Map<String, Object> inputs,
				Date start) {
			super(decision.getId(), decision.getName(), context.getDecisionVersion(), table.getHitPolicy(), true,
					inputs, start);
			this.several = table.several();
			this.elseShared = table.view().elseShared();
			this.inputs = inputs;
			setDmnDeploymentId(context.getDeploymentId());
			setMultipleResults(this.several);
		}

		void answered(Verdict verdict) {
			this.verdict = verdict;
			this.ruleIds = verdict.rules();
			setDecisionResult(verdict.rows());
		}

		void failed(TableFault fault) {
			this.fault = fault;
			setFailed();
			setExceptionMessage(fault.getMessage());
		}

		/** Ids of the rules that fired. */
		public List<String> getRuleIds() {
			return this.ruleIds;
		}

		Verdict verdict() {
			return this.verdict;
		}

		TableFault fault() {
			return this.fault;
		}

		Map<String, Object> inputs() {
			return this.inputs;
		}

		boolean several() {
			return this.several;
		}

		/** Whether no rule fired and the shared table is to be asked. */
		boolean leftToShared() {
			return this.fault == null && this.elseShared && this.ruleIds.isEmpty();
		}

	}

}
