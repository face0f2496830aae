package dev.crmsync.lint;

import dev.crmsync.spi.field.RecordType;
import java.util.Set;

/** It takes two to follow a deletion: who is followed, and who follows. */
final class ArchiveWithoutEffect implements Check {
    @Override
    public void check(Subject subject, Report report) {
        for (RecordType type : subject.types()) {
            Set<String> systems = subject.mappings(type.name()).keySet();
            for (String system : systems) {
                boolean archives = subject.records(type.name(), system).mayArchive();
                boolean followed = subject.records(type.name(), system).deletes() != null;
                boolean anyFollowed = systems.stream()
                        .anyMatch(other -> !other.equals(system)
                                && subject.records(type.name(), other).deletes() != null);
                boolean anyArchives = systems.stream()
                        .anyMatch(other -> !other.equals(system)
                                && subject.records(type.name(), other).mayArchive());
                if (archives && !anyFollowed) {
                    report.warning(
                            system,
                            null,
                            "records of " + type.name() + " may be archived here, and no other system's deletions are"
                                    + " followed: none ever is",
                            "Name whose deletions count with RecordRule.deletesFollowed(..), or leave archiving() out");
                }
                if (followed && !anyArchives) {
                    report.warning(
                            system,
                            null,
                            "deletions of " + type.name() + " here are to be followed, and sync may archive at no other"
                                    + " system: nobody follows",
                            "Say where with RecordRule.archiving(), or leave deletesFollowed(..) out");
                }
            }
        }
    }
}
