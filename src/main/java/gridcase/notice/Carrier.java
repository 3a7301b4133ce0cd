package gridcase.notice;

/** Brings messages of one channel out of the platform. */
interface Carrier {

	/** The channel, e.g. {@link Notice#SMS}. */
	String channel();

	/** Whether it knows where to bring them. */
	boolean configured();

	/**
	 * Hands one message over.
	 * @throws NotDelivered if it was not taken
	 */
	void deliver(Parcel parcel) throws NotDelivered;

	/**
	 * A message on its way.
	 *
	 * @param key the same at every try, by which a receiver can tell a repeat
	 * @param address phone number or e-mail address
	 * @param caseNo the case it tells of
	 * @param subject one line
	 * @param text what it says
	 */
	record Parcel(String key, String address, String caseNo, String subject, String text) {

		/** Names no address: it may end up in a log. */
		@Override
		public String toString() {
			return "Parcel[key=" + this.key + ", caseNo=" + this.caseNo + "]";
		}

	}

	/** A message was not taken. */
	final class NotDelivered extends Exception {

		/** What that means for this message and the others of the channel. */
		enum Why {

			/** This address is refused for good; trying again would not help. */
			REFUSED,
			/** This message did not pass now; others may. */
			POSTPONED,
			/** Nothing passes now. */
			CHANNEL_DOWN

		}

		private final Why why;

		NotDelivered(Why why, String message, Throwable cause) {
			super(message, cause);
			this.why = why;
		}

		Why why() {
			return this.why;
		}

	}

}
