package dev.crmsync.lint;

import dev.crmsync.policy.FieldRule;
import java.util.function.Predicate;

/** What a system has cut would be the latest value, and the whole one be lost everywhere. */
final class LastWriterOverLoss implements Check {
    private final Predicate<FieldRule> comparesTimes;

    LastWriterOverLoss(Predicate<FieldRule> comparesTimes) {
        this.comparesTimes = comparesTimes;
    }

    @Override
    public void check(Subject subject, Report report) {
        for (Ruled ruled : subject.ruled()) {
            if (!comparesTimes.test(ruled.rule()) || subject.carriers(ruled).size() < 2) {
                continue;
            }
            subject.suppliers(ruled).forEach((system, mapped) -> {
                if (mapped.lossy()) {
                    report.warning(
                            system,
                            ruled.name(),
                            "the latest edit decides, and this system cuts the value: an edit of what it has cut may"
                                    + " become the value everywhere",
                            "Give the field an owner that keeps it whole");
                }
            });
        }
    }
}
