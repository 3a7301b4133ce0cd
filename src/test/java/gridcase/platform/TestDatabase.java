package gridcase.platform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

import javax.sql.DataSource;

import gridcase.clock.PlatformClock;
import gridcase.shared.Epoch;
import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.junit.jupiter.SpringExtension;
import org.springframework.test.util.ReflectionTestUtils;

/** One PostgreSQL for the whole test run; a fresh database for every application. */
public final class TestDatabase {

	private static final AtomicInteger NUMBER = new AtomicInteger();

	/** By whether the demo places are loaded. */
	private static final Map<Boolean, Beginning> BEGINNINGS = new ConcurrentHashMap<>();

	private static EmbeddedPostgres server;

	/** What tests write need not outlive the machine; it is thrown away. */
	private static String sync = "off";

	private TestDatabase() {
	}

	/**
	 * For benchmarks: every commit is on the disk, as in production. To be said first.
	 */
	public static synchronized void durable() {
		if (server != null) {
			throw new IllegalStateException("The server runs already");
		}
		sync = "on";
	}

	private static synchronized EmbeddedPostgres server() {
		if (server == null) {
			try {
				server = EmbeddedPostgres.builder()
					.setServerConfig("fsync", sync)
					.setServerConfig("synchronous_commit", "on")
					.setServerConfig("full_page_writes", sync)
					.setServerConfig("max_connections", "300")
					.setLocaleConfig("locale", "C")
					.setLocaleConfig("encoding", "UTF8")
					.start();
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}
		return server;
	}

	/**
	 * Makes an empty database.
	 * @return its JDBC address, user included
	 */
	public static String create() {
		return create("");
	}

	private static String create(String how) {
		String name = "test" + NUMBER.incrementAndGet();
		try (Connection connection = server().getPostgresDatabase().getConnection();
				Statement statement = connection.createStatement()) {
			statement.execute("create database " + name + how);
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
		return server().getJdbcUrl("postgres", name);
	}

	/**
	 * Makes an empty database.
	 * @return a plain data source for it
	 */
	public static DataSource createDataSource() {
		org.postgresql.ds.PGSimpleDataSource source = new org.postgresql.ds.PGSimpleDataSource();
		source.setUrl(create());
		return source;
	}

	/** Gives the application under test its own database. */
	public static final class Initializer implements ApplicationContextInitializer<ConfigurableApplicationContext> {

		@Override
		public void initialize(ConfigurableApplicationContext context) {
			Environment environment = context.getEnvironment();
			boolean demo = environment.getProperty("gridcase.demo.enabled", Boolean.class, false);
			boolean cases = environment.getProperty("gridcase.demo.cases", Boolean.class, demo);
			Beginning beginning = BEGINNINGS.get(demo);
			String url = (beginning != null) ? beginning.copy() : create();
			TestPropertyValues.of("spring.datasource.url=" + url, "spring.datasource.username=postgres")
				.applyTo(context);
			if (beginning == null && !cases) {
				context.addApplicationListener((ApplicationListener<ApplicationReadyEvent>) (ready) -> BEGINNINGS
					.computeIfAbsent(demo, (missing) -> Beginning.of(ready.getApplicationContext())));
			}
		}

	}

	/**
	 * What an application's database holds when it is ready: tables, shipped rules, demo
	 * places. Later applications begin with a copy of it, at the same moment of the
	 * rehearsal clock, instead of loading all that again.
	 */
	private record Beginning(String database, Instant moment) {

		static Beginning of(ApplicationContext application) {
			String name = "beginning" + NUMBER.incrementAndGet();
			Instant moment = application.getBean(PlatformClock.class).now();
			alone(application, (statement, original) -> {
				statement.execute("create database " + name + " template " + original);
				statement.execute("alter database " + original + " allow_connections true");
			});
			return new Beginning(name, moment);
		}

		/** From the machine's time to the moment of the beginning. */
		Duration offset() {
			return Duration.between(Instant.now(), this.moment);
		}

		/** The application goes on with a fresh copy. */
		void restore(ApplicationContext application) {
			JdbcTemplate jdbc = new JdbcTemplate(application.getBean(DataSource.class));
			String loads = "pg_get_serial_sequence('registry_load', 'id')";
			long lastLoad = jdbc.queryForObject("select nextval(" + loads + ")", Long.class);
			alone(application, (statement, name) -> {
				statement.execute("drop database " + name);
				statement.execute("create database " + name + " template " + this.database);
			});
			// numbers that only grow went back
			Object book = application.getBean("releaseBook");
			ReflectionTestUtils.setField(book, "pages", ReflectionTestUtils.getField(book, "BLANK"));
			ReflectionTestUtils.setField(application.getBean("registryStore"), "loaded", null);
			ReflectionTestUtils.setField(application.getBean("workingCalendars"), "known", null);
			application.getBean(Epoch.class).changed();
			// a load is known by its number, which must not come again
			jdbc.queryForObject("select setval(" + loads + ", " + lastLoad + ")", Long.class);
		}

		/** Only a database nobody is connected to can be copied or dropped. */
		private static void alone(ApplicationContext application, DatabaseWork work) {
			try (Connection connection = server().getPostgresDatabase().getConnection();
					Statement statement = connection.createStatement()) {
				String url = application.getEnvironment().getRequiredProperty("spring.datasource.url");
				String name = url.substring(url.lastIndexOf('/') + 1, url.indexOf('?'));
				statement.execute("alter database " + name + " allow_connections false");
				statement
					.execute("select pg_terminate_backend(pid) from pg_stat_activity where datname = '" + name + "'");
				work.on(statement, name);
				application.getBean(DataSource.class)
					.unwrap(HikariDataSource.class)
					.getHikariPoolMXBean()
					.softEvictConnections();
			}
			catch (SQLException ex) {
				throw new IllegalStateException(ex);
			}
		}

		String copy() {
			String url = create(" template " + this.database);
			try (Connection connection = DriverManager.getConnection(url);
					Statement statement = connection.createStatement()) {
				statement.execute("update rehearsal_clock set offset_millis = " + offset().toMillis());
			}
			catch (SQLException ex) {
				throw new IllegalStateException(ex);
			}
			return url;
		}

	}

	private interface DatabaseWork {

		void on(Statement statement, String database) throws SQLException;

	}

	private static void restore(ApplicationContext application) {
		boolean demo = application.getEnvironment().getProperty("gridcase.demo.enabled", Boolean.class, false);
		Beginning beginning = BEGINNINGS.get(demo);
		beginning.restore(application);
		PlatformClock clock = application.getBean(PlatformClock.class);
		// goes only forward by itself
		ReflectionTestUtils.invokeMethod(clock, "keep", beginning.offset());
		ClockUtil.offset(clock.offset().toMillis());
	}

	/** {@link RestoreAfterEach} */
	static final class Restorer implements AfterEachCallback {

		@Override
		public void afterEach(ExtensionContext test) {
			restore(SpringExtension.getApplicationContext(test));
		}

	}

	/**
	 * Classes that share an application each find it as it began, whatever ran before and
	 * in which of the processes.
	 */
	public static final class ClassRestorer implements BeforeAllCallback {

		private static final Set<ApplicationContext> USED = Collections.newSetFromMap(new WeakHashMap<>());

		@Override
		public void beforeAll(ExtensionContext test) {
			ApplicationContext application = SpringExtension.getApplicationContext(test);
			if (!USED.add(application)) {
				restore(application);
			}
		}

	}

}
