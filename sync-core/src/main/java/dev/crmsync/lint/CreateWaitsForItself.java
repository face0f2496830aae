package dev.crmsync.lint;

import dev.crmsync.spi.field.Field;
import dev.crmsync.spi.field.RecordType;
import java.util.ArrayList;
import java.util.List;

/** A record that needs a value which only it could tell is never made. */
final class CreateWaitsForItself implements Check {
    @Override
    public void check(Subject subject, Report report) {
        for (RecordType type : subject.types()) {
            var mappings = subject.mappings(type.name());
            if (mappings.size() < 2) {
                // A type that one system alone carries is not followed.
                continue;
            }
            mappings.forEach((system, mapping) -> {
                var rule = subject.records(type.name(), system);
                if (rule.mayCreate()) {
                    List<Field> needed = new ArrayList<>(mapping.required());
                    if (rule.scope() != null) {
                        needed.add(rule.scope().field());
                    }
                    needed.stream()
                            .filter(field -> !suppliedElsewhere(subject, type, field, system))
                            .distinct()
                            .forEach(field -> report.warning(
                                    system,
                                    type.name() + "." + field.name(),
                                    "a record is made here once this field is known, and no other system supplies it:"
                                            + " none is ever made",
                                    "Let another system own or seed the field, or do not ask for it"));
                }
            });
        }
    }

    private static boolean suppliedElsewhere(Subject subject, RecordType type, Field field, String system) {
        return subject.ruled().stream()
                .filter(ruled ->
                        ruled.type().equals(type.name()) && ruled.field().equals(field))
                .flatMap(ruled -> subject.suppliers(ruled).keySet().stream())
                .anyMatch(other -> !other.equals(system));
    }
}
