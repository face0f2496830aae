package dev.crmsync.lint;

import dev.crmsync.spi.adapter.TypeDeclaration;
import dev.crmsync.spi.field.RecordType;
import java.util.List;
import java.util.Set;

/** A permission that was withdrawn looks like a thousand deletions to who cannot tell them apart. */
final class DeleteFromAbsence implements Check {
    @Override
    public void check(Subject subject, Report report) {
        for (RecordType type : subject.types()) {
            Set<String> systems = subject.mappings(type.name()).keySet();
            for (String source : systems) {
                TypeDeclaration declared = subject.declared(source, type.name());
                List<String> archived = systems.stream()
                        .filter(system -> !system.equals(source)
                                && subject.records(type.name(), system).mayArchive())
                        .toList();
                boolean followed = subject.records(type.name(), source).deletes() != null;
                if (followed && !archived.isEmpty() && (declared == null || !declared.tellsDeletes())) {
                    report.error(
                            source,
                            null,
                            "records of " + type.name() + " are archived at " + String.join(", ", archived)
                                    + " when they are gone here, and this system cannot tell a deleted record from one"
                                    + " that it does not show",
                            "Leave deletesFollowed(..) out of its record rule");
                }
            }
        }
    }
}
