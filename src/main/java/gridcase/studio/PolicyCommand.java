package gridcase.studio;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import com.fasterxml.jackson.databind.JsonNode;
import gridcase.policy.RuleType;
import gridcase.shared.Texts;

import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.util.FileSystemUtils;

/**
 * The command line for places that keep their rules in Git: checks a checkout, tries a
 * table on past cases, releases what has changed, and writes what is in force as files.
 */
public final class PolicyCommand {

	/** First argument of the command. */
	public static final String NAME = "policy";

	/** All is well. */
	static final int OK = 0;

	/** The rules have problems, or the platform said no. */
	static final int REFUSED = 1;

	/** The command was used wrongly, or could not be carried out. */
	static final int FAILED = 2;

	/**
	 * Where the token is when it is not an option, so that it is in no list of processes.
	 */
	static final String TOKEN_VARIABLE = "GRIDCASE_TOKEN";

	private static final long POLL_MILLIS = 1000;

	private static final Map<String, Set<String>> OPTIONS = Map.of("check", Set.of(), "export",
			Set.of("place", "draft", "to", "server", "token"), "release",
			Set.of("place", "note", "applies-to", "effective-from", "server", "token"), "rehearse",
			Set.of("place", "from", "to", "server", "token"));

	private final Class<?> application;

	private final PrintStream out;

	private final PrintStream err;

	private final Map<String, String> options = new LinkedHashMap<>();

	private final List<String> arguments = new ArrayList<>();

	private PolicyCommand(Class<?> application, PrintStream out, PrintStream err) {
		this.application = application;
		this.out = out;
		this.err = err;
	}

	/**
	 * Carries a command out.
	 * @param application the application, started on a database of its own for a check
	 * @param arguments what came after {@value #NAME}
	 * @param out where results go
	 * @param err where everything else goes
	 * @return exit code: 0 if all is well, 1 if the rules have problems, 2 if the command
	 * could not be carried out
	 */
	public static int run(Class<?> application, String[] arguments, PrintStream out, PrintStream err) {
		LocaleContextHolder.setLocale(Locale.getDefault());
		try {
			return new PolicyCommand(application, out, err).run(arguments);
		}
		finally {
			LocaleContextHolder.resetLocaleContext();
		}
	}

	private int run(String[] given) {
		if (given.length == 0 || !OPTIONS.containsKey(given[0])) {
			this.err.println(text("usage"));
			return FAILED;
		}
		String command = given[0];
		try {
			read(command, Arrays.asList(given).subList(1, given.length));
			return switch (command) {
				case "check" -> check();
				case "export" -> export();
				case "release" -> release();
				default -> rehearse();
			};
		}
		catch (Misused misused) {
			this.err.println(misused.getMessage());
			this.err.println(text("usage"));
			return FAILED;
		}
		catch (PolicyServer.Failed failed) {
			this.err.println(failed.getMessage());
			return (failed.status() == 422 || failed.status() == 400 || failed.status() == 409) ? REFUSED : FAILED;
		}
		catch (IOException ex) {
			this.err.println(ex.getClass().getSimpleName() + ": " + ex.getMessage());
			return FAILED;
		}
	}

	/** The command was written wrongly. */
	private static final class Misused extends Exception {

		Misused(String message) {
			super(message);
		}

	}

	private void read(String command, List<String> given) throws Misused {
		for (int i = 0; i < given.size(); i++) {
			String word = given.get(i);
			if (!word.startsWith("--")) {
				this.arguments.add(word);
				continue;
			}
			int equals = word.indexOf('=');
			String name = word.substring(2, (equals < 0) ? word.length() : equals);
			if (!OPTIONS.get(command).contains(name)) {
				throw new Misused(text("option", word));
			}
			if (equals < 0 && i + 1 == given.size()) {
				throw new Misused(text("value", word));
			}
			this.options.put(name, (equals < 0) ? given.get(++i) : word.substring(equals + 1));
		}
	}

