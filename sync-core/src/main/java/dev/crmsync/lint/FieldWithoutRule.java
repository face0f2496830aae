package dev.crmsync.lint;

import dev.crmsync.spi.field.Field;
import dev.crmsync.spi.field.RecordType;
import java.util.Set;

/** A field that several systems carry and nobody decides goes nowhere, which is seldom what was meant. */
final class FieldWithoutRule implements Check {
    @Override
    public void check(Subject subject, Report report) {
        for (RecordType type : subject.types()) {
            for (Field field : subject.fields(type)) {
                Set<String> carriers = subject.carriers(type.name(), field).keySet();
                if (carriers.size() > 1 && subject.policy(type.name(), field).isEmpty()) {
                    report.warning(
                            null,
                            type.name() + "." + field.name(),
                            carriers + " carry it, and no rule decides it: it goes nowhere",
                            "Say who decides it, or take it out of all mappings but one");
                }
            }
        }
    }
}
