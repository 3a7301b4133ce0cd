package gridcase.open311;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import gridcase.casework.TaskForms;
import gridcase.clock.PlatformClock;
import gridcase.form.FormView;
import gridcase.registry.Catalogue;
import gridcase.registry.Category;

import org.springframework.stereotype.Component;

/**
 * The catalogue as services: every category that is published. What a report may say
 * beside the standard's own fields are the other fields of the place's report form.
 */
@Component
class ServiceList {

	/**
	 * Fields for which the standard has arguments, or that are not for people outside.
	 */
	private static final Set<String> STANDARD = Set.of("title", "description", "category", "gridCode", "address",
			"photos", "reporterName", "reporterPhone", "wantsSelfHandling");

	private final Catalogue catalogue;

	private final TaskForms forms;

	private final PlatformClock clock;

	ServiceList(Catalogue catalogue, TaskForms forms, PlatformClock clock) {
		this.catalogue = catalogue;
		this.forms = forms;
		this.clock = clock;
	}

	List<Category> of(String place) {
		return this.catalogue.categories(place, this.clock.now()).stream().filter(Category::published).toList();
	}

	Optional<Category> find(String place, String code) {
		return of(place).stream().filter((category) -> category.code().equals(code)).findFirst();
	}

	List<Map<String, Object>> services(String place) {
		boolean metadata = !fields(place, Map.of()).isEmpty();
		return of(place).stream().map((category) -> service(category, metadata)).toList();
	}

	private static Map<String, Object> service(Category category, boolean metadata) {
		Map<String, Object> service = new LinkedHashMap<>();
		service.put("service_code", category.code());
		service.put("service_name", category.name());
		service.put("description", (category.filingCondition() != null) ? category.filingCondition()
				: category.className() + " › " + category.name());
		service.put("metadata", metadata);
		service.put("type", "realtime");
		service.put("keywords", category.className());
		service.put("group", category.className());
		return service;
	}

	/** What else can be said of a service. */
	Map<String, Object> definition(String place, Category category) {
		List<Map<String, Object>> attributes = new ArrayList<>();
		for (FormView.Field field : fields(place, Map.of("category", category.code()))) {
			attributes.add(attribute(field, attributes.size() + 1));
		}
		Map<String, Object> definition = new LinkedHashMap<>();
		definition.put("service_code", category.code());
		definition.put("attributes", attributes);
		return definition;
	}

	/** A field that is to be chosen from nothing is left out. */
	List<FormView.Field> fields(String place, Map<String, ?> values) {
		return this.forms.report(place, values, List.of())
			.fields()
			.stream()
			.filter((field) -> field.key() != null && !field.readonly() && !STANDARD.contains(field.key()))
			.filter((field) -> !choice(field) || !field.options().isEmpty())
			.toList();
	}

	private static boolean choice(FormView.Field field) {
		return switch (field.type()) {
			case "select", "radio", "checklist", "taglist" -> true;
			default -> false;
		};
	}

	private static Map<String, Object> attribute(FormView.Field field, int order) {
		Map<String, Object> attribute = new LinkedHashMap<>();
		attribute.put("variable", true);
		attribute.put("code", field.key());
		attribute.put("datatype", switch (field.type()) {
			case "select", "radio", "checkbox" -> "singlevaluelist";
			case "checklist", "taglist" -> "multivaluelist";
			case "textarea" -> "text";
			case "number" -> "number";
			case "datetime" -> "datetime";
			default -> "string";
		});
		// what the form presets need not be said
		attribute.put("required", field.required() && field.values().isEmpty());
		attribute.put("datatype_description", (field.help() != null) ? field.help() : "");
		attribute.put("order", order);
		attribute.put("description", field.label());
		if (choice(field)) {
			attribute.put("values",
					field.options().stream().map((option) -> value(option.value(), option.label())).toList());
		}
		if (field.type().equals("checkbox")) {
			attribute.put("values", List.of(value(true, field.label())));
		}
		return attribute;
	}

	private static Map<String, Object> value(Object key, String name) {
		Map<String, Object> value = new LinkedHashMap<>();
		value.put("key", String.valueOf(key));
		value.put("name", name);
		return value;
	}

}
