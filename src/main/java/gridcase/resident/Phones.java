package gridcase.resident;

/** Telephone numbers as people write them. */
final class Phones {

	private static final int HEAD = 3;

	private static final int TAIL = 4;

	private Phones() {
	}

	/** Digits only, without the country's own prefix, so that two spellings compare. */
	static String plain(String phone) {
		if (phone == null) {
			return "";
		}
		String digits = phone.strip().replaceAll("[\\s()-]", "").replaceFirst("^(\\+|00)86", "");
		return digits.matches("\\+?[0-9]{7,15}") ? digits : "";
	}

	/** 138****2046. */
	static String masked(String phone) {
		String plain = plain(phone);
		return (plain.length() <= HEAD + TAIL) ? ""
				: plain.substring(0, HEAD) + "****" + plain.substring(plain.length() - TAIL);
	}

}
