package gridcase.notice;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import gridcase.notice.Carrier.NotDelivered.Why;

import org.springframework.stereotype.Component;
import org.springframework.web.util.HtmlUtils;

/** Text messages, by whatever HTTP interface the gateway has. */
@Component
class SmsGateway implements Carrier {

	/** Not the number is refused but we are, or everybody for the moment. */
	private static final Set<Integer> DOWN = Set.of(401, 407, 429, 502, 503, 504);

	private static final int REQUEST_TIMEOUT = 408;

	private static final int SHOWN = 300;

	private final SmsSettings settings;

	private final HttpClient http;

	SmsGateway(SmsSettings settings) {
		this.settings = settings;
		this.http = HttpClient.newBuilder()
			.version(HttpClient.Version.HTTP_1_1)
			.connectTimeout(settings.timeout())
			.build();
	}

	@Override
	public String channel() {
		return Notice.SMS;
	}

	@Override
	public boolean configured() {
		return this.settings.url() != null && !this.settings.url().isBlank();
	}

	@Override
	public void deliver(Parcel parcel) throws NotDelivered {
		HttpResponse<String> answer;
		try {
			answer = this.http.send(request(parcel), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
		}
		catch (IOException ex) {
			throw new NotDelivered(Why.CHANNEL_DOWN, "SMS gateway: " + ex, ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new NotDelivered(Why.CHANNEL_DOWN, "SMS gateway: interrupted, the platform is stopping", ex);
		}
		int status = answer.statusCode();
		String said = "SMS gateway: HTTP " + status + " " + shown(answer.body());
		if (status / 100 == 2) {
			if (this.settings.refused() != null && this.settings.refused().matcher(answer.body()).find()) {
				throw new NotDelivered(Why.REFUSED, said, null);
			}
			if (this.settings.success() != null && !this.settings.success().matcher(answer.body()).find()) {
				throw new NotDelivered(Why.POSTPONED, said, null);
			}
			return;
		}
		if (DOWN.contains(status)) {
			throw new NotDelivered(Why.CHANNEL_DOWN, said, null);
		}
		boolean refused = status / 100 == 4 && status != REQUEST_TIMEOUT;
		throw new NotDelivered(refused ? Why.REFUSED : Why.POSTPONED, said, null);
	}

	private HttpRequest request(Parcel parcel) {
		HttpRequest.Builder request = HttpRequest
			.newBuilder(URI.create(fill(this.settings.url(), parcel, SmsGateway::inAddress)))
			.timeout(this.settings.timeout())
			.method(this.settings.method(),
					HttpRequest.BodyPublishers.ofString(fill(this.settings.body(), parcel, inBody())))
			.header("Content-Type", this.settings.contentType())
			.header("Idempotency-Key", parcel.key());
		this.settings.headers().forEach((name, value) -> request.header(name, fill(value, parcel, SmsGateway::inLine)));
		return request.build();
	}

	private static String fill(String template, Parcel parcel, UnaryOperator<String> written) {
		return Placeholders.fill(template, Map.of("phone", parcel.address(), "text", parcel.text(), "subject",
				parcel.subject(), "caseNo", parcel.caseNo(), "key", parcel.key()), written);
	}

	/** How a value is written into a body of that content type. */
	private UnaryOperator<String> inBody() {
		String type = this.settings.contentType().toLowerCase(Locale.ROOT);
		if (type.contains("json")) {
			return (value) -> new String(JsonStringEncoder.getInstance().quoteAsString(value));
		}
		if (type.contains("x-www-form-urlencoded")) {
			return SmsGateway::inAddress;
		}
		return type.contains("xml") ? HtmlUtils::htmlEscapeDecimal : UnaryOperator.identity();
	}

	private static String inAddress(String value) {
		return URLEncoder.encode(value, StandardCharsets.UTF_8);
	}

	private static String inLine(String value) {
		return value.replaceAll("[^\\x20-\\x7e]", "");
	}

	private static String shown(String body) {
		return (body.length() > SHOWN) ? body.substring(0, SHOWN) + "…" : body;
	}

}
