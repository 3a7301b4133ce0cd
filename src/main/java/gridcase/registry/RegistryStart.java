package gridcase.registry;

import gridcase.clock.PlatformClock;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * Fills an empty registry at the first start: the catalogue always, demo places only
 * where {@code gridcase.demo.enabled} says so.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class RegistryStart implements ApplicationRunner {

	private final ShippedRegistry shipped;

	private final PlatformClock clock;

	private final boolean demo;

	private final String password;

	RegistryStart(ShippedRegistry shipped, PlatformClock clock, @Value("${gridcase.demo.enabled}") boolean demo,
			@Value("${gridcase.demo.password:#{null}}") String password) {
		this.shipped = shipped;
		this.clock = clock;
		this.demo = demo;
		this.password = password;
	}

	@Override
	public void run(ApplicationArguments arguments) {
		this.shipped.loadCatalogue(this.clock.now());
		if (this.demo) {
			this.shipped.loadDemoPlaces(this.clock.now(), this.password);
		}
	}

}
