package gridcase.platform;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The PostgreSQL server that the platform brings along when none is configured. Its data
 * stay in {@code <folder>/postgres}; it commits durably, like a server of its own.
 */
final class EmbeddedDatabase implements Closeable {

	/** Role that owns the tables. */
	static final String OWNER = "gridcase_owner";

	/** Role the platform works as. */
	static final String WORKER = "gridcase_app";

	private static final Logger log = LoggerFactory.getLogger(EmbeddedDatabase.class);

	private final FileChannel lockFile;

	private final FileLock lock;

	private final EmbeddedPostgres server;

	private EmbeddedDatabase(FileChannel lockFile, FileLock lock, EmbeddedPostgres server) {
		this.lockFile = lockFile;
		this.lock = lock;
		this.server = server;
	}

	/**
	 * Starts the server on the data of that folder, making them if there are none.
	 * @param folder the data folder
	 * @return the running server
	 * @throws DataFolderInUse if another instance works on the folder
	 */
	static EmbeddedDatabase start(Path folder) {
		try {
			Files.createDirectories(folder);
			FileChannel lockFile = FileChannel.open(folder.resolve("gridcase.lock"), StandardOpenOption.CREATE,
					StandardOpenOption.WRITE);
			FileLock lock = tryLock(lockFile);
			if (lock == null) {
				lockFile.close();
				throw new DataFolderInUse(folder);
			}
			try {
				EmbeddedPostgres server = startServer(folder.toRealPath().resolve("postgres"));
				makeRoles(server);
				return new EmbeddedDatabase(lockFile, lock, server);
			}
			catch (IOException | RuntimeException ex) {
				lockFile.close();
				throw ex;
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException("The embedded PostgreSQL did not start in " + folder.toAbsolutePath(), ex);
		}
	}

	private static EmbeddedPostgres startServer(Path data) throws IOException {
		stopOrphan(data);
		return EmbeddedPostgres.builder()
			.setDataDirectory(data)
			.setCleanDataDirectory(false)
			// closed as a bean, after everything that uses it; a hook would be first
			.setRegisterShutdownHook(false)
			.setPGStartupWait(Duration.ofSeconds(60))
			.setLocaleConfig("locale", "C")
			.setLocaleConfig("encoding", "UTF8")
			// the library is made for tests and switches durability off
			.setServerConfig("fsync", "on")
			.setServerConfig("synchronous_commit", "on")
			.setServerConfig("full_page_writes", "on")
			.setServerConfig("max_connections", "60")
			.setServerConfig("shared_buffers", "128MB")
			.setServerConfig("listen_addresses", "127.0.0.1")
			.start();
	}

	/** Makes the two roles, and gives them what an earlier version made without them. */
	private static void makeRoles(EmbeddedPostgres server) throws IOException {
		try (Connection connection = server.getPostgresDatabase().getConnection();
				Statement statement = connection.createStatement();
				InputStream roles = EmbeddedDatabase.class.getResourceAsStream("/db/roles.sql")) {
			statement.execute(new String(roles.readAllBytes(), StandardCharsets.UTF_8));
		}
		catch (SQLException ex) {
			server.close();
			throw new IOException("The roles of the embedded PostgreSQL could not be made", ex);
		}
	}

	private static FileLock tryLock(FileChannel file) throws IOException {
		try {
			return file.tryLock();
		}
		catch (java.nio.channels.OverlappingFileLockException ex) {
			log.debug("The folder is locked by this very process", ex);
			return null;
		}
	}

	/**
	 * A server whose platform was killed still runs; it must go before a new one can.
	 * After a crash of the machine the number in the file may belong to any other
	 * process: that one is left alone, and the file goes, since the server would take it
	 * for another server on its data.
	 */
	private static void stopOrphan(Path data) throws IOException {
		Path pidFile = data.resolve("postmaster.pid");
		if (!Files.exists(pidFile)) {
			return;
		}
		long pid = Long.parseLong(Files.readAllLines(pidFile).get(0).trim());
		Optional<ProcessHandle> process = ProcessHandle.of(pid);
		Optional<List<String>> arguments = process.flatMap((named) -> named.info().arguments()).map(List::of);
		if (arguments.isEmpty()) {
			return;
		}
		if (arguments.get().contains(data.toString())) {
			log.warn("Stopping the PostgreSQL (pid {}) left behind by a killed instance", pid);
			process.get().destroy();
			process.get().onExit().orTimeout(30, TimeUnit.SECONDS).join();
		}
		else {
			log.warn("Process {} is no PostgreSQL on {}: removing the stale {}", pid, data, pidFile.getFileName());
			Files.delete(pidFile);
		}
	}

	String jdbcUrl() {
		return "jdbc:postgresql://127.0.0.1:" + this.server.getPort() + "/postgres";
	}

	@Override
	public void close() throws IOException {
		try {
			this.server.close();
		}
		finally {
			this.lock.release();
			this.lockFile.close();
		}
	}

	/** Another instance of the platform works on the same data folder. */
	static final class DataFolderInUse extends RuntimeException {

		DataFolderInUse(Path folder) {
			super("另一个实例正在使用数据目录 " + folder.toAbsolutePath() + " (another instance is using this data folder)");
		}

	}

}
