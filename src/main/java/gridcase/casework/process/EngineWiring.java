package gridcase.casework.process;

import java.util.ArrayList;
import java.util.List;

import org.camunda.bpm.engine.impl.bpmn.parser.BpmnParseListener;
import org.camunda.bpm.engine.impl.cfg.AbstractProcessEnginePlugin;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.cfg.multitenancy.TenantIdProvider;
import org.camunda.bpm.engine.impl.cfg.multitenancy.TenantIdProviderCaseInstanceContext;
import org.camunda.bpm.engine.impl.cfg.multitenancy.TenantIdProviderHistoricDecisionInstanceContext;
import org.camunda.bpm.engine.impl.cfg.multitenancy.TenantIdProviderProcessInstanceContext;
import org.camunda.bpm.engine.spring.SpringExpressionManager;
import org.camunda.bpm.impl.juel.jakarta.el.CompositeELResolver;
import org.camunda.bpm.impl.juel.jakarta.el.ELResolver;

import org.springframework.context.ApplicationContext;
import org.springframework.stereotype.Component;

/**
 * Hands the engine what makes it work on cases: facts in expressions, places, listeners.
 */
@Component
class EngineWiring extends AbstractProcessEnginePlugin implements TenantIdProvider {

	private final ApplicationContext application;

	private final CaseScope cases;

	private final CaseElements elements;

	EngineWiring(ApplicationContext application, CaseScope cases, CaseElements elements) {
		this.application = application;
		this.cases = cases;
		this.elements = elements;
	}

	@Override
	public void preInit(ProcessEngineConfigurationImpl configuration) {
		configuration.setExpressionManager(new SpringExpressionManager(this.application, configuration.getBeans()) {
			@Override
			protected ELResolver createElResolver() {
				CompositeELResolver resolver = new CompositeELResolver();
				resolver.add(new FactResolver(EngineWiring.this.cases));
				resolver.add(super.createElResolver());
				return resolver;
			}
		});
		List<BpmnParseListener> listeners = new ArrayList<>();
		if (configuration.getCustomPostBPMNParseListeners() != null) {
			listeners.addAll(configuration.getCustomPostBPMNParseListeners());
		}
		listeners.add(this.elements);
		configuration.setCustomPostBPMNParseListeners(listeners);
		configuration.setTenantIdProvider(this);
	}

	@Override
	public String provideTenantIdForProcessInstance(TenantIdProviderProcessInstanceContext context) {
		if (context.getSuperExecution() != null) {
			return context.getSuperExecution().getTenantId();
		}
		return StartingPlace.current();
	}

	@Override
	public String provideTenantIdForCaseInstance(TenantIdProviderCaseInstanceContext context) {
		throw new IllegalStateException("CMMN is switched off");
	}

	@Override
	public String provideTenantIdForHistoricDecisionInstance(TenantIdProviderHistoricDecisionInstanceContext context) {
		throw new IllegalStateException("The engine's own DMN is switched off");
	}

}
