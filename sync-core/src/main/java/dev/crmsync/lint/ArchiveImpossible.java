package dev.crmsync.lint;

import dev.crmsync.spi.field.RecordType;

/** Sync never deletes: where it cannot archive, what is gone elsewhere stays. */
final class ArchiveImpossible implements Check {
    @Override
    public void check(Subject subject, Report report) {
        for (RecordType type : subject.types()) {
            for (String system : subject.mappings(type.name()).keySet()) {
                if (subject.records(type.name(), system).mayArchive() && !subject.archives(system)) {
                    report.error(
                            system,
                            null,
                            "records of " + type.name()
                                    + " are to be archived here when they are gone elsewhere, and the"
                                    + " adapter cannot archive; nothing is ever deleted in its place",
                            "Leave archiving() out of its record rule");
                }
            }
        }
    }
}
