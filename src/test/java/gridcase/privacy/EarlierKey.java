package gridcase.privacy;

import java.util.Map;

/** The key an installation had before it got its present one. */
public final class EarlierKey {

	/** As configured. */
	public static final String SETTING = "gridcase.personal-data.previous.k0=ZmVkY2JhOTg3NjU0MzIxMGZlZGNiYTk4NzY1NDMyMTA=";

	private EarlierKey() {
	}

	/** Seals as that installation did. */
	public static PersonalData personalData() {
		return new PersonalData("k0", SETTING.substring(SETTING.indexOf('=') + 1), Map.of());
	}

}
