package gridcase.notice;

import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The SMS gateway. Address, header values and body may name <code>{phone}</code>,
 * <code>{text}</code>, <code>{subject}</code>, <code>{caseNo}</code> and
 * <code>{key}</code>.
 *
 * @param url where a message is sent to; without it the channel is not configured
 * @param method HTTP method
 * @param headers further headers by name
 * @param contentType content type of the body; says how values are written into it
 * @param body template of the body
 * @param success what an answer 2xx must contain, as a regular expression; null: any
 * @param refused what an answer 2xx contains when the number is refused for good, as a
 * regular expression; null: none does
 * @param timeout how long to wait for connection and answer
 */
@ConfigurationProperties("gridcase.sms")
record SmsSettings(String url, @DefaultValue("POST") String method, @DefaultValue Map<String, String> headers,
		@DefaultValue("application/json;charset=UTF-8") String contentType,
		@DefaultValue("{\"phone\":\"{phone}\",\"text\":\"{text}\",\"key\":\"{key}\"}") String body, Pattern success,
		Pattern refused, @DefaultValue("10s") Duration timeout) {

}
