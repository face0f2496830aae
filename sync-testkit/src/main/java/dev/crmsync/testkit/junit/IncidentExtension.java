package dev.crmsync.testkit.junit;

import dev.crmsync.replay.Replayed;
import dev.crmsync.spi.model.Bytes;
import dev.crmsync.testkit.incident.Incident;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.extension.BeforeTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.commons.support.AnnotationSupport;

/** Reads the incident of a test, and plans it again before the test's own lines run. */
final class IncidentExtension implements BeforeTestExecutionCallback, ParameterResolver {
    private static final ExtensionContext.Namespace OURS = ExtensionContext.Namespace.create(IncidentExtension.class);

    /** Made by Jupiter. */
    IncidentExtension() {}

    @Override
    public void beforeTestExecution(ExtensionContext context) {
        incident(context).replaySame();
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type.equals(Incident.class) || type.equals(Replayed.class);
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Incident incident = incident(context);
        return parameter.getParameter().getType().equals(Incident.class) ? incident : incident.replay();
    }

    private static Incident incident(ExtensionContext context) {
        ExtensionContext.Store store = context.getStore(OURS);
        Incident known = store.get(Incident.class, Incident.class);
        if (known != null) {
            return known;
        }
        String name = AnnotationSupport.findAnnotation(context.getRequiredTestMethod(), ReplayIncident.class)
                .map(ReplayIncident::value)
                .orElseThrow();
        Incident read = read(context.getRequiredTestClass(), name);
        store.put(Incident.class, read);
        return read;
    }

    private static Incident read(Class<?> test, String name) {
        try (InputStream resource = test.getResourceAsStream(name)) {
            return resource == null
                    ? Incident.read(Path.of(name))
                    : Incident.of(Bytes.of(Objects.requireNonNull(resource).readAllBytes()));
        } catch (IOException e) {
            throw new UncheckedIOException("the incident " + name + " cannot be read", e);
        }
    }
}
