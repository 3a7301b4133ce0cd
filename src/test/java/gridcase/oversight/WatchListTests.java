package gridcase.oversight;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import gridcase.casework.DemoTest;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.MessageSource;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
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

	@Test
	void everyEndpointIsWatchedOrSaysWhyNot() {
		Set<String> without = new TreeSet<>();
		Set<String> silent = new TreeSet<>();
		List<String> asked = new ArrayList<>();
		for (RequestMappingInfo info : this.mapping.getHandlerMethods().keySet()) {
			Set<RequestMethod> methods = info.getMethodsCondition().getMethods();
			for (String path : info.getPatternValues()) {
				for (String method : methods.isEmpty() ? List.of("GET")
						: methods.stream().map(RequestMethod::name).toList()) {
					asked.add(method + " " + path);
					this.list.find(method, path).ifPresentOrElse((line) -> {
						if (line.kind() == null && line.why().length() < 8) {
							silent.add(method + " " + path);
						}
					}, () -> without.add(method + " " + path));
				}
			}
		}
		assertThat(asked).hasSizeGreaterThan(200);
		assertThat(without).as("endpoints without a line in oversight/watched.csv").isEmpty();
		assertThat(silent).as("endpoints that are not watched and do not say why").isEmpty();
	}

	@Test
	void whatReadsACaseIsAskedForAReasonWhereverItIsRead() {
		Set<String> past = new TreeSet<>();
		for (RequestMappingInfo info : this.mapping.getHandlerMethods().keySet()) {
			for (String path : info.getPatternValues()) {
				if (path.contains("{caseNo}") && !path.contains("/public/") && !path.startsWith("/track/")) {
					for (String method : List.of("GET", "POST", "PUT", "DELETE")) {
						if (!this.list.of(method, path).ofACase()) {
							past.add(method + " " + path);
						}
					}
				}
			}
		}
		assertThat(past).as("addresses of a case that case-sight is not asked about").isEmpty();
	}

	@Test
	void anAddressNobodyHasThoughtOfIsWatched() {
		assertThat(this.list.of("POST", "/somewhere/new").kind()).isEqualTo("OTHER");
		assertThat(this.list.of("GET", "/cases/{caseNo}").kind()).isEqualTo("CASE_READ");
		assertThat(this.list.of("GET", "/cases/{caseNo}/news").kind()).isNull();
	}

	@Test
	void everyKindHasWords() {
		assertThat(this.list.kinds()).allSatisfy((kind) -> assertThat(
				this.messages.getMessage("oversight.kind." + kind, null, null, java.util.Locale.SIMPLIFIED_CHINESE))
			.isNotNull());
	}

}
