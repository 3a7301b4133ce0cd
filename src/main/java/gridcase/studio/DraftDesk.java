package gridcase.studio;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import gridcase.clock.PlatformClock;
import gridcase.policy.AppliesTo;
import gridcase.policy.RuleType;
import gridcase.registry.Place;
import gridcase.registry.Places;
import gridcase.registry.Staff;
import gridcase.registry.StaffDirectory;
import gridcase.security.CurrentPerson;
import gridcase.shared.FieldProblem;
import gridcase.shared.Refusal;
import gridcase.shared.Texts;

import org.springframework.stereotype.Component;
import org.springframework.ui.Model;
import org.springframework.transaction.annotation.Transactional;

/** What people do with drafts, by page or API alike: looks who may, then does it. */
@Component
class DraftDesk {

	private static final int LONGEST_TITLE = 120;

	private static final int LONGEST_NOTE = 2000;

	/** In bytes; the greatest shipped table has some hundred thousand. */
	static final int LARGEST_FILE = 4 * 1024 * 1024;

	private final Drafts drafts;

	private final StudioRights rights;

	private final StaffDirectory staff;

	private final Places places;

	private final PlatformClock clock;

	DraftDesk(Drafts drafts, StudioRights rights, StaffDirectory staff, Places places, PlatformClock clock) {
		this.drafts = drafts;
		this.rights = rights;
		this.staff = staff;
		this.places = places;
		this.clock = clock;
	}

	/**
	 * Begins a draft, with a rule in it if one is named.
	 * @param place place code, null for the shared rules
	 * @param title what it is about
	 * @param type kind of the rule, or null
	 * @param key its key, or null
	 */
	@Transactional
	public Draft begin(CurrentPerson person, String place, String title, RuleType type, String key) {
		this.rights.write(person, place);
		if (title == null || title.isBlank() || title.strip().length() > LONGEST_TITLE) {
			throw invalid("title", Texts.of("studio", "studio.refused.title", LONGEST_TITLE));
		}
		Draft draft = this.drafts.begin(place, title, person.login());
		if (type != null && key != null && !key.isBlank()) {
			this.drafts.take(draft.id(), type, key, person.login());
		}
		return draft;
	}

	/**
	 * Says what a draft is about and how it comes into force.
	 * @param version version that was looked at
	 */
	Draft describe(CurrentPerson person, long id, String title, String note, AppliesTo appliesTo, Instant from,
			boolean urgent, long version) {
		Draft draft = this.rights.write(person, id);
		List<FieldProblem> problems = new ArrayList<>();
		if (title == null || title.isBlank() || title.strip().length() > LONGEST_TITLE) {
			problems.add(problem("title", Texts.of("studio", "studio.refused.title", LONGEST_TITLE)));
		}
		if (note != null && note.strip().length() > LONGEST_NOTE) {
			problems.add(problem("note", Texts.of("studio", "studio.refused.note", LONGEST_NOTE)));
		}
		if (from != null && !from.equals(draft.effectiveFrom()) && from.isBefore(this.clock.now())) {
			problems.add(problem("effectiveFrom", Texts.of("studio", "studio.refused.past")));
		}
		if (appliesTo == null) {
			problems.add(problem("appliesTo", Texts.of("studio", "studio.refused.appliesTo")));
		}
		if (!problems.isEmpty()) {
			throw Refusal.invalid(problems);
		}
		return this.drafts.describe(new Draft(id, draft.place(), title, (note != null) ? note : "", draft.author(),
				draft.state(), appliesTo, from, urgent, draft.caseNo(), draft.releaseId(), draft.createdAt(),
				draft.changedAt(), version));
	}

	/** Gives a draft up; what it held stays on record. */
	Draft drop(CurrentPerson person, long id) {
		this.rights.write(person, id);
		return this.drafts.move(id, List.of(DraftState.OPEN), DraftState.DROPPED);
	}

	DraftFile take(CurrentPerson person, long id, RuleType type, String key) {
		this.rights.write(person, id);
		return this.drafts.take(id, type, key, person.login());
	}

	DraftFile file(CurrentPerson person, long id, String name) {
		this.rights.read(person, id);
		return this.drafts.file(id, name);
	}

