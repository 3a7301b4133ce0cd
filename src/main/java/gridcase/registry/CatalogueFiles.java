package gridcase.registry;

import org.springframework.stereotype.Component;

/**
 * Files of the catalogue that come with a release of rules: checked when it is made,
 * loaded when it takes effect, as part of it.
 */
@Component
public class CatalogueFiles {

	private final RegistryLoader loader;

	private final RegistryStore store;

	CatalogueFiles(RegistryLoader loader, RegistryStore store) {
		this.loader = loader;
		this.store = store;
	}

	/**
	 * Looks whether categories could be loaded; nothing is.
	 * @param place place code, null for the catalogue all places share
	 * @param content the file, CSV in UTF-8 with a header line
	 * @throws gridcase.shared.LoadRefused with everything that is wrong
	 */
	public void check(String place, byte[] content) {
		this.loader.tryOut(RegistryKind.CATEGORIES, place, this.store.today(), content);
	}

	/**
	 * Adds and changes categories from today on, in the transaction that runs; those the
	 * file does not name stay.
	 * @param place place code, null for the catalogue all places share
	 * @param content the file
	 * @throws gridcase.shared.LoadRefused with everything that is wrong; the transaction
	 * must not go on then
	 */
	public void load(String place, byte[] content) {
		this.loader.loadAlong(RegistryKind.CATEGORIES, place, this.store.today(), content);
	}

}
