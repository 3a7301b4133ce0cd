package gridcase.web;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

import gridcase.security.CurrentPerson;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.media.ArraySchema;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springdoc.core.utils.SpringDocUtils;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.CacheControl;
import org.springframework.web.servlet.LocaleResolver;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.i18n.CookieLocaleResolver;
import org.springframework.web.servlet.i18n.LocaleChangeInterceptor;
import org.springframework.web.servlet.resource.VersionResourceResolver;

/** Language, static files and the description of the API. */
@Configuration(proxyBeanMethods = false)
class WebConfiguration implements WebMvcConfigurer {

	/** How long a browser keeps a file without asking. */
	private static final CacheControl KEPT = CacheControl.maxAge(Duration.ofHours(1));

	/** Chinese unless somebody asks for English with {@code ?lang=en}. */
	@Bean
	LocaleResolver localeResolver() {
		CookieLocaleResolver resolver = new CookieLocaleResolver("gridcase-language");
		resolver.setDefaultLocale(Locale.SIMPLIFIED_CHINESE);
		resolver.setCookieMaxAge(Duration.ofDays(365));
		resolver.setCookieHttpOnly(true);
		resolver.setCookieSameSite("Lax");
		return resolver;
	}

	/**
	 * Files lie at these addresses only. Were any address looked for among the files,
	 * every link of a page would cost a search of the whole class path.
	 */
	@Override
	public void addResourceHandlers(ResourceHandlerRegistry registry) {
		for (String folder : List.of("app", "vendor")) {
			registry.addResourceHandler("/" + folder + "/**")
				.addResourceLocations("classpath:/static/" + folder + "/")
				.setCacheControl(KEPT)
				.resourceChain(true)
				.addResolver(new VersionResourceResolver().addContentVersionStrategy("/**"));
		}
		registry.addResourceHandler("/webjars/**")
			.addResourceLocations("classpath:/META-INF/resources/webjars/")
			.setCacheControl(KEPT)
			.resourceChain(true);
	}

	@Override
	public void addInterceptors(InterceptorRegistry registry) {
		LocaleChangeInterceptor language = new LocaleChangeInterceptor();
		language.setParamName("lang");
		language.setIgnoreInvalidLocale(true);
		registry.addInterceptor(language);
	}

	static {
		// given by the sign-in, never by the client
		SpringDocUtils.getConfig().addRequestWrapperToIgnore(CurrentPerson.class);
	}

	/** Whatever is asked, this is how a refusal looks. */
	@Bean
	OpenApiCustomizer problemAnswers() {
		Schema<?> field = new ObjectSchema().addProperty("field", new StringSchema().example("title"))
			.addProperty("label", new StringSchema().example("标题"))
			.addProperty("message", new StringSchema().example("至少 4 个字，现有 2 个字"));
		Schema<?> problem = new ObjectSchema().addProperty("status", new IntegerSchema().example(400))
			.addProperty("title", new StringSchema().example("Bad Request"))
			.addProperty("detail", new StringSchema().example("有 1 项需要改正，尚未提交"))
			.addProperty("errors", new ArraySchema().items(field));
		ApiResponse refusal = new ApiResponse().description("4xx, 5xx: problem+json (RFC 9457)")
			.content(new Content().addMediaType("application/problem+json", new MediaType().schema(problem)));
		return (api) -> api.getPaths()
			.values()
			.stream()
			.flatMap((path) -> path.readOperations().stream())
			.forEach((operation) -> operation.getResponses().addApiResponse("default", refusal));
	}

	@Bean
	OpenAPI gridcaseApi() {
		return new OpenAPI().info(new Info().title("Gridcase API · 网格案件闭环处置平台接口").version("v1").description("""
				Cases, tasks, custody, deadlines and registries of grid governance. Sign in with HTTP Basic. \
				Errors are `application/problem+json` (RFC 9457); `errors` names every field to be mended.

				网格案件、任务、责任链、时限与基础信息。使用 HTTP Basic 登录；出错时返回 \
				`application/problem+json`，`errors` 逐项列出需要改正的字段。"""))
			.components(new Components().addSecuritySchemes("basic",
					new SecurityScheme().type(SecurityScheme.Type.HTTP).scheme("basic")))
			.addSecurityItem(new SecurityRequirement().addList("basic"));
	}

}
