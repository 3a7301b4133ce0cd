package gridcase.open311;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import javax.xml.parsers.DocumentBuilderFactory;

import com.jayway.jsonpath.JsonPath;
import gridcase.casework.CaseDriver;
import gridcase.casework.CaseFile;
import gridcase.casework.Cases;
import gridcase.casework.DemoTest;
import gridcase.clock.PlatformClock;
import gridcase.privacy.PersonalData;
import gridcase.registry.GridShapes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.locationtech.jts.geom.Point;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

/** What the specification of GeoReport v2 asks for, in both formats. */
@DemoTest
class Open311Tests {

	private static final String KEY = "test-open311-key";

	private static final List<String> REQUEST = List.of("service_request_id", "status", "status_notes", "service_name",
			"service_code", "description", "agency_responsible", "service_notice", "requested_datetime",
			"updated_datetime", "expected_datetime", "address", "address_id", "zipcode", "lat", "long", "media_url");

	private static final AtomicInteger ADDRESSES = new AtomicInteger();

	@Autowired
	private MockMvc http;

	@Autowired
	private JdbcTemplate jdbc;

	@Autowired
	private Cases cases;

	@Autowired
	private PersonalData personal;

	@Autowired
	private GridShapes shapes;

	@Autowired
	private CaseDriver drive;

	@Autowired
	private PlatformClock clock;

	@ParameterizedTest(name = "{0}: {2}")
	@CsvSource(delimiter = '|',
			textBlock = """
					discovery                              | discovery          | changeset contact key_service endpoints
					services?jurisdiction_id=shangdi       | services/service   | service_code service_name description metadata type keywords group
					services/C0101?jurisdiction_id=shangdi | service_definition | service_code attributes
					""")
	void documentsHaveTheFieldsOfTheSpecificationInBothFormats(String path, String xmlPath, String fields)
			throws Exception {
		Map<String, Object> json = firstObject(read(path(path, "json")).getContentAsString(StandardCharsets.UTF_8));
		Element xml = element(read(path(path, "xml")), xmlPath);
		for (String field : fields.split(" ")) {
			assertThat(json).containsKey(field);
			assertThat(children(xml)).contains(field);
		}
	}

	@Test
	void discoveryNamesTheEndpointAndBothFormats() throws Exception {
		String json = body(read("/open311/v2/discovery.json"));
		assertThat(JsonPath.<String>read(json, "$.endpoints[0].url")).endsWith("/open311/v2");
		assertThat(JsonPath.<String>read(json, "$.endpoints[0].specification"))
			.isEqualTo("http://wiki.open311.org/GeoReport_v2");
		assertThat(JsonPath.<List<String>>read(json, "$.endpoints[0].formats")).containsExactly("text/xml",
				"application/json");
		assertThat(body(read("/open311/v2/discovery.xml"))).contains("<formats><format>text/xml</format>");
	}

	@Test
	void aDefinitionHasEveryPartOfAnAttributeAndItsValues() throws Exception {
		String json = body(read("/open311/v2/services/C0101.json?jurisdiction_id=shangdi"));
		List<Map<String, Object>> attributes = JsonPath.read(json, "$.attributes");
		assertThat(attributes).extracting((attribute) -> attribute.get("code")).contains("severity", "urgency");
		assertThat(attributes).allSatisfy((attribute) -> assertThat(attribute).containsKeys("variable", "code",
				"datatype", "required", "datatype_description", "order", "description"));
		assertThat(JsonPath.<List<String>>read(json, "$.attributes[?(@.code == 'severity')].values[*].key"))
			.containsExactly("MINOR", "GENERAL", "SERIOUS", "MAJOR");
		assertThat(JsonPath.<List<String>>read(json, "$.attributes[*].datatype"))
			.allMatch((type) -> List.of("string", "number", "datetime", "text", "singlevaluelist", "multivaluelist")
				.contains(type));
		assertThat(body(read("/open311/v2/services/C0101.xml?jurisdiction_id=shangdi")))
			.contains("<values><value><key>MINOR</key><name>轻微</name></value>");
	}

