package gridcase.policy;

import org.flowable.dmn.engine.DmnEngineConfiguration;
import org.flowable.dmn.engine.impl.parser.DmnParse;

/** The engine's parser, made to compile FEEL, and let in one at a time. */
final class FeelDmnParse extends DmnParse {

	private final TableReader reader;

	FeelDmnParse(TableReader reader) {
		this.reader = reader;
	}

	@Override
	public DmnParse execute(DmnEngineConfiguration configuration) {
		TableReader.parsing(this.name, () -> super.execute(configuration));
		this.reader.compile(this.name, this.streamSource.getInputStream(), this.dmnDefinition);
		return this;
	}

}
