package gridcase.web;

import java.time.Instant;

/** What templates call as {@code #gc}. */
public final class PageTools {

	private final Frame frame;

	private final Times times;

	PageTools(Frame frame, Times times) {
		this.frame = frame;
		this.times = times;
	}

	/** The frame around the page. */
	public Object frame() {
		return this.frame.view();
	}

	public String brief(Instant at) {
		return this.times.brief(at);
	}

	public String day(Instant at) {
		return this.times.day(at);
	}

	public String clock(Instant at) {
		return this.times.clock(at);
	}

	public String iso(Instant at) {
		return this.times.iso(at);
	}

}
