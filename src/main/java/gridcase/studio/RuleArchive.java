package gridcase.studio;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import gridcase.clock.PlatformClock;
import gridcase.policy.ReleasedRule;
import gridcase.policy.ReleasedRules;
import gridcase.policy.RuleScope;
import gridcase.policy.RuleType;

import org.springframework.stereotype.Component;

/** Rules as the files of a checkout, byte for byte what was released. */
@Component
class RuleArchive {

	private final ReleasedRules rules;

	private final PlatformClock clock;

	RuleArchive(ReleasedRules rules, PlatformClock clock) {
		this.rules = rules;
		this.clock = clock;
	}

	/**
	 * The rules in force for new cases.
	 * @param place place whose own rules they are, null for those all places share
	 * @return a zip file
	 */
	byte[] inForce(String place) {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
			for (RuleType type : RuleType.values()) {
				for (ReleasedRule rule : this.rules.all(type, RuleScope.newCase(place, this.clock.now()))) {
					if (Objects.equals(rule.place(), place)) {
						ZipEntry entry = new ZipEntry(
								RuleFiles.path((place != null) ? place : RuleFiles.SHARED, rule.key() + type.ending()));
						entry.setTime(rule.effectiveFrom().toEpochMilli());
						zip.putNextEntry(entry);
						zip.write(this.rules.content(rule));
						zip.closeEntry();
					}
				}
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return bytes.toByteArray();
	}

}
