package gridcase.casework;

import java.util.List;
import java.util.stream.Stream;

import gridcase.shared.Texts;
import org.camunda.bpm.engine.delegate.JavaDelegate;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.stereotype.Component;

/** The service tasks a diagram can name, with a line of help each. */
@Component
public class ServiceTasks {

	private final ListableBeanFactory beans;

	ServiceTasks(ListableBeanFactory beans) {
		this.beans = beans;
	}

	/**
	 * A service task.
	 *
	 * @param name name of the bean, as {@code ${name}} in a diagram
	 * @param label what it does, in a few words
	 * @param help what it needs and what it sets
	 */
	public record Service(String name, String label, String help) {

	}

	/** All of them by name. */
	public List<Service> all() {
		return Stream.of(this.beans.getBeanNamesForType(JavaDelegate.class))
			.sorted()
			.map((name) -> new Service(name, Texts.of("casework", "casework.service." + name),
					Texts.of("casework", "casework.service." + name + ".help")))
			.toList();
	}

}
