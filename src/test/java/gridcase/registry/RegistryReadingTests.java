package gridcase.registry;

import java.time.LocalDate;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static gridcase.registry.RegistryFixture.NOW;
import static gridcase.registry.RegistryFixture.on;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Lookups by grid, tier, function, role and day. */
class RegistryReadingTests {

	private static RegistryFixture registry;

	@BeforeAll
	static void aSmallPlace() {
		registry = RegistryFixture.withSmallPlace();
	}

	@Test
	void walksTheTree() {
		assertThat(registry.grids.upwards("10001", NOW)).extracting(Grid::code).containsExactly("10001", "100");
		assertThat(registry.grids.ancestors("100", NOW)).isEmpty();
		assertThat(registry.grids.children("100", NOW)).extracting(Grid::code).containsExactly("10001", "10002");
		assertThat(registry.grids.atTier("10001", "STREET", NOW)).map(Grid::code).contains("100");
		assertThat(registry.grids.atTier("100", "GRID", NOW)).isEmpty();
		assertThat(registry.grids.nearestTier("10002", NOW)).isEqualTo("GRID");
	}

	@Test
	void climbsTheLadder() {
		assertThat(registry.tiers.above("hill", "GRID", NOW)).map(Tier::key).contains("STREET");
		assertThat(registry.tiers.above("hill", "STREET", NOW)).isEmpty();
		assertThat(registry.tiers.top("hill", NOW).key()).isEqualTo("STREET");
	}

	@Test
	void prefersTheUnitWhoseMainFunctionItIs() {
		assertThat(registry.units.responsible("environment", "STREET", "10001", NOW)).map(Unit::code).contains("HL-HB");
		assertThat(registry.units.responsible("city-management", "STREET", "10001", NOW)).map(Unit::code)
			.contains("HL-CG");
		assertThat(registry.units.responsible("fire", "STREET", "10001", NOW)).map(Unit::code).contains("HL-ZH");
		assertThat(registry.units.responsible("fire", "GRID", "10001", NOW)).isEmpty();
	}

	@Test
	void goesUpToTheNextPersonOnDuty() {
		assertThat(registry.duties.nearest(Roles.DISPATCHER, "10001", "GRID", NOW)).hasValueSatisfying((duty) -> {
			assertThat(duty.grid().code()).isEqualTo("100");
			assertThat(duty.staff()).extracting(Staff::login).containsExactly("hl.two");
			assertThat(duty.pool()).isEqualTo("dispatcher@100");
		});
		assertThat(registry.duties.atTier(Roles.DISPATCHER, "10001", "GRID", NOW)).isEmpty();
		assertThat(registry.duties.nearest(Roles.DUTY_LEADER, "10001", null, NOW)).isEmpty();
	}

	@Test
	void countsADutyOnItsDaysOnly() {
		assertThat(registry.duties.poolsOf("hl.one", on("2026-02-28"))).containsExactly("handler@HL-CG");
		assertThat(registry.duties.poolsOf("hl.one", on("2026-03-01"))).containsExactly("handler@HL-CG",
				"verifier@10001");
		assertThat(registry.duties.poolsOf("hl.one", on("2026-04-01"))).containsExactly("handler@HL-CG");
		assertThat(registry.duties.poolsOf("hl.off", NOW)).isEmpty();
		assertThat(registry.duties.poolsOf("nobody", NOW)).isEmpty();
	}

	@Test
	void findsPeople() {
		assertThat(registry.staff.withPhone("10000000002", NOW)).extracting(Staff::login).containsExactly("hl.two");
		assertThat(registry.staff.named("hill", "甲明明", NOW)).extracting(Staff::login).containsExactly("hl.one");
		assertThat(registry.staff.ofUnit("HL-ZH", NOW)).extracting(Staff::login).containsExactly("hl.two", "hl.off");
		assertThat(registry.staff.passwordHash("hl.one")).isEmpty();
	}

	@Test
	void saysWhatItDoesNotKnow() {
		assertThatExceptionOfType(NotInRegistry.class).isThrownBy(() -> registry.grids.get("404", NOW))
			.withMessage("No grids '404' in the registry at 2026-03-18T02:00:00Z");
		assertThat(registry.places.all(on("2025-12-31"))).isEmpty();
	}

	@Test
	void showsALoadAtOnce() {
		assertThat(registry.units.find("HL-JT", NOW)).isEmpty();

		registry.load("units", "hill", LocalDate.of(2026, 3, 1), false, """
				code,name,functions,tier,grid,active
				HL-JT,交通站,traffic,STREET,100,true
				""");

		assertThat(registry.units.find("HL-JT", NOW)).isPresent();
	}

}
