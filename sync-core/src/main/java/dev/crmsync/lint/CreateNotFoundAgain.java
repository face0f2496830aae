package dev.crmsync.lint;

import dev.crmsync.spi.adapter.CreateLookup;
import dev.crmsync.spi.adapter.TypeDeclaration;
import dev.crmsync.spi.field.RecordType;

/** Making it again might make it twice, so that a person has to look. */
final class CreateNotFoundAgain implements Check {
    @Override
    public void check(Subject subject, Report report) {
        for (RecordType type : subject.types()) {
            for (String system : subject.mappings(type.name()).keySet()) {
                TypeDeclaration declared = subject.declared(system, type.name());
                boolean lost = declared == null || declared.createLookup() instanceof CreateLookup.None;
                if (lost && subject.records(type.name(), system).mayCreate()) {
                    report.warning(
                            system,
                            null,
                            "records of " + type.name()
                                    + " are made here, and one whose answer is lost cannot be found again: each is a"
                                    + " question for a person",
                            "Forbid creating here, or answer these reviews");
                }
            }
        }
    }
}
