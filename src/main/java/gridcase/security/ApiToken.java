package gridcase.security;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * What a program signs in with instead of a person's password. The token itself is
 * nowhere kept.
 *
 * @param id its id
 * @param login sign-in name of the person it acts for
 * @param name what it is for
 * @param roles the only roles of the person it acts in; empty: all of them
 * @param createdAt when it was made
 * @param createdBy by whom
 * @param expiresAt until when it is good
 * @param revokedAt when it was called back, or null
 * @param usedAt when it was used last, to about a minute, or null
 */
record ApiToken(UUID id, String login, String name, List<String> roles, Instant createdAt, String createdBy,
		Instant expiresAt, Instant revokedAt, Instant usedAt) {

}