	@Test
	void servicesAreThePublishedCategories() throws Exception {
		List<String> codes = JsonPath.read(body(read("/open311/v2/services.json?jurisdiction_id=shangdi")),
				"$[*].service_code");
		assertThat(codes).contains("C0101").doesNotContain("S0101");
		assertThat(this.jdbc.queryForList(
				"select code from category where place is null and published and valid_to is null", String.class))
			.containsAll(codes);
	}

	@ParameterizedTest
	@ValueSource(strings = { "json", "xml" })
	void aRequestIsTakenFollowedAndFoundAgain(String format) throws Exception {
		MockHttpServletResponse answer = send(report().param("attribute[severity]", "SERIOUS"), format);
		assertThat(answer.getStatus()).isEqualTo(201);
		String id = value(answer, format, "service_request_id");
		assertThat(id).isNotEmpty();
		assertThat(value(answer, format, "service_notice")).contains("SD2026");
		assertThat(fields(answer, format)).doesNotContain("token");
		String caseNo = caseNo(id);
		assertThat(this.cases.get(caseNo).fact("severity")).isEqualTo("SERIOUS");
		assertThat(this.cases.get(caseNo).fact("channel")).isEqualTo("THIRD_PARTY");
		assertThat(this.personal.open(this.cases.get(caseNo).fact("reporterPhone"))).isEqualTo("13800007777");

		MockHttpServletResponse one = read("/open311/v2/requests/" + id + "." + format + "?jurisdiction_id=shangdi");
		assertThat(one.getStatus()).isEqualTo(200);
		assertThat(fields(one, format)).containsExactlyElementsOf(REQUEST);
		assertThat(value(one, format, "status")).isEqualTo("open");
		assertThat(value(one, format, "service_code")).isEqualTo("C0101");
		assertThat(value(one, format, "description")).contains("井盖");
		for (String name : List.of("requested_datetime", "updated_datetime", "expected_datetime")) {
			String moment = value(one, format, name);
			if (!moment.isEmpty()) {
				assertThat(OffsetDateTime.parse(moment).getOffset().getTotalSeconds()).isEqualTo(8 * 3600);
			}
		}
		assertThat(value(one, format, "requested_datetime")).isNotEmpty();
		assertThat(body(one)).doesNotContain("13800007777").doesNotContain("王").doesNotContain(caseNo);
	}

	@Test
	void askedToDoItLaterItGivesATokenThatLeadsToTheNumber() throws Exception {
		MockHttpServletResponse answer = send(report().header("Prefer", "respond-async"), "json");
		String token = value(answer, "json", "token");
		assertThat(fields(answer, "json")).doesNotContain("service_request_id");
		for (String format : List.of("json", "xml")) {
			MockHttpServletResponse known = read(
					"/open311/v2/tokens/" + token + "." + format + "?jurisdiction_id=shangdi");
			assertThat(fields(known, format)).containsExactly("service_request_id", "token");
			assertThat(caseNo(value(known, format, "service_request_id"))).startsWith("SD");
		}
	}

	@Test
	void sameKeyGivesTheSameRequest() throws Exception {
		String first = value(send(report().header("Idempotency-Key", "o1"), "json"), "json", "service_request_id");
		String second = value(send(report().header("Idempotency-Key", "o1"), "json"), "json", "service_request_id");
		assertThat(second).isEqualTo(first);
		assertThat(send(report().param("attribute[severity]", "MINOR").header("Idempotency-Key", "o1"), "json")
			.getStatus()).isEqualTo(409);
	}

