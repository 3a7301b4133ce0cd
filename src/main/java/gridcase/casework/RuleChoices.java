package gridcase.casework;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;

import gridcase.policy.Decisions;
import gridcase.registry.Catalogue;
import gridcase.registry.Category;
import gridcase.registry.Place;
import gridcase.registry.Places;
import gridcase.registry.Tier;
import gridcase.registry.Tiers;
import gridcase.registry.Unit;
import gridcase.registry.Units;

import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;

/**
 * What a cell of a table may hold, with the names people know it by: the other direction
 * of {@link RuleWords}, by the same words. What kind of value a name holds is in the
 * message bundle ({@code casework.means.<name>}).
 */
@Component
public class RuleChoices {

	private static final String BUNDLE = "/messages/casework.properties";

	private static final List<String> WORDS = keys();

	private final Decisions decisions;

	private final Catalogue catalogue;

	private final Tiers tiers;

	private final Units units;

	private final Places places;

	private final MessageSource messages;

	RuleChoices(Decisions decisions, Catalogue catalogue, Tiers tiers, Units units, Places places,
			MessageSource messages) {
		this.decisions = decisions;
		this.catalogue = catalogue;
		this.tiers = tiers;
		this.units = units;
		this.places = places;
		this.messages = messages;
	}

	/**
	 * A value with its name.
	 *
	 * @param code what stands in the table
	 * @param name what people call it
	 */
	public record Choice(String code, String name) {

	}

	/**
	 * What a name can be.
	 * @param place place of the table, null for a shared one, which may speak of what is
	 * only in some places
	 * @param name input or output
	 * @param at the day that counts
	 * @return in the order people know them; empty if there is no list of it
	 */
	public List<Choice> of(String place, String name, Instant at) {
		String kind = this.messages.getMessage("casework.means." + name, null, name, LocaleContextHolder.getLocale());
		Map<String, String> choices = new LinkedHashMap<>();
		registered(place, kind, at).forEach((choice) -> choices.putIfAbsent(choice.code(), choice.name()));
		if (choices.isEmpty() || kind.equals("tier")) {
			words(kind).forEach((choice) -> choices.putIfAbsent(choice.code(), choice.name()));
		}
		return choices.entrySet().stream().map((choice) -> new Choice(choice.getKey(), choice.getValue())).toList();
	}

	private Stream<Choice> registered(String place, String kind, Instant at) {
		List<String> whose = (place != null) ? List.of(place) : this.places.all(at).stream().map(Place::code).toList();
		return switch (kind) {
			case "category" -> categories(place, whose, at).map((each) -> new Choice(each.code(), each.name()));
			case "class" -> categories(place, whose, at).map((each) -> new Choice(each.classCode(), each.className()));
			case "tier" ->
				whose.stream().flatMap((each) -> this.tiers.ladder(each, at).stream()).map(RuleChoices::tier);
			case "unit" ->
				whose.stream().flatMap((each) -> this.units.ofPlace(each, at).stream()).map(RuleChoices::unit);
			case "table" ->
				this.decisions.tables(place, at).stream().map((table) -> new Choice(table.key(), table.name()));
			default -> Stream.empty();
		};
	}

	private Stream<Category> categories(String place, List<String> whose, Instant at) {
		return (place != null) ? this.catalogue.withInternal(place, at).stream()
				: Stream.concat(this.catalogue.shared(at).stream(),
						whose.stream().flatMap((each) -> this.catalogue.withInternal(each, at).stream()));
	}

	private static Choice tier(Tier tier) {
		return new Choice(tier.key(), tier.name());
	}

	private static Choice unit(Unit unit) {
		return new Choice(unit.code(), unit.name());
	}

	/** The words of the platform for such values. */
	private Collection<Choice> words(String kind) {
		Locale locale = LocaleContextHolder.getLocale();
		String prefix = "casework." + kind + ".";
		return WORDS.stream()
			.filter((key) -> key.startsWith(prefix) && key.indexOf('.', prefix.length()) < 0)
			.map((key) -> new Choice(key.substring(prefix.length()), this.messages.getMessage(key, null, locale)))
			.toList();
	}

	/** Keys of the bundle in the order of its file, which is that of people. */
	private static List<String> keys() {
		List<String> keys = new ArrayList<>();
		Properties file = new Properties() {
			@Override
			public synchronized Object put(Object key, Object value) {
				keys.add(key.toString());
				return super.put(key, value);
			}
		};
		try (Reader reader = new InputStreamReader(RuleChoices.class.getResourceAsStream(BUNDLE),
				StandardCharsets.UTF_8)) {
			file.load(reader);
			return keys;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
