package gridcase.platform;

import gridcase.platform.EmbeddedDatabase.DataFolderInUse;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says in two lines what to do when the data folder is taken. */
class DataFolderInUseAnalyzer extends AbstractFailureAnalyzer<DataFolderInUse> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, DataFolderInUse cause) {
		return new FailureAnalysis(cause.getMessage(),
				"Stop the other instance, or start this one with --gridcase.data-folder=<another folder>.", cause);
	}

}
