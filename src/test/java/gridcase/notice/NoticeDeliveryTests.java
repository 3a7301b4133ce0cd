package gridcase.notice;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import gridcase.casework.CaseDriver;
import gridcase.casework.DemoTest;
import gridcase.casework.OperatorAlerts;
import gridcase.clock.PlatformClock;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.mail.javamail.JavaMailSenderImpl;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.httpBasic;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

/** Messages on their way to a real mail server and a real HTTP gateway. */
@DemoTest
class NoticeDeliveryTests {

	private static final TestGateway GATEWAY = new TestGateway();

	private static final GreenMail MAIL = new GreenMail(
			new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP).dynamicPort());

	private static final Duration FIRST_WAIT = Duration.ofSeconds(31);

	private static final AtomicInteger NUMBER = new AtomicInteger();

	@Autowired
	private CaseDriver drive;

	@Autowired
	private Outbox outbox;

	@Autowired
	private NoticeSender sender;

	@Autowired
	private DeliveryQueue queue;

	@Autowired
	private DeliverySettings settings;

	@Autowired
	private List<Carrier> carriers;

	@Autowired
	private Deliveries deliveries;

	@Autowired
	private OperatorAlerts alerts;

	@Autowired
	private PlatformClock clock;

	@Autowired
	private JdbcTemplate jdbc;

	@Autowired
	private JavaMailSenderImpl mailSender;

	@Autowired
	private PlatformTransactionManager transactions;

	@Autowired
	private ObjectMapper json;

	@Autowired
	private MockMvc mvc;

	@DynamicPropertySource
	static void channels(DynamicPropertyRegistry properties) {
		MAIL.start();
		properties.add("spring.mail.host", () -> "127.0.0.1");
		properties.add("spring.mail.port", () -> MAIL.getSmtp().getPort());
		properties.add("gridcase.mail.from", () -> "gridcase@street.example");
		properties.add("gridcase.sms.url", () -> GATEWAY.address("/send"));
		properties.add("gridcase.sms.success", () -> "\"code\":0");
	}

	@AfterAll
	static void stop() {
		MAIL.stop();
		GATEWAY.stop();
	}

	@BeforeEach
	void nothingWaits() throws Exception {
		this.jdbc.update("delete from notice_read");
		this.jdbc.update("delete from outbox");
		this.jdbc.update("delete from operator_alert");
		this.sender.resume(null);
		GATEWAY.reset();
		MAIL.purgeEmailFromAllMailboxes();
		load("staff", """
				login,name,unit,phone,email,active,demo
				sd.fzx.handler,秦永辉,SD-FZX,10000010037,qin@street.example,true,true
				sd.fzx.two,段二,SD-FZX,10000010038,,true,true
				sd.fzx.three,无号,SD-FZX,,,true,true
				sd.fzx.left,离岗,SD-FZX,10000010039,left@street.example,false,true
				""");
		load("duties", """
				staff,role,unit
				sd.fzx.two,handler,SD-FZX
				sd.fzx.three,handler,SD-FZX
				sd.fzx.left,handler,SD-FZX
				""");
	}

	private void load(String kind, String csv) throws Exception {
		this.mvc
			.perform(post("/api/v1/registry/" + kind).param("place", "shangdi")
				.contentType("text/csv")
				.content(csv)
				.with(httpBasic("admin", "gridcase")))
			.andExpect(status().isOk());
	}

	private void tell(String channel, String recipient, Notice.Kind kind) {
		this.outbox.add(List.of(new Notice("SD-TEST-" + NUMBER.incrementAndGet(), "shangdi", "SIGNED", "REPORTER",
				channel, recipient, kind, "reporter-signed", "{}", "已签收", "您反映的事项已签收", this.clock.now())));
	}

	private void sms(String phone) {
		tell(Notice.SMS, phone, Notice.Kind.ADDRESS);
	}

	private List<String> keys(String condition) {
		return this.jdbc.queryForList("select key::text from outbox where " + condition + " order by id", String.class);
	}

	private long count(String condition) {
		return this.jdbc.queryForObject("select count(*) from outbox where " + condition, Long.class);
	}

	private void later(Duration wait) {
		this.clock.moveTo(this.clock.now().plus(wait));
	}

	private String reportedByAResident(String phone) {
		return this.drive.report("shangdi", "sd.c01.g1", "GRID_WORKER",
				Map.of("gridCode", "11010802200101", "category", "S0501", "reporterPhone", phone));
	}

	private void dispatched(String caseNo) {
		this.drive.complete(caseNo, "Stage_File", Map.of("filing", "FILE"));
		this.drive.complete(caseNo, "Stage_Dispatch", Map.of("leadUnit", "SD-CG"));
	}

	private void signed(String caseNo) {
		this.drive.complete(caseNo, "Task_SignFor", Map.of("signing", "SIGN"));
	}

	@Test
	void aTextMessageArrivesWithItsWordsAndItsKey() throws Exception {
		String caseNo = reportedByAResident("13800001234");
		dispatched(caseNo);
		signed(caseNo);
		assertThat(GATEWAY.requests()).as("nothing is sent inside the case's transaction").isEmpty();

		assertThat(this.sender.sendDue()).isOne();

		String key = keys("channel = 'SMS'").get(0);
		assertThat(GATEWAY.requests()).singleElement().satisfies((request) -> {
			assertThat(request.key()).isEqualTo(key);
			JsonNode body = this.json.readTree(request.body());
			assertThat(body.path("phone").asText()).isEqualTo("13800001234");
			assertThat(body.path("key").asText()).isEqualTo(key);
			assertThat(body.path("text").asText()).contains(caseNo, "沿街餐馆油烟扰民", "已由").doesNotContain("{", "SD-CG");
		});
		assertThat(this.deliveries.ofCase(caseNo)).filteredOn((told) -> told.channel().equals(Notice.SMS))
			.singleElement()
			.satisfies((told) -> {
				assertThat(told.state()).isEqualTo("SENT");
				assertThat(told.recipient()).isEqualTo("138****1234");
				assertThat(told.text()).contains(caseNo);
			});
		assertThat(this.sender.sendDue()).as("once is enough").isZero();
	}

	@Test
	void mailGoesToThePersonsAddressWithTheKeyAsItsId() throws MessagingException, IOException {
		tell(Notice.EMAIL, "sd.fzx.handler", Notice.Kind.PERSON);

		assertThat(this.sender.sendDue()).isOne();

		String key = keys("state = 'SENT'").get(0);
		assertThat(MAIL.getReceivedMessages()).hasSize(1);
		MimeMessage mail = MAIL.getReceivedMessages()[0];
		assertThat(mail.getMessageID()).isEqualTo("<" + key + "@street.example>");
		assertThat(mail.getHeader(SmtpMail.KEY)).containsExactly(key);
		assertThat(mail.getAllRecipients()[0]).hasToString("qin@street.example");
		assertThat(mail.getFrom()[0]).hasToString("gridcase@street.example");
		assertThat(mail.getSubject()).isEqualTo("已签收");
		assertThat(mail.getContent().toString().strip()).isEqualTo("您反映的事项已签收");
	}

	@Test
	void aPoolsMessageGoesToEverybodyOnDutyWhenItIsSent() {
		tell(Notice.SMS, "handler@SD-FZX", Notice.Kind.POOL);

		assertThat(this.sender.sendDue()).isEqualTo(2);

		assertThat(GATEWAY.requests())
			.extracting((request) -> this.json.readTree(request.body()).path("phone").asText())
			.containsExactlyInAnyOrder("10000010037", "10000010038");
		assertThat(new HashSet<>(GATEWAY.keys())).hasSize(2);
		assertThat(this.jdbc.queryForList("select recipient from outbox where state = 'FAILED'", String.class))
			.containsExactly("sd.fzx.three");
		assertThat(this.alerts.open("shangdi")).singleElement().satisfies((alert) -> {
			assertThat(alert.kind()).isEqualTo("NOTICE_REFUSED");
			assertThat(alert.message()).contains("短信", "sd.fzx.three", "没有可用的号码");
		});
	}

	@Test
	void nobodyOnDutyIsAnAlertAndCanBeRetriedOnceSomebodyIs() throws Exception {
		tell(Notice.SMS, "unit-head@SD-ZF", Notice.Kind.POOL);
		tell(Notice.SMS, "verifier@SD-FZX", Notice.Kind.POOL);
		this.sender.sendDue();
		assertThat(this.jdbc.queryForList("select last_error from outbox where recipient = 'verifier@SD-FZX'",
				String.class))
			.singleElement()
			.asString()
			.contains("无人在岗");

		load("duties", "staff,role,unit\nsd.fzx.two,verifier,SD-FZX\n");
		this.mvc.perform(post("/api/v1/channels/SMS/retry").with(httpBasic("sd.admin", "gridcase")))
			.andExpect(status().isOk());
		GATEWAY.reset();
		this.sender.sendDue();
		assertThat(GATEWAY.requests()).singleElement()
			.satisfies((request) -> assertThat(request.body()).contains("10000010038"));
	}

	@Test
	void aDeadGatewayLosesNothingAndHoldsUpNoOtherChannel() {
		GATEWAY.stop();
		for (int i = 0; i < 45; i++) {
			sms("1380000" + (1000 + i));
		}
		tell(Notice.EMAIL, "sd.fzx.handler", Notice.Kind.PERSON);
		try {
			assertThat(this.sender.sendDue()).as("mail only").isOne();
			assertThat(count("channel = 'SMS' and state = 'PENDING' and not in_flight")).isEqualTo(45);
			assertThat(count("attempts > 0 and channel = 'SMS'")).as("one is tried, not all").isOne();
			assertThat(this.deliveries.channels("shangdi")).filteredOn((state) -> state.channel().equals(Notice.SMS))
				.singleElement()
				.satisfies((state) -> {
					assertThat(state.waiting()).isEqualTo(45);
					assertThat(state.failingSince()).isNotNull();
					assertThat(state.lastError()).contains("SMS gateway", "ConnectException");
					assertThat(state.troubled()).isTrue();
				});
		}
		finally {
			GATEWAY.start();
		}
		assertThat(this.sender.sendDue()).as("the pause is kept").isZero();

		later(FIRST_WAIT);
		assertThat(this.sender.sendDue()).isEqualTo(45);

		assertThat(GATEWAY.keys()).containsExactlyInAnyOrderElementsOf(keys("channel = 'SMS'"));
		assertThat(count("state = 'SENT'")).isEqualTo(46);
		assertThat(this.deliveries.channels("shangdi")).noneMatch(Deliveries.ChannelState::troubled);
	}

	@Test
	void theOperatorNeedNotWait() throws Exception {
		GATEWAY.stop();
		sms("13800000001");
		try {
			this.sender.sendDue();
		}
		finally {
			GATEWAY.start();
		}
		this.mvc.perform(post("/api/v1/channels/SMS/retry").with(httpBasic("sd.c01.g1", "gridcase")))
			.andExpect(status().isForbidden());
		this.mvc.perform(post("/api/v1/channels/SMS/retry").with(httpBasic("sd.admin", "gridcase")))
			.andExpect(status().isOk())
			.andExpect(jsonPath("$.retried").value(1));
		assertThat(this.sender.sendDue()).isOne();
	}

	@Test
	void whatFailsOnceIsTriedAgainWithTheSameKeyWhileOthersPass() {
		sms("13800000500");
		sms("13800000200");
		GATEWAY.answering((request) -> request.body().contains("13800000500") ? new TestGateway.Answer(500, "busy")
				: new TestGateway.Answer(200, "{\"code\":0}"));

		assertThat(this.sender.sendDue()).isOne();
		String key = keys("state = 'PENDING'").get(0);
		assertThat(this.sender.sendDue()).as("not at once").isZero();

		GATEWAY.answering((request) -> new TestGateway.Answer(200, "{\"code\":0}"));
		later(FIRST_WAIT);
		assertThat(this.sender.sendDue()).isOne();
		assertThat(GATEWAY.keys()).hasSize(3).filteredOn(key::equals).hasSize(2);
		assertThat(count("state = 'SENT' and last_error is null and failing_since is null")).isEqualTo(2);
	}

	@Test
	void aFaultOfOursHoldsUpOneMessageOnly() {
		sms("13800000001");
		sms("13800000002");
		SmsSettings broken = new SmsSettings(GATEWAY.address("/{phone}"), "POST", Map.of("X-To", "{phone}"),
				"text/plain", "{text}", null, null, Duration.ofSeconds(5));
		Carrier carrier = new Carrier() {

			private final SmsGateway gateway = new SmsGateway(broken);

			@Override
			public String channel() {
				return Notice.SMS;
			}

			@Override
			public boolean configured() {
				return true;
			}

			@Override
			public void deliver(Parcel parcel) throws NotDelivered {
				if (parcel.address().endsWith("1")) {
					throw new IllegalArgumentException("no such header");
				}
				this.gateway.deliver(parcel);
			}

		};
		NoticeSender other = new NoticeSender(List.of(carrier), this.queue, this.settings, this.clock, false);
		assertThat(other.sendDue()).isOne();
		assertThat(GATEWAY.requests()).singleElement()
			.satisfies((request) -> assertThat(request.uri()).isEqualTo("/13800000002"));
		assertThat(count("state = 'PENDING' and last_error like '%no such header%'")).isOne();
	}

	@Test
	void waitsGrowButNotForEver() {
		assertThat(List.of(1, 2, 3, 7, 8, 9, 60, 10_000).stream().map(this.settings::waitAfter))
			.extracting(Duration::toSeconds)
			.containsExactly(30L, 60L, 120L, 1920L, 3600L, 3600L, 3600L, 3600L);
	}

	@Test
	void aSenderKilledBeforeItNotedTheDeliveryIsFollowedByAnotherWithTheSameKey() throws Exception {
		sms("13800000001");
		DeliveryQueue.Batch taken = this.queue.take(Notice.SMS, this.clock.now(), 20);
		Carrier gateway = this.carriers.stream()
			.filter((carrier) -> carrier.channel().equals(Notice.SMS))
			.findFirst()
			.orElseThrow();
		gateway.deliver(taken.taken().get(0).parcel());
		// and here the process ends: nothing more is written

		assertThat(this.sender.sendDue()).as("its lease still runs").isZero();
		later(this.settings.lease());
		assertThat(this.sender.sendDue()).isOne();

		String key = keys("state = 'SENT'").get(0);
		assertThat(GATEWAY.keys()).containsExactly(key, key);
	}

	@Test
	void aSenderThatWokeUpTooLateDoesNotUndoWhatAnotherOneDid() {
		sms("13800000001");
		DeliveryQueue.Taken late = this.queue.take(Notice.SMS, this.clock.now(), 20).taken().get(0);
		later(this.settings.lease());
		assertThat(this.sender.sendDue()).isOne();
		this.queue.postpone(late, this.clock.now(), this.clock.now(), "too late");
		this.queue.refuse(late, this.clock.now(), "too late");
		assertThat(count("state = 'SENT' and last_error is null")).isOne();
		assertThat(this.alerts.open("shangdi")).isEmpty();
	}

	@Test
	void twoSendersAtOnceSendEachMessageOnce() throws Exception {
		for (int i = 0; i < 150; i++) {
			sms("1380000" + (1000 + i));
		}
		NoticeSender other = new NoticeSender(this.carriers, this.queue, this.settings, this.clock, false);
		CompletableFuture<Integer> first = CompletableFuture.supplyAsync(this.sender::sendDue);
		CompletableFuture<Integer> second = CompletableFuture.supplyAsync(other::sendDue);
		assertThat(first.get(60, TimeUnit.SECONDS) + second.get(60, TimeUnit.SECONDS)).isEqualTo(150);
		assertThat(GATEWAY.keys()).containsExactlyInAnyOrderElementsOf(keys("state = 'SENT'")).hasSize(150);
	}

	@Test
	void aRefusedNumberIsAnAlertAndOthersPass() throws Exception {
		sms("13800000000");
		sms("13800000001");
		GATEWAY.answering((request) -> request.body().contains("13800000000") ? new TestGateway.Answer(422, "空号")
				: new TestGateway.Answer(200, "{\"code\":0}"));
		assertThat(this.sender.sendDue()).isOne();

		Long id = this.jdbc.queryForObject("select id from outbox where state = 'FAILED'", Long.class);
		assertThat(this.alerts.open("shangdi")).singleElement()
			.satisfies((alert) -> assertThat(alert.message()).contains("138****0000", "HTTP 422 空号")
				.doesNotContain("13800000000"));
		later(Duration.ofDays(1));
		assertThat(this.sender.sendDue()).as("nobody tries by itself").isZero();

		GATEWAY.answering((request) -> new TestGateway.Answer(200, "{\"code\":0}"));
		this.mvc.perform(post("/api/v1/notices/" + id + "/retry").with(httpBasic("sd.c01.g1", "gridcase")))
			.andExpect(status().isForbidden());
		this.mvc.perform(post("/api/v1/notices/" + id + "/retry").with(httpBasic("sd.admin", "gridcase")))
			.andExpect(status().isNoContent());
		assertThat(this.sender.sendDue()).isOne();
		this.mvc.perform(post("/api/v1/notices/" + id + "/retry").with(httpBasic("sd.admin", "gridcase")))
			.andExpect(status().isNotFound());
	}

	@Test
	void aMailboxTheServerDoesNotKnowIsRefusedForGood() throws Exception {
		int port = this.mailSender.getPort();
		tell(Notice.EMAIL, "sd.fzx.handler", Notice.Kind.PERSON);
		try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getByName("127.0.0.1"))) {
			CompletableFuture<List<String>> talk = CompletableFuture.supplyAsync(() -> refuseEverybody(server));
			this.mailSender.setPort(server.getLocalPort());
			assertThat(this.sender.sendDue()).isZero();
			assertThat(talk.get(10, TimeUnit.SECONDS)).anyMatch((line) -> line.contains("qin@street.example"));
		}
		finally {
			this.mailSender.setPort(port);
		}
		assertThat(count("state = 'FAILED' and last_error like '%550 no such mailbox%'")).isOne();
		assertThat(this.alerts.open("shangdi")).hasSize(1);
	}

	@Test
	void aDeadMailServerIsNotTheRecipientsFault() {
		tell(Notice.EMAIL, "sd.fzx.handler", Notice.Kind.PERSON);
		tell(Notice.EMAIL, "sd.fzx.handler", Notice.Kind.PERSON);
		int port = this.mailSender.getPort();
		this.mailSender.setPort(1);
		try {
			assertThat(this.sender.sendDue()).isZero();
		}
		finally {
			this.mailSender.setPort(port);
		}
		assertThat(count("state = 'PENDING' and attempts = 0")).as("the second is not even tried").isOne();
		later(FIRST_WAIT);
		assertThat(this.sender.sendDue()).isEqualTo(2);
		assertThat(MAIL.getReceivedMessages()).hasSize(2);
	}

	/** A mail server in a dozen words, that knows no mailbox. */
	private static List<String> refuseEverybody(ServerSocket server) {
		List<String> said = new ArrayList<>();
		try (Socket client = server.accept();
				BufferedReader in = new BufferedReader(
						new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII))) {
			answer(client, "220 ready");
			for (String line = in.readLine(); line != null; line = in.readLine()) {
				said.add(line);
				answer(client, line.startsWith("RCPT") ? "550 no such mailbox" : "250 OK");
			}
		}
		catch (IOException ex) {
			said.add("closed: " + ex);
		}
		return said;
	}

	private static void answer(Socket client, String line) throws IOException {
		client.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
	}

	@Test
	void anActionThatIsRolledBackTellsNobody() {
		String caseNo = reportedByAResident("13800001234");
		dispatched(caseNo);
		long before = count("true");
		new TransactionTemplate(this.transactions).executeWithoutResult((status) -> {
			signed(caseNo);
			status.setRollbackOnly();
		});
		assertThat(count("true")).isEqualTo(before);
		assertThat(this.sender.sendDue()).isZero();
		assertThat(GATEWAY.requests()).isEmpty();

		signed(caseNo);
		assertThat(this.sender.sendDue()).isOne();
	}

	@Test
	void theWorkerSendsByItselfAndStops() throws Exception {
		sms("13800000001");
		NoticeSender worker = new NoticeSender(this.carriers, this.queue, this.settings, this.clock, true);
		CompletableFuture<Void> arrived = new CompletableFuture<>();
		GATEWAY.answering((request) -> {
			arrived.complete(null);
			return new TestGateway.Answer(200, "{\"code\":0}");
		});
		worker.start();
		try {
			assertThat(worker.isRunning()).isTrue();
			arrived.get(30, TimeUnit.SECONDS);
		}
		finally {
			worker.stop();
		}
		assertThat(worker.isRunning()).isFalse();
		assertThat(count("state = 'SENT'")).as("what was under way is noted before it stops").isOne();
	}

}
