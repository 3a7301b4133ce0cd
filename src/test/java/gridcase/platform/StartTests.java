package gridcase.platform;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** The platform as a process of its own: started, stopped, killed and started again. */
class StartTests {

	private static final Pattern CASE_NO = Pattern.compile("\"caseNo\":\"([^\"]+)\"");

	private static final String REPORT = """
			{"place": "shangdi", "channel": "GRID_WORKER", "fields": {"title": "楼道堆放纸箱", "description": "堵住疏散通道",
			"category": "S0301", "severity": "GENERAL", "urgency": "ROUTINE", "gridCode": "11010802200101",
			"address": "上地东里 6 号楼 2 单元"}}""";

	@TempDir
	private Path folder;

	private PlatformProcess running;

	@AfterEach
	void stop() throws InterruptedException {
		if (this.running != null) {
			this.running.kill();
		}
	}

	@Test
	void casesOutliveStopsAndKillsAndOneInstanceWorksOnAFolder() throws Exception {
		this.running = start("--server.port=0");
		String caseNo = report(this.running.address());

		PlatformProcess second = start("--server.port=0");
		assertThat(second.exitCode()).isOne();
		assertThat(second.output()).contains("另一个实例", data().toString(), "--gridcase.data-folder");

		this.running.terminate();
		assertThat(this.running.exitCode()).isEqualTo(128 + 15);
		assertThat(this.running.output()).containsSubsequence("Process Engine default closed",
				"HikariPool-1 - Shutdown completed");
		assertThat(this.running.output()).doesNotContain(" ERROR ", "Exception", "FATAL");
		assertThat(data().resolve("postgres/postmaster.pid")).doesNotExist();

		this.running = start("--server.port=0");
		assertThat(get(this.running.address() + "/api/v1/cases/" + caseNo).body()).contains("楼道堆放纸箱");
		this.running.kill();

		try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			PlatformProcess third = start("--server.port=" + taken.getLocalPort());
			assertThat(third.exitCode()).isOne();
			assertThat(third.output()).contains("left behind by a killed instance",
					"Port " + taken.getLocalPort() + " was already in use");
		}
		assertThat(data().resolve("postgres/postmaster.pid")).doesNotExist();
	}

	@Test
	void productionNamesWhatIsMissingBeforeItOpensAnything() throws Exception {
		PlatformProcess refused = start("--spring.profiles.active=production", "--gridcase.clock=rehearsal");
		assertThat(refused.exitCode()).isOne();
		assertThat(refused.output()).contains("gridcase.clock=rehearsal", "SPRING_DATASOURCE_URL",
				"SPRING_DATASOURCE_USERNAME", "SPRING_DATASOURCE_PASSWORD", "GRIDCASE_SECRET",
				"GRIDCASE_ADMIN_PASSWORD");
		assertThat(data()).doesNotExist();
	}

	private Path data() {
		return this.folder.resolve("data");
	}

	private PlatformProcess start(String... arguments) throws IOException {
		return PlatformProcess.start(this.folder, data(), arguments);
	}

	private static String report(String address) throws Exception {
		HttpResponse<String> response = send(
				request(address + "/api/v1/cases", "sd.c01.g1").header("Content-Type", "application/json")
					.POST(HttpRequest.BodyPublishers.ofString(REPORT)));
		assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
		Matcher caseNo = CASE_NO.matcher(response.body());
		assertThat(caseNo.find()).as(response.body()).isTrue();
		return caseNo.group(1);
	}

	private static HttpResponse<String> get(String address) throws Exception {
		HttpResponse<String> response = send(request(address, "sd.c01.g1").GET());
		assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
		return response;
	}

	private static HttpRequest.Builder request(String address, String login) {
		String credentials = Base64.getEncoder().encodeToString((login + ":gridcase").getBytes(StandardCharsets.UTF_8));
		return HttpRequest.newBuilder(URI.create(address)).header("Authorization", "Basic " + credentials);
	}

	private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
		return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
	}

}
