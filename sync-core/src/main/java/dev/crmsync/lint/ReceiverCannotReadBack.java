package dev.crmsync.lint;

import dev.crmsync.spi.mapping.Access;

/** What cannot be read back is assumed: nobody notices when somebody changes it there. */
final class ReceiverCannotReadBack implements Check {
    @Override
    public void check(Subject subject, Report report) {
        for (Ruled ruled : subject.ruled()) {
            if (subject.carriers(ruled).size() < 2) {
                continue;
            }
            subject.receivers(ruled).forEach((system, mapped) -> {
                Access.Readable readable = mapped.access().readable();
                if (readable != Access.Readable.BY_READ) {
                    report.warning(
                            system,
                            ruled.name(),
                            "it is written here and "
                                    + (readable == Access.Readable.NEVER ? "never shown" : "shown by events alone")
                                    + ": what was written is believed to stand",
                            "Leave the system out with receivedBy, or live with values that are assumed");
                }
            });
        }
    }
}
