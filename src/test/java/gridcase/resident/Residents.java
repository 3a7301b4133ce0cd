package gridcase.resident;

import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.jayway.jsonpath.JsonPath;

import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.ResultActions;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;

import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

/** Residents who use the API, each from an address of their own. */
final class Residents {

	static final String PHONE = "13800002046";

	/** A picture of four pixels. */
	static final byte[] PNG = Base64.getDecoder()
		.decode("iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAIAAAD91JpzAAAADklEQVR4nGNo"
				+ "AAMGCAUAKg4GARWeQtcAAAAASUVORK5CYII=");

	private static final AtomicInteger ADDRESSES = new AtomicInteger();

	private static final ObjectMapper JSON = new ObjectMapper();

	private Residents() {
	}

	static Map<String, Object> good() {
		Map<String, Object> report = new HashMap<>();
		report.put("title", "单元门坏了关不上");
		report.put("description", "3 号楼 2 单元的门从上周起关不上，夜里有人进出");
		report.put("category", "S0501");
		report.put("gridCode", "11010802200101");
		report.put("address", "上地东里 3 号楼 2 单元");
		report.put("name", "陈女士");
		report.put("phone", "138 0000 2046");
		report.put("consent", true);
		return report;
	}

	static MockHttpServletRequestBuilder json(String path, Object body) {
		return from(post(path).contentType(MediaType.APPLICATION_JSON).content(text(body)), address());
	}

	static MockHttpServletRequestBuilder from(MockHttpServletRequestBuilder request, String address) {
		return request.with((sent) -> {
			sent.setRemoteAddr(address);
			return sent;
		});
	}

	/** An address nobody has used before. */
	static String address() {
		int number = ADDRESSES.incrementAndGet();
		return "198.51." + number / 250 + "." + (number % 250 + 1);
	}

	static Known report(MockMvc http, Map<String, Object> report) throws Exception {
		String body = http.perform(json("/api/v1/public/shangdi/reports", report))
			.andExpect(status().isCreated())
			.andReturn()
			.getResponse()
			.getContentAsString();
		return new Known(JsonPath.read(body, "$.caseNo"), JsonPath.read(body, "$.token"));
	}

	static ResultActions act(MockMvc http, Known known, String action, Map<String, Object> body) throws Exception {
		return http.perform(json("/api/v1/public/cases/" + known.caseNo() + "/" + action, body).header("Tracking-Token",
				known.token()));
	}

	static String text(Object body) {
		try {
			return JSON.writeValueAsString(body);
		}
		catch (JsonProcessingException ex) {
			throw new IllegalArgumentException(ex);
		}
	}

	/** A case with what opens it. */
	record Known(String caseNo, String token) {

	}

}
