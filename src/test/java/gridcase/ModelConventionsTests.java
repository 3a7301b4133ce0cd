package gridcase;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import gridcase.casework.process.ModelCheck;
import gridcase.casework.process.ModelLint;
import gridcase.form.FormCheck;
import gridcase.policy.Feel;
import gridcase.policy.RuleProblem;
import gridcase.policy.RuleType;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.Activity;
import org.camunda.bpm.model.bpmn.instance.StartEvent;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaProperties;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaProperty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.beans.factory.support.SimpleBeanDefinitionRegistry;
import org.springframework.context.annotation.AnnotationBeanNameGenerator;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.type.filter.AssignableTypeFilter;

import static org.assertj.core.api.Assertions.assertThat;

/** What every diagram and form promises; needs no engine and no database. */
class ModelConventionsTests {

	/** Service tasks a diagram can name. */
	static final Set<String> DELEGATES = delegates();

	private static final Map<RuleType, String> FOLDERS = Map.of(RuleType.DIAGRAM, "processes", RuleType.FORM, "forms",
			RuleType.TABLE, "decisions");

	private static final Pattern EXPRESSION = Pattern.compile("[$#]\\{([^}]*)}");

	private static final Pattern ROOT = Pattern.compile("(?<![.\\w])[A-Za-z_]\\w*");

	private static final ObjectMapper JSON = new ObjectMapper();

	static Stream<File> diagrams() {
		return files("processes", ".bpmn").stream();
	}

	static Stream<File> forms() {
		return files("forms", ".form").stream();
	}

	// --- diagrams ---

	/** All that the running server asks of a diagram too. */
	@ParameterizedTest
	@MethodSource("diagrams")
	void nothingIsWrongWithTheDiagram(File file) {
		String place = place("processes", file);
		BiPredicate<RuleType, String> exists = (type, key) -> Stream.of("", place + "/")
			.anyMatch((folder) -> new File(FOLDERS.get(type), folder + key + type.ending()).isFile());
		List<RuleProblem> problems = new ArrayList<>();
		new ModelCheck(DELEGATES::contains, new Feel()).check(file.getName(), bytes(file), exists, facts(),
				problems::add);
		assertThat(problems).isEmpty();
		new ModelLint((form) -> Stream.of(place + "/", "")
			.map((folder) -> new File("forms", folder + form + ".form"))
			.filter(File::isFile)
			.map(ModelConventionsTests::bytes)
			.findFirst()).look(file.getName(), bytes(file), problems::add);
		assertThat(problems).as("worth a second look").isEmpty();
	}

	static boolean isTurn(File file) {
		return all(file, StartEvent.class).stream().anyMatch((start) -> properties(start).contains("turn"));
	}

	private static Set<String> properties(StartEvent start) {
		return (start.getExtensionElements() == null) ? Set.of()
				: start.getExtensionElements()
					.getElementsQuery()
					.filterByType(CamundaProperties.class)
					.list()
					.stream()
					.flatMap((properties) -> properties.getCamundaProperties().stream())
					.map(CamundaProperty::getCamundaName)
					.collect(Collectors.toSet());
	}

	@Test
	void theLinesOfThePlacesDiffer() {
		assertThat(diagrams().filter((file) -> file.getName().equals("case-handling.bpmn"))
			.map((file) -> all(file, Activity.class).stream()
				.filter((activity) -> activity.getId().startsWith("Stage_"))
				.map(Activity::getName)
				.collect(Collectors.toSet()))
			.toList()).doesNotHaveDuplicates().hasSizeGreaterThan(4);
	}

	@Test
	void everyServiceTaskIsDrawn() {
		Set<String> drawn = diagrams().flatMap((file) -> roots(file).stream()).collect(Collectors.toSet());
		assertThat(drawn).containsAll(DELEGATES);
	}

	// --- forms ---

	@ParameterizedTest
	@MethodSource("forms")
	void nothingIsWrongWithTheForm(File file) {
		List<RuleProblem> problems = new ArrayList<>();
		new FormCheck(new Feel()).check(file.getName(), bytes(file), facts(), problems::add);
		assertThat(problems).isEmpty();
	}

	@ParameterizedTest
	@MethodSource("forms")
	void aPlacesOwnFormReplacesASharedOne(File file) {
		assertThat(new File("forms", file.getName())).isFile();
	}

	// --- reading ---

	private static Set<String> delegates() {
		ClassPathScanningCandidateComponentProvider scanner = new ClassPathScanningCandidateComponentProvider(false);
		scanner.addIncludeFilter(new AssignableTypeFilter(JavaDelegate.class));
		AnnotationBeanNameGenerator names = new AnnotationBeanNameGenerator();
		return scanner.findCandidateComponents("gridcase.casework.process")
			.stream()
			.map((bean) -> names.generateBeanName(bean, new SimpleBeanDefinitionRegistry()))
			.collect(Collectors.toUnmodifiableSet());
	}

	static List<File> files(String folder, String ending) {
		try (Stream<Path> paths = Files.walk(Path.of(folder))) {
			List<File> files = paths.map(Path::toFile)
				.filter((file) -> file.getName().endsWith(ending))
				.sorted()
				.toList();
			assertThat(files).as("%s files in %s", ending, folder).isNotEmpty();
			return files;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	static String place(String folder, File file) {
		String parent = file.getParentFile().getName();
		return parent.equals(folder) ? "" : parent;
	}

	static InputStream open(File file) {
		try {
			return Files.newInputStream(file.toPath());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static String text(File file) {
		try {
			return Files.readString(file.toPath());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static byte[] bytes(File file) {
		try {
			return Files.readAllBytes(file.toPath());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static JsonNode json(File file) {
		try {
			return JSON.readTree(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static <T extends org.camunda.bpm.model.xml.instance.ModelElementInstance> Collection<T> all(File file,
			Class<T> type) {
		BpmnModelInstance model = Bpmn.readModelFromFile(file);
		return model.getModelElementsByType(type);
	}

	/** The first word of every dotted name in the expressions of a file. */
	private static Set<String> roots(File file) {
		Set<String> roots = new TreeSet<>();
		Matcher expression = EXPRESSION.matcher(text(file).replace("&apos;", "'").replace("&quot;", "\""));
		while (expression.find()) {
			Matcher root = ROOT.matcher(expression.group(1).replaceAll("'[^']*'", "").replaceAll("&\\w+;", " "));
			while (root.find()) {
				roots.add(root.group());
			}
		}
		return roots;
	}

	private static Set<String> facts() {
		Set<String> facts = new HashSet<>(ModelCheck.FACTS);
		forms()
			.forEach((file) -> json(file).path("components").forEach((field) -> facts.add(field.path("key").asText())));
		for (File table : files("decisions", ".dmn")) {
			Matcher output = Pattern.compile("<output [^>]*\\bname=\"(\\w+)\"").matcher(text(table));
			while (output.find()) {
				facts.add(output.group(1));
			}
		}
		return facts;
	}

}
