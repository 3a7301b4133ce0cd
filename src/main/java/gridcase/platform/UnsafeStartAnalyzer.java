package gridcase.platform;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Lists every problem of an unsafe start at once. */
class UnsafeStartAnalyzer extends AbstractFailureAnalyzer<UnsafeStart> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, UnsafeStart cause) {
		return new FailureAnalysis(
				"拒绝启动 (Gridcase refuses to start outside the local profile):\n  - "
						+ String.join("\n  - ", cause.problems()),
				"Set the named properties (or their environment variables), or start with the profile 'local' for a demo.",
				cause);
	}

}