	private String option(String name) throws Misused {
		String value = this.options.get(name);
		if (value == null || value.isBlank()) {
			throw new Misused(text("missing", "--" + name));
		}
		return value;
	}

	private Path argument() throws Misused {
		if (this.arguments.size() != 1) {
			throw new Misused(text("argument"));
		}
		return path(this.arguments.get(0));
	}

	private static Path path(String text) throws Misused {
		try {
			return Path.of(text);
		}
		catch (InvalidPathException ex) {
			throw new Misused(text("folder", text));
		}
	}

	private RuleFiles files(Path folder) throws Misused, IOException {
		RuleFiles files = Files.isDirectory(folder) ? RuleFiles.read(folder) : null;
		if (files == null || files.count() == 0) {
			throw new Misused(text("folder", folder));
		}
		return files;
	}

	private PolicyServer server() throws Misused {
		String token = this.options.getOrDefault("token", System.getenv(TOKEN_VARIABLE));
		if (token == null || token.isBlank()) {
			throw new Misused(text("missing", "--token, " + TOKEN_VARIABLE));
		}
		String url = option("server");
		if (!url.matches("https?://[^\\s/].*")) {
			throw new Misused(text("server", url));
		}
		return new PolicyServer(url, token);
	}

	// --- check ---

	/** The platform is started on a database of its own, that is thrown away. */
	private int check() throws Misused, IOException {
		RuleFiles files = files(argument());
		Path data = Files.createTempDirectory("gridcase-policy");
		List<String> problems = new ArrayList<>(files.strays().stream().map((stray) -> text("stray", stray)).toList());
		try (ConfigurableApplicationContext platform = start(data)) {
			problems.addAll(platform.getBean(FolderCheck.class).check(files));
		}
		finally {
			FileSystemUtils.deleteRecursively(data);
		}
		problems.forEach(this.out::println);
		this.out.println(problems.isEmpty() ? text("check.ok", files.count())
				: text("check.problems", files.count(), problems.size()));
		return problems.isEmpty() ? OK : REFUSED;
	}

	/** Without doors, and with nothing that is not asked for. */
	private ConfigurableApplicationContext start(Path data) {
		return new SpringApplicationBuilder(this.application).bannerMode(Banner.Mode.OFF)
			.logStartupInfo(false)
			.web(WebApplicationType.NONE)
			.lazyInitialization(true)
			.run("--spring.profiles.active=local", "--spring.datasource.url=embedded", "--gridcase.data-folder=" + data,
					"--gridcase.demo.cases=false", "--camunda.bpm.job-execution.enabled=false",
					"--logging.level.root=warn");
	}

	// --- export ---

	/** Exactly the files of what is in force, or of a draft. */
	private int export() throws Misused, PolicyServer.Failed, IOException {
		Path to = path(option("to")).toAbsolutePath().normalize();
		String draft = this.options.get("draft");
		if (draft != null && !draft.matches("\\d{1,18}")) {
			throw new Misused(text("draft", draft));
		}
		Map<String, byte[]> files = (draft != null)
				? server().files("/api/v1/studio/drafts/" + draft + "/files.zip", Map.of())
				: inForce(server(), this.options.getOrDefault("place", RuleFiles.SHARED));
		for (Map.Entry<String, byte[]> file : files.entrySet()) {
			Path target = to.resolve(file.getKey()).normalize();
			if (!target.startsWith(to)) {
				throw new IOException(file.getKey());
			}
			Files.createDirectories(target.getParent());
			Files.write(target, file.getValue());
		}
		this.out.println(text("exported", files.size(), to));
		return OK;
	}

	private static Map<String, byte[]> inForce(PolicyServer server, String owner) throws PolicyServer.Failed {
		return server.files("/api/v1/studio/rules.zip",
				owner.equals(RuleFiles.SHARED) ? Map.of() : Map.of("place", owner));
	}

	// --- release ---

