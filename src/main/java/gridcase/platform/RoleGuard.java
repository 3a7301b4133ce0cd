package gridcase.platform;

import java.util.List;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.autoconfigure.flyway.FlywayMigrationInitializer;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * Refuses to work as a database role that could change what is written once; the local
 * profile is told instead.
 */
@Component
class RoleGuard {

	private static final Logger log = LoggerFactory.getLogger(RoleGuard.class);

	RoleGuard(FlywayMigrationInitializer migrated, JdbcTemplate jdbc, Environment environment) {
		List<String> mighty = jdbc.queryForList("""
				select c.relname from pg_class c
				where c.relnamespace = current_schema()::regnamespace and c.relname = any (?)
				and (pg_has_role(c.relowner, 'usage') or has_any_column_privilege(c.oid, 'update')
				or has_table_privilege(c.oid, 'delete, truncate, trigger'))
				order by c.relname""", String.class, (Object) DatabaseRights.WRITTEN_ONCE.toArray(String[]::new));
		if (mighty.isEmpty()) {
			return;
		}
		String problem = "the platform works as the database role \""
				+ jdbc.queryForObject("select current_user", String.class) + "\", which could change or delete "
				+ String.join(", ", mighty)
				+ ": give spring.datasource.username another role than the one that owns the tables (docs/operations.md)";
		if (environment.acceptsProfiles(StartGuard.LENIENT)) {
			log.warn("数据库角色权限过大，记录可被改动: {}", problem);
			return;
		}
		throw new UnsafeStart(List.of(problem));
	}

}
