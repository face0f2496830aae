package dev.crmsync.lint;

import dev.crmsync.spi.adapter.FeedOrder;
import dev.crmsync.spi.adapter.TypeDeclaration;
import dev.crmsync.spi.field.RecordType;

/** A list of what is new shows no update, no deletion and no merge that was missed. */
final class ReconciledByCreation implements Check {
    @Override
    public void check(Subject subject, Report report) {
        for (RecordType type : subject.types()) {
            for (String system : subject.mappings(type.name()).keySet()) {
                TypeDeclaration declared = subject.declared(system, type.name());
                if (declared != null && declared.feed() == FeedOrder.CREATED) {
                    report.warning(
                            system,
                            null,
                            "it lists records of " + type.name()
                                    + " by the time of their creation: a poll finds no update that a webhook missed",
                            "Poll seldom, and walk all records with Sync.sweepEvery(..)");
                }
            }
        }
    }
}
