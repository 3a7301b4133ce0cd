package gridcase.registry;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import gridcase.shared.LoadRefused;
import gridcase.shared.RowProblem;

import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;

/** Collects everything that is wrong with a file, in the reader's language. */
final class Problems {

	private final MessageSource messages;

	private final List<RowProblem> found = new ArrayList<>();

	Problems(MessageSource messages) {
		this.messages = messages;
	}

	void add(int line, String column, String value, String reason, Object... arguments) {
		this.found.add(new RowProblem(line, column, (value != null) ? value : "", text(reason, arguments)));
	}

	void add(FileRow row, String column, String reason, Object... arguments) {
		add(row.line(), column, row.get(column), reason, arguments);
	}

	String text(String reason, Object... arguments) {
		return this.messages.getMessage("registry.problem." + reason, arguments, LocaleContextHolder.getLocale());
	}

	/**
	 * @throws LoadRefused when something was found
	 */
	void refuse() {
		if (!this.found.isEmpty()) {
			this.found.sort(Comparator.comparingInt(RowProblem::line));
			throw new LoadRefused(this.found);
		}
	}

}