	@ParameterizedTest(name = "{0}")
	@CsvSource(delimiter = '|', nullValues = "null", textBlock = """
			no key                | api_key             | null     | 403 | api_key
			a wrong key           | api_key             | guess    | 403 | api_key
			no jurisdiction       | jurisdiction_id     | null     | 400 | jurisdiction_id
			unknown jurisdiction  | jurisdiction_id     | nowhere  | 404 | jurisdiction_id
			no service            | service_code        | null     | 400 | service_code
			unknown service       | service_code        | X1       | 400 | service_code
			unpublished service   | service_code        | S0101    | 400 | service_code
			no description        | description         | null     | 400 | description
			no place              | address_string      | null     | 400 | address_string
			unknown grid          | address_id          | 999      | 400 | address_id
			half a coordinate     | lat                 | 40.0     | 400 | long
			an impossible one     | lat                 | north    | 400 | lat
			unknown attribute     | attribute[colour]   | red      | 400 | attribute[colour]
			attribute's value     | attribute[severity] | HUGE     | 400 | severity
			no telephone          | phone               | abc      | 400 | reporterPhone
			""")
	void badInputIsNamedInBothFormatsAndNothingIsStored(String what, String argument, String value, int status,
			String named) throws Exception {
		int before = count();
		for (String format : List.of("json", "xml")) {
			MockHttpServletRequestBuilder request = report(argument, value);
			MockHttpServletResponse answer = send(request, format);
			assertThat(answer.getStatus()).isEqualTo(status);
			assertThat(value(answer, format, "code")).isEqualTo(Integer.toString(status));
			assertThat(body(answer)).contains(named);
			if (format.equals("xml")) {
				assertThat(element(answer, "errors/error")).isNotNull();
			}
		}
		assertThat(count()).isEqualTo(before);
	}

	@Test
	void aCoordinateAloneGoesToTheGridItLiesIn() throws Exception {
		Point inside = this.shapes.find("11010802200101", this.clock.now()).orElseThrow().outline().getInteriorPoint();
		String latitude = Double.toString(inside.getY());
		String longitude = Double.toString(inside.getX());
		MockHttpServletResponse answer = send(
				report("address_string", null).param("lat", latitude).param("long", longitude), "json");
		assertThat(answer.getStatus()).isEqualTo(201);
		CaseFile file = this.cases.get(caseNo(value(answer, "json", "service_request_id")));
		assertThat(file.fact("gridCode")).as("or a smaller one within").startsWith("11010802200101");
		assertThat(file.facts()).containsKeys("longitude", "latitude");
		assertThat(file.fact("address")).contains(latitude).contains(longitude);
	}

	@Test
	void aCoordinateOutsideAllGridsGoesToTheWholePlace() throws Exception {
		MockHttpServletResponse answer = send(report("address_string", null).param("lat", "10.5").param("long", "20.5"),
				"json");
		assertThat(answer.getStatus()).isEqualTo(201);
		assertThat(this.cases.get(caseNo(value(answer, "json", "service_request_id"))).fact("gridCode"))
			.isEqualTo("110108022");
	}

	@Test
	void aListTellsOnlyWhatIsPublishedOfCasesThatCameAnotherWay() throws Exception {
		String published = this.drive.report("shangdi", "sd.c01.g1", "GRID_WORKER",
				Map.of("gridCode", "11010802200101", "category", "C0101", "description", "王某门前井盖破损，电话 13911110000"));
		String hidden = this.drive.report("shangdi", "sd.c01.g1", "GRID_WORKER",
				Map.of("gridCode", "11010802200101", "category", "S0101"));
		MockHttpServletResponse list = read("/open311/v2/requests.json?jurisdiction_id=shangdi");
		List<Map<String, Object>> all = JsonPath.read(body(list), "$");
		assertThat(all).isNotEmpty().allSatisfy((request) -> assertThat(request).containsOnlyKeys(REQUEST));
		Map<String, Object> told = all.stream()
			.filter((request) -> caseNo((String) request.get("service_request_id")).equals(published))
			.findFirst()
			.orElseThrow();
		assertThat(told).containsEntry("description", "").containsEntry("service_code", "C0101");
		assertThat(told.get("address")).isNotEqualTo(this.cases.get(published).fact("address"));
		assertThat(this.jdbc.queryForList("select case_no from open311_request where case_no = ?", hidden)).isEmpty();
	}

