package dev.crmsync.lint;

import dev.crmsync.spi.field.FieldType;
import dev.crmsync.spi.mapping.Access;
import dev.crmsync.spi.mapping.FieldMapping;
import java.util.Set;

/** A receiver that cannot be written, or a seed that has nothing to give, was named by mistake. */
final class NamedWithoutField implements Check {
    @Override
    public void check(Subject subject, Report report) {
        for (Ruled ruled : subject.ruled()) {
            Set<String> receivers = ruled.policy().receivers();
            if (receivers != null) {
                receivers.forEach(system -> receiver(subject, report, ruled, system));
            }
            // A policy names a bag's owner and seeds for all keys: which of them a system has is the mapping's to say.
            if (ruled.field().type() != FieldType.BAG && ruled.field().type() != FieldType.BAG_ENTRY) {
                Voices.seeds(ruled.rule()).stream()
                        .filter(system -> subject.rules().system(system).isPresent())
                        .filter(system -> !subject.carriers(ruled).containsKey(system))
                        .forEach(system -> report.warning(
                                system,
                                ruled.name(),
                                "it may seed the field and does not carry it",
                                "Map the field there, or leave the system out of the seeds"));
            }
        }
    }

    private static void receiver(Subject subject, Report report, Ruled ruled, String system) {
        FieldMapping mapped = subject.carriers(ruled).get(system);
        if (!subject.carriesAny(system, ruled.type(), ruled.field())
                && subject.rules().system(system).isPresent()) {
            report.warning(
                    system,
                    ruled.name(),
                    "it is to receive the field and does not carry it",
                    "Map the field there, or leave the system out of receivedBy");
        } else if (mapped != null && mapped.access().writable() == Access.Writable.NEVER) {
            report.warning(
                    system,
                    ruled.name(),
                    "it is to receive the field, which cannot be written there",
                    "Leave the system out of receivedBy");
        }
    }
}
