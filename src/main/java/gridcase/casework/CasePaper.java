package gridcase.casework;

import java.io.IOException;
import java.io.OutputStream;

import gridcase.security.CurrentPerson;

/** The case file on paper, as a person sees it. */
public interface CasePaper {

	/**
	 * Writes the case file as PDF; personal data in it are masked.
	 * @param file the case, as the person may see it
	 * @param person who prints it, named on every page
	 * @param out where it goes
	 */
	void write(CaseFile file, CurrentPerson person, OutputStream out) throws IOException;

}
