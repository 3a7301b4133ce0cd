package gridcase.platform;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import gridcase.platform.EmbeddedDatabase.DataFolderInUse;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** The database that comes along keeps its data, durably, for one instance at a time. */
class EmbeddedDatabaseTests {

	@TempDir
	private Path folder;

	@Test
	void keepsDataDurablyBetweenStarts() throws IOException {
		try (EmbeddedDatabase first = EmbeddedDatabase.start(this.folder)) {
			JdbcTemplate jdbc = jdbc(first.jdbcUrl());
			for (String setting : new String[] { "fsync", "synchronous_commit", "full_page_writes" }) {
				assertThat(jdbc.queryForObject("show " + setting, String.class)).as(setting).isEqualTo("on");
			}
			assertThat(jdbc.queryForObject("show server_encoding", String.class)).isEqualTo("UTF8");
			jdbc.execute("create table kept as select 'Fang 房' as text");

			assertThatExceptionOfType(DataFolderInUse.class).isThrownBy(() -> EmbeddedDatabase.start(this.folder))
				.withMessageContaining(this.folder.toString());
		}
		assertThat(this.folder.resolve("postgres/postmaster.pid")).doesNotExist();

		try (EmbeddedDatabase second = EmbeddedDatabase.start(this.folder)) {
			assertThat(jdbc(second.jdbcUrl()).queryForObject("select text from kept", String.class))
				.isEqualTo("Fang 房");
			assertThat(jdbc(second.jdbcUrl())
				.queryForObject("select tableowner from pg_tables where tablename = 'kept'", String.class))
				.as("what an earlier version made while there was one role")
				.isEqualTo(EmbeddedDatabase.OWNER);
		}
	}

	@Test
	void startsThoughItsOldNumberNowBelongsToAnotherProcess() throws IOException {
		EmbeddedDatabase.start(this.folder).close();
		try (EmbeddedPostgres other = EmbeddedPostgres.builder().setRegisterShutdownHook(false).start()) {
			JdbcTemplate jdbc = jdbc(other.getJdbcUrl("postgres", "postgres"));
			String file = jdbc.queryForObject("select pg_read_file('postmaster.pid')", String.class);
			Files.writeString(this.folder.resolve("postgres/postmaster.pid"), file);

			EmbeddedDatabase.start(this.folder).close();

			assertThat(jdbc.queryForObject("select 1", Integer.class)).isOne();
		}
	}

	private static JdbcTemplate jdbc(String url) {
		return new JdbcTemplate(new DriverManagerDataSource(url, "postgres", ""));
	}

}