	@Test
	void aListIsNarrowedByServiceStatusTimeAndNumber() throws Exception {
		String mine = value(send(report(), "json"), "json", "service_request_id");
		assertThat(ids("service_code=C0101")).contains(mine);
		assertThat(ids("service_code=C0102,C0103")).doesNotContain(mine);
		assertThat(ids("status=open")).contains(mine);
		assertThat(ids("status=closed")).doesNotContain(mine);
		assertThat(ids("status=open,closed")).contains(mine);
		assertThat(ids("service_request_id=" + mine)).containsExactly(mine);
		OffsetDateTime now = OffsetDateTime.ofInstant(this.clock.now(), this.clock.zone());
		assertThat(ids("start_date=" + now.minusHours(1).toString().replace("+", "%2B"))).contains(mine);
		assertThat(ids("end_date=" + now.minusHours(1).toString().replace("+", "%2B"))).doesNotContain(mine);
		assertThat(ids("start_date=2020-01-01T00:00:00Z&end_date=2020-03-30T00:00:00Z")).isEmpty();
	}

	@ParameterizedTest(name = "{0}")
	@CsvSource(delimiter = '|',
			textBlock = """
					requests.json?jurisdiction_id=shangdi&status=lost                                                              | 400
					requests.json?jurisdiction_id=shangdi&start_date=yesterday                                                     | 400
					requests.json?jurisdiction_id=shangdi&start_date=2026-01-01                                                    | 400
					requests.json?jurisdiction_id=shangdi&start_date=2025-01-01T00:00:00Z&end_date=2026-01-01T00:00:00Z            | 400
					requests.json?jurisdiction_id=shangdi&start_date=2026-02-01T00:00:00Z&end_date=2026-01-01T00:00:00Z            | 400
					requests.json                                                                                                  | 400
					requests.json?jurisdiction_id=nowhere                                                                          | 404
					requests/none.json?jurisdiction_id=shangdi                                                                     | 404
					requests/SD20260316-000001.xml?jurisdiction_id=shangdi                                                         | 404
					tokens/none.xml?jurisdiction_id=shangdi                                                                        | 404
					services/none.xml?jurisdiction_id=shangdi                                                                      | 404
					services/S0101.json?jurisdiction_id=shangdi                                                                    | 404
					""")
	void whatCannotBeAnsweredIsSaidAsAnErrorDocument(String path, int status) throws Exception {
		MockHttpServletResponse answer = read("/open311/v2/" + path);
		String format = path.contains(".xml") ? "xml" : "json";
		assertThat(answer.getStatus()).isEqualTo(status);
		assertThat(value(answer, format, "code")).isEqualTo(Integer.toString(status));
		assertThat(value(answer, format, "description")).isNotEmpty();
	}

	@Test
	void wrongKeysAreCountedAndTimeLetsThemTryAgain() throws Exception {
		String address = address();
		for (int i = 0; i < 20; i++) {
			assertThat(send(report("api_key", "guess" + i), "json", address).getStatus()).isEqualTo(403);
		}
		MockHttpServletResponse stopped = send(report("api_key", "guess"), "xml", address);
		assertThat(stopped.getStatus()).isEqualTo(429);
		assertThat(stopped.getHeader("Retry-After")).isNotNull();
		this.clock.moveTo(this.clock.now().plus(Duration.ofSeconds(31)));
		assertThat(send(report("api_key", "guess"), "xml", address).getStatus()).isEqualTo(403);
	}

	private List<String> ids(String query) throws Exception {
		return JsonPath.read(body(read("/open311/v2/requests.json?jurisdiction_id=shangdi&" + query)),
				"$[*].service_request_id");
	}

	private String caseNo(String id) {
		return this.jdbc.queryForObject("select case_no from open311_request where request_id = ?", String.class, id);
	}

