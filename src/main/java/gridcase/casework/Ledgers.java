package gridcase.casework;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.sql.ResultSetMetaData;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import javax.sql.DataSource;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import gridcase.shared.Refusal;
import gridcase.shared.Texts;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.ResultSetExtractor;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The books of a place. Which there are and what stands in them is data: a place's own
 * file of a key replaces the shared one. Files are read and checked when the platform
 * starts. A person finds in a book the cases that person may see.
 */
@Component
@DependsOnDatabaseInitialization
public class Ledgers {

	/** A book with more rows than this is said to have more. */
	public static final int COUNTED = 1000;

	private static final Pattern FILE = Pattern.compile(".*/ledgers/(?:([a-z0-9]+)/)?([a-z0-9-]+)\\.yaml");

	private static final Pattern NAME = Pattern.compile("[a-z_]+");

	private static final Set<String> FORMS = Set.of("person", "pool", "unit", "grid", "category", "duration");

	private static final Set<String> PERSONAL = Set.of("phone", "name");

	private static final int FETCH = 500;

	private final NamedParameterJdbcTemplate jdbc;

	private final TransactionTemplate reading;

	private final Visibility visibility;

	private final Map<String, Map<String, Ledger>> files = new TreeMap<>();

	Ledgers(DataSource dataSource, PlatformTransactionManager transactions, Visibility visibility) {
		JdbcTemplate streaming = new JdbcTemplate(dataSource);
		// rows come in portions, so that a book of any length fits into memory
		streaming.setFetchSize(FETCH);
		this.jdbc = new NamedParameterJdbcTemplate(streaming);
		this.reading = new TransactionTemplate(transactions);
		this.reading.setReadOnly(true);
		this.visibility = visibility;
		read();
	}

