package gridcase.casework.process;

import java.io.ByteArrayInputStream;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

import gridcase.policy.Feel;
import gridcase.policy.RuleDraft;
import gridcase.policy.RuleKind;
import gridcase.policy.RuleProblem;
import gridcase.policy.RuleType;
import gridcase.shared.Texts;
import org.camunda.bpm.engine.ParseException;
import org.camunda.bpm.engine.Problem;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.impl.bpmn.deployer.BpmnDeployer;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.persistence.entity.DeploymentEntity;
import org.camunda.bpm.engine.repository.DeploymentBuilder;
import org.camunda.bpm.engine.repository.ProcessDefinition;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.stereotype.Component;

/**
 * Diagrams in a release: checked, read once by the engine's own parser, and deployed with
 * the place as tenant.
 */
@Component
class DiagramKind implements RuleKind {

	private final RepositoryService repository;

	private final ProcessEngineConfigurationImpl engine;

	private final ModelCheck models;

	DiagramKind(ProcessEngine engine, ListableBeanFactory beans, Feel feel) {
		this.repository = engine.getRepositoryService();
		this.engine = (ProcessEngineConfigurationImpl) engine.getProcessEngineConfiguration();
		this.models = new ModelCheck(
				(name) -> beans.containsBean(name) && JavaDelegate.class.isAssignableFrom(beans.getType(name)), feel);
	}

	@Override
	public RuleType type() {
		return RuleType.DIAGRAM;
	}

	@Override
	public Optional<String> read(String place, String file, byte[] content, Consumer<RuleProblem> problems) {
		return ModelCheck.key(file, content, problems);
	}

	@Override
	public void check(String file, String key, byte[] content, RuleDraft draft, Consumer<RuleProblem> problems) {
		this.models.check(file, content, draft::has, draft.names(), problems);
		try {
			this.engine.getCommandExecutorTxRequired()
				.execute((context) -> parser().getBpmnParser()
					.createParse()
					.deployment(new DeploymentEntity())
					.name(file)
					.sourceInputStream(new ByteArrayInputStream(content))
					.execute());
		}
		catch (ParseException ex) {
			ex.getResorceReports()
				.forEach(
						(report) -> report.getErrors()
							.forEach((error) -> problems.accept(RuleProblem.element(file, key, error.getMainElementId(),
									null,
									Texts.of("casework", "casework.model.engine", error.getLine(), words(error))))));
		}
	}

	private static String words(Problem error) {
		return String.valueOf(error.getMessage()).strip();
	}

	private BpmnDeployer parser() {
		return this.engine.getDeployers()
			.stream()
			.filter(BpmnDeployer.class::isInstance)
			.map(BpmnDeployer.class::cast)
			.findFirst()
			.orElseThrow();
	}

	@Override
	public Map<String, Kept> keep(String place, Map<String, byte[]> rules) {
		DeploymentBuilder deployment = this.repository.createDeployment().name((place != null) ? place : "shared");
		if (place != null) {
			deployment.tenantId(place);
		}
		rules.forEach((key, content) -> deployment.addInputStream(key + RuleType.DIAGRAM.ending(),
				new ByteArrayInputStream(content)));
		Map<String, Kept> kept = new HashMap<>();
		for (ProcessDefinition definition : deployment.deployWithResult().getDeployedProcessDefinitions()) {
			kept.put(definition.getKey(), new Kept(definition.getId(), definition.getVersion()));
		}
		return kept;
	}

	@Override
	public Set<String> sets(byte[] content) {
		return Set.of();
	}

	@Override
	public Set<String> alwaysSet() {
		return new HashSet<>(ModelCheck.FACTS);
	}

}
