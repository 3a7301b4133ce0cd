package gridcase.notice;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Configuration;

/** The settings of this module. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({ SmsSettings.class, DeliverySettings.class })
class NoticeConfiguration {

}