	/**
	 * Releases the files that differ from what is in force: the shared ones, then each
	 * place's.
	 */
	private int release() throws Misused, PolicyServer.Failed, IOException {
		RuleFiles files = files(argument());
		files.strays().forEach((stray) -> this.err.println(text("stray", stray)));
		PolicyServer server = server();
		String note = option("note");
		String appliesTo = this.options.getOrDefault("applies-to", "NEW_CASES");
		if (!Set.of("NEW_CASES", "ALL").contains(appliesTo)) {
			throw new Misused(text("appliesTo", appliesTo));
		}
		String only = this.options.get("place");
		if (only != null && !files.owners().containsKey(only)) {
			throw new Misused(text("place", only));
		}
		for (Map.Entry<String, Map<String, byte[]>> owner : files.owners().entrySet()) {
			if (only == null || only.equals(owner.getKey())) {
				release(server, owner.getKey(), owner.getValue(), note, appliesTo);
			}
		}
		return OK;
	}

	private void release(PolicyServer server, String owner, Map<String, byte[]> files, String note, String appliesTo)
			throws PolicyServer.Failed {
		Map<String, byte[]> inForce = inForce(server, owner);
		Map<String, byte[]> changed = new TreeMap<>(files);
		changed.entrySet()
			.removeIf((file) -> Arrays.equals(file.getValue(), inForce.get(RuleFiles.path(owner, file.getKey()))));
		String whose = owner.equals(RuleFiles.SHARED) ? text("shared") : owner;
		if (changed.isEmpty()) {
			this.out.println(text("same", whose));
			return;
		}
		Map<String, String> fields = new LinkedHashMap<>(Map.of("note", note, "appliesTo", appliesTo));
		if (!owner.equals(RuleFiles.SHARED)) {
			fields.put("place", owner);
		}
		if (this.options.containsKey("effective-from")) {
			fields.put("effectiveFrom", this.options.get("effective-from"));
		}
		JsonNode release = server.post("/api/v1/releases", fields, "files", changed);
		this.out.println(text("released", whose, release.path("id").asText(), String.join(", ", changed.keySet()),
				release.path("effectiveFrom").asText()));
	}

	// --- rehearse ---

	/** Asks the platform what a table would have said to past cases. */
	private int rehearse() throws Misused, PolicyServer.Failed, IOException {
		Path file = argument();
		String name = file.getFileName().toString();
		if (!Files.isRegularFile(file) || !name.endsWith(RuleType.TABLE.ending())) {
			throw new Misused(text("table", file));
		}
		Map<String, String> fields = new LinkedHashMap<>();
		fields.put("table", name.substring(0, name.length() - RuleType.TABLE.ending().length()));
		for (String field : List.of("place", "from", "to")) {
			if (this.options.containsKey(field)) {
				fields.put(field, this.options.get(field));
			}
		}
		PolicyServer server = server();
		String id = server.post("/api/v1/studio/trials", fields, "file", Map.of(name, Files.readAllBytes(file)))
			.path("id")
			.asText();
		JsonNode trial = progress(server, id);
		while (Set.of("WAITING", "RUNNING").contains(trial.path("state").asText())) {
			pause();
			trial = progress(server, id);
		}
		this.out.println(text("trial", trial.path("state").asText(), trial.path("total").asLong(),
				trial.path("same").asLong(), trial.path("changed").asLong(), trial.path("failing").asLong()));
		return (trial.path("state").asText().equals("DONE") && trial.path("failing").asLong() == 0) ? OK : REFUSED;
	}

	private JsonNode progress(PolicyServer server, String trialId) throws IOException, PolicyServer.Failed {
		JsonNode trial = server.get("/api/v1/studio/trials/" + trialId);
		this.err.println(text("trial.running", trial.path("done").asLong(), trial.path("total").asLong()));
		return trial;
	}

	private static void pause() throws IOException {
		try {
			Thread.sleep(POLL_MILLIS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IOException(ex);
		}
	}

	private static String text(String key, Object... values) {
		return Texts.of("studio", "studio.command." + key, values);
	}

}
