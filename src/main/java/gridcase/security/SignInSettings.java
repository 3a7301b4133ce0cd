package gridcase.security;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How often a password may be wrong.
 *
 * @param attempts wrong passwords in a row before a sign-in name rests
 * @param perAddress wrong passwords from one address before that address rests; a whole
 * office may stand behind one
 * @param rest how long it rests
 * @param remember how long a password that was right need not be hashed again when the
 * API is called with it
 */
@ConfigurationProperties("gridcase.sign-in")
record SignInSettings(@DefaultValue("5") int attempts, @DefaultValue("50") int perAddress,
		@DefaultValue("15m") Duration rest, @DefaultValue("1m") Duration remember) {

}
