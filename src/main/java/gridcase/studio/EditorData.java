package gridcase.studio;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.TreeMap;

import gridcase.casework.DiagramLint;
import gridcase.casework.RuleChoices;
import gridcase.casework.ServiceTasks;
import gridcase.clock.PlatformClock;
import gridcase.policy.ReleasedRules;
import gridcase.policy.RuleScope;
import gridcase.policy.RuleType;
import gridcase.registry.Roles;
import gridcase.security.CurrentPerson;
import gridcase.shared.Texts;
import org.xml.sax.SAXException;

import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What the editors of the pages, and others, need to know beside the file. */
@RestController
@RequestMapping({ "/studio/drafts/{id}", "/api/v1/studio/drafts/{id}" })
class EditorData {

	private static final List<String> HIT_POLICIES = List.of("UNIQUE", "FIRST", "PRIORITY", "ANY", "COLLECT",
			"COLLECT SUM", "COLLECT MIN", "COLLECT MAX", "COLLECT COUNT", "RULE ORDER", "OUTPUT ORDER");

	private final StudioRights rights;

	private final Drafts drafts;

	private final DraftDesk desk;

	private final RuleChoices choices;

	private final ServiceTasks services;

	private final DiagramLint lint;

	private final ReleasedRules rules;

	private final RuleNames names;

	private final PlatformClock clock;

	EditorData(StudioRights rights, Drafts drafts, DraftDesk desk, RuleChoices choices, ServiceTasks services,
			DiagramLint lint, ReleasedRules rules, RuleNames names, PlatformClock clock) {
		this.rights = rights;
		this.drafts = drafts;
		this.desk = desk;
		this.choices = choices;
		this.services = services;
		this.lint = lint;
		this.rules = rules;
		this.names = names;
		this.clock = clock;
	}

	/**
	 * What cells of a table can hold.
	 *
	 * @param columns values by the name of input or output; a name without a list is not
	 * in it
	 * @param policies what each hit policy means
	 * @param words words of the page
	 */
	record TableChoices(Map<String, List<RuleChoices.Choice>> columns, Map<String, String> policies,
			Map<String, String> words) {

	}

	@GetMapping(path = "/tables/{key}/choices", produces = MediaType.APPLICATION_JSON_VALUE)
	TableChoices table(CurrentPerson person, @PathVariable long id, @PathVariable String key) {
		Draft draft = this.rights.read(person, id);
		byte[] content = this.desk.file(person, id, key + RuleType.TABLE.ending()).content();
		Instant now = this.clock.now();
		Map<String, List<RuleChoices.Choice>> columns = new LinkedHashMap<>();
		columnNames(content).forEach((name) -> {
			List<RuleChoices.Choice> values = this.choices.of(draft.place(), name, now);
			if (!values.isEmpty()) {
				columns.put(name, values);
			}
		});
		Map<String, String> policies = new LinkedHashMap<>();
		HIT_POLICIES
			.forEach((policy) -> policies.put(policy, Texts.of("studio", "studio.hit." + policy.replace(' ', '-'))));
		return new TableChoices(columns, policies, Map.of("any", Texts.of("studio", "studio.value.any")));
	}

	/**
	 * Names of inputs and outputs; none if the file cannot be read, which its check says.
	 */
	private static Set<String> columnNames(byte[] content) {
		Set<String> names = new LinkedHashSet<>();
		try {
			collect(SameRule.shape(content), names);
		}
		catch (IOException | SAXException ex) {
			return Set.of();
		}
		return names;
	}

	private static void collect(SameRule.Shape shape, Set<String> names) {
		if (shape.name().endsWith(" inputExpression")) {
			shape.children().values().forEach((texts) -> texts.forEach((text) -> names.add(text.text())));
		}
		if (shape.name().endsWith(" output")) {
			names.add(String.valueOf(shape.attributes().get("name")));
		}
		shape.children().values().forEach((inner) -> inner.forEach((each) -> collect(each, names)));
	}

	/**
	 * What a diagram can name.
	 *
	 * @param forms forms by id
	 * @param tables tables by key
	 * @param diagrams diagrams by key
	 * @param services service tasks
	 * @param roles roles by key
	 * @param steps steps a limit can be for
	 * @param stages stages of the loop, as their ids say them
	 * @param words words of the page
	 */
	record DiagramChoices(List<RuleChoices.Choice> forms, List<RuleChoices.Choice> tables,
			List<RuleChoices.Choice> diagrams, List<ServiceTasks.Service> services, List<RuleChoices.Choice> roles,
			List<RuleChoices.Choice> steps, List<RuleChoices.Choice> stages, Map<String, String> words) {

	}

