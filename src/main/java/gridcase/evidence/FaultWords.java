package gridcase.evidence;

import gridcase.shared.Texts;

/** What is wrong, in a sentence. */
final class FaultWords {

	private FaultWords() {
	}

	static String of(Fault fault) {
		String where = fault.subject().startsWith("root ")
				? Texts.of("evidence", "evidence.root.no", fault.subject().substring(5)) : fault.subject();
		String at = (fault.seq() != null) ? Texts.of("evidence", "evidence.fault.at", fault.seq()) : "";
		String detail = fault.detail().isEmpty() ? "" : Texts.of("evidence", "evidence.fault.detail", fault.detail());
		return Texts.of("evidence", "evidence.fault.sentence", where, at,
				Texts.of("evidence", "evidence.fault." + fault.kind()), detail);
	}

}
