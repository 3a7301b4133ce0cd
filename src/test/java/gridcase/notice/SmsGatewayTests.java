package gridcase.notice;

import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;

import gridcase.notice.Carrier.NotDelivered;
import gridcase.notice.Carrier.NotDelivered.Why;
import gridcase.notice.Carrier.Parcel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** Gateways differ: what is sent and what counts as taken is configured. */
class SmsGatewayTests {

	private static final Parcel PARCEL = new Parcel("0f5c1a52-0000-4000-8000-000000000001", "13800001234",
			"SD20260318-000449", "已签收", "您反映的“楼道\"堆物\" & 占道”已签收");

	private final TestGateway gateway = new TestGateway();

	@AfterEach
	void stop() {
		this.gateway.stop();
	}

	private SmsGateway gateway(String path, String method, String type, String body, Map<String, String> headers,
			String success, String refused) {
		return new SmsGateway(new SmsSettings(this.gateway.address(path), method, headers, type, body,
				(success != null) ? Pattern.compile(success) : null,
				(refused != null) ? Pattern.compile(refused) : null, Duration.ofSeconds(5)));
	}

	private SmsGateway plain(String success, String refused) {
		return gateway("/", "POST", "application/json", "{\"to\":\"{phone}\",\"say\":\"{text}\",\"id\":\"{key}\"}",
				Map.of(), success, refused);
	}

	@ParameterizedTest(name = "{0}")
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			application/json                  | {"t":"{text}"}  | {"t":"您反映的“楼道\\"堆物\\" & 占道”已签收"}
			application/x-www-form-urlencoded | p={phone}&t={subject} | p=13800001234&t=%E5%B7%B2%E7%AD%BE%E6%94%B6
			text/xml;charset=UTF-8            | <t>{text}</t>   | <t>您反映的&#8220;楼道&#34;堆物&#34; &#38; 占道
			text/plain;charset=UTF-8          | {caseNo} {text} | SD20260318-000449 您反映的“楼道"堆物" & 占道”已签收
			""")
	void valuesAreWrittenAsTheBodyNeedsThem(String type, String template, String sent) throws NotDelivered {
		gateway("/send", "PUT", type, template, Map.of("X-Auth", "token-{key}"), null, null).deliver(PARCEL);
		assertThat(this.gateway.requests()).singleElement().satisfies((request) -> {
			assertThat(request.body()).startsWith(sent);
			assertThat(request.method()).isEqualTo("PUT");
			assertThat(request.key()).isEqualTo(PARCEL.key());
			assertThat(request.headers()).containsEntry("x-auth", "token-" + PARCEL.key())
				.containsEntry("content-type", type);
		});
	}

	@Test
	void theAddressMayCarryValuesToo() throws NotDelivered {
		gateway("/send?to={phone}&say={subject}", "GET", "text/plain", "", Map.of(), null, null).deliver(PARCEL);
		assertThat(this.gateway.requests().get(0).uri())
			.isEqualTo("/send?to=13800001234&say=%E5%B7%B2%E7%AD%BE%E6%94%B6");
	}

	@ParameterizedTest(name = "HTTP {0} means {1}")
	@CsvSource({ "400, REFUSED", "403, REFUSED", "404, REFUSED", "422, REFUSED", "408, POSTPONED", "500, POSTPONED",
			"302, POSTPONED", "401, CHANNEL_DOWN", "407, CHANNEL_DOWN", "429, CHANNEL_DOWN", "502, CHANNEL_DOWN",
			"503, CHANNEL_DOWN" })
	void whatAnAnswerMeans(int status, Why why) {
		this.gateway.answering((request) -> new TestGateway.Answer(status, "号码有误"));
		NotDelivered failure = catchThrowableOfType(NotDelivered.class, () -> plain(null, null).deliver(PARCEL));
		assertThat(failure.why()).isEqualTo(why);
		assertThat(failure).hasMessageContaining("HTTP " + status).hasMessageContaining("号码有误");
	}

	@Test
	void anAnswer200CountsOnlyWhenItSaysSo() throws NotDelivered {
		this.gateway.answering((request) -> new TestGateway.Answer(200, "{\"code\":7}"));
		assertThat(
				catchThrowableOfType(NotDelivered.class, () -> plain("\"code\":0", "\"code\":9").deliver(PARCEL)).why())
			.isEqualTo(Why.POSTPONED);
		this.gateway.answering((request) -> new TestGateway.Answer(200, "{\"code\":9}"));
		assertThat(
				catchThrowableOfType(NotDelivered.class, () -> plain("\"code\":0", "\"code\":9").deliver(PARCEL)).why())
			.isEqualTo(Why.REFUSED);
		this.gateway.answering((request) -> new TestGateway.Answer(200, "{\"code\":0}"));
		plain("\"code\":0", "\"code\":9").deliver(PARCEL);
		assertThat(this.gateway.requests()).hasSize(3);
	}

	@Test
	void aGatewayThatIsNotThereIsDown() {
		this.gateway.stop();
		try {
			assertThat(catchThrowableOfType(NotDelivered.class, () -> plain(null, null).deliver(PARCEL)).why())
				.isEqualTo(Why.CHANNEL_DOWN);
		}
		finally {
			this.gateway.start();
		}
	}

	@Test
	void withoutAnAddressItIsNotConfigured() {
		assertThat(new SmsGateway(
				new SmsSettings(null, "POST", Map.of(), "text/plain", "", null, null, Duration.ofSeconds(1)))
			.configured()).isFalse();
		assertThat(plain(null, null).configured()).isTrue();
	}

	@ParameterizedTest(name = "{0} is shown as {1}")
	@CsvSource({ "13800001234, 138****1234", "+8613800001234, +86****1234", "12345, 1****5",
			"zhang@street.cn, z***@street.cn", "sd.c01.g1, sd.c01.g1", "dispatcher@110108022, dispatcher@110108022",
			"operator@shangdi, operator@shangdi" })
	void numbersAreMasked(String number, String shown) {
		assertThat(Masked.address(number)).isEqualTo(shown);
	}

}
