package gridcase.registry;

/**
 * A registry has changed and the change is committed. Published on the server that loaded
 * it; others see the new rows a little later.
 *
 * @param kind kind of registry, as in {@code GET /api/v1/registry}
 * @param place place code; null for places themselves and for a shared catalogue
 */
public record RegistryLoaded(String kind, String place) {

}
