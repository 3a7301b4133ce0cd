package gridcase.oversight;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import gridcase.casework.DemoTest;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.MessageSource;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every endpoint there is has a line in {@code oversight/watched.csv}: it is watched, or
 * the line says why it is not.
 */
@DemoTest
class WatchListTests {

	@Autowired
	@Qualifier("requestMappingHandlerMapping")
	private RequestMappingHandlerMapping mapping;

	@Autowired
	private WatchList list;

	@Autowired
	private MessageSource messages;

	private record Endpoint(String method, String path) {

		@Override
		public String toString() {
			return this.method + " " + this.path;
		}

	}

	private Stream<Endpoint> endpoints() {
		return this.mapping.getHandlerMethods().keySet().stream().flatMap((info) -> {
			Set<RequestMethod> methods = info.getMethodsCondition().getMethods();
			List<String> names = methods.isEmpty() ? List.of("GET")
					: methods.stream().map(RequestMethod::name).toList();
			return info.getPatternValues()
				.stream()
				.flatMap((path) -> names.stream().map((method) -> new Endpoint(method, path)));
		});
	}

	@Test
	void everyEndpointIsWatchedOrSaysWhyNot() {
		Set<String> without = new TreeSet<>();
		Set<String> silent = new TreeSet<>();
		endpoints().forEach((endpoint) -> this.list.find(endpoint.method(), endpoint.path()).ifPresentOrElse((line) -> {
			if (line.kind() == null && line.why().length() < 8) {
				silent.add(endpoint.toString());
			}
		}, () -> without.add(endpoint.toString())));
		assertThat(endpoints()).hasSizeGreaterThan(200);
		assertThat(without).as("endpoints without a line in oversight/watched.csv").isEmpty();
		assertThat(silent).as("endpoints that are not watched and do not say why").isEmpty();
	}

	@Test
	void whatReadsACaseIsAskedForAReasonWhereverItIsRead() {
		Set<String> past = new TreeSet<>();
		endpoints().filter((endpoint) -> endpoint.path().contains("{caseNo}"))
			.filter((endpoint) -> !endpoint.path().contains("/public/") && !endpoint.path().startsWith("/track/"))
			.filter((endpoint) -> !this.list.of(endpoint.method(), endpoint.path()).ofACase())
			.forEach((endpoint) -> past.add(endpoint.toString()));
		assertThat(past).as("addresses of a case that case-sight is not asked about").isEmpty();
	}

	@Test
	void anAddressNobodyHasThoughtOfIsWatched() {
		assertThat(this.list.of("POST", "/somewhere/new").kind()).isEqualTo("OTHER");
		assertThat(this.list.of("GET", "/cases/{caseNo}").kind()).isEqualTo("CASE_READ");
		assertThat(this.list.of("HEAD", "/cases/{caseNo}").kind()).isEqualTo("CASE_READ");
		assertThat(this.list.of("GET", "/cases/{caseNo}/news").kind()).isNull();
	}

	@Test
	void everyKindHasWords() {
		assertThat(this.list.kinds()).allSatisfy((kind) -> assertThat(
				this.messages.getMessage("oversight.kind." + kind, null, null, java.util.Locale.SIMPLIFIED_CHINESE))
			.isNotNull());
	}

}
