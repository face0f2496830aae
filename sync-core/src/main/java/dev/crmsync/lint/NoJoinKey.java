package dev.crmsync.lint;

import dev.crmsync.spi.field.RecordType;

/** Without a stable id that both sides know, or a field by which the policy joins, nothing but likeness tells which records are the same. */
final class NoJoinKey implements Check {
    @Override
    public void check(Subject subject, Report report) {
        String anchor = subject.rules().anchor();
        for (RecordType type : subject.types()) {
            var mappings = subject.mappings(type.name());
            boolean joinedOtherwise = subject.rules()
                    .policy()
                    .type(type.name())
                    .filter(policy -> !policy.matchedBy().isEmpty())
                    .isPresent();
            if (mappings.size() < 2 || joinedOtherwise) {
                continue;
            }
            if (anchor == null) {
                report.warning(
                        null,
                        null,
                        "no system issues a join key, so that no record of " + type.name() + " is joined by itself",
                        "Sync with a system whose adapter issues one");
                continue;
            }
            mappings.forEach((system, mapping) -> {
                if (!system.equals(anchor) && mapping.externalId() == null) {
                    report.warning(
                            system,
                            null,
                            "its mapping of " + type.name() + " keeps no id of " + anchor
                                    + ": people must say which records are the same, one by one",
                            "Give it a property for the id with Mapping.withExternalId(..)");
                }
            });
        }
    }
}
