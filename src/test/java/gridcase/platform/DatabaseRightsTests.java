package gridcase.platform;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.mock.env.MockEnvironment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** The role the platform works as may add to what is written once, and do no more. */
class DatabaseRightsTests {

	private static final String EVENT = "insert into case_event (case_no, seq, at, actor, kind, data, hash) values ('X', %d, now(), 'a', 'K', '{}', '\\x00')";

	private static final String URL = plain(TestDatabase.create());

	@BeforeAll
	static void twoRoles() throws IOException {
		jdbc(URL, "postgres").execute(roles());
		migrate(URL);
	}

	@Test
	void theWorkerAddsToWhatIsWrittenOnceAndCanDoNoMore() {
		JdbcTemplate superuser = jdbc("postgres");
		JdbcTemplate worker = jdbc(EmbeddedDatabase.WORKER);
		worker.execute(EVENT.formatted(1));
		worker.update(
				"insert into access_log (at, login, kind, subject_kind, subject, details) values (now(), 'a', 'CASE_READ', 'case', 'X', '{}')");
		assertThat(worker.queryForObject("select count(*) from access_log", Long.class)).isOne();
		for (String table : DatabaseRights.WRITTEN_ONCE) {
			if (Boolean.FALSE
				.equals(superuser.queryForObject("select to_regclass(?) is not null", Boolean.class, table))) {
				continue;
			}
			String column = superuser.queryForObject(
					"select column_name from information_schema.columns where table_name = ? and is_identity = 'NO' limit 1",
					String.class, table);
			for (String deed : List.of("update " + table + " set " + column + " = " + column, "delete from " + table,
					"truncate " + table, "drop table " + table, "alter table " + table + " disable trigger all",
					"alter table " + table + " owner to " + EmbeddedDatabase.WORKER,
					"create trigger t before insert on " + table
							+ " for each row execute function case_event_is_append_only()")) {
				assertThatExceptionOfType(DataAccessException.class).as(deed).isThrownBy(() -> worker.execute(deed));
			}
		}
		assertThatExceptionOfType(DataAccessException.class)
			.isThrownBy(() -> worker.execute("set session_replication_role = replica"));
		assertThatExceptionOfType(DataAccessException.class).isThrownBy(() -> worker.execute(
				"create or replace function case_event_is_append_only() returns trigger language plpgsql as 'begin return new; end'"));
		assertThatExceptionOfType(DataAccessException.class)
			.isThrownBy(() -> worker.execute("set role " + EmbeddedDatabase.OWNER));

		// the rest it changes as it likes, and the engine makes its own tables
		worker.execute("select nextval('case_number')");
		worker.execute("delete from case_file");
		worker.execute("select count(*) from ledger_case");
		worker.execute("create table act_ru_example (id_ text)");
		jdbc(EmbeddedDatabase.OWNER).execute("create index example on act_ru_example (id_)");

		migrate(URL);
		worker.execute(EVENT.formatted(2));
	}

	@Test
	void startingAsTheOwnerIsRefusedInProductionAndToldInTheDemo() {
		MockEnvironment production = new MockEnvironment();
		production.setActiveProfiles("production");
		for (String mighty : List.of("postgres", EmbeddedDatabase.OWNER)) {
			assertThatExceptionOfType(UnsafeStart.class).isThrownBy(() -> new RoleGuard(null, jdbc(mighty), production))
				.withMessageContaining("\"" + mighty + "\"")
				.withMessageContaining("case_event");
		}
		assertThatCode(() -> new RoleGuard(null, jdbc(EmbeddedDatabase.WORKER), production)).doesNotThrowAnyException();
		MockEnvironment local = new MockEnvironment();
		local.setActiveProfiles("local");
		assertThatCode(() -> new RoleGuard(null, jdbc("postgres"), local)).doesNotThrowAnyException();
	}

	@Test
	void aDatabaseMadeByOneRoleIsTakenOver() throws IOException {
		String url = plain(TestDatabase.create());
		Flyway.configure().dataSource(url, "postgres", "").load().migrate();
		JdbcTemplate superuser = jdbc(url, "postgres");
		superuser.execute("create table act_ru_example (id_ text)");
		superuser.execute(EVENT.formatted(1));
		superuser.execute(roles());
		migrate(url);
		JdbcTemplate worker = jdbc(url, EmbeddedDatabase.WORKER);
		assertThat(worker.queryForObject("select count(*) from case_event", Long.class)).isOne();
		worker.execute("drop table act_ru_example");
		assertThatExceptionOfType(DataAccessException.class).isThrownBy(() -> worker.execute("delete from case_event"));
		assertThat(superuser.queryForList(
				"select relname from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'v', 'S') and pg_get_userbyid(relowner) <> ?",
				String.class, EmbeddedDatabase.OWNER))
			.isEmpty();
	}

	private static void migrate(String url) {
		Flyway.configure()
			.dataSource(url, EmbeddedDatabase.OWNER, "")
			.callbacks(new DatabaseRights(EmbeddedDatabase.WORKER))
			.load()
			.migrate();
	}

	private static JdbcTemplate jdbc(String user) {
		return jdbc(URL, user);
	}

	private static JdbcTemplate jdbc(String url, String user) {
		return new JdbcTemplate(new DriverManagerDataSource(url, user, ""));
	}

	/** The address without the user it names. */
	private static String plain(String url) {
		return url.replaceAll("\\?.*", "");
	}

	private static String roles() throws IOException {
		try (InputStream file = DatabaseRightsTests.class.getResourceAsStream("/db/roles.sql")) {
			return new String(file.readAllBytes(), StandardCharsets.UTF_8);
		}
	}

}
