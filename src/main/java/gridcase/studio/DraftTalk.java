package gridcase.studio;

import java.util.List;

import gridcase.security.CurrentPerson;
import gridcase.security.People;

import org.springframework.stereotype.Component;

/**
 * What was said of a draft, for {@code studio/comments :: list(draft, file)}: any page of
 * a draft may show it without preparing anything.
 */
@Component
public class DraftTalk {

	private final DraftComments comments;

	private final StudioRights rights;

	private final DraftDesk desk;

	private final People people;

	DraftTalk(DraftComments comments, StudioRights rights, DraftDesk desk, People people) {
		this.comments = comments;
		this.rights = rights;
		this.desk = desk;
		this.people = people;
	}

	/**
	 * Something that was said, with names.
	 *
	 * @param comment what was said
	 * @param by who said it
	 * @param resolvedBy who called it settled, or null
	 */
	public record Line(DraftComment comment, String by, String resolvedBy) {

	}

	/**
	 * What was said of a file, oldest first.
	 * @param file file name; empty or null for the draft as a whole
	 */
	public List<Line> of(Draft draft, String file) {
		return this.comments.of(draft.id(), (file == null || file.isBlank()) ? null : file)
			.stream()
			.map((comment) -> new Line(comment, name(comment.by()), name(comment.resolvedBy())))
			.toList();
	}

	private String name(String login) {
		return (login != null) ? this.desk.name(login) : null;
	}

	/** Whether the person who looks may say something. */
	public boolean mayWrite(Draft draft) {
		return this.people.current()
			.filter((CurrentPerson person) -> this.rights.mayComment(person, draft))
			.isPresent();
	}

}
