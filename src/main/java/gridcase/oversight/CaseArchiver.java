package gridcase.oversight;

import java.io.IOException;
import java.io.OutputStream;

/** Writes a case down for good, before it is deleted. */
interface CaseArchiver {

	/**
	 * Writes the archive of a case, a zip file.
	 * @param caseNo the case
	 * @param login sign-in name of who answers for it
	 * @param out where to; stays open
	 */
	void write(String caseNo, String login, OutputStream out) throws IOException;

}
