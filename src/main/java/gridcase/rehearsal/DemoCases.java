package gridcase.rehearsal;

import gridcase.clock.PlatformClock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Plays the narrated cases at the first start of a demo, after its places are loaded. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 100)
class DemoCases implements ApplicationRunner {

	private static final Logger log = LoggerFactory.getLogger(DemoCases.class);

	private static final String SCRIPT = "demo-cases";

	private final Scripts scripts;

	private final Player player;

	private final JdbcClient jdbc;

	private final PlatformClock clock;

	private final boolean wanted;

	DemoCases(Scripts scripts, Player player, JdbcClient jdbc, PlatformClock clock,
			@Value("${gridcase.demo.enabled}") boolean demo, @Value("${gridcase.demo.cases:true}") boolean cases) {
		this.scripts = scripts;
		this.player = player;
		this.jdbc = jdbc;
		this.clock = clock;
		this.wanted = demo && cases;
	}

	@Override
	public void run(ApplicationArguments arguments) {
		if (!this.wanted || cases() > 0) {
			return;
		}
		if (!this.clock.rehearsal()) {
			log.warn("No demo cases: they are played on the rehearsal clock (gridcase.clock=rehearsal)");
			return;
		}
		long start = System.nanoTime();
		this.player.play(this.scripts.read(SCRIPT));
		log.info("Played {} demo cases in {} ms; the clock stands at {}", cases(),
				(System.nanoTime() - start) / 1_000_000, this.clock.now().atZone(this.clock.zone()));
	}

	private int cases() {
		return this.jdbc.sql("select count(*) from case_file").query(Integer.class).single();
	}

}
