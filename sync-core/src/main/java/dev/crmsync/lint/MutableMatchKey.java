package dev.crmsync.lint;

import dev.crmsync.spi.field.RecordType;

/** A key that people change makes a second person of everyone who changes it, and is written over with ids. */
final class MutableMatchKey implements Check {
    @Override
    public void check(Subject subject, Report report) {
        for (RecordType type : subject.types()) {
            subject.mappings(type.name()).forEach((system, mapping) -> {
                String property = mapping.externalId();
                if (property != null && NativeNames.changeable(property)) {
                    report.error(
                            system,
                            null,
                            "the join key of " + type.name() + " is kept in property " + property
                                    + ", which people change: after a change the record is taken for another one",
                            "Keep it in a property of its own that nothing else writes");
                }
            });
        }
    }
}
