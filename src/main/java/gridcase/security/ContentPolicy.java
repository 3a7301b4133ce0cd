package gridcase.security;

/** What pages may load and run; the same for all, unless a page has to have more. */
public final class ContentPolicy {

	/** Name of the header a page that needs more sets itself. */
	public static final String HEADER = "Content-Security-Policy";

	private static final String POLICY = "default-src 'self'; script-src 'self'; style-src 'self'; "
			+ "img-src 'self' data: blob:%s; object-src 'none'; base-uri 'self'; form-action 'self'; "
			+ "frame-ancestors 'none'";

	/** Nothing from elsewhere, nothing inline. */
	public static final String STRICT = POLICY.formatted("");

	private ContentPolicy() {
	}

	/**
	 * The same, with styles written into elements: the editors of tables and diagrams set
	 * their own.
	 */
	public static final String INLINE_STYLES = STRICT.replace("style-src 'self'", "style-src 'self' 'unsafe-inline'");

	/**
	 * The same, with images of another server.
	 * @param origin scheme, host and perhaps port
	 */
	public static String withImagesFrom(String origin) {
		return POLICY.formatted(" " + origin);
	}

}
