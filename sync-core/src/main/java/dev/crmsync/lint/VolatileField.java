package dev.crmsync.lint;

import java.util.LinkedHashSet;
import java.util.Set;

/** Each write makes a difference that is worth another write. */
final class VolatileField implements Check {
    @Override
    public void check(Subject subject, Report report) {
        for (Ruled ruled : subject.ruled()) {
            Set<String> names = new LinkedHashSet<>();
            names.add(ruled.field().key().orElse(ruled.field().name()));
            subject.carriers(ruled).values().stream()
                    .filter(mapped -> mapped.field().equals(ruled.field()))
                    .forEach(mapped -> names.addAll(mapped.lens().properties()));
            boolean travels = subject.carriers(ruled).size() > 1;
            names.stream()
                    .filter(name -> travels && NativeNames.changesByItself(name))
                    .findFirst()
                    .ifPresent(name -> report.warning(
                            null,
                            ruled.name(),
                            name
                                    + " changes whenever the record is touched, so that every touch at one system is a write"
                                    + " at the others",
                            "Take it out of the mapping; the engine keeps its own books, and why() tells when what was"
                                    + " synced"));
        }
    }
}