	private void read() {
		ObjectMapper json = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
		Map<String, Set<String>> views = new HashMap<>();
		try {
			for (Resource file : new PathMatchingResourcePatternResolver()
				.getResources("classpath*:/ledgers/**/*.yaml")) {
				Matcher name = FILE.matcher(file.getURL().toString());
				if (!name.matches()) {
					throw new IllegalStateException("A ledger is ledgers/[place/]key.yaml, not " + file.getURL());
				}
				try (InputStream content = file.getInputStream()) {
					Map<String, Object> plain = new Yaml(new SafeConstructor(new LoaderOptions())).load(content);
					plain.put("key", name.group(2));
					plain.put("place", name.group(1));
					Ledger ledger = json.convertValue(plain, Ledger.class);
					check(ledger, views);
					this.files.computeIfAbsent(Objects.toString(ledger.place(), ""), (place) -> new TreeMap<>())
						.put(ledger.key(), ledger);
				}
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Ledgers cannot be read", ex);
		}
	}

	/** A file that names what is not there stops the start. */
	private void check(Ledger ledger, Map<String, Set<String>> views) {
		if (ledger.name() == null || ledger.rows() == null || !NAME.matcher(ledger.rows()).matches()
				|| ledger.columns() == null || ledger.columns().isEmpty()) {
			throw new IllegalStateException("Ledger " + ledger.key() + " needs name, rows, period and columns");
		}
		Set<String> known = views.computeIfAbsent(ledger.rows(), this::columns);
		List<String> named = new ArrayList<>();
		named.add(ledger.period());
		ledger.columns().forEach((column) -> {
			named.add(column.column());
			if (column.label() == null || (column.as() != null && !FORMS.contains(column.as()))
					|| (column.personal() != null && !PERSONAL.contains(column.personal()))) {
				throw new IllegalStateException("Ledger " + ledger.key() + ": column " + column
						+ " needs a label; as is one of " + FORMS + ", personal one of " + PERSONAL);
			}
		});
		conditions(ledger).forEach((condition) -> {
			if (condition.any() != null) {
				named.addAll(condition.any());
			}
			else if (condition.in() != null || condition.given() != null) {
				named.add(condition.column());
			}
			else {
				throw new IllegalStateException("Ledger " + ledger.key() + ": a condition says in, given or any");
			}
		});
		named.stream().filter((column) -> !known.contains(column)).findFirst().ifPresent((column) -> {
			throw new IllegalStateException("Ledger " + ledger.key() + " names the column " + column
					+ "; rows of the kind " + ledger.rows() + " have " + known);
		});
	}

	private Set<String> columns(String rows) {
		return this.jdbc.getJdbcTemplate()
			.query("select * from ledger_" + rows + " limit 0", (ResultSetExtractor<Set<String>>) (result) -> {
				Set<String> names = new HashSet<>();
				ResultSetMetaData described = result.getMetaData();
				for (int i = 1; i <= described.getColumnCount(); i++) {
					names.add(described.getColumnName(i));
				}
				return names;
			});
	}

	private static List<Ledger.Condition> conditions(Ledger ledger) {
		return (ledger.where() != null) ? ledger.where() : List.of();
	}

	/** The books of a place, by key. */
	public List<Ledger> of(String place) {
		Map<String, Ledger> books = new TreeMap<>(this.files.getOrDefault("", Map.of()));
		books.putAll(this.files.getOrDefault(place, Map.of()));
		return List.copyOf(books.values());
	}

	/**
	 * A book of a place.
	 * @throws Refusal if it has none of that key
	 */
	public Ledger get(String place, String key) {
		return of(place).stream()
			.filter((ledger) -> ledger.key().equals(key))
			.findFirst()
			.orElseThrow(() -> Refusal.notFound(Texts.of("casework", "casework.ledger.missing", key)));
	}

	/**
	 * Which rows of which book.
	 *
	 * @param ledger the book
	 * @param place the place
	 * @param login who asks; null for the platform's administrator, who sees all
	 * @param from beginning of the period
	 * @param until its end, exclusive
	 */
	public record Query(Ledger ledger, String place, String login, Instant from, Instant until) {

	}

	/** How many rows there are; counted up to one more than {@value #COUNTED}. */
	public int count(Query query) {
		Map<String, Object> parameters = new HashMap<>();
		String sql = "select count(*) from (select" + rows(query, parameters) + " limit " + (COUNTED + 1) + ") r";
		return this.jdbc.queryForObject(sql, parameters, Integer.class);
	}

	/**
	 * Reads the rows one after another, the oldest first.
	 * @param query which
	 * @param most greatest number of rows
	 * @param row told the values of the ledger's columns, in their order
	 */
	public void each(Query query, int most, Consumer<Object[]> row) {
		Map<String, Object> parameters = new HashMap<>();
		StringBuilder sql = new StringBuilder("select ");
		query.ledger().columns().forEach((column) -> sql.append("v.").append(column.column()).append(", "));
		sql.setLength(sql.length() - 2);
		sql.append(rows(query, parameters))
			.append(" order by v.")
			.append(query.ledger().period())
			.append(", v.case_no limit ")
			.append(most);
		int width = query.ledger().columns().size();
		// a cursor lives within a transaction only
		this.reading.executeWithoutResult((status) -> this.jdbc.query(sql.toString(), parameters, (result) -> {
			Object[] values = new Object[width];
			for (int i = 0; i < width; i++) {
				values[i] = result.getObject(i + 1);
				if (values[i] instanceof Timestamp moment) {
					values[i] = moment.toInstant();
				}
			}
			row.accept(values);
		}));
	}

	private String rows(Query query, Map<String, Object> parameters) {
		Ledger ledger = query.ledger();
		StringBuilder sql = new StringBuilder(" from ledger_").append(ledger.rows())
			.append(" v join case_file c on c.case_no = v.case_no where v.place = :place and v.")
			.append(ledger.period())
			.append(" >= :from and v.")
			.append(ledger.period())
			.append(" < :until");
		parameters.put("place", query.place());
		parameters.put("from", Timestamp.from(query.from()));
		parameters.put("until", Timestamp.from(query.until()));
		Optional.ofNullable(query.login()).ifPresent((login) -> {
			sql.append(" and ").append(Visibility.CONDITION);
			parameters.putAll(this.visibility.of(login));
		});
		int number = 0;
		for (Ledger.Condition condition : conditions(ledger)) {
			if (condition.any() != null) {
				sql.append(condition.any()
					.stream()
					.map((column) -> "v." + column + " is not null")
					.collect(Collectors.joining(" or ", " and (", ")")));
			}
			else if (condition.in() != null) {
				sql.append(" and v.").append(condition.column()).append(" = any (:in").append(number).append(")");
				parameters.put("in" + number++, condition.in().toArray(String[]::new));
			}
			else {
				sql.append(" and v.")
					.append(condition.column())
					.append(condition.given() ? " is not null" : " is null");
			}
		}
		return sql.toString();
	}

}
