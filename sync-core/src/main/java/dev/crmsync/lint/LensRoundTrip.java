package dev.crmsync.lint;

import dev.crmsync.fields.LensCheck;
import dev.crmsync.spi.field.RecordType;

/** A value that comes back changed is an edit that nobody made. */
final class LensRoundTrip implements Check {
    @Override
    public void check(Subject subject, Report report) {
        for (RecordType type : subject.types()) {
            subject.mappings(type.name())
                    .forEach((system, mapping) -> LensCheck.check(
                                    subject.rules().lenses(), mapping, Samples.VALUES)
                            .forEach(violation -> report.error(
                                    system,
                                    null,
                                    "the mapping of " + type.name()
                                            + " loses or changes values on the way there and back: " + violation,
                                    "Change this lens with Sync.mapping(..)")));
        }
    }
}
