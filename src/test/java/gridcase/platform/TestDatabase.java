package gridcase.platform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;

/** One PostgreSQL for the whole test run; a fresh database for every application. */
public final class TestDatabase {

	private static final AtomicInteger NUMBER = new AtomicInteger();

	/** By whether the demo places are loaded. */
	private static final Map<Boolean, Beginning> BEGINNINGS = new ConcurrentHashMap<>();

	private static EmbeddedPostgres server;

	private TestDatabase() {
	}

	private static synchronized EmbeddedPostgres server() {
		if (server == null) {
			try {
				server = EmbeddedPostgres.builder()
					.setServerConfig("fsync", "on")
					.setServerConfig("synchronous_commit", "on")
					.setServerConfig("full_page_writes", "on")
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
					.computeIfAbsent(demo, (missing) -> Beginning.of(url, ready.getApplicationContext())));
			}
		}

	}

	/**
	 * What an application's database holds when it is ready: tables, shipped rules, demo
	 * places. Later applications begin with a copy of it, at the same moment of the
	 * rehearsal clock, instead of loading all that again.
	 */
	private record Beginning(String database, Instant taken) {

		static Beginning of(String url, ConfigurableApplicationContext application) {
			String original = url.substring(url.lastIndexOf('/') + 1, url.indexOf('?'));
			String name = "beginning" + NUMBER.incrementAndGet();
			Instant taken = Instant.now();
			try (Connection connection = server().getPostgresDatabase().getConnection();
					Statement statement = connection.createStatement()) {
				// only a database nobody is connected to can be copied
				statement.execute("alter database " + original + " allow_connections false");
				statement.execute(
						"select pg_terminate_backend(pid) from pg_stat_activity where datname = '" + original + "'");
				statement.execute("create database " + name + " template " + original);
				statement.execute("alter database " + original + " allow_connections true");
				application.getBean(DataSource.class)
					.unwrap(HikariDataSource.class)
					.getHikariPoolMXBean()
					.softEvictConnections();
			}
			catch (SQLException ex) {
				throw new IllegalStateException(ex);
			}
			return new Beginning(name, taken);
		}

		String copy() {
			String url = create(" template " + this.database);
			try (Connection connection = DriverManager.getConnection(url);
					Statement statement = connection.createStatement()) {
				statement.execute("update rehearsal_clock set offset_millis = offset_millis - "
						+ Duration.between(this.taken, Instant.now()).toMillis());
			}
			catch (SQLException ex) {
				throw new IllegalStateException(ex);
			}
			return url;
		}

	}

}
