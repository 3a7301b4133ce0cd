package gridcase.policy;

import gridcase.shared.Texts;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import javax.xml.stream.XMLStreamException;

import org.flowable.dmn.model.Decision;
import org.flowable.dmn.model.DecisionTable;
import org.flowable.dmn.model.DmnDefinition;
import org.flowable.dmn.model.HitPolicy;
import org.flowable.dmn.xml.converter.DmnXMLConverter;
import org.flowable.dmn.xml.exception.DmnXMLException;

/** Turns what the engine's parser reads into a table with compiled cells. */
final class TableReader {

	/** The parser numbers rules by counters in static objects. */
	private static final Object ONE_AT_A_TIME = new Object();

	private final Feel feel;

	private final List<TableAudit> audits;

	TableReader(Feel feel) {
		this(feel, List.of());
	}

	/** One that also asks those who ask the tables; for {@link #check}. */
	TableReader(Feel feel, List<TableAudit> audits) {
		this.feel = feel;
		this.audits = audits;
	}

	/**
	 * Lets the engine's parser work, nobody else doing so.
	 * @throws ReleaseRefused if the file is no DMN
	 */
	static <T> T parsing(String file, Supplier<T> parser) {
		try {
			synchronized (ONE_AT_A_TIME) {
				return parser.get();
			}
		}
		catch (DmnXMLException ex) {
			throw refused(file, Texts.of("policy", "table.xml", ex.getMessage()));
		}
	}

	/**
	 * Checks a file, keeping nothing.
	 * @param file name of the file, for messages
	 * @param content the file
	 * @param shared whether it is for all places
	 * @return key of its table
	 * @throws ReleaseRefused with everything that is wrong
	 */
	String check(String file, byte[] content, boolean shared) {
		FeelTable table = read(file, content, shared);
		audit(file, table.view());
		return table.view().key();
	}

	/**
	 * Reads and compiles a file, keeping nothing.
	 * @param file name of the file, for messages
	 * @param content the file
	 * @param shared whether it is for all places
	 * @throws ReleaseRefused with everything that is wrong
	 */
	FeelTable read(String file, byte[] content, boolean shared) {
		TableScan scan = scan(file, new ByteArrayInputStream(content));
		DmnSchema.validate(file, content);
		if (shared && scan.elseShared()) {
			throw refused(file, Texts.of("policy", "table.elseShared"));
		}
		DmnDefinition definition = parsing(file, () -> new DmnXMLConverter()
			.convertToDmnModel(() -> new ByteArrayInputStream(content), false, true, StandardCharsets.UTF_8.name()));
		compile(file, scan, definition);
		return (FeelTable) definition.getDecisions().get(0).getExpression();
	}

	private void audit(String file, TableView table) {
		List<RuleProblem> problems = new ArrayList<>();
		for (TableAudit audit : this.audits) {
			if (audit.table().equals(table.key())) {
				table.rows().forEach((row) -> problems.addAll(audit(file, table, row, audit)));
			}
		}
		if (!problems.isEmpty()) {
			throw new ReleaseRefused(problems);
		}
	}

	private static List<RuleProblem> audit(String file, TableView table, TableView.Row row, TableAudit audit) {
		Map<String, String> cells = new LinkedHashMap<>();
		for (int i = 0; i < table.outputs().size(); i++) {
			cells.put(table.outputs().get(i).name(), row.outputs().get(i));
		}
		return audit.problems(cells)
			.entrySet()
			.stream()
			.map((problem) -> new RuleProblem(file, table.key(), row.id(), problem.getKey(), null,
					cells.get(problem.getKey()), problem.getValue()))
			.toList();
	}

	/**
	 * Compiles the one table of a file in place.
	 * @param file name of the file, for messages
	 * @param xml the file
	 * @param definition what the parser made of it
	 * @throws ReleaseRefused with everything that is wrong
	 */
	void compile(String file, InputStream xml, DmnDefinition definition) {
		compile(file, scan(file, xml), definition);
	}

	/**
	 * Reads a file as far as it can be read.
	 * @param file name of the file, for messages
	 * @param content the file
	 */
	TableLook look(String file, byte[] content) {
		try {
			TableScan scan = scan(file, new ByteArrayInputStream(content));
			DmnSchema.validate(file, content);
			DmnDefinition definition = parsing(file,
					() -> new DmnXMLConverter().convertToDmnModel(() -> new ByteArrayInputStream(content), false, true,
							StandardCharsets.UTF_8.name()));
			List<RuleProblem> problems = new ArrayList<>();
			FeelTable table = compiled(file, scan, definition, problems);
			return TableLook.of(problems.isEmpty() ? new TableFile(table) : null, table.view(), problems);
		}
		catch (ReleaseRefused refused) {
			return new TableLook(null, null, refused.problems());
		}
	}

	private void compile(String file, TableScan scan, DmnDefinition definition) {
		List<RuleProblem> problems = new ArrayList<>();
		FeelTable compiled = compiled(file, scan, definition, problems);
		if (!problems.isEmpty()) {
			throw new ReleaseRefused(problems);
		}
		definition.getDecisions().get(0).setExpression(compiled);
	}

	private FeelTable compiled(String file, TableScan scan, DmnDefinition definition, List<RuleProblem> problems) {
		if (definition.getDecisions().size() != 1 || scan.services() > 0
				|| !(definition.getDecisions().get(0).getExpression() instanceof DecisionTable table)) {
			throw refused(file, Texts.of("policy", "table.one"));
		}
		Decision decision = definition.getDecisions().get(0);
		if (!scan.saysHitPolicy(table.getId())) {
			table.setHitPolicy(HitPolicy.UNIQUE);
		}
		return new TableCompiler(this.feel, file, decision, table, scan, problems).compile();
	}

	private static TableScan scan(String file, InputStream xml) {
		try {
			return TableScan.of(xml);
		}
		catch (XMLStreamException ex) {
			throw refused(file, Texts.of("policy", "table.xml", ex.getMessage()));
		}
	}

	static ReleaseRefused refused(String file, String message) {
		return new ReleaseRefused(List.of(RuleProblem.file(file, null, message)));
	}

}
