package gridcase.platform;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import javax.sql.DataSource;

import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * Counts what goes over the wire: statements (a batch is one), transactions that wrote
 * something and were committed, and writes outside any transaction, each of which is a
 * durable transaction of its own.
 */
public final class CountingDataSource extends DelegatingDataSource {

	private static final Pattern KIND = Pattern
		.compile("(?is)^\\s*(?:(select|delete)\\b.*?\\bfrom|(insert)\\s+into|(update))\\s+(\\w+)");

	private static final Pattern WRITE = Pattern.compile("(?is)^\\s*(insert|update|delete|truncate|create|alter).*");

	private static final Set<String> ENDS = Set.of("commit", "rollback");

	private final LongAdder roundTrips = new LongAdder();

	private final LongAdder commits = new LongAdder();

	private final LongAdder loneWrites = new LongAdder();

	private final Map<String, LongAdder> kinds = new ConcurrentHashMap<>();

	public CountingDataSource(DataSource target) {
		super(target);
	}

	public Counts counts() {
		return new Counts(this.roundTrips.sum(), this.commits.sum(), this.loneWrites.sum());
	}

	/** Statements so far by verb and table. */
	public Map<String, Long> kinds() {
		Map<String, Long> sums = new TreeMap<>();
		this.kinds.forEach((kind, count) -> sums.put(kind, count.sum()));
		return sums;
	}

	@Override
	public Connection getConnection() throws SQLException {
		return wrap(super.getConnection());
	}

	private Connection wrap(Connection connection) {
		boolean[] wrote = new boolean[1];
		return proxy(Connection.class, (self, method, arguments) -> {
			Object result = call(connection, method, arguments);
			if (ENDS.contains(method.getName())) {
				if (wrote[0] && method.getName().equals("commit")) {
					this.commits.increment();
				}
				wrote[0] = false;
			}
			if (result instanceof PreparedStatement statement) {
				return wrap(PreparedStatement.class, statement, connection, (String) arguments[0], wrote);
			}
			return (result instanceof Statement statement) ? wrap(Statement.class, statement, connection, null, wrote)
					: result;
		});
	}

	private <S extends Statement> S wrap(Class<S> type, S statement, Connection connection, String prepared,
			boolean[] wrote) {
		return proxy(type, (self, method, arguments) -> {
			if (method.getName().startsWith("execute")) {
				executed((prepared != null) ? prepared : (String) arguments[0], connection.getAutoCommit(), wrote);
			}
			return call(statement, method, arguments);
		});
	}

	private void executed(String sql, boolean alone, boolean[] wrote) {
		this.roundTrips.increment();
		this.kinds.computeIfAbsent(kind(sql), (kind) -> new LongAdder()).increment();
		if (WRITE.matcher(sql).matches()) {
			if (alone) {
				this.loneWrites.increment();
			}
			wrote[0] = true;
		}
	}

	private static String kind(String sql) {
		Matcher matcher = KIND.matcher(sql);
		if (!matcher.find()) {
			return sql.substring(0, Math.min(40, sql.length()));
		}
		String verb = Stream.of(1, 2, 3).map(matcher::group).filter(Objects::nonNull).findFirst().orElseThrow();
		return (verb + ' ' + matcher.group(4)).toLowerCase(Locale.ROOT);
	}

	private static Object call(Object target, java.lang.reflect.Method method, Object[] arguments) throws Throwable {
		try {
			return method.invoke(target, arguments);
		}
		catch (InvocationTargetException ex) {
			throw ex.getCause();
		}
	}

	private static <T> T proxy(Class<T> type, java.lang.reflect.InvocationHandler handler) {
		return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] { type }, handler));
	}

	/**
	 * Sums since the start.
	 *
	 * @param roundTrips statements and batches sent
	 * @param commits transactions that wrote and were committed
	 * @param loneWrites writes without a transaction
	 */
	public record Counts(long roundTrips, long commits, long loneWrites) {

		public Counts since(Counts before) {
			return new Counts(this.roundTrips - before.roundTrips, this.commits - before.commits,
					this.loneWrites - before.loneWrites);
		}

	}

	/** Import it to have the application's own data source counted. */
	public static class Everywhere {

		@Bean
		static BeanPostProcessor countingDataSource() {
			return new BeanPostProcessor() {
				@Override
				public Object postProcessAfterInitialization(Object bean, String name) {
					return (bean instanceof DataSource source) ? new CountingDataSource(source) : bean;
				}
			};
		}

	}

}
