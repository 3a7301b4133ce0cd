package gridcase.policy;

import gridcase.shared.Texts;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
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

	TableReader(Feel feel) {
		this.feel = feel;
	}

	/**
	 * Lets the engine's parser work, nobody else doing so.
	 * @throws TablesRefused if the file is no DMN
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
	 * @throws TablesRefused with everything that is wrong
	 */
	String check(String file, byte[] content, boolean shared) {
		TableScan scan = scan(file, new ByteArrayInputStream(content));
		DmnSchema.validate(file, content);
		if (shared && scan.elseShared()) {
			throw refused(file, Texts.of("policy", "table.elseShared"));
		}
		DmnDefinition definition = parsing(file, () -> new DmnXMLConverter()
			.convertToDmnModel(() -> new ByteArrayInputStream(content), false, true, StandardCharsets.UTF_8.name()));
		compile(file, scan, definition);
		return definition.getDecisions().get(0).getId();
	}

	/**
	 * Compiles the one table of a file in place.
	 * @param file name of the file, for messages
	 * @param xml the file
	 * @param definition what the parser made of it
	 * @throws TablesRefused with everything that is wrong
	 */
	void compile(String file, InputStream xml, DmnDefinition definition) {
		compile(file, scan(file, xml), definition);
	}

	private void compile(String file, TableScan scan, DmnDefinition definition) {
		if (definition.getDecisions().size() != 1 || scan.services() > 0
				|| !(definition.getDecisions().get(0).getExpression() instanceof DecisionTable table)) {
			throw refused(file, Texts.of("policy", "table.one"));
		}
		Decision decision = definition.getDecisions().get(0);
		if (!scan.saysHitPolicy(table.getId())) {
			table.setHitPolicy(HitPolicy.UNIQUE);
		}
		List<TableProblem> problems = new ArrayList<>();
		FeelTable compiled = new TableCompiler(this.feel, file, decision, table, scan, problems).compile();
		if (!problems.isEmpty()) {
			throw new TablesRefused(problems);
		}
		decision.setExpression(compiled);
	}

	private static TableScan scan(String file, InputStream xml) {
		try {
			return TableScan.of(xml);
		}
		catch (XMLStreamException ex) {
			throw refused(file, Texts.of("policy", "table.xml", ex.getMessage()));
		}
	}

	static TablesRefused refused(String file, String message) {
		return new TablesRefused(List.of(new TableProblem(file, null, null, null, null, message)));
	}

}