	/**
	 * Saves a file. What says the same as before, however it is written, is no change:
	 * the file stays as it is, byte for byte.
	 * @param edited whether an editor wrote the content, which keeps no hand but its own
	 * @param version version it was made from, 0 for a new file
	 */
	@Transactional
	public DraftFile save(CurrentPerson person, long id, String name, byte[] content, boolean edited, long version) {
		this.rights.write(person, id);
		RuleType type = RuleType.ofFile(name)
			.orElseThrow(() -> Refusal.rule(Texts.of("studio", "studio.file.ending", name)));
		if (!name.matches("[a-z0-9][a-z0-9-]*\\.[a-z]+")) {
			throw invalid("name", Texts.of("studio", "studio.refused.name", name));
		}
		if (content.length == 0) {
			throw invalid("file", Texts.of("studio", "studio.refused.empty", name));
		}
		if (content.length > LARGEST_FILE) {
			throw new Refusal(Refusal.Kind.TOO_LARGE,
					Texts.of("studio", "studio.refused.large", name, LARGEST_FILE / 1024 / 1024));
		}
		Optional<DraftFile> now = find(id, name);
		if (now.isPresent() && now.get().version() == version && SameRule.same(type, now.get().content(), content)) {
			return now.get();
		}
		byte[] kept = (edited && type != RuleType.FORM && now.isPresent())
				? EditedFile.inHandOf(now.get().content(), content) : content;
		return this.drafts.save(id, name, kept, version, person.login());
	}

	/** Saves whatever version the file is in: somebody hands in a file of their own. */
	@Transactional
	public DraftFile upload(CurrentPerson person, long id, String path, byte[] content) {
		String name = path.replace('\\', '/');
		name = name.substring(name.lastIndexOf('/') + 1);
		this.rights.write(person, id);
		String file = name;
		return save(person, id, file, content, false, find(id, file).map(DraftFile::version).orElse(0L));
	}

	void remove(CurrentPerson person, long id, String name, long version) {
		this.rights.write(person, id);
		this.drafts.remove(id, name, version);
	}

	byte[] past(CurrentPerson person, long id, String name, long past) {
		this.rights.read(person, id);
		return this.drafts.past(id, name, past);
	}

	/**
	 * Makes an earlier content the present one.
	 * @param past version that held it
	 * @param version present version of the file, 0 if it was taken out
	 */
	@Transactional
	public DraftFile restore(CurrentPerson person, long id, String name, long past, long version) {
		this.rights.write(person, id);
		byte[] content = this.drafts.past(id, name, past);
		Optional<DraftFile> now = find(id, name);
		return (now.isPresent() && now.get().version() == version && Arrays.equals(now.get().content(), content))
				? now.get() : this.drafts.save(id, name, content, version, person.login());
	}

	private Optional<DraftFile> find(long id, String name) {
		return this.drafts.files(id).stream().filter((file) -> file.name().equals(name)).findFirst();
	}

	/** All files of a draft, exactly as they are, in the folders of a checkout. */
	byte[] zip(CurrentPerson person, long id) {
		Draft draft = this.rights.read(person, id);
		String owner = (draft.place() != null) ? draft.place() : RuleFiles.SHARED;
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
			for (DraftFile file : this.drafts.files(id)) {
				ZipEntry entry = new ZipEntry(RuleFiles.path(owner, file.name()));
				entry.setTime(file.changedAt().toEpochMilli());
				zip.putNextEntry(entry);
				zip.write(file.content());
				zip.closeEntry();
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return bytes.toByteArray();
	}

	/**
	 * What the head of a draft's pages shows.
	 * @return its files
	 */
	List<DraftFile> head(Draft draft, CurrentPerson person, Model model) {
		List<DraftFile> files = this.drafts.files(draft.id());
		Map<String, String> names = new LinkedHashMap<>();
		files.forEach((file) -> names.put(file.name(), RuleNames.of(file.type(), file.key(), file.content())));
		model.addAttribute("draft", draft);
		model.addAttribute("files", files);
		model.addAttribute("fileNames", names);
		model.addAttribute("placeName", place(draft.place()));
		model.addAttribute("authorName", name(draft.author()));
		model.addAttribute("mayWrite", draft.state() == DraftState.OPEN && this.rights.mayWrite(person, draft.place()));
		return files;
	}

	/** Name of a place, or that of all of them. */
	String place(String code) {
		return (code == null) ? Texts.of("studio", "studio.everywhere")
				: this.places.find(code, this.clock.now()).map(Place::name).orElse(code);
	}

	/** Name of a person, of the platform, or the sign-in name of somebody unknown. */
	String name(String login) {
		return "system".equals(login) ? Texts.of("studio", "studio.by.files")
				: this.staff.find(login, this.clock.now()).map(Staff::name).orElse(login);
	}

	private static Refusal invalid(String field, String message) {
		return Refusal.invalid(List.of(problem(field, message)));
	}

	private static FieldProblem problem(String field, String message) {
		return new FieldProblem(field, Texts.of("studio", "studio.field." + field), message);
	}

}
