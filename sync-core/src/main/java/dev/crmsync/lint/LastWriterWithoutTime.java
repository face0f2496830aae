package dev.crmsync.lint;

import dev.crmsync.policy.FieldRule;
import dev.crmsync.spi.adapter.AsOfGrade;
import dev.crmsync.spi.adapter.TypeDeclaration;
import java.util.function.Predicate;

/** A record's time of change is no field's: an edit of the phone number would make an old name the latest. */
final class LastWriterWithoutTime implements Check {
    private final Predicate<FieldRule> comparesTimes;

    LastWriterWithoutTime(Predicate<FieldRule> comparesTimes) {
        this.comparesTimes = comparesTimes;
    }

    @Override
    public void check(Subject subject, Report report) {
        for (Ruled ruled : subject.ruled()) {
            if (!comparesTimes.test(ruled.rule())) {
                continue;
            }
            for (String system : subject.suppliers(ruled).keySet()) {
                TypeDeclaration declared = subject.declared(system, ruled.type());
                AsOfGrade grade = declared == null ? AsOfGrade.NONE : declared.asOf();
                String remedy = "Give the field an owner, or a preferred order of systems";
                if (grade == AsOfGrade.NONE) {
                    report.error(
                            system, ruled.name(), "the latest edit decides, and this system dates nothing", remedy);
                } else if (grade != AsOfGrade.PROPERTY) {
                    report.warning(
                            system,
                            ruled.name(),
                            "the latest edit decides, and this system dates the record and not the field",
                            remedy);
                }
            }
        }
    }
}
