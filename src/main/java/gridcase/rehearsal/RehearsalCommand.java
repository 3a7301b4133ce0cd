package gridcase.rehearsal;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;

import gridcase.shared.Refusal;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.util.FileSystemUtils;

/**
 * The platform as a command: runs the rehearsals named by {@code gridcase.rehearsal.run},
 * prints their reports and ends with 0 if all figures came out, else 1.
 */
@Component
@ConditionalOnProperty(RehearsalCommand.PROPERTY)
class RehearsalCommand {

	static final String PROPERTY = "gridcase.rehearsal.run";

	private final Rehearsals rehearsals;

	private final String[] names;

	private final Path throwAway;

	RehearsalCommand(Rehearsals rehearsals, @Value("${" + PROPERTY + "}") String[] names,
			@Value("${" + RehearsalEnvironment.THROW_AWAY + ":#{null}}") Path throwAway) {
		this.rehearsals = rehearsals;
		this.names = names;
		this.throwAway = throwAway;
	}

	@EventListener
	void run(ApplicationReadyEvent ready) {
		boolean matches = run(System.out);
		int code = SpringApplication.exit(ready.getApplicationContext(), () -> matches ? 0 : 1);
		if (this.throwAway != null) {
			delete(this.throwAway);
		}
		System.exit(code);
	}

	/** Runs all of them, also after one that failed. */
	boolean run(PrintStream out) {
		boolean matches = true;
		for (String name : this.names) {
			try {
				Outcome outcome = this.rehearsals.run(name.trim());
				out.println(outcome.text());
				matches &= outcome.matches();
			}
			catch (Refusal | IllegalArgumentException | IllegalStateException ex) {
				out.println(name + ": " + ex.getMessage());
				matches = false;
			}
		}
		return matches;
	}

	private static void delete(Path folder) {
		try {
			FileSystemUtils.deleteRecursively(folder);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Cannot delete " + folder, ex);
		}
	}

}
