package gridcase;

import org.junit.jupiter.api.Test;

import org.springframework.modulith.core.ApplicationModules;

/** Modules use each other only as docs/architecture.md allows, without cycles. */
class ModularityTests {

	@Test
	void modulesKeepTheirBoundaries() {
		ApplicationModules.of(GridcaseApplication.class).verify();
	}

}
