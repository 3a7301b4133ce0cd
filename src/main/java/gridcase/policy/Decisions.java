package gridcase.policy;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

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
		ReleasedRule table = find(question);
		FeelAudit audit = ask(question, table);
		if (audit.leftToShared()) {
			DecisionFailed noRule = new DecisionFailed(Reason.NO_MATCH, Texts.of("policy", "decision.noMatch"),
					question, table, audit.inputs());
			table = this.book.pages()
				.find(RuleType.TABLE, question.key(), question.sharedScope())
				.orElseThrow(() -> noRule);
			audit = ask(question, table);
		}
		return new Answer(table.key(), table.place(), table.version(), table.definitionId(), table.releaseId(),
				audit.several(), audit.verdict().rows(), audit.verdict().rules(), audit.verdict().reasons());
	}

	private FeelAudit ask(Question question, ReleasedRule table) {
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

	private ReleasedRule find(Question question) {
		ReleaseBook.Pages pages = this.book.pages();
		ReleasedRule inForce = pages.find(RuleType.TABLE, question.key(), question.scope())
			.orElseThrow(() -> new DecisionFailed(Reason.UNKNOWN_TABLE, Texts.of("policy", "decision.noTable"),
					question, null, Map.of()));
		if (question.version() == null || question.version() == inForce.version()) {
			return inForce;
		}
		return pages.version(question.key(), inForce.place(), question.version())
			.orElseThrow(() -> new DecisionFailed(Reason.UNKNOWN_TABLE,
					Texts.of("policy", "decision.noVersion", question.version()), question, null, Map.of()));
	}

	private void record(Question question, ReleasedRule table, FeelAudit audit) {
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
	 * Decisions of several cases by tables whose keys begin alike, those of a case in the
	 * order they were taken.
	 */
	public List<DecisionRecord> ofCases(Collection<String> caseNos, String keyPrefix) {
		return this.records.ofCases(caseNos, keyPrefix);
	}

	/**
	 * The last decisions of a table that differ in what was asked.
	 * @param key key of the table
	 * @param place place whose own table answered, null for the shared one
	 * @param most how many at most
	 * @return the newest first
	 */
	public List<DecisionRecord> recent(String key, String place, int most) {
		return this.records.recent(key, place, most);
	}

	/**
	 * The last decision each rule took part in, among the latest decisions of its table.
	 * @param key key of the table
	 * @param place place whose own table answered, null for the shared one
	 * @param rules ids of the rules
	 * @return by id of the rule, without those that took no part
	 */
	public Map<String, DecisionRecord> last(String key, String place, Collection<String> rules) {
		return this.records.last(key, place, rules);
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
	 * The tables that answer for a new case of a place.
	 * @param place place code; null for the shared tables only
	 * @param at the moment that counts
	 * @return by key
	 */
	public List<TableInfo> tables(String place, Instant at) {
		Map<String, ReleasedRule> tables = this.book.pages().all(RuleType.TABLE, RuleScope.newCase(place, at));
		return tables.values().stream().map(this::info).toList();
	}

	private TableInfo info(ReleasedRule table) {
		TableView view = this.engine.table(table.definitionId()).view();
		return new TableInfo(table.key(), view.name(), table.place(), table.version(), table.releaseId(),
				view.hitPolicy(), view.rows().size());
	}

	/**
	 * The table that answers for a new case of a place, to be read.
	 * @param key key of the table
	 * @param place place code; null for the shared table
	 * @param at the moment that counts
	 * @return empty if there is none
	 */
	public Optional<TableView> table(String key, String place, Instant at) {
		return this.book.pages().find(RuleType.TABLE, key, RuleScope.newCase(place, at)).map(this::view);
	}

	/**
	 * The table exactly as it answered.
	 * @param record a decision on record
	 */
	public TableView table(DecisionRecord record) {
		return view(record.definitionId(), record.place(), record.version(), record.releaseId());
	}

	/**
	 * A certain version of a table, to be read.
	 * @param key key of the table
	 * @param place place whose own table it is; null for the shared one
	 * @param version its version
	 * @return empty if there is none
	 */
	public Optional<TableView> table(String key, String place, int version) {
		return this.book.pages().version(key, place, version).map(this::view);
	}

	/**
	 * What a table will say for sure, while some of what it asks is not known yet.
	 * @param key key of the table
	 * @param scope for whom
	 * @param known what is known
	 * @param unknown names that somebody has yet to say
	 * @return the rules one of which will fire, in their order, the last one for certain
	 * if none before does; empty if that cannot be told
	 */
	public Optional<Outlook> outlook(String key, RuleScope scope, Map<String, Object> known, Set<String> unknown) {
		Optional<ReleasedRule> table = this.book.pages().find(RuleType.TABLE, key, scope);
		if (table.isEmpty() || !view(table.get()).hitPolicy().equals("FIRST")) {
			return Optional.empty();
		}
		Outlook outlook = outlook(table.get(), known, unknown);
		if (outlook.rows().isEmpty() && outlook.table().elseShared()) {
			return outlook(key, new RuleScope(null, scope.reportedAt(), scope.at()), known, unknown);
		}
		return Optional.of(outlook).filter(Outlook::certain);
	}

	private Outlook outlook(ReleasedRule table, Map<String, Object> known, Set<String> unknown) {
		return Outlook.of(view(table), this.engine.table(table.definitionId()), known, unknown);
	}

	private TableView view(ReleasedRule table) {
		return view(table.definitionId(), table.place(), table.version(), table.releaseId());
	}

	private TableView view(String definitionId, String place, int version, long releaseId) {
		TableView view = this.engine.table(definitionId).view();
		return new TableView(view.key(), view.name(), view.description(), place, version, releaseId, view.hitPolicy(),
				view.aggregation(), view.inputs(), view.outputs(), view.rows(), view.elseShared());
	}

}
