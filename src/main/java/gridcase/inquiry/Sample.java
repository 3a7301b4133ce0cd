package gridcase.inquiry;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;

/**
 * A sample of cases (抽查).
 *
 * @param id its number
 * @param place place code
 * @param title what it is for
 * @param from first day the cases were reported on
 * @param to last day
 * @param scope which of them, one of {@link Samples#SCOPES}
 * @param strata by what it is stratified, one of {@link Samples#STRATA}
 * @param size how many were drawn
 * @param percent share that was asked for, or null if a number was
 * @param seed what the draw was mixed with
 * @param population how many cases it was drawn from
 * @param sha256 SHA-256 of the list of these, in hexadecimal
 * @param drawnBy sign-in name of who drew it
 * @param drawnAt when
 * @param inOrder how many have been found in order
 * @param findings in how many something was found
 */
public record Sample(long id, String place, String title, LocalDate from, LocalDate to, String scope, String strata,
		int size, BigDecimal percent, String seed, int population, String sha256, String drawnBy, Instant drawnAt,
		int inOrder, int findings) {

	/** How many nobody has looked at yet. */
	public int left() {
		return this.size - this.inOrder - this.findings;
	}

	/** Share that has been looked at, in percent. */
	public int done() {
		return (this.size == 0) ? 100 : (this.inOrder + this.findings) * 100 / this.size;
	}

}
