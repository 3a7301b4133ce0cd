package gridcase.policy;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import javax.sql.DataSource;

import gridcase.platform.TestDatabase;
import gridcase.shared.Epoch;
import org.flowable.dmn.engine.DmnEngine;
import org.flywaydb.core.Flyway;

import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The module alone, on a database of its own. */
final class PolicyFixture {

	static final Instant NOW = Instant.parse("2026-03-18T02:00:00Z");

	final DataSource dataSource;

	final JdbcTemplate jdbc;

	final TransactionTemplate transaction;

	final DmnEngine dmnEngine;

	final DecisionEngine engine;

	final Releases releases;

	final Decisions decisions;

	PolicyFixture() {
		this(migrated());
	}

	/** Another node on the same database. */
	PolicyFixture(DataSource dataSource) {
		this.dataSource = dataSource;
		this.jdbc = new JdbcTemplate(dataSource);
		DataSourceTransactionManager transactions = new DataSourceTransactionManager(dataSource);
		this.transaction = new TransactionTemplate(transactions);
		Feel feel = new Feel();
		this.dmnEngine = new DecisionEngineConfiguration().dmnEngine(dataSource, transactions, feel);
		this.engine = new DecisionEngine(this.dmnEngine);
		ReleaseBook book = new ReleaseBook(this.jdbc, Epoch.of(this.jdbc));
		this.releases = new Releases(this.jdbc, transactions, List.of(new TableKind(this.engine, feel, List.of())),
				book, new ReleasedRules(this.jdbc, book),
				new StaticListableBeanFactory().getBeanProvider(ReleaseEffect.class), Clock.fixed(NOW, ZoneOffset.UTC));
		this.decisions = new Decisions(this.engine, book, new DecisionRecords(this.jdbc));
	}

	private static DataSource migrated() {
		DataSource dataSource = TestDatabase.createDataSource();
		Flyway.configure().dataSource(dataSource).load().migrate();
		return dataSource;
	}

	Release release(Dmn... tables) {
		return releaseFor(null, tables);
	}

	Release releaseFor(String place, Dmn... tables) {
		return release(place, files(tables), AppliesTo.ALL, null);
	}

	Release release(String place, Map<String, byte[]> files, AppliesTo appliesTo, Instant effectiveFrom) {
		return this.releases.release(new ReleaseOrder(place, files, "zhao", "为试验", appliesTo, effectiveFrom));
	}

	static Map<String, byte[]> files(Dmn... tables) {
		Map<String, byte[]> files = new HashMap<>();
		for (int i = 0; i < tables.length; i++) {
			files.put("file" + i + ".dmn", tables[i].bytes());
		}
		return files;
	}

	static Question ask(String key, Object... namesAndValues) {
		return askFor(null, key, namesAndValues);
	}

	static Question askFor(String place, String key, Object... namesAndValues) {
		Map<String, Object> inputs = new HashMap<>();
		for (int i = 0; i < namesAndValues.length; i += 2) {
			inputs.put((String) namesAndValues[i], namesAndValues[i + 1]);
		}
		return Question.of(key, place, NOW, inputs);
	}

}
