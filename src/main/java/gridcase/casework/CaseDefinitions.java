package gridcase.casework;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.history.HistoricProcessInstance;
import org.camunda.bpm.engine.repository.ProcessDefinition;

import org.springframework.stereotype.Component;

/** The versions of diagrams a case ran on. */
@Component
public class CaseDefinitions {

	private final HistoryService history;

	private final RepositoryService repository;

	CaseDefinitions(HistoryService history, RepositoryService repository) {
		this.history = history;
		this.repository = repository;
	}

	/**
	 * A version of a diagram.
	 *
	 * @param id the engine's id of exactly that version
	 * @param key key of the diagram
	 * @param place place whose own it is, null for a shared one
	 * @param version its version
	 */
	public record Definition(String id, String key, String place, int version) {

	}

	/**
	 * Diagrams the process instances of a case run on or ended on; a case that was moved
	 * to a newer version names the newer one.
	 */
	public List<Definition> of(String caseNo) {
		return this.history.createHistoricProcessInstanceQuery()
			.processInstanceBusinessKey(caseNo)
			.list()
			.stream()
			.map(HistoricProcessInstance::getProcessDefinitionId)
			.distinct()
			.map(this.repository::getProcessDefinition)
			.map((definition) -> definition(definition))
			.sorted(java.util.Comparator.comparing(Definition::key).thenComparing(Definition::version))
			.toList();
	}

	private static Definition definition(ProcessDefinition definition) {
		return new Definition(definition.getId(), definition.getKey(), definition.getTenantId(),
				definition.getVersion());
	}

	/** The file of a diagram as it was deployed. */
	public byte[] content(Definition definition) {
		try (InputStream content = this.repository.getProcessModel(definition.id())) {
			return content.readAllBytes();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
