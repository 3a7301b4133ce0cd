package gridcase.registry;

import gridcase.clock.PlatformClock;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Fills an empty registry at the first start: the catalogue always, demo places only
 * where {@code gridcase.demo.enabled} says so. Before the web server starts, so that
 * nobody is refused at the door because their account is still on its way.
 */
@Component
class RegistryStart implements SmartLifecycle {

	private final ShippedRegistry shipped;

	private final PlatformClock clock;

	private final boolean demo;

	private final String password;

	private boolean running;

	RegistryStart(ShippedRegistry shipped, PlatformClock clock, @Value("${gridcase.demo.enabled}") boolean demo,
			@Value("${gridcase.demo.password:#{null}}") String password) {
		this.shipped = shipped;
		this.clock = clock;
		this.demo = demo;
		this.password = password;
	}

	@Override
	public void start() {
		this.shipped.loadCatalogue(this.clock.now());
		if (this.demo) {
			this.shipped.loadDemoPlaces(this.clock.now(), this.password);
		}
		this.running = true;
	}

	@Override
	public void stop() {
		this.running = false;
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	/** The web server's phase is among the last. */
	@Override
	public int getPhase() {
		return 0;
	}

}
