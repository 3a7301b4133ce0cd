package gridcase.casework;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import javax.sql.DataSource;

import gridcase.bench.CaseLoop;
import gridcase.platform.CountingDataSource;
import gridcase.platform.CountingDataSource.Counts;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;

import static org.assertj.core.api.Assertions.assertThat;

/** What an action costs the database, counted exactly. */
@DemoTest
@Import(CountingDataSource.Everywhere.class)
class TransactionCountTests {

	private static final int MOST_ROUND_TRIPS = 165;

	@Autowired
	private CaseDriver drive;

	@Autowired
	private DataSource dataSource;

	@Autowired
	private Cases cases;

	private CaseLoop loop;

	@BeforeEach
	void warm() {
		this.loop = new CaseLoop(this.drive);
		this.loop.run();
	}

	@Test
	void everyActionIsExactlyOneDurableTransaction() {
		String[] caseNo = new String[1];
		List<Runnable> actions = this.loop.actions(caseNo);
		for (int i = 0; i < actions.size(); i++) {
			Counts before = counting().counts();
			actions.get(i).run();
			Counts cost = counting().counts().since(before);
			assertThat(cost.commits()).as("durable transactions of action %d", i + 1).isOne();
			assertThat(cost.loneWrites()).as("writes outside a transaction in action %d", i + 1).isZero();
		}
		assertThat(this.cases.get(caseNo[0]).state()).isEqualTo("CLOSED");
	}

	@Test
	void aWholeCaseNeedsFewRoundTrips() {

		Counts before = counting().counts();
		Map<String, Long> kinds = counting().kinds();
		this.loop.run();
		Map<String, Long> cost = new TreeMap<>(counting().kinds());
		kinds.forEach((kind, sum) -> cost.merge(kind, -sum, Long::sum));
		cost.values().removeIf((sum) -> sum == 0);
		assertThat(counting().counts().since(before).roundTrips()).as("round trips: %s", cost)
			.isLessThanOrEqualTo(MOST_ROUND_TRIPS);
	}

	private CountingDataSource counting() {
		return (CountingDataSource) this.dataSource;
	}

}
