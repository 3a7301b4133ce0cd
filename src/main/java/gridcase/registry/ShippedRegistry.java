package gridcase.registry;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.stereotype.Component;

/**
 * The registry files that come with the platform: a catalogue every place can use, and
 * demo places with invented people.
 */
@Component
public class ShippedRegistry {

	/** First day of the shipped rows: the first year the shipped calendars know. */
	static final LocalDate FROM = LocalDate.of(2023, 1, 1);

	private static final Logger logger = LoggerFactory.getLogger(ShippedRegistry.class);

	private static final String SHARED = "shared";

	private final PathMatchingResourcePatternResolver files = new PathMatchingResourcePatternResolver();

	private final RegistryLoader loader;

	private final Places places;

	private final GridShapes shapes;

	private final Catalogue catalogue;

	private final StaffDirectory staff;

	ShippedRegistry(RegistryLoader loader, Places places, GridShapes shapes, Catalogue catalogue,
			StaffDirectory staff) {
		this.loader = loader;
		this.places = places;
		this.shapes = shapes;
		this.catalogue = catalogue;
		this.staff = staff;
	}

	/**
	 * Loads the shared catalogue unless there is one.
	 * @param at now
	 */
	public void loadCatalogue(Instant at) {
		if (this.catalogue.shared(at).isEmpty()) {
			for (RegistryKind kind : List.of(RegistryKind.CATEGORIES, RegistryKind.CONDITIONS)) {
				for (Resource file : find(SHARED + "/" + kind.label() + "*.csv")) {
					load(kind, null, file);
				}
			}
		}
		else {
			// a catalogue that was loaded before there were these matters of the house
			find(SHARED + "/categories-internal*.csv").stream()
				.filter((file) -> !this.catalogue.hasShared(codes(file), at))
				.forEach((file) -> load(RegistryKind.CATEGORIES, null, file));
		}
	}

	private static Set<String> codes(Resource file) {
		try {
			return new String(file.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines()
				.skip(1)
				.map((line) -> line.substring(0, line.indexOf(',')))
				.collect(Collectors.toSet());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Loads the demo places with their people unless there is any place.
	 * @param at now
	 * @param password what every demo person signs in with
	 * @return whether they were loaded now
	 */
	public boolean loadDemoPlaces(Instant at, String password) {
		if (!this.places.all(at).isEmpty()) {
			loadMissingShapes(at);
			return false;
		}
		// one hash for all: they share the password anyway, and hashing is slow on
		// purpose
		String hash = new BCryptPasswordEncoder().encode(password);
		for (String place : shippedPlaces()) {
			for (RegistryKind kind : RegistryKind.values()) {
				for (Resource file : find(place + "/" + kind.file())) {
					load(kind, kind.perPlace() ? place : null, file);
				}
			}
			this.staff.setPasswordHash(
					this.staff.ofPlace(place, at).stream().filter(Staff::demo).map(Staff::login).toList(), hash);
		}
		return true;
	}

	/** For demo places that were loaded before there were outlines. */
	private void loadMissingShapes(Instant at) {
		for (String place : shippedPlaces()) {
			if (this.places.find(place, at).filter(Place::demo).isPresent()
					&& this.shapes.ofPlace(place, at).isEmpty()) {
				find(place + "/" + RegistryKind.SHAPES.file())
					.forEach((file) -> load(RegistryKind.SHAPES, place, file));
			}
		}
	}

	private List<String> shippedPlaces() {
		return find("*/places.csv").stream().map((file) -> {
			String path = path(file);
			String folder = path.substring(0, path.lastIndexOf('/'));
			return folder.substring(folder.lastIndexOf('/') + 1);
		}).toList();
	}

	private void load(RegistryKind kind, String place, Resource file) {
		try {
			LoadReport report = this.loader.load(kind, place, FROM, false, file.getInputStream().readAllBytes());
			logger.info("Loaded {} rows of {} for {}", report.rows(), file.getFilename(),
					(place != null) ? place : "all places");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private List<Resource> find(String pattern) {
		try {
			List<Resource> found = new ArrayList<>(
					Arrays.asList(this.files.getResources("classpath*:registry/" + pattern)));
			found.sort(Comparator.comparing(ShippedRegistry::path));
			return found;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static String path(Resource file) {
		try {
			return file.getURL().getPath();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
