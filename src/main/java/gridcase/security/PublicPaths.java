package gridcase.security;

import java.util.List;

/**
 * Addresses that are open to everybody, contributed by the module that answers there.
 * Nobody is signed in there, whatever the request carries.
 *
 * @param pages patterns of pages; forms are protected by a token in a cookie
 * @param machines patterns of interfaces for programs
 */
public record PublicPaths(List<String> pages, List<String> machines) {

}
