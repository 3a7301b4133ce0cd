package gridcase.platform;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Each test begins with the database and the moment the application began with: for tests
 * that change people or units for good. Cheaper than an application for each.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(TestDatabase.Restorer.class)
public @interface RestoreAfterEach {

}
