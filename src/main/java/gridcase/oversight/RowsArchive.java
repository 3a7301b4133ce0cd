package gridcase.oversight;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import gridcase.casework.Attachments;
import gridcase.clock.PlatformClock;
import gridcase.evidence.EvidencePackages;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.stereotype.Component;

/**
 * A case as the database has it: every row of every table that names it, one JSON object
 * a line, and its attachments; personal data stay sealed. With it goes the evidence
 * package, which proves what it was to whoever has the public key.
 */
@Component
class RowsArchive implements CaseArchiver {

	/**
	 * The tables that lose their rows with the case, as {@code delete_retained_case}
	 * finds them.
	 */
	static final String TABLES = """
			select c.table_name from information_schema.columns c
			join information_schema.tables t on t.table_schema = c.table_schema and t.table_name = c.table_name
			and t.table_type = 'BASE TABLE'
			where c.table_schema = current_schema() and c.column_name = 'case_no'
			and c.table_name not in (select k.table_name from retention_kept k) order by c.table_name""";

	/** The evidence package within the archive. */
	static final String EVIDENCE = "evidence.zip";

	private final JdbcTemplate jdbc;

	private final Attachments attachments;

	private final PlatformClock clock;

	private final EvidencePackages packages;

	RowsArchive(JdbcTemplate jdbc, Attachments attachments, PlatformClock clock, EvidencePackages packages) {
		this.packages = packages;
		this.jdbc = jdbc;
		this.attachments = attachments;
		this.clock = clock;
	}

	@Override
	public void write(String caseNo, String login, OutputStream out) throws IOException {
		ZipOutputStream zip = new ZipOutputStream(out, StandardCharsets.UTF_8);
		for (String table : this.jdbc.queryForList(TABLES, String.class)) {
			rows(table, caseNo, zip);
		}
		for (Attachments.Info info : this.attachments.ofCase(caseNo)) {
			file(info.id(), zip);
		}
		zip.putNextEntry(new ZipEntry(EVIDENCE));
		this.packages.write(caseNo, login, zip);
		zip.closeEntry();
		zip.finish();
	}

	private void rows(String table, String caseNo, ZipOutputStream zip) throws IOException {
		begin("rows/" + table + ".jsonl", zip);
		try {
			// contents of files stand beside, as what they are; the name of the table is
			// the database's own
			this.jdbc.query("select (to_jsonb(t) - 'content')::text from \"" + table + "\" t where t.case_no = ?",
					(RowCallbackHandler) (row) -> {
						try {
							zip.write((row.getString(1) + "\n").getBytes(StandardCharsets.UTF_8));
						}
						catch (IOException ex) {
							throw new UncheckedIOException(ex);
						}
					}, caseNo);
		}
		catch (UncheckedIOException ex) {
			throw ex.getCause();
		}
		zip.closeEntry();
	}

	private void file(UUID id, ZipOutputStream zip) throws IOException {
		begin("attachments/" + id, zip);
		zip.write(this.attachments.content(id));
		zip.closeEntry();
	}

	private void begin(String name, ZipOutputStream zip) throws IOException {
		ZipEntry entry = new ZipEntry(name);
		entry.setTimeLocal(this.clock.now().atZone(ZoneOffset.UTC).toLocalDateTime());
		zip.putNextEntry(entry);
	}

}
