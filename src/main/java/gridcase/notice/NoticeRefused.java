package gridcase.notice;

/**
 * A message will not arrive unless somebody does something.
 *
 * @param caseNo the case it tells of
 * @param place the case's place
 * @param channel {@code SMS} or {@code EMAIL}
 * @param recipient to whom, phone numbers masked
 * @param reason why, in the words of the gateway or mail server
 */
public record NoticeRefused(String caseNo, String place, String channel, String recipient, String reason) {

}
