package gridcase.registry;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import org.springframework.stereotype.Component;

/**
 * What kinds of cases there are. A place has its own categories and all shared ones; of
 * the same code its own counts. Lists leave out internal ones, which nobody reports.
 */
@Component
public class Catalogue {

	private final RegistryStore store;

	Catalogue(RegistryStore store) {
		this.store = store;
	}

	/** Categories a place can use, its own first. */
	public List<Category> categories(String place, Instant at) {
		return withInternal(place, at).stream().filter((category) -> !category.internal()).toList();
	}

	/** Categories a place's rules can meet: also matters of the house. */
	public List<Category> withInternal(String place, Instant at) {
		Map<String, Category> byCode = new LinkedHashMap<>();
		RegistryDay day = this.store.at(at);
		day.categoriesOfPlace.getOrDefault(place, List.of()).forEach((own) -> byCode.put(own.code(), own));
		day.categoriesOfPlace.getOrDefault("", List.of())
			.forEach((shared) -> byCode.putIfAbsent(shared.code(), shared));
		return List.copyOf(byCode.values());
	}

	/** Categories every place can use. */
	public List<Category> shared(Instant at) {
		return this.store.at(at).categoriesOfPlace.getOrDefault("", List.of());
	}

	public Optional<Category> find(String place, String code, Instant at) {
		RegistryDay day = this.store.at(at);
		Category own = day.categories.get(place + ' ' + code);
		return Optional.ofNullable((own != null) ? own : day.categories.get(' ' + code));
	}

	/**
	 * Reads a category.
	 * @throws NotInRegistry when neither the place nor the shared catalogue has it
	 */
	public Category get(String place, String code, Instant at) {
		return find(place, code, at).orElseThrow(() -> new NotInRegistry(RegistryKind.CATEGORIES, code, at));
	}

	/** Whether any of these is a shared category. */
	boolean hasShared(Set<String> codes, Instant at) {
		return shared(at).stream().map(Category::code).anyMatch(codes::contains);
	}

	/** The internal category whose cases run through a process. */
	public Optional<Category> ofProcess(String place, String process, Instant at) {
		RegistryDay day = this.store.at(at);
		return Stream.of(place, "")
			.flatMap((owner) -> day.categoriesOfPlace.getOrDefault(owner, List.of()).stream())
			.filter((category) -> category.internal() && process.equals(category.process()))
			.findFirst();
	}

	/** Numbered conditions of a category, the place's own if it has any. */
	public List<CategoryCondition> conditions(String place, String category, Instant at) {
		RegistryDay day = this.store.at(at);
		List<CategoryCondition> own = day.conditions.get(place + ' ' + category);
		return (own != null) ? own : day.conditions.getOrDefault(' ' + category, List.of());
	}

	public Optional<CategoryCondition> condition(String place, String category, String number, Instant at) {
		return conditions(place, category, at).stream()
			.filter((condition) -> condition.number().equals(number))
			.findFirst();
	}

	/**
	 * What must be true before a case of this category may be closed, in the words of the
	 * catalogue: of its numbered condition, else of the category.
	 * @param number number of the condition, or null
	 */
	public Optional<String> closingCondition(String place, String category, String number, Instant at) {
		return condition(place, category, number, at).map(CategoryCondition::closingCondition)
			.or(() -> find(place, category, at).map(Category::closingCondition));
	}

}