	private int count() {
		return this.jdbc.queryForObject("select count(*) from case_file", Integer.class);
	}

	private static MockHttpServletRequestBuilder report() {
		return report("", null);
	}

	/** A good report with one argument changed or left out. */
	private static MockHttpServletRequestBuilder report(String changed, String value) {
		MockHttpServletRequestBuilder request = post("/open311/v2/requests.FORMAT")
			.contentType(MediaType.APPLICATION_FORM_URLENCODED);
		Map<String, String> arguments = new java.util.LinkedHashMap<>(Map.of("api_key", KEY, "jurisdiction_id",
				"shangdi", "service_code", "C0101", "description", "上地东里门前的井盖破损，车轮压过会翻", "address_string",
				"上地东里 5 号楼门前", "first_name", "小明", "last_name", "王", "phone", "13800007777"));
		if (changed.equals("address_id") || changed.equals("lat")) {
			arguments.remove("address_string");
		}
		arguments.remove(changed);
		if (value != null) {
			arguments.put(changed, value);
		}
		arguments.forEach(request::param);
		return request;
	}

	private MockHttpServletResponse send(MockHttpServletRequestBuilder request, String format) throws Exception {
		return send(request, format, address());
	}

	private MockHttpServletResponse send(MockHttpServletRequestBuilder request, String format, String address)
			throws Exception {
		return this.http.perform(request.with((sent) -> {
			sent.setRemoteAddr(address);
			sent.setRequestURI("/open311/v2/requests." + format);
			sent.setPathInfo(null);
			return sent;
		})).andReturn().getResponse();
	}

	private MockHttpServletResponse read(String path) throws Exception {
		String address = address();
		return this.http.perform(get(java.net.URI.create(path)).with((sent) -> {
			sent.setRemoteAddr(address);
			return sent;
		})).andReturn().getResponse();
	}

	private static String address() {
		int number = ADDRESSES.incrementAndGet();
		return "203.0." + number / 250 + "." + (number % 250 + 1);
	}

	private static String path(String path, String format) {
		int query = path.indexOf('?');
		return "/open311/v2/"
				+ ((query < 0) ? path + "." + format : path.substring(0, query) + "." + format + path.substring(query));
	}

	private static String body(MockHttpServletResponse response) throws Exception {
		return response.getContentAsString(StandardCharsets.UTF_8);
	}

	@SuppressWarnings("unchecked")
	private static Map<String, Object> firstObject(String json) {
		Object value = JsonPath.read(json, "$");
		return (Map<String, Object>) ((value instanceof List<?> list) ? list.get(0) : value);
	}

	/** A field of the first (or only) object. */
	private static String value(MockHttpServletResponse response, String format, String name) throws Exception {
		if (format.equals("json")) {
			Object value = firstObject(body(response)).get(name);
			return (value != null) ? value.toString() : "";
		}
		return document(response).getElementsByTagName(name).item(0).getTextContent();
	}

	private static List<String> fields(MockHttpServletResponse response, String format) throws Exception {
		return format.equals("json") ? List.copyOf(firstObject(body(response)).keySet())
				: children((Element) document(response).getDocumentElement().getFirstChild());
	}

	private static Element element(MockHttpServletResponse response, String path) throws Exception {
		Element element = document(response).getDocumentElement();
		String[] names = path.split("/");
		assertThat(element.getTagName()).isEqualTo(names[0]);
		for (int i = 1; i < names.length; i++) {
			element = (Element) element.getElementsByTagName(names[i]).item(0);
		}
		return element;
	}

	private static List<String> children(Element element) {
		List<String> names = new ArrayList<>();
		for (Node child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
			names.add(child.getNodeName());
		}
		return names;
	}

	private static Document document(MockHttpServletResponse response) throws Exception {
		assertThat(response.getContentType()).startsWith("text/xml");
		return DocumentBuilderFactory.newInstance()
			.newDocumentBuilder()
			.parse(new ByteArrayInputStream(response.getContentAsByteArray()));
	}

}
