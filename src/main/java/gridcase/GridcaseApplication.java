package gridcase;

import java.util.Arrays;

import gridcase.evidence.VerifyCommand;
import gridcase.studio.PolicyCommand;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/**
 * Gridcase (网格案件闭环处置平台). Starts with demo places unless a profile says otherwise; with
 * {@code policy} or {@code verify} as its first argument it is a command.
 */
@SpringBootApplication
public class GridcaseApplication {

	public static void main(String[] args) {
		if (args.length > 0 && args[0].equals(PolicyCommand.NAME)) {
			System.exit(PolicyCommand.run(GridcaseApplication.class, Arrays.copyOfRange(args, 1, args.length),
					System.out, System.err));
		}
		if (args.length > 0 && args[0].equals(VerifyCommand.NAME)) {
			System.exit(VerifyCommand.run(Arrays.copyOfRange(args, 1, args.length)));
		}
		SpringApplication.run(GridcaseApplication.class, args);
	}

}
