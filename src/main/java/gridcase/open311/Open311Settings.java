package gridcase.open311;

import java.util.Map;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who may send reports.
 *
 * @param keys API keys by name of the app; without any nobody may
 * @param contact whom to ask for a key, as the discovery document says
 */
@ConfigurationProperties("gridcase.open311")
record Open311Settings(@DefaultValue Map<String, String> keys, @DefaultValue("") String contact) {

}
