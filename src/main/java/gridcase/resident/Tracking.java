package gridcase.resident;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

import gridcase.casework.CaseFile;
import gridcase.casework.Cases;
import gridcase.clock.PlatformClock;
import gridcase.privacy.PersonalData;
import gridcase.registry.Place;
import gridcase.registry.Places;
import gridcase.security.RateLimits;
import gridcase.security.Seals;
import gridcase.shared.FieldProblem;
import gridcase.shared.Refusal;
import gridcase.shared.Texts;

import org.springframework.stereotype.Component;

/**
 * Lets the reporter of a case in: by the token of the receipt, or by case number and
 * phone. Whoever guesses learns nothing: a number that does not exist and a wrong phone
 * get the same answer after the same time, and both are counted.
 */
@Component
class Tracking {

	/** Tries by phone or code for one case number. */
	static final RateLimits.Limit PER_CASE = new RateLimits.Limit("resident.track.case", 5, Duration.ofMinutes(15));

	/** No answer to a guess comes faster, whatever was found. */
	static final Duration EVEN = Duration.ofMillis(200);

	private final Cases cases;

	private final PhoneCodes codes;

	private final RateLimits limits;

	private final Seals seals;

	private final PersonalData personal;

	private final Places places;

	private final PlatformClock clock;

	Tracking(Cases cases, PhoneCodes codes, RateLimits limits, Seals seals, PersonalData personal, Places places,
			PlatformClock clock) {
		this.cases = cases;
		this.codes = codes;
		this.limits = limits;
		this.seals = seals;
		this.personal = personal;
		this.places = places;
		this.clock = clock;
	}

	/**
	 * How far somebody got with case number and phone.
	 *
	 * @param caseNo the number as it was understood
	 * @param token opens the case, or null
	 * @param codeId a code was sent under this id if number and phone belong together; or
	 * null
	 */
	record Step(String caseNo, String token, UUID codeId) {

	}

	/** What opens a case for whoever has it. */
	String token(String caseNo) {
		return this.seals.token("track", caseNo);
	}

	/**
	 * The case a token opens.
	 * @throws Refusal the same for a wrong token and for a case that does not exist
	 */
	CaseFile open(String caseNo, String token) {
		boolean right = Seals.same(token(caseNo), (token != null) ? token : "");
		Optional<CaseFile> file = right ? this.cases.find(caseNo) : Optional.empty();
		return file.orElseThrow(() -> Refusal.notFound(Texts.of("resident", "resident.refused.token")));
	}

	/**
	 * Asks for a case by number and phone. Where text messages leave the platform a code
	 * is sent, if both belong together; else the whole number proves it.
	 * @throws Refusal if something is missing, or both do not belong together and no code
	 * is sent that would show it later
	 */
	Step ask(String number, String phone) {
		String caseNo = plain(number);
		String plain = Phones.plain(phone);
		if (caseNo.isEmpty() || plain.isEmpty()) {
			throw Refusal.invalid(List.of(caseNo.isEmpty() ? problem("caseNo") : problem("phone")));
		}
		return evenly(() -> {
			this.limits.check(PER_CASE, caseNo);
			Optional<CaseFile> file = this.cases.find(caseNo);
			String known = Phones
				.plain(file.map((found) -> this.personal.open(found.fact("reporterPhone"))).orElse(""));
			boolean right = Seals.same(known, plain);
			if (this.codes.possible()) {
				String place = file.map(CaseFile::place).orElse("");
				// a phone that was sent too many codes gets none, and nobody is told so
				boolean send = right && this.limits.take(PhoneCodes.PER_PHONE, plain).isZero();
				return new Step(caseNo, null, this.codes.send(PhoneCodes.TRACK, caseNo, send ? plain : null, place,
						this.places.find(place, this.clock.now()).map(Place::name).orElse("")));
			}
			if (!right) {
				throw Refusal.forbidden(Texts.of("resident", "resident.refused.track"));
			}
			this.limits.forget(PER_CASE, caseNo);
			return new Step(caseNo, token(caseNo), null);
		});
	}

	/**
	 * Proves it by the code.
	 * @throws Refusal if it is not the code that was sent for this case
	 */
	Step prove(String number, UUID codeId, String code) {
		String caseNo = plain(number);
		return evenly(() -> {
			this.limits.check(PER_CASE, caseNo);
			if (!this.codes.proves(codeId, PhoneCodes.TRACK, caseNo, code)) {
				throw Refusal.forbidden(Texts.of("resident", "resident.refused.track-code"));
			}
			this.limits.forget(PER_CASE, caseNo);
			return new Step(caseNo, token(caseNo), null);
		});
	}

	static String plain(String number) {
		String plain = (number != null) ? number.strip().toUpperCase(Locale.ROOT) : "";
		return (plain.length() <= 32) ? plain : "";
	}

	private static FieldProblem problem(String field) {
		return new FieldProblem(field, Texts.of("resident", "resident.track." + field),
				Texts.of("resident", "resident.refused.track-" + field));
	}

	private static <T> T evenly(Supplier<T> work) {
		long until = System.nanoTime() + EVEN.toNanos();
		try {
			return work.get();
		}
		finally {
			long left = until - System.nanoTime();
			while (left > 0) {
				LockSupport.parkNanos(left);
				left = until - System.nanoTime();
			}
		}
	}

}
