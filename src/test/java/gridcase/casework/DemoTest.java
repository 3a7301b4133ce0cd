package gridcase.casework;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import gridcase.platform.GridcaseTest;

import org.springframework.test.context.TestPropertySource;

/** A test on the whole application with the demo places loaded. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@GridcaseTest
@TestPropertySource(properties = { "gridcase.demo.enabled=true", "gridcase.demo.cases=false" })
public @interface DemoTest {

}
