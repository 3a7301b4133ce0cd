package gridcase.open311;

import java.util.List;

import gridcase.security.PublicPaths;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Opens the addresses of this module to everybody. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(Open311Settings.class)
class Open311Configuration {

	@Bean
	PublicPaths open311Paths() {
		return new PublicPaths(List.of(), List.of("/open311/**"));
	}

}
