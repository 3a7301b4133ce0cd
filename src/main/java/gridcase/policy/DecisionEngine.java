package gridcase.policy;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

import gridcase.policy.FeelRuleEngineExecutor.FeelAudit;
import org.flowable.common.engine.impl.interceptor.Command;
import org.flowable.dmn.api.DmnDeploymentBuilder;
import org.flowable.dmn.api.ExecuteDecisionContext;
import org.flowable.dmn.engine.DmnEngine;
import org.flowable.dmn.engine.DmnEngineConfiguration;
import org.flowable.dmn.engine.impl.persistence.entity.DecisionEntity;
import org.flowable.dmn.model.Decision;

import org.springframework.stereotype.Component;

/**
 * The few things asked of Flowable: keep a set of tables, evaluate exactly one version,
 * give a file back.
 */
@Component
class DecisionEngine {

	private final DmnEngine engine;

	DecisionEngine(DmnEngine engine) {
		this.engine = engine;
	}

	/**
	 * Keeps a set of tables that have been checked.
	 * @param name name of the set
	 * @param place tenant, null for none
	 * @param files content by file name
	 * @return by key of the table
	 * @throws ReleaseRefused if a table is wrong
	 */
	Map<String, RuleKind.Kept> deploy(String name, String place, Map<String, byte[]> files) {
		DmnDeploymentBuilder deployment = this.engine.getDmnRepositoryService()
			.createDeployment()
			.disableSchemaValidation()
			.name(name);
		if (place != null) {
			deployment.tenantId(place);
		}
		files.forEach(deployment::addDmnBytes);
		return this.engine.getDmnRepositoryService()
			.createDecisionQuery()
			.deploymentId(deployment.deploy().getId())
			.list()
			.stream()
			.collect(Collectors.toMap((table) -> table.getKey(),
					(table) -> new RuleKind.Kept(table.getId(), table.getVersion())));
	}

	/** Evaluates exactly that table; reads the database only if it is not in memory. */
	FeelAudit evaluate(String definitionId, Function<String, Object> inputs) {
		return inEngine((configuration) -> {
			DecisionEntity found = configuration.getDeploymentManager().findDeployedDecisionById(definitionId);
			Decision decision = decision(configuration, found);
			Map<String, Object> declared = new LinkedHashMap<>();
			((FeelTable) decision.getExpression()).names().forEach((name) -> declared.put(name, inputs.apply(name)));
			ExecuteDecisionContext context = new ExecuteDecisionContext();
			context.setDecisionKey(found.getKey());
			context.setDecisionId(found.getId());
			context.setDecisionVersion(found.getVersion());
			context.setDeploymentId(found.getDeploymentId());
			context.setTenantId(found.getTenantId());
			context.setVariables(declared);
			return (FeelAudit) configuration.getRuleEngineExecutor().execute(decision, context);
		});
	}

	FeelTable table(String definitionId) {
		return inEngine((configuration) -> (FeelTable) decision(configuration,
				configuration.getDeploymentManager().findDeployedDecisionById(definitionId))
			.getExpression());
	}

	private static Decision decision(DmnEngineConfiguration configuration, DecisionEntity found) {
		return configuration.getDeploymentManager()
			.resolveDecision(found)
			.getDmnDefinition()
			.getDecisionById(found.getKey());
	}

	private <T> T inEngine(EngineWork<T> work) {
		DmnEngineConfiguration configuration = this.engine.getDmnEngineConfiguration();
		return configuration.getCommandExecutor().execute((Command<T>) (context) -> work.with(configuration));
	}

	/** Something done inside an engine command. */
	private interface EngineWork<T> {

		T with(DmnEngineConfiguration configuration);

	}

}
