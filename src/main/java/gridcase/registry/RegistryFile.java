package gridcase.registry;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** Reads a CSV file of one kind: UTF-8, a header line, columns in any order. */
final class RegistryFile {

	private final RegistryKind kind;

	private final Problems problems;

	private RegistryFile(RegistryKind kind, Problems problems) {
		this.kind = kind;
		this.problems = problems;
	}

	/**
	 * Reads all rows that can be told apart, with the cells that fit their columns;
	 * everything else is told to {@code problems}.
	 */
	static List<FileRow> read(RegistryKind kind, byte[] content, Problems problems) {
		return new RegistryFile(kind, problems).read(content);
	}

	private List<FileRow> read(byte[] content) {
		String text;
		try {
			text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString();
		}
		catch (CharacterCodingException ex) {
			this.problems.add(0, "", "", "encoding");
			return List.of();
		}
		if (text.startsWith("\uFEFF")) {
			text = text.substring(1);
		}
		List<FileRow> rows = new ArrayList<>();
		CSVFormat format = CSVFormat.DEFAULT.builder().setIgnoreSurroundingSpaces(true).setTrim(true).get();
		int line = 1;
		try (CSVParser parser = CSVParser.parse(new StringReader(text), format)) {
			List<String> header = null;
			for (CSVRecord record : parser) {
				line = (int) (parser.getCurrentLineNumber() - lineBreaksIn(record));
				if (header == null) {
					header = record.toList();
					if (!fits(header)) {
						return List.of();
					}
				}
				else {
					read(header, record, line, rows);
				}
			}
			if (header == null) {
				this.problems.add(1, "", "", "empty");
			}
		}
		catch (UncheckedIOException ex) {
			this.problems.add(line + 1, "", "", "broken", ex.getCause().getMessage());
		}
		catch (IOException ex) {
			this.problems.add(line, "", "", "broken", ex.getMessage());
		}
		return rows;
	}

	private static long lineBreaksIn(CSVRecord record) {
		return record.stream().mapToLong((cell) -> cell.chars().filter((character) -> character == '\n').count()).sum();
	}

	private boolean fits(List<String> header) {
		List<String> known = this.kind.columns().stream().map(Column::name).toList();
		Set<String> seen = header.stream().collect(Collectors.toSet());
		boolean fits = true;
		for (String name : header) {
			if (!known.contains(name)) {
				this.problems.add(1, name, name, "header.unknown", String.join(",", known));
				fits = false;
			}
		}
		if (seen.size() < header.size()) {
			this.problems.add(1, "", String.join(",", header), "header.twice");
			fits = false;
		}
		for (Column column : this.kind.columns()) {
			if (column.required() && !seen.contains(column.name())) {
				this.problems.add(1, column.name(), "", "header.missing");
				fits = false;
			}
		}
		return fits;
	}

	private void read(List<String> header, CSVRecord record, int line, List<FileRow> rows) {
		if (record.size() != header.size()) {
			this.problems.add(line, "", String.join(",", record), "cells", header.size(), record.size());
			return;
		}
		Map<String, String> cells = new HashMap<>();
		boolean keyed = true;
		for (Column column : this.kind.columns()) {
			int position = header.indexOf(column.name());
			String cell = (position >= 0) ? record.get(position) : "";
			if (cell.isEmpty()) {
				if (column.required()) {
					this.problems.add(line, column.name(), cell, "required");
					keyed &= !column.key();
				}
				continue;
			}
			String canonical = column.type().canonical(cell);
			if (canonical == null) {
				this.problems.add(line, column.name(), cell, "type." + column.type().name().toLowerCase(Locale.ROOT));
				keyed &= !column.key();
			}
			else if (!column.choices().isEmpty() && !column.choices().contains(canonical)) {
				this.problems.add(line, column.name(), cell, "choice", String.join(", ", column.choices()));
				keyed &= !column.key();
			}
			else {
				cells.put(column.name(), canonical);
			}
		}
		if (keyed) {
			rows.add(new FileRow(line, cells));
		}
	}

}
