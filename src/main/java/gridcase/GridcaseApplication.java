package gridcase;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Gridcase (网格案件闭环处置平台). Starts with demo places unless a profile says otherwise. */
@SpringBootApplication
public class GridcaseApplication {

	public static void main(String[] args) {
		SpringApplication.run(GridcaseApplication.class, args);
	}

}
