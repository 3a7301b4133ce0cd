package gridcase.analysis;

import java.util.Map;

import gridcase.analysis.TableDiff.Change;
import gridcase.policy.Dmn;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

/** What became of the rows and columns of a table. */
class TableDiffTests {

	private static Dmn table() {
		return Dmn.table("t").hit("hitPolicy=\"FIRST\"").in("a", "number").in("b", "string").out("days", "number");
	}

	private static TableDiff diff(Dmn old, Dmn now) {
		return TableDiff.of(old.file().view(), now.file().view());
	}

	@Test
	void rowsAreAddedRemovedChangedAndMoved() {
		Dmn old = table().rule("A", "1", "-", "1")
			.rule("B", "2", "-", "2")
			.rule("C", "3", "-", "3")
			.rule("D", "4", "-", "4")
			.rule("E", "5", "-", "5");
		Dmn now = table().rule("A", "1", "\"x\"", "9")
			.rule("E", "5", "-", "5")
			.rule("N", "7", "-", "7")
			.rule("C", "3", "-", "3")
			.rule("D", "4", "", "4");

		TableDiff diff = diff(old, now);

		assertThat(diff.rows())
			.extracting(TableDiff.Row::id, TableDiff.Row::change, TableDiff.Row::number, TableDiff.Row::oldNumber)
			.containsExactly(tuple("Rule_A", Change.CHANGED, 1, 1), tuple("Rule_E", Change.MOVED, 2, 5),
					tuple("Rule_N", Change.ADDED, 3, 0), tuple("Rule_B", Change.REMOVED, 0, 2),
					tuple("Rule_C", Change.SAME, 4, 3), tuple("Rule_D", Change.SAME, 5, 4));
		assertThat(diff.rows().get(0).inputs()).isEqualTo(Map.of(1, "-"));
		assertThat(diff.rows().get(0).outputs()).isEqualTo(Map.of(0, "1"));
		assertThat(diff.count(Change.MOVED)).isEqualTo(1);
	}

	@Test
	void aRowWithAnotherIdIsTheSameIfItSaysTheSame() {
		TableDiff diff = diff(table().rule("A", "1", "-", "1"), table().rule("Z", "1", "", "1"));

		assertThat(diff.rows()).singleElement().satisfies((row) -> {
			assertThat(row.change()).isEqualTo(Change.CHANGED);
			assertThat(row.reason()).isEqualTo("A");
			assertThat(row.inputs()).isEmpty();
		});
	}

	@Test
	void columnsAndTheHitPolicyAreCompared() {
		Dmn now = Dmn.table("t").hit("hitPolicy=\"UNIQUE\"").in("b", "string").in("c", "number").out("days", "string");
		TableDiff diff = diff(table().rule("A", "1", "-", "1"), now.rule("A", "-", "5", "\"1\""));

		assertThat(diff.hitPolicy()).isEqualTo("FIRST");
		assertThat(diff.columns()).extracting(TableDiff.Column::name, TableDiff.Column::change)
			.containsExactly(tuple("c", Change.ADDED), tuple("a", Change.REMOVED), tuple("days", Change.CHANGED));
		assertThat(diff.rows().get(0).inputs()).isEqualTo(Map.of(1, "-"));
		assertThat(diff.isEmpty()).isFalse();
		assertThat(diff(now, now).isEmpty()).isTrue();
	}

}
