package dev.crmsync.testkit.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A test that plans an exported incident again and fails when it comes to something else. The method may take the {@link
 * dev.crmsync.replay.Replayed} or the {@link dev.crmsync.testkit.incident.Incident}, and may be empty.
 *
 * <pre>{@code
 * @ReplayIncident("/incidents/4711.json")
 * void the_owners_name_stands() {}
 * }</pre>
 */
// Whoever uses it has Jupiter; everybody else does without, so that it is no part of what the module brings along.
@SuppressWarnings("exports")
@Documented
@Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
@Test
@ExtendWith(IncidentExtension.class)
public @interface ReplayIncident {
    /**
     * The bundle: a resource of the test's class, or else a file.
     *
     * @return its name; one that begins with a slash is looked for from the root of the class path
     */
    String value();
}
