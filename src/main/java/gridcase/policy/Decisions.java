package gridcase.policy;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import gridcase.policy.DecisionFailed.Reason;
import gridcase.policy.FeelRuleEngineExecutor.FeelAudit;
import gridcase.shared.Texts;

import org.springframework.stereotype.Component;

/**
 * The decision tables: asks them, reads them, and knows what they answered. Nothing else
 * in the platform talks to the decision engine.
 */
@Component("decisionTables")
public class Decisions {

	private final DecisionEngine engine;

	private final ReleaseBook book;

	private final DecisionRecords records;

	Decisions(DecisionEngine engine, ReleaseBook book, DecisionRecords records) {
		this.engine = engine;
		this.book = book;
		this.records = records;
	}

	/**
	 * Asks a table; a place's own that has no rule and says so leaves it to the shared
	 * one. A decision about a case goes on record in the caller's transaction, both
	 * tables if both were asked.
	 * @param question what is asked
	 * @return what the table says; never an empty answer, except that a COLLECT table may
	 * have nothing to say
	 * @throws DecisionFailed if there is no answer
	 */
	public Answer decide(Question question) {
		TableInForce table = find(question);
		FeelAudit audit = ask(question, table);
		if (audit.leftToShared()) {
			DecisionFailed noRule = new DecisionFailed(Reason.NO_MATCH, Texts.of("policy", "decision.noMatch"),
					question, table, audit.inputs());
			table = this.book.pages().table(question.key(), null, question.at()).orElseThrow(() -> noRule);
			audit = ask(question, table);
		}
		return new Answer(table.key(), table.place(), table.version(), table.definitionId(), table.releaseId(),
				audit.several(), audit.verdict().rows(), audit.verdict().rules(), audit.verdict().reasons());
	}

	private FeelAudit ask(Question question, TableInForce table) {
		FeelAudit audit = this.engine.evaluate(table.definitionId(), question.inputs());
		if (audit.fault() != null) {
			throw new DecisionFailed(audit.fault().reason(), audit.fault().getMessage(), question, table,
					audit.inputs());
		}
		if (question.caseNo() != null) {
			record(question, table, audit);
		}
		return audit;
	}

	private TableInForce find(Question question) {
		ReleaseBook.Pages pages = this.book.pages();
		TableInForce inForce = pages.table(question.key(), question.place(), question.at())
			.orElseThrow(() -> new DecisionFailed(Reason.UNKNOWN_TABLE, Texts.of("policy", "decision.noTable"),
					question, null, Map.of()));
		if (question.version() == null || question.version() == inForce.version()) {
			return inForce;
		}
		return pages.version(question.key(), inForce.place(), question.version())
			.orElseThrow(() -> new DecisionFailed(Reason.UNKNOWN_TABLE,
					Texts.of("policy", "decision.noVersion", question.version()), question, null, Map.of()));
	}

	private void record(Question question, TableInForce table, FeelAudit audit) {
		DecisionRecord record = new DecisionRecord(question.caseNo(), question.element(), table.key(), table.place(),
				table.version(), table.definitionId(), table.releaseId(), audit.inputs(), audit.verdict().rows(),
				audit.verdict().rules(), question.at());
		DecisionsInTransaction here = DecisionsInTransaction.current();
		if (here != null) {
			here.add(record, this.records::add);
		}
		else {
			this.records.add(List.of(record));
		}
	}

	/** Decisions of a case in the order they were taken, this transaction's included. */
	public List<DecisionRecord> ofCase(String caseNo) {
		DecisionsInTransaction here = DecisionsInTransaction.current();
		if (here != null) {
			here.write();
		}
		return this.records.ofCase(caseNo);
	}

	/**
	 * Computes again, from exactly the version that answered, which cells were true.
	 * @param record a decision on record
	 * @return one trace per rule of the table, in its order
	 */
	public List<RuleTrace> explain(DecisionRecord record) {
		return this.engine.table(record.definitionId()).trace(record.inputs());
	}

	/**
	 * The tables that answer for a place.
	 * @param place place code; null for the shared tables only
	 * @param at the moment that counts
	 * @return by key
	 */
	public List<TableInfo> tables(String place, Instant at) {
		ReleaseBook.Pages pages = this.book.pages();
		Map<String, TableInForce> tables = new TreeMap<>();
		pages.inForce(null, at).ifPresent((shared) -> tables.putAll(shared.tables()));
		if (place != null) {
			pages.inForce(place, at).ifPresent((own) -> tables.putAll(own.tables()));
		}
		return tables.values().stream().map(this::info).toList();
	}

	private TableInfo info(TableInForce table) {
		TableView view = this.engine.table(table.definitionId()).view();
		return new TableInfo(table.key(), view.name(), table.place(), table.version(), table.releaseId(),
				view.hitPolicy(), view.rows().size());
	}

	/**
	 * The table that answers for a place, to be read.
	 * @param key key of the table
	 * @param place place code; null for the shared table
	 * @param at the moment that counts
	 * @return empty if there is none
	 */
	public Optional<TableView> table(String key, String place, Instant at) {
		return this.book.pages().table(key, place, at).map((table) -> view(table));
	}

	/**
	 * The table exactly as it answered.
	 * @param record a decision on record
	 */
	public TableView table(DecisionRecord record) {
		return view(new TableInForce(record.table(), record.place(), record.version(), record.definitionId(),
				record.releaseId()));
	}

	private TableView view(TableInForce table) {
		TableView view = this.engine.table(table.definitionId()).view();
		return new TableView(view.key(), view.name(), view.description(), table.place(), table.version(),
				table.releaseId(), view.hitPolicy(), view.aggregation(), view.inputs(), view.outputs(), view.rows(),
				view.elseShared());
	}

}
