package dev.crmsync.lint;

import dev.crmsync.policy.FieldPolicy;
import dev.crmsync.spi.field.Field;
import dev.crmsync.spi.field.FieldType;
import dev.crmsync.spi.field.RecordType;
import dev.crmsync.spi.mapping.Access;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What is put there between the read and the write that replaces the whole is lost. */
final class WholeSetReplaced implements Check {
    @Override
    public void check(Subject subject, Report report) {
        for (RecordType type : subject.types()) {
            for (Field field : type.fields()) {
                if (field.type().isSet() || field.type() == FieldType.BAG) {
                    subject.carriers(type.name(), field).forEach((system, mapped) -> {
                        if (mapped.access().writable() == Access.Writable.REPLACED
                                && shared(subject, type, field, system)) {
                            found(report, system, type.name() + "." + field.name(), field.type());
                        }
                    });
                }
            }
        }
    }

    /** Whether a system has parts of its own, and others write parts of theirs. */
    private static boolean shared(Subject subject, RecordType type, Field field, String system) {
        List<Optional<FieldPolicy>> parts = new ArrayList<>();
        parts.add(subject.policy(type.name(), field));
        subject.fields(type).stream()
                .filter(entry -> entry.bag().filter(field.name()::equals).isPresent())
                .forEach(entry -> parts.add(subject.policy(type.name(), entry)));
        // Keys that no rule is about are the system's own.
        boolean own = parts.stream()
                .anyMatch(policy ->
                        policy.map(known -> Voices.keeps(known.rule(), system)).orElse(true));
        boolean written = parts.stream()
                .anyMatch(policy -> policy.map(known -> known.receives(system) && Voices.others(known.rule(), system))
                        .orElse(false));
        return own && written;
    }

    private static void found(Report report, String system, String field, FieldType type) {
        String parts = type == FieldType.BAG ? "keys" : "members";
        report.warning(
                system,
                field,
                "it is written as a whole, and others than sync have " + parts
                        + " of their own in it: what they put there between the read and the write is lost",
                "Map it to a property where single " + parts + " can be written, or give all " + parts
                        + " to one system");
    }
}
