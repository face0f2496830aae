package dev.crmsync.lint;

import dev.crmsync.spi.adapter.TypeDeclaration;
import dev.crmsync.spi.field.RecordType;
import java.util.Set;

/** A permission that was withdrawn looks like a thousand deletions to who cannot tell them apart. */
final class DeleteFromAbsence implements Check {
    @Override
    public void check(Subject subject, Report report) {
        for (RecordType type : subject.types()) {
            Set<String> systems = subject.mappings(type.name()).keySet();
            for (String archived : systems) {
                if (!subject.records(type.name(), archived).mayArchive()) {
                    continue;
                }
                for (String source : systems) {
                    TypeDeclaration declared = subject.declared(source, type.name());
                    if (!source.equals(archived) && (declared == null || !declared.tellsDeletes())) {
                        report.error(
                                source,
                                null,
                                "records of " + type.name() + " are archived at " + archived
                                        + " when they are gone here, and this system cannot tell a deleted record from"
                                        + " one that it does not show",
                                "Forbid archiving at " + archived + " with RecordRule.CREATE or RecordRule.FOLLOW");
                    }
                }
            }
        }
    }
}
