package gridcase.casework.process;

import java.util.Iterator;
import java.util.Optional;

import gridcase.casework.CaseRecord;
import org.camunda.bpm.engine.delegate.VariableScope;
import org.camunda.bpm.impl.juel.jakarta.el.ELContext;
import org.camunda.bpm.impl.juel.jakarta.el.ELResolver;

/**
 * Lets a diagram name a fact of its case like a variable: {@code ${filing == 'FILE'}}.
 * Process variables of the same name come first; facts are read only.
 */
class FactResolver extends ELResolver {

	private final CaseScope cases;

	FactResolver(CaseScope cases) {
		this.cases = cases;
	}

	@Override
	public Object getValue(ELContext context, Object base, Object property) {
		if (base != null || !(property instanceof String name)) {
			return null;
		}
		VariableScope scope = (VariableScope) context.getContext(VariableScope.class);
		if (scope == null) {
			return null;
		}
		Optional<CaseRecord> record = this.cases.find(scope);
		if (record.isEmpty() || scope.hasVariable(name)) {
			return null;
		}
		if (name.equals("caseNo") || name.equals("place") || name.equals("reporter")) {
			context.setPropertyResolved(true);
			return own(record.get(), name);
		}
		if (!record.get().facts().containsKey(name)) {
			return null;
		}
		context.setPropertyResolved(true);
		return record.get().facts().get(name);
	}

	private static Object own(CaseRecord record, String name) {
		return switch (name) {
			case "caseNo" -> record.caseNo();
			case "place" -> record.place();
			default -> record.reporter();
		};
	}

	@Override
	public boolean isReadOnly(ELContext context, Object base, Object property) {
		return true;
	}

	@Override
	public void setValue(ELContext context, Object base, Object property, Object value) {
		// never resolved here: an assignment is left to process variables
	}

	@Override
	public Class<?> getType(ELContext context, Object base, Object property) {
		return Object.class;
	}

	@Override
	public Class<?> getCommonPropertyType(ELContext context, Object base) {
		return String.class;
	}

	@Override
	public Iterator<java.beans.FeatureDescriptor> getFeatureDescriptors(ELContext context, Object base) {
		return null;
	}

}
