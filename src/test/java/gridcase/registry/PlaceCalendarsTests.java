package gridcase.registry;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.LocalDate;

import gridcase.clock.PlatformClock;
import gridcase.clock.WorkingCalendars;
import gridcase.platform.GridcaseTest;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@GridcaseTest
class PlaceCalendarsTests {

	@Autowired
	private RegistryLoader loader;

	@Autowired
	private WorkingCalendars calendars;

	@Autowired
	private PlatformClock clock;

	@Autowired
	private Clock javaClock;

	@Test
	void aPlaceWorksByTheCalendarItsRowNames() {
		this.loader.load(RegistryKind.PLACES, null, LocalDate.ofInstant(this.clock.now(), this.clock.zone()), false, """
				code,name,case_prefix,calendar,household_limits,demo
				hill,山上街道,HL,standard,,true
				""".getBytes(StandardCharsets.UTF_8));

		assertThat(this.calendars.forPlace("hill")).isSameAs(this.calendars.named("standard"));
		assertThatThrownBy(() -> this.calendars.forPlace("valley")).isInstanceOf(NotInRegistry.class)
			.hasMessageContaining("valley");
	}

	@Test
	void everybodyGetsTheSameClock() {
		assertThat(this.javaClock).isSameAs(this.clock);
		assertThat(this.clock.rehearsal()).isTrue();
	}

}
