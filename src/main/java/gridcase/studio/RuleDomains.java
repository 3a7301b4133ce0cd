package gridcase.studio;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;

import gridcase.analysis.Domain;
import gridcase.analysis.Domains;
import gridcase.casework.RuleChoices;
import gridcase.casework.RuleWords;
import gridcase.clock.PlatformClock;
import gridcase.registry.Catalogue;
import gridcase.registry.Category;
import gridcase.registry.CategoryCondition;
import gridcase.registry.Place;
import gridcase.registry.Places;
import gridcase.registry.Tier;
import gridcase.registry.Tiers;

import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;

/**
 * What the names in a place's tables can be: entries of its registries, the platform's
 * own words, numbers within bounds.
 */
@Component
class RuleDomains {

	private static final String NUMBERS = "/rules/numbers.properties";

	/** Kinds of values whose list changes from day to day. */
	private static final Set<String> REGISTERED = Set.of("category", "class", "tier", "unit", "table");

	private final RuleChoices choices;

	private final RuleWords words;

	private final Catalogue catalogue;

	private final Tiers tiers;

	private final Places places;

	private final PlatformClock clock;

	private final MessageSource messages;

	private final Map<String, Domain> numbers = numbers();

	RuleDomains(RuleChoices choices, RuleWords words, Catalogue catalogue, Tiers tiers, Places places,
			PlatformClock clock, MessageSource messages) {
		this.choices = choices;
		this.words = words;
		this.catalogue = catalogue;
		this.tiers = tiers;
		this.places = places;
		this.clock = clock;
		this.messages = messages;
	}

	private static Map<String, Domain> numbers() {
		Properties file = new Properties();
		try (InputStream content = RuleDomains.class.getResourceAsStream(NUMBERS)) {
			file.load(content);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		Map<String, Domain> numbers = new HashMap<>();
		file.stringPropertyNames().forEach((name) -> {
			String[] bounds = file.getProperty(name).replace("any", "").strip().split("\\.\\.", 2);
			numbers.put(name,
					Domain.numbers(!file.getProperty(name).startsWith("any"), bound(bounds[0]), bound(bounds[1])));
		});
		return numbers;
	}

	private static BigDecimal bound(String text) {
		return text.isBlank() ? null : new BigDecimal(text.strip());
	}

	/**
	 * As of now.
	 * @param place place of the tables, null for shared ones, which may speak of what is
	 * only in some places
	 */
	Now of(String place) {
		return new Now(place, this.clock.now());
	}

	private String kind(String name) {
		return this.messages.getMessage("casework.means." + name, null, name, LocaleContextHolder.getLocale());
	}

	/** One look; what was asked once is not asked again. */
	final class Now implements Domains {

		private final String place;

		private final Instant at;

		private final Map<String, Map<String, String>> choicesOf = new HashMap<>();

		private final Map<String, Domain> domains = new HashMap<>();

		private List<Category> categories;

		private Now(String place, Instant at) {
			this.place = place;
			this.at = at;
		}

		/**
		 * Codes a name can have with what people call them; empty if there is no list.
		 */
		Map<String, String> choices(String name) {
			return this.choicesOf.computeIfAbsent(name, (any) -> {
				Map<String, String> words = new LinkedHashMap<>();
				RuleDomains.this.choices.of(this.place, name, this.at)
					.forEach((choice) -> words.put(choice.code(), choice.name()));
				return words;
			});
		}

		@Override
		public Domain of(String name) {
			return this.domains.computeIfAbsent(name, this::find);
		}

		private Domain find(String name) {
			Domain number = RuleDomains.this.numbers.get(name);
			if (number == null) {
				number = RuleDomains.this.numbers.entrySet()
					.stream()
					.filter((each) -> each.getKey().startsWith("*") && name.endsWith(each.getKey().substring(1)))
					.map(Map.Entry::getValue)
					.findFirst()
					.orElse(null);
			}
			if (number != null) {
				return number;
			}
			String kind = kind(name);
			if (kind.equals("tier") && name.equals(kind)) {
				// a case is at a tier of the ladder; only orders may say "above" or "top"
				return Domain.registered(ladder(), Map.of());
			}
			List<String> codes = List.copyOf(choices(name).keySet());
			if (codes.isEmpty()) {
				return Domain.OPEN;
			}
			Map<String, String> groups = new HashMap<>();
			if (kind.equals("category")) {
				categories().forEach((category) -> groups.putIfAbsent(category.code(), category.classCode()));
			}
			return REGISTERED.contains(kind) ? Domain.registered(codes, groups) : Domain.of(codes);
		}

		private List<String> ladder() {
			Set<String> keys = new LinkedHashSet<>();
			whose().forEach(
					(each) -> RuleDomains.this.tiers.ladder(each, this.at).stream().map(Tier::key).forEach(keys::add));
			return List.copyOf(keys);
		}

		private List<String> whose() {
			return (this.place != null) ? List.of(this.place)
					: RuleDomains.this.places.all(this.at).stream().map(Place::code).toList();
		}

		private List<Category> categories() {
			if (this.categories == null) {
				this.categories = whose().stream()
					.flatMap((each) -> RuleDomains.this.catalogue.withInternal(each, this.at).stream())
					.distinct()
					.toList();
			}
			return this.categories;
		}

		@Override
		public String word(String name, Object value) {
			if (!(value instanceof String text)) {
				return RuleDomains.this.words.value(owner(), name, value);
			}
			String known = choices(name).get(text);
			return (known != null) ? known : RuleDomains.this.words.value(owner(), name, text);
		}

		private String owner() {
			return (this.place != null) ? this.place : "";
		}

		@Override
		public Map<String, Set<String>> together(String name, String other) {
			Map<String, Set<String>> together = new LinkedHashMap<>();
			switch (kind(name) + " " + kind(other)) {
				case "category condition" -> categories().forEach((category) -> whose()
					.forEach((each) -> together.computeIfAbsent(category.code(), (any) -> new LinkedHashSet<>())
						.addAll(RuleDomains.this.catalogue.conditions(each, category.code(), this.at)
							.stream()
							.map(CategoryCondition::number)
							.toList())));
				case "category class" -> categories()
					.forEach((category) -> together.computeIfAbsent(category.code(), (any) -> new LinkedHashSet<>())
						.add(category.classCode()));
				case "class category" -> categories().forEach(
						(category) -> together.computeIfAbsent(category.classCode(), (any) -> new LinkedHashSet<>())
							.add(category.code()));
				default -> {
					return Map.of();
				}
			}
			return together;
		}

	}

}