	@GetMapping(path = "/diagrams/{key}/choices", produces = MediaType.APPLICATION_JSON_VALUE)
	DiagramChoices diagram(CurrentPerson person, @PathVariable long id, @PathVariable String key) {
		Draft draft = this.rights.read(person, id);
		List<DraftFile> files = this.drafts.files(id);
		return new DiagramChoices(known(draft, RuleType.FORM, files), known(draft, RuleType.TABLE, files),
				known(draft, RuleType.DIAGRAM, files), this.services.all(),
				Roles.ALL.stream()
					.map((role) -> new RuleChoices.Choice(role, Texts.of("casework", "casework.role." + role)))
					.toList(),
				this.choices.of(draft.place(), "stage", this.clock.now()), stages(), wordMap());
	}

	private List<RuleChoices.Choice> known(Draft draft, RuleType type, List<DraftFile> files) {
		Map<String, String> known = new TreeMap<>();
		this.rules.all(type, RuleScope.newCase(draft.place(), this.clock.now()))
			.forEach((rule) -> known.put(rule.key(), this.names.of(rule)));
		files.stream()
			.filter((file) -> file.type() == type)
			.forEach((file) -> known.put(file.key(), RuleNames.of(type, file.key(), file.content())));
		return known.entrySet().stream().map((each) -> new RuleChoices.Choice(each.getKey(), each.getValue())).toList();
	}

	/** Canonical stages, as the ids of diagrams say them. */
	private static List<RuleChoices.Choice> stages() {
		String prefix = "casework.stage.";
		List<RuleChoices.Choice> words = new ArrayList<>();
		ResourceBundle.getBundle("messages.casework", Locale.ROOT)
			.keySet()
			.stream()
			.filter((word) -> word.startsWith(prefix) && word.substring(prefix.length()).matches("[A-Z][a-z]+"))
			.sorted()
			.forEach((word) -> words
				.add(new RuleChoices.Choice(word.substring(prefix.length()), Texts.of("casework", word))));
		return words;
	}

	private static Map<String, String> wordMap() {
		Map<String, String> words = new TreeMap<>();
		String prefix = "studio.prop.";
		ResourceBundle.getBundle("messages.studio", Locale.ROOT)
			.keySet()
			.stream()
			.filter((word) -> word.startsWith(prefix))
			.forEach((word) -> words.put(word.substring(prefix.length()), Texts.of("studio", word)));
		return words;
	}

	/** What there is to say of a diagram of the draft as it is saved. */
	@GetMapping(path = "/diagrams/{key}/findings", produces = MediaType.APPLICATION_JSON_VALUE)
	List<DiagramLint.Finding> findings(CurrentPerson person, @PathVariable long id, @PathVariable String key) {
		Draft draft = this.rights.read(person, id);
		String name = key + RuleType.DIAGRAM.ending();
		return findings(draft, name, this.desk.file(person, id, name).content());
	}

	/** The same of a diagram that is not saved yet. */
	@PostMapping(path = "/diagrams/{key}/findings", produces = MediaType.APPLICATION_JSON_VALUE)
	List<DiagramLint.Finding> findings(CurrentPerson person, @PathVariable long id, @PathVariable String key,
			@RequestBody byte[] content) {
		return findings(this.rights.write(person, id), key + RuleType.DIAGRAM.ending(), content);
	}

	private List<DiagramLint.Finding> findings(Draft draft, String name, byte[] content) {
		Map<String, byte[]> files = new LinkedHashMap<>();
		this.drafts.files(draft.id())
			.stream()
			.filter((file) -> !file.name().equals(name))
			.forEach((file) -> files.put(file.name(), file.content()));
		return this.lint.findings(draft.place(), name, content, files);
	}

	/**
	 * The file as it was in force when it was taken up, to compare with; 204 for a new
	 * rule.
	 */
	@GetMapping("/files/{name}/base")
	ResponseEntity<byte[]> base(CurrentPerson person, @PathVariable long id, @PathVariable String name) {
		DraftFile file = this.desk.file(person, id, name);
		return (file.base() == null) ? ResponseEntity.noContent().build()
				: ResponseEntity.ok()
					.contentType((file.type() == RuleType.FORM) ? MediaType.APPLICATION_JSON
							: new MediaType(MediaType.APPLICATION_XML, StandardCharsets.UTF_8))
					.body(file.base());
	}

}
