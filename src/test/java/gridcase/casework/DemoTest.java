package gridcase.casework;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import gridcase.platform.GridcaseTest;

import org.springframework.context.annotation.Import;
import org.springframework.test.context.TestPropertySource;

/**
 * A test on the whole application with the demo places loaded, and somebody who drives
 * cases through it. All such tests share one application and its database.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@GridcaseTest
@Import({ CaseDriver.class, TurnFixture.class })
@TestPropertySource(properties = { "gridcase.demo.enabled=true", "gridcase.demo.cases=false" })
public @interface DemoTest {

}
