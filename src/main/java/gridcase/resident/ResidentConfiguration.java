package gridcase.resident;

import java.util.List;

import gridcase.security.PublicPaths;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Opens the addresses of this module to everybody. */
@Configuration(proxyBeanMethods = false)
class ResidentConfiguration {

	@Bean
	PublicPaths residentPaths() {
		return new PublicPaths(List.of("/r/**", "/track/**", "/card/**"), List.of("/api/v1/public/**"));
	}

}
