package gridcase.policy;

import javax.sql.DataSource;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import org.flowable.dmn.engine.DmnEngine;
import org.flowable.dmn.engine.impl.parser.DmnParse;
import org.flowable.dmn.engine.impl.parser.DmnParseFactory;
import org.flowable.dmn.spring.SpringDmnEngineConfiguration;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * Flowable DMN on our database and in our transactions, with FEEL for its cells; reasons
 * in docs/adr/0003 and 0004.
 */
@Configuration(proxyBeanMethods = false)
class DecisionEngineConfiguration {

	/** Tables kept in memory, in every version asked for. */
	private static final int KEPT = 5000;

	@Bean(destroyMethod = "close")
	DmnEngine dmnEngine(DataSource dataSource, PlatformTransactionManager transactions, Feel feel) {
		TableReader reader = new TableReader(feel);
		SpringDmnEngineConfiguration configuration = new SpringDmnEngineConfiguration();
		configuration.setDataSource(dataSource);
		configuration.setTransactionManager(transactions);
		// our migrations make its tables
		configuration.setSchemaManagementCmd((context) -> null);
		configuration.setHistoryEnabled(false);
		configuration.setEnableSafeDmnXml(true);
		configuration.setDecisionCacheLimit(KEPT);
		configuration.setObjectMapper(new ObjectMapper().registerModule(new JavaTimeModule()));
		configuration.setDmnParseFactory(new DmnParseFactory() {

			@Override
			public DmnParse createParse() {
				return new FeelDmnParse(reader);
			}

		});
		configuration.setRuleEngineExecutor(new FeelRuleEngineExecutor(configuration));
		return configuration.buildDmnEngine();
	}

}
