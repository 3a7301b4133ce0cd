package gridcase.form;

import java.util.Map;

import org.camunda.feel.api.EvaluationResult;
import org.camunda.feel.api.FeelEngineApi;
import org.camunda.feel.api.FeelEngineBuilder;

import org.springframework.stereotype.Component;

@Component
class FeelConditions implements Conditions {

	private final FeelEngineApi feel = FeelEngineBuilder.forJava().build();

	@Override
	public boolean holds(String expression, Map<String, Object> context) {
		EvaluationResult result = this.feel.evaluateExpression(expression, context);
		if (result.isFailure()) {
			throw new IllegalStateException("Condition " + expression + ": " + result.failure().message());
		}
		return Boolean.TRUE.equals(result.result());
	}

}
