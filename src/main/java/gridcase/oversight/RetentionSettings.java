package gridcase.oversight;

import java.nio.file.Path;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How cases are archived.
 *
 * @param folder where archives are put; without one they are kept in the database
 * @param most how many cases a list has at most
 */
@ConfigurationProperties("gridcase.retention")
record RetentionSettings(Path folder, @DefaultValue("200") int most) {

	RetentionSettings {
		if (most < 1) {
			throw new IllegalArgumentException("gridcase.retention.most is 1 at least, not " + most);
		}
	}

}
