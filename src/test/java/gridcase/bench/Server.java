package gridcase.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.sun.management.OperatingSystemMXBean;
import com.zaxxer.hikari.HikariDataSource;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * The one PostgreSQL of a run, seen from outside: what it wrote, and the CPU it, this JVM
 * and everybody else used. Reads {@code /proc}, so it works on Linux only.
 */
final class Server implements AutoCloseable {

	private static final double TICKS_PER_SECOND = 100;

	private final SingleConnectionDataSource connection;

	private final JdbcTemplate jdbc;

	private final long postmaster;

	private final OperatingSystemMXBean jvm = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

	Server(String jdbcUrl) {
		this.connection = new SingleConnectionDataSource(jdbcUrl, "postgres", "", true);
		this.jdbc = new JdbcTemplate(this.connection);
		long backend = this.jdbc.queryForObject("select pg_backend_pid()", Long.class);
		this.postmaster = ProcessHandle.of(backend).flatMap(ProcessHandle::parent).orElseThrow().pid();
	}

	String setting(String name) {
		return this.jdbc.queryForObject("show " + name, String.class);
	}

	void checkpoint() {
		this.jdbc.execute("checkpoint");
	}

	/**
	 * Bytes of log, transaction numbers given out, and rows changed in one database, so
	 * far.
	 * @param database the database
	 * @param pool its connections; they are renewed, since the server counts the rows of
	 * a connection for certain when it ends
	 */
	Writes writes(String database, HikariDataSource pool) {
		List<Integer> before = backends(database);
		pool.getHikariPoolMXBean().softEvictConnections();
		while (backends(database).stream().anyMatch(before::contains)) {
			this.jdbc.queryForObject("select pg_sleep(0.05)::text", String.class);
		}
		SingleConnectionDataSource inside = new SingleConnectionDataSource(pool.getJdbcUrl(), "postgres", "", true);
		try {
			return new JdbcTemplate(inside).queryForObject(
					"""
							select pg_current_wal_insert_lsn() - '0/0' wal, pg_snapshot_xmax(pg_current_snapshot())::text::bigint xid,
							  sum(n_tup_ins) ins, sum(n_tup_upd) upd, sum(n_tup_del) del
							from pg_stat_user_tables""",
					(row, number) -> new Writes(row.getDouble("wal"), row.getLong("xid"), row.getDouble("ins"),
							row.getDouble("upd"), row.getDouble("del")));
		}
		finally {
			inside.destroy();
		}
	}

	/**
	 * What the log between two moments was written for, by table and index, most first.
	 * @param cases number of cases it is divided by
	 */
	List<String> walByTable(HikariDataSource pool, Writes from, Writes to, int cases) {
		SingleConnectionDataSource inside = new SingleConnectionDataSource(pool.getJdbcUrl(), "postgres", "", true);
		try {
			JdbcTemplate jdbc = new JdbcTemplate(inside);
			jdbc.execute("create extension if not exists pg_walinspect");
			return jdbc.query(
					"""
							select coalesce(c.relname, 'others') name, count(*)::float / ? records, sum(b.record_length - b.block_fpi_length) / 1024.0 / ? kb
							from pg_get_wal_block_info('0/0'::pg_lsn + ?::numeric, '0/0'::pg_lsn + ?::numeric) b
							left join pg_class c on c.relfilenode = b.relfilenode
							where b.block_id = 0 group by 1 order by 3 desc limit 40""",
					(row, number) -> String.format(java.util.Locale.ROOT, "    %-36s %7.2f records %8.2f kB",
							row.getString("name"), row.getDouble("records"), row.getDouble("kb")),
					cases, cases, from.wal(), to.wal());
		}
		finally {
			inside.destroy();
		}
	}

	private List<Integer> backends(String database) {
		return this.jdbc.queryForList("select pid from pg_stat_activity where datname = ? and pid <> pg_backend_pid()",
				Integer.class, database);
	}

	/** Bytes of log written so far. */
	double wal() {
		return this.jdbc.queryForObject("select pg_current_wal_insert_lsn() - '0/0'", Double.class);
	}

	/** CPU seconds so far. */
	Cpu cpu() {
		double machine = IntStream.of(1, 2, 3, 6, 7, 8)
			.mapToDouble((field) -> Double
				.parseDouble(read(Path.of("/proc/stat")).lines().findFirst().orElseThrow().split("\\s+")[field]))
			.sum() / TICKS_PER_SECOND;
		return new Cpu(this.jvm.getProcessCpuTime() / 1e9, postgres(), machine);
	}

	/** The server's processes, those that have ended included. */
	private double postgres() {
		double ticks = ticks(this.postmaster, 13, 14, 15, 16);
		try (Stream<ProcessHandle> children = ProcessHandle.of(this.postmaster).orElseThrow().children()) {
			ticks += children.mapToDouble((child) -> ticks(child.pid(), 13, 14)).sum();
		}
		return ticks / TICKS_PER_SECOND;
	}

	private static double ticks(long pid, int... fields) {
		Path stat = Path.of("/proc", Long.toString(pid), "stat");
		if (!Files.exists(stat)) {
			return 0;
		}
		String text = read(stat);
		// the second field is the command in brackets and may hold blanks
		String[] afterCommand = text.substring(text.lastIndexOf(')') + 2).split(" ");
		return IntStream.of(fields).mapToDouble((field) -> Double.parseDouble(afterCommand[field - 2])).sum();
	}

	private static String read(Path file) {
		try {
			return Files.readString(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public void close() {
		this.connection.destroy();
	}

	/**
	 * Sums since the start.
	 *
	 * @param wal bytes of log
	 * @param transactions transaction numbers given out: one for each that wrote
	 * @param inserted rows
	 * @param updated rows
	 * @param deleted rows
	 */
	record Writes(double wal, double transactions, double inserted, double updated, double deleted) {

		Writes since(Writes before, double per) {
			return new Writes((this.wal - before.wal) / per, (this.transactions - before.transactions) / per,
					(this.inserted - before.inserted) / per, (this.updated - before.updated) / per,
					(this.deleted - before.deleted) / per);
		}

	}

	/**
	 * CPU seconds since the start.
	 *
	 * @param jvm of this JVM
	 * @param postgres of the server
	 * @param machine of the whole machine
	 */
	record Cpu(double jvm, double postgres, double machine) {

		Cpu since(Cpu before) {
			return new Cpu(this.jvm - before.jvm, this.postgres - before.postgres, this.machine - before.machine);
		}

		double ours() {
			return this.jvm + this.postgres;
		}

		double foreign() {
			return Math.max(0, this.machine - ours());
		}

	}

}
