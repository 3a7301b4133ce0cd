package gridcase.resident;

import java.util.List;
import java.util.UUID;

/**
 * What a resident tells.
 *
 * @param title what it is about, one line
 * @param description how it came and whom it concerns
 * @param category code of the category
 * @param gridCode code of the grid; may be missing if the address tells it
 * @param address where
 * @param name how the resident wants to be called, or null
 * @param phone telephone
 * @param photos ids of photos sent ahead
 * @param consent whether the resident agrees to what is done with these data
 * @param codeId what the code was sent under, or null
 * @param code the code the phone received, or null
 */
public record ResidentReport(String title, String description, String category, String gridCode, String address,
		String name, String phone, List<UUID> photos, boolean consent, UUID codeId, String code) {

	public ResidentReport {
		photos = (photos != null) ? List.copyOf(photos) : List.of();
	}

}
