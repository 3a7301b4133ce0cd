package gridcase.policy;

import org.springframework.stereotype.Component;

/** Reads decision tables from files, keeping nothing. */
@Component
public class TableFiles {

	private final TableReader reader;

	TableFiles(Feel feel) {
		this.reader = new TableReader(feel);
	}

	/**
	 * Reads a table.
	 * @param file name of the file, for messages
	 * @param content DMN 1.1 to 1.3
	 * @return the table, compiled
	 * @throws ReleaseRefused with everything that keeps it from being asked
	 */
	public TableFile read(String file, byte[] content) {
		return new TableFile(this.reader.read(file, content, false));
	}

	/**
	 * Reads a table as far as it can be read, for somebody who is still writing it.
	 * @param file name of the file, for messages
	 * @param content DMN 1.1 to 1.3, perhaps with faults
	 * @return what could be read, with everything that keeps it from being asked
	 */
	public TableLook look(String file, byte[] content) {
		return this.reader.look(file, content);
	}

}
