package gridcase.platform;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.web.context.WebServerApplicationContext;
import org.springframework.boot.web.server.WebServer;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Tells the person at the terminal that they may begin, and where. */
@Component
class ReadyNotice {

	private static final Logger log = LoggerFactory.getLogger(ReadyNotice.class);

	@EventListener
	void ready(ApplicationReadyEvent event) {
		if (event.getApplicationContext() instanceof WebServerApplicationContext context) {
			WebServer server = context.getWebServer();
			if (server != null) {
				log.info("Gridcase 已就绪 (is ready): http://127.0.0.1:{}", server.getPort());
			}
		}
	}

}
