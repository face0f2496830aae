package dev.crmsync.lint;

import dev.crmsync.policy.RecordRule;
import dev.crmsync.spi.field.RecordType;

/** Every wrong number that ever wrote becomes a record that somebody pays for. */
final class CreateUnscoped implements Check {
    @Override
    public void check(Subject subject, Report report) {
        for (RecordType type : subject.types()) {
            for (String system : subject.mappings(type.name()).keySet()) {
                RecordRule rule = subject.records(type.name(), system);
                if (rule.mayCreate() && rule.scope() == null) {
                    report.warning(
                            system,
                            null,
                            "a record of " + type.name() + " is made here for every link, whatever is known of it",
                            "Name a field that must be known first, as with new RecordRule(true, false, Contact.EMAIL),"
                                    + " or keep it when every one should be here");
                }
            }
        }
    }
}
