package gridcase.notice;

import java.nio.charset.StandardCharsets;
import java.util.Properties;

import gridcase.notice.Carrier.NotDelivered.Why;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.mail.MailException;
import org.springframework.mail.MailSendException;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.stereotype.Component;

/** Electronic mail, by the server named in {@code spring.mail}. */
@Component
class SmtpMail implements Carrier {

	/** Header by which a receiver can tell a repeat. */
	static final String KEY = "X-Gridcase-Key";

	private final ObjectProvider<JavaMailSender> sender;

	private final String from;

	SmtpMail(ObjectProvider<JavaMailSender> sender, @Value("${gridcase.mail.from:}") String from) {
		this.sender = sender;
		this.from = from;
	}

	@Override
	public String channel() {
		return Notice.EMAIL;
	}

	@Override
	public boolean configured() {
		return !this.from.isBlank() && this.sender.getIfAvailable() != null;
	}

	@Override
	public void deliver(Parcel parcel) throws NotDelivered {
		InternetAddress to;
		try {
			to = new InternetAddress(parcel.address(), true);
		}
		catch (AddressException ex) {
			throw new NotDelivered(Why.REFUSED, "E-mail: " + ex.getMessage(), ex);
		}
		try {
			this.sender.getObject().send(message(parcel, to));
		}
		catch (MailSendException ex) {
			Exception cause = ex.getMessageExceptions().length > 0 ? ex.getMessageExceptions()[0] : ex;
			throw new NotDelivered(refused(cause) ? Why.REFUSED : why(ex), "E-mail: " + said(cause), ex);
		}
		catch (MailException ex) {
			throw new NotDelivered(Why.CHANNEL_DOWN, "E-mail: " + ex.getMessage(), ex);
		}
		catch (MessagingException ex) {
			throw new NotDelivered(Why.POSTPONED, "E-mail: " + ex.getMessage(), ex);
		}
	}

	/** Without messages that failed the server was not even reached. */
	private static Why why(MailSendException failure) {
		boolean connected = failure.getMessageExceptions().length > 0
				&& !(failure.getMessageExceptions()[0].getCause() instanceof java.io.IOException);
		return connected ? Why.POSTPONED : Why.CHANNEL_DOWN;
	}

	private static boolean refused(Exception failure) {
		for (Exception each = failure; each instanceof MessagingException messaging; each = messaging
			.getNextException()) {
			if (each instanceof SMTPAddressFailedException address) {
				return address.getReturnCode() >= 500;
			}
		}
		return false;
	}

	/** The server's own words stand at the end of the chain. */
	private static String said(Exception failure) {
		Exception last = failure;
		while (last instanceof MessagingException messaging && messaging.getNextException() != null) {
			last = messaging.getNextException();
		}
		return String.valueOf(last.getMessage()).strip();
	}

	private MimeMessage message(Parcel parcel, InternetAddress to) throws MessagingException {
		InternetAddress sender = new InternetAddress(this.from, true);
		String host = sender.getAddress().substring(sender.getAddress().indexOf('@') + 1);
		MimeMessage message = new Keyed("<" + parcel.key() + "@" + host + ">");
		message.setFrom(sender);
		message.setRecipient(RecipientType.TO, to);
		message.setSubject(parcel.subject(), StandardCharsets.UTF_8.name());
		message.setText(parcel.text(), StandardCharsets.UTF_8.name());
		message.setHeader(KEY, parcel.key());
		return message;
	}

	/** A message that says itself how it is called, the same at every try. */
	private static final class Keyed extends MimeMessage {

		private final String id;

		Keyed(String id) {
			super(Session.getInstance(new Properties()));
			this.id = id;
		}

		@Override
		protected void updateMessageID() throws MessagingException {
			setHeader("Message-ID", this.id);
		}

	}

}
