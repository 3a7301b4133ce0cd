package gridcase.casework.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.repository.DeploymentBuilder;

import org.springframework.beans.factory.InitializingBean;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.stereotype.Component;

/**
 * {@code models} in a diagram: which place's diagram applies. Deploys the diagrams that
 * travel with the platform; unchanged ones keep their version.
 */
@Component("models")
public class Models implements InitializingBean {

	/** Key of the process every case runs through. */
	public static final String ROOT = "case-handling";

	/** Key of the process of one unit's work. */
	static final String UNIT = "unit-handling";

	private static final String FOLDER = "models/processes/";

	private final RepositoryService repository;

	private final Set<String> own = ConcurrentHashMap.newKeySet();

	Models(RepositoryService repository) {
		this.repository = repository;
	}

	/**
	 * Tenant whose model of that key applies to the case: its place, or null for the
	 * shared one.
	 */
	public String tenantOf(String key, DelegateExecution execution) {
		return tenantOf(key, execution.getTenantId());
	}

	String tenantOf(String key, String place) {
		return this.own.contains(place + '/' + key) ? place : null;
	}

	@Override
	public void afterPropertiesSet() throws IOException {
		Map<String, Map<String, Resource>> byPlace = new TreeMap<>();
		for (Resource resource : new PathMatchingResourcePatternResolver()
			.getResources("classpath*:" + FOLDER + "**/*.bpmn")) {
			String url = resource.getURL().toString();
			String[] path = url.substring(url.lastIndexOf(FOLDER) + FOLDER.length()).split("/");
			byPlace.computeIfAbsent((path.length > 1) ? path[0] : "", (place) -> new TreeMap<>())
				.put(path[path.length - 1], resource);
		}
		byPlace.forEach(this::deploy);
		this.repository.createProcessDefinitionQuery()
			.latestVersion()
			.list()
			.stream()
			.filter((definition) -> definition.getTenantId() != null)
			.forEach((definition) -> this.own.add(definition.getTenantId() + '/' + definition.getKey()));
	}

	private void deploy(String place, Map<String, Resource> files) {
		DeploymentBuilder deployment = this.repository.createDeployment()
			.name(place.isEmpty() ? "shared" : place)
			.enableDuplicateFiltering(true);
		if (!place.isEmpty()) {
			deployment.tenantId(place);
		}
		files.forEach((name, resource) -> {
			try (InputStream content = resource.getInputStream()) {
				deployment.addInputStream(name, content);
			}
			catch (IOException ex) {
				throw new UncheckedIOException("Cannot read " + resource, ex);
			}
		});
		deployment.deploy();
	}

}
