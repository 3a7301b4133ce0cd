package gridcase.policy;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

import javax.sql.DataSource;

import org.springframework.jdbc.datasource.DelegatingDataSource;

/** Keeps the beginning of every statement that was made. */
final class CountingDataSource extends DelegatingDataSource {

	private final List<String> statements = new ArrayList<>();

	CountingDataSource(DataSource target) {
		super(target);
	}

	List<String> statements() {
		return this.statements;
	}

	void reset() {
		this.statements.clear();
	}

	@Override
	public Connection getConnection() throws SQLException {
		return proxy(Connection.class, super.getConnection());
	}

	private <T> T proxy(Class<T> type, T target) {
		return type
			.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] { type }, (self, method, arguments) -> {
				if (arguments != null && arguments.length > 0 && arguments[0] instanceof String sql
						&& (method.getName().startsWith("prepare") || method.getName().startsWith("execute"))) {
					this.statements.add(sql.replaceAll("(?<=^insert into [a-z_]{1,40}) \\(.*", ""));
				}
				try {
					Object result = method.invoke(target, arguments);
					return "createStatement".equals(method.getName()) ? proxy(Statement.class, (Statement) result)
							: result;
				}
				catch (InvocationTargetException ex) {
					throw ex.getCause();
				}
			}));
	}

}
