package gridcase.registry;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import gridcase.clock.PlatformClock;
import gridcase.clock.WorkingCalendars;
import gridcase.platform.TestDatabase;
import gridcase.shared.Epoch;
import org.flywaydb.core.Flyway;

import org.springframework.context.support.ResourceBundleMessageSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;

import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/**
 * An empty registry on a real database, without the rest of the platform; one at a time.
 */
final class RegistryFixture {

	static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

	static final Instant NOW = Instant.parse("2026-03-18T02:00:00Z");

	private static final DriverManagerDataSource DATABASE = migrated();

	final JdbcTemplate jdbc;

	final RegistryStore store;

	final RegistryLoader loader;

	final Places places;

	final Tiers tiers;

	final Grids grids;

	final GridShapes shapes;

	final Units units;

	final Duties duties;

	final StaffDirectory staff;

	final Catalogue catalogue;

	final ShippedRegistry shipped;

	final Absences absences;

	final List<Object> events = new ArrayList<>();

	RegistryFixture() {
		this.jdbc = new JdbcTemplate(DATABASE);
		this.jdbc.execute(
				"truncate registry_load, place, tier, grid, grid_shape, unit, work_group, staff, staff_password, duty, shift, absence, category, category_condition");
		PlatformClock clock = mock(PlatformClock.class);
		given(clock.now()).willReturn(NOW);
		given(clock.zone()).willReturn(ZONE);
		WorkingCalendars calendars = mock(WorkingCalendars.class);
		given(calendars.codes()).willReturn(Set.of(WorkingCalendars.STANDARD));
		ResourceBundleMessageSource messages = new ResourceBundleMessageSource();
		messages.setBasename("messages/registry");
		messages.setDefaultEncoding(StandardCharsets.UTF_8.name());
		messages.setFallbackToSystemLocale(false);
		JdbcClient client = JdbcClient.create(DATABASE);
		this.store = new RegistryStore(client, clock, Epoch.of(this.jdbc));
		this.loader = new RegistryLoader(this.jdbc, new JdbcTransactionManager(DATABASE), this.store, clock, calendars,
				messages, this.events::add);
		this.places = new Places(this.store);
		this.tiers = new Tiers(this.store);
		this.grids = new Grids(this.store);
		this.shapes = new GridShapes(this.store, this.grids);
		this.units = new Units(this.store, this.grids);
		this.duties = new Duties(this.store, this.grids);
		this.staff = new StaffDirectory(this.store, client, clock);
		this.catalogue = new Catalogue(this.store);
		this.absences = new Absences(this.store, this.loader, this.staff, clock, client);
		this.shipped = new ShippedRegistry(this.loader, this.places, this.shapes, this.catalogue, this.staff);
	}

	private static DriverManagerDataSource migrated() {
		DriverManagerDataSource database = new DriverManagerDataSource(TestDatabase.create(), "postgres", "");
		Flyway.configure().dataSource(database).load().migrate();
		return database;
	}

	/** A small place of two tiers, one street with two grids, loaded from 2026-01-01. */
	static RegistryFixture withSmallPlace() {
		RegistryFixture registry = new RegistryFixture();
		registry.load("places", null, """
				code,name,case_prefix,calendar,household_limits,demo
				hill,山上街道,HL,standard,RURAL:100-300,true
				""");
		registry.load("tiers", "hill", """
				tier,level,name,loop
				GRID,1,网格,MICRO
				STREET,2,街道,SMALL
				""");
		registry.load("grids", "hill", """
				code,parent,name,kind,tier,type,households
				100,,山上街道,街道,STREET,OTHER,
				10001,100,第一网格,网格,GRID,RURAL,200
				10002,100,第二网格,网格,GRID,STREET_LANE,900
				""");
		registry.load("units", "hill", """
				code,name,functions,tier,grid,active
				HL-ZH,综合办,general-support *,STREET,100,true
				HL-CG,城管办,city-management environment,STREET,100,true
				HL-HB,环保站,environment,STREET,100,true
				""");
		registry.load("staff", "hill", """
				login,name,title,unit,phone,active,demo
				hl.one,甲明明,经办人,HL-CG,10000000001,true,true
				hl.two,乙军军,派遣员,HL-ZH,10000000002,true,true
				hl.off,丙平平,派遣员,HL-ZH,10000000003,false,true
				""");
		registry.load("duties", "hill", """
				staff,role,grid,unit,since,until
				hl.one,handler,,HL-CG,,
				hl.two,dispatcher,100,,,
				hl.off,dispatcher,10001,,,
				hl.one,verifier,10001,,2026-03-01,2026-04-01
				""");
		return registry;
	}

	LoadReport load(String kind, String place, String csv) {
		return load(kind, place, LocalDate.of(2026, 1, 1), false, csv);
	}

	LoadReport load(String kind, String place, LocalDate from, boolean complete, String csv) {
		return this.loader.load(RegistryKind.find(kind).orElseThrow(), place, from, complete,
				csv.getBytes(StandardCharsets.UTF_8));
	}

	static Instant on(String day) {
		return LocalDate.parse(day).atStartOfDay(ZONE).toInstant();
	}

}
