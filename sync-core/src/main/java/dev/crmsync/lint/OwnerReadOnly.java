package dev.crmsync.lint;

import dev.crmsync.spi.mapping.Access;
import dev.crmsync.spi.mapping.FieldMapping;
import java.util.Set;

/** A value that was seeded is agreed everywhere, and never reaches an owner that cannot be written. */
final class OwnerReadOnly implements Check {
    @Override
    public void check(Subject subject, Report report) {
        for (Ruled ruled : subject.ruled()) {
            Set<String> seeds = Voices.seeds(ruled.rule());
            for (String owner : Voices.owners(ruled.rule())) {
                FieldMapping own = subject.carriers(ruled).get(owner);
                if (own != null && own.access().writable() == Access.Writable.NEVER && !seeds.isEmpty()) {
                    report.warning(
                            owner,
                            ruled.name(),
                            "its owner cannot be written, and " + seeds
                                    + " may seed it: what they seed never reaches the owner, and the first value"
                                    + " that the owner shows takes its place",
                            "Leave out the seeds, or give the field to a system that can be written");
                }
            }
        }
    }
}
