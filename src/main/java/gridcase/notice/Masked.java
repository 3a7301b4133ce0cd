package gridcase.notice;

/** Phone numbers and addresses as pages show them. */
final class Masked {

	private static final int HEAD = 3;

	private static final int TAIL = 4;

	private Masked() {
	}

	/**
	 * 138****1234 for a number, z***@example.cn for an address; a sign-in name or a pool
	 * as it is.
	 */
	static String address(String text) {
		if (text == null) {
			return null;
		}
		int at = text.indexOf('@');
		if (at > 0 && text.indexOf('.', at) > 0) {
			return text.charAt(0) + "***" + text.substring(at);
		}
		if (!text.matches("[+0-9 ()-]{5,}")) {
			return text;
		}
		if (text.length() <= HEAD + TAIL) {
			return text.charAt(0) + "****" + text.charAt(text.length() - 1);
		}
		return text.substring(0, HEAD) + "****" + text.substring(text.length() - TAIL);
	}

}
