package gridcase.notice;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How patiently messages are sent.
 *
 * @param retryFirst wait after the first failure; doubled after each further one
 * @param retryMost longest wait
 * @param lease how long a sender may keep what it has taken; afterwards it is taken for
 * dead, and another one sends it
 */
@ConfigurationProperties("gridcase.notice")
record DeliverySettings(@DefaultValue("30s") Duration retryFirst, @DefaultValue("1h") Duration retryMost,
		@DefaultValue("5m") Duration lease) {

	/** The wait after so many failures in a row. */
	Duration waitAfter(int failures) {
		Duration wait = this.retryFirst.multipliedBy(1L << Math.min(Math.max(failures, 1) - 1, 20));
		return (wait.compareTo(this.retryMost) < 0) ? wait : this.retryMost;
	}

}
